//! Layers that a function of the program's makes one value of.

use confkit_sources::NodeKind;
use confkit_sources::declared::Kind;

use super::super::{Cx, Ref, Scope, Slot};

impl Cx<'_> {
    /// Reads what each layer gives as a value of its own, and makes one of them, from the lowest up.
    pub fn folded<T>(
        &mut self,
        scope: &Scope,
        index: usize,
        merge: impl Fn(T, T) -> T,
        read: impl Fn(&mut Self) -> Option<T>,
    ) -> Option<T> {
        let values = self.values(scope, index);
        if values.len() < 2 {
            return read(self);
        }
        let slot = scope.slot(index);
        let whole = self.slots[slot];
        let (mut merged, mut complete) = (None, true);
        for value in values.iter().rev() {
            let first = self.list(value);
            self.slots[slot] = Slot { first, last: first };
            match read(self) {
                Some(upper) => {
                    merged = Some(match merged {
                        Some(lower) => merge(lower, upper),
                        None => upper,
                    });
                }
                None => complete = false,
            }
        }
        self.slots[slot] = whole;
        merged.filter(|_| complete)
    }

    /// The candidates of a field, one value each, topmost first: what one call gave is one value, and
    /// elements that are replaced belong to the list below them.
    fn values(&self, scope: &Scope, index: usize) -> Vec<Vec<Ref>> {
        let field = scope.field(index);
        let candidates: Vec<Ref> = self.candidates(self.slot(scope, index)).collect();
        if candidates.len() < 2 {
            return Vec::new();
        }
        let kind = field.kind().map(|kind| kind.kind().clone());
        let (keeps_empty, is_list) = (kind == Some(Kind::Text), kind == Some(Kind::List));
        let mut values: Vec<Vec<Ref>> = Vec::new();
        let mut is_open = false;
        for at in candidates.into_iter().filter(|&at| keeps_empty || !self.shared.is_blank(at)) {
            // Nothing below an explicit nothing counts.
            if self.shared.node(at).kind() == NodeKind::Null && !values.is_empty() {
                break;
            }
            let position = |at: Ref| self.shared.layers[at.layer as usize].position;
            match values.last_mut() {
                Some(value) if is_open || position(value[0]) == position(at) => value.push(at),
                _ => values.push(vec![at]),
            }
            is_open = is_list && self.shared.is_patch(at);
        }
        values
    }
}
