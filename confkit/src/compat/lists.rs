//! The elements of lists: `items` and `prefixItems`.

use serde_json::{Map, Value};

use super::schema::{ANYTHING, View};
use super::walk::Walk;

const KEYWORDS: [&str; 2] = ["items", "prefixItems"];

/// What is asked of the element at each place.
struct Elements<'s> {
    first: &'s [Value],
    rest: &'s Value,
}

impl<'s> Elements<'s> {
    fn of(map: Option<&'s Map<String, Value>>) -> Self {
        let get = |keyword: &str| map.and_then(|map| map.get(keyword));
        Self {
            first: get("prefixItems").and_then(Value::as_array).map_or(&[], Vec::as_slice),
            rest: get("items").unwrap_or(&ANYTHING),
        }
    }

    fn at(&self, index: usize) -> &'s Value {
        self.first.get(index).unwrap_or(self.rest)
    }
}

/// Compares elements place by place.
pub(super) fn compare(walk: &mut Walk, old: &View<'_>, new: &View<'_>) {
    let before = old.with_any(&KEYWORDS);
    for (index, map) in new.with_any(&KEYWORDS).into_iter().enumerate() {
        let known = before.get(index).or_else(|| before.first()).copied();
        let (known, elements) = (Elements::of(known), Elements::of(Some(map)));
        for index in 0..known.first.len().max(elements.first.len()) {
            let (before, after) = (old.node.at(known.at(index)), new.node.at(elements.at(index)));
            walk.in_place(&format!("[{index}]"), |walk| walk.compare(before, after));
        }
        let (before, after) = (old.node.at(known.rest), new.node.at(elements.rest));
        walk.in_place("[]", |walk| walk.compare(before, after));
    }
}
