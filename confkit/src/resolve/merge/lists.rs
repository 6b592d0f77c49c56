//! Lists that were made of candidates, for those who ask for one element after the other.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::{Element, How, Ref, Shared};

/// Each list is made once.
#[derive(Debug, Default)]
pub(crate) struct Lists(Mutex<HashMap<Vec<Ref>, Arc<[Element]>>>);

impl Lists {
    /// The elements of a list whose candidates are these, as far as they make one together.
    pub(crate) fn elements(&self, shared: &Shared<'_>, candidates: Vec<Ref>, how: How) -> Arc<[Element]> {
        let mut lists = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let list = lists.entry(candidates);
        let make = |candidates: &Vec<Ref>| shared.elements_and_faults(candidates, how).0.into();
        Arc::clone(list.or_insert_with_key(make))
    }
}

/// What is made of the same layers is the same: a copy makes it anew.
impl Clone for Lists {
    fn clone(&self) -> Self {
        Self::default()
    }
}
