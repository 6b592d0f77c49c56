//! Rules on what is inside a value.

use std::collections::HashSet;

use confkit_sources::path;

use super::{Chain, Each, Keys, On};
use crate::resolve::Cx;

impl Cx<'_> {
    /// Judges `each`: the rules inside, on every element or on the value of every entry.
    pub fn each<T: Each>(
        &mut self,
        on: On<'_>,
        value: Option<&T>,
        mut judge: impl FnMut(&mut Self, On<'_>, &T::Item),
    ) {
        let Some(value) = value.filter(|_| self.is_due(on)) else { return };
        let (rule, before) = (super::Which::Inner(on.rule()), self.drafts.len());
        value.each(&mut |inside, item| {
            let chain = Chain { outer: on.chain, inside, is_key: false };
            judge(self, On { which: rule, chain: Some(&chain), ..on }, item);
        });
        if !T::IS_ORDERED {
            self.in_order(before);
        }
    }

    /// Judges `keys`: the rules inside, on every key.
    pub fn keys<T: Keys>(
        &mut self,
        on: On<'_>,
        value: Option<&T>,
        mut judge: impl FnMut(&mut Self, On<'_>, &T::Key),
    ) {
        let Some(value) = value.filter(|_| self.is_due(on)) else { return };
        let (rule, before) = (super::Which::Inner(on.rule()), self.drafts.len());
        value.keys(&mut |inside, key| {
            let chain = Chain { outer: on.chain, inside, is_key: true };
            judge(self, On { which: rule, chain: Some(&chain), ..on }, key);
        });
        if !T::IS_ORDERED {
            self.in_order(before);
        }
    }

    /// Hashed sets and maps have another order in every process; reports have not. Of elements that
    /// have no name, the same is told once.
    fn in_order(&mut self, before: usize) {
        if self.drafts.len() > before + 1 {
            self.drafts[before..].sort_by_cached_key(|draft| {
                let path = path::parse(&draft.path).unwrap_or_default();
                let path: Vec<_> = path.into_iter().map(path::Segment::into_owned).collect();
                (path, draft.message.clone())
            });
            let mut told = HashSet::new();
            let mut at = 0;
            self.drafts.retain(|draft| {
                at += 1;
                at <= before || told.insert((draft.path.clone(), draft.message.clone()))
            });
        }
    }
}
