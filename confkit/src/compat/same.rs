//! Whether two schemas ask for the same, word for word, behind their references.

use serde_json::{Map, Value};

use super::limits::Number;
use super::schema::Node;
use super::vocabulary::{Holds, holds};

/// Whether two schemas are the same; what is a note does not count.
pub(super) fn same(old: Node<'_>, new: Node<'_>) -> bool {
    Comparison { active: Vec::new() }.schemas(old, new)
}

/// Whether two objects are the same under some of their keywords.
pub(super) fn same_under(
    old: (Node<'_>, &Map<String, Value>),
    new: (Node<'_>, &Map<String, Value>),
    keywords: &[&str],
) -> bool {
    let mut comparison = Comparison { active: Vec::new() };
    keywords.iter().all(|keyword| comparison.entry(keyword, old, new))
}

/// Whether two values are equal as JSON Schema has it: 1 and 1.0 are.
pub(super) fn equal(old: &Value, new: &Value) -> bool {
    match (old, new) {
        (Value::Number(old), Value::Number(new)) => Number::of(old).is_equal(Number::of(new)),
        (Value::Array(old), Value::Array(new)) => {
            old.len() == new.len() && old.iter().zip(new).all(|(old, new)| equal(old, new))
        }
        (Value::Object(old), Value::Object(new)) => {
            old.len() == new.len()
                && old.iter().all(|(key, old)| new.get(key).is_some_and(|new| equal(old, new)))
        }
        (old, new) => old == new,
    }
}

struct Comparison {
    /// Pairs that are being compared: they are the same unless something else is different.
    active: Vec<(*const Value, *const Value)>,
}

impl Comparison {
    fn schemas(&mut self, old: Node<'_>, new: Node<'_>) -> bool {
        let (old, new) = (old.resolved(), new.resolved());
        let pair = (old.identity(), new.identity());
        if self.active.contains(&pair) {
            return true;
        }
        self.active.push(pair);
        let is_same = match (old.schema(), new.schema()) {
            (Value::Object(before), Value::Object(after)) => {
                self.referred(old, new)
                    && before
                        .keys()
                        .chain(after.keys())
                        .all(|keyword| self.entry(keyword, (old, before), (new, after)))
            }
            (before, after) => before == after,
        };
        self.active.pop();
        is_same
    }

    fn referred(&mut self, old: Node<'_>, new: Node<'_>) -> bool {
        match (old.referred(), new.referred()) {
            (None, None) => true,
            (Some(old), Some(new)) => self.schemas(old, new),
            _ => false,
        }
    }

    fn entry(
        &mut self,
        keyword: &str,
        (old, before): (Node<'_>, &Map<String, Value>),
        (new, after): (Node<'_>, &Map<String, Value>),
    ) -> bool {
        let (before, after) = match (before.get(keyword), after.get(keyword)) {
            (Some(before), Some(after)) => (before, after),
            (None, None) => return true,
            _ => return holds(keyword) == Holds::Note,
        };
        match (holds(keyword), before, after) {
            (Holds::Note, ..) => true,
            (Holds::Schema, ..) => self.schemas(old.at(before), new.at(after)),
            (Holds::Named, Value::Object(before), Value::Object(after)) => {
                before.len() == after.len()
                    && before.iter().all(|(name, before)| {
                        after.get(name).is_some_and(|after| self.schemas(old.at(before), new.at(after)))
                    })
            }
            (Holds::Listed, Value::Array(before), Value::Array(after)) => {
                before.len() == after.len()
                    && before
                        .iter()
                        .zip(after)
                        .all(|(before, after)| self.schemas(old.at(before), new.at(after)))
            }
            _ => equal(before, after),
        }
    }
}
