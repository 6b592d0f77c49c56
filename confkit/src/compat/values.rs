//! Values that a schema lists: `const`, `enum`, and forms that are nothing else.

use serde_json::Value;

use super::change::{ChangeKind, Verdict};
use super::forms::{Forms, groups};
use super::same::equal;
use super::schema::View;
use super::types::Types;
use super::vocabulary::{Holds, holds};
use super::walk::Walk;

/// The values that are accepted, where they are listed.
pub(super) fn listed<'s>(view: &View<'s>) -> Option<Vec<&'s Value>> {
    let single = view.each("const").map(|value| vec![value]);
    let several = view.each("enum").filter_map(Value::as_array).map(|values| values.iter().collect());
    let by_forms = groups(view).into_iter().filter_map(|forms| listed_by(&forms));
    let mut sets = single.chain(several).chain(by_forms);
    let mut accepted = sets.next()?;
    for set in sets {
        accepted.retain(|value| contains(&set, value));
    }
    let types = Types::declared(view);
    accepted.retain(|value| Types::of(value).are_in(types));
    Some(accepted)
}

/// The values of forms that list values and ask for nothing else.
pub(super) fn listed_by<'s>(forms: &Forms<'s>) -> Option<Vec<&'s Value>> {
    let mut all: Vec<&Value> = Vec::new();
    for form in forms.nodes() {
        let view = form.view();
        let mut keywords = view.maps().iter().flat_map(|map| map.keys());
        if !keywords.all(|keyword| holds(keyword) == Holds::Note || LISTING.contains(&keyword.as_str())) {
            return None;
        }
        let values = listed(&view)?;
        // A value of two forms is refused where there may be one alone.
        if forms.is_one && values.iter().any(|value| contains(&all, value)) {
            return None;
        }
        all.extend(values);
    }
    Some(all)
}

const LISTING: [&str; 3] = ["const", "enum", "type"];

fn contains(values: &[&Value], wanted: &Value) -> bool {
    values.iter().any(|value| equal(value, wanted))
}

/// Compares what is listed; says nothing where nothing is.
pub(super) fn compare(walk: &mut Walk, old: &View<'_>, new: &View<'_>) {
    match (listed(old), listed(new)) {
        (None, None) => {}
        (None, Some(after)) => {
            let message = format!("accepts {} alone, before also others", walk.shown_all(&after));
            walk.tell(Verdict::Breaking, ChangeKind::ValueRemoved, message, "other values are refused");
        }
        (Some(before), None) => {
            let message = format!("accepts more than {}", walk.shown_all(&before));
            walk.tell(Verdict::Compatible, ChangeKind::ValueAdded, message, "all that was accepted still is");
        }
        (Some(before), Some(after)) => {
            for gone in before.iter().filter(|value| !contains(&after, value)) {
                let message = format!("no longer accepts {}", walk.shown(gone));
                walk.tell(Verdict::Breaking, ChangeKind::ValueRemoved, message, "this value is refused");
            }
            for added in after.iter().filter(|value| !contains(&before, value)) {
                let message = format!("accepts {}, too", walk.shown(added));
                let why = "all that was accepted still is";
                walk.tell(Verdict::Compatible, ChangeKind::ValueAdded, message, why);
            }
        }
    }
}
