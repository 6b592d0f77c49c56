//! What confkit says of one setting beside the values that it accepts.

use serde_json::Value;

use super::change::{ChangeKind, Verdict};
use super::same::equal;
use super::schema::View;
use super::types::Types;
use super::walk::Walk;
use super::within::quoted;

/// Names that a setting has beside its key.
pub(super) fn other_names<'s>(view: &View<'s>) -> Vec<&'s str> {
    [view.fact_texts("aliases"), view.fact_texts("renamed_from")].concat()
}

/// Compares what is said of two settings.
pub(super) fn compare(walk: &mut Walk, old: &View<'_>, new: &View<'_>, was_required: bool) {
    default(walk, old, new, was_required);
    names(walk, old, new);
    variables(walk, old, new);
    arguments(walk, old, new);
    secret(walk, old, new);
    unit(walk, old, new);
    merge(walk, old, new);
    deprecated(walk, old, new);
    profiles(walk, old, new);
    rules(walk, old, new);
}

fn default(walk: &mut Walk, old: &View<'_>, new: &View<'_>, was_required: bool) {
    let [before, after] = [old, new].map(|view| view.note("default").filter(|value| !value.is_null()));
    let why = "where it is left out, the program now does something else";
    let message = match (before, after) {
        (Some(before), Some(after)) if walk.place.is_secret && !equal(before, after) => {
            "has another default".to_owned()
        }
        (Some(before), Some(after)) if !equal(before, after) => {
            format!("has the default {}, before {}", walk.shown(after), walk.shown(before))
        }
        // Defaults of secrets are not in schemas.
        (Some(_), None) | (None, Some(_)) if walk.place.is_secret => return,
        (Some(before), None) => format!("has no default, before {}", walk.shown(before)),
        // Where it had to be given, the default is of no file's.
        (None, Some(_)) if was_required => return,
        (None, Some(after)) => format!("has the default {}", walk.shown(after)),
        _ => return,
    };
    walk.tell(Verdict::Breaking, ChangeKind::Default, message, why);
}

fn names(walk: &mut Walk, old: &View<'_>, new: &View<'_>) {
    let (before, after) = (other_names(old), other_names(new));
    for gone in before.iter().filter(|name| !after.contains(name)) {
        let message = format!("is no longer read under the name {}", quoted(gone));
        let why = "files that use this name are refused, or it is ignored in them";
        walk.tell(Verdict::Breaking, ChangeKind::Name, message, why);
    }
    let is_told = |name: &str| walk.place.renamed.iter().any(|(before, _)| before == name);
    let added: Vec<&str> =
        after.into_iter().filter(|name| !before.contains(name) && !is_told(name)).collect();
    for name in added {
        let message = format!("is read under the name {}, too", quoted(name));
        walk.tell(Verdict::Compatible, ChangeKind::Name, message, "its other names are still read");
    }
}

fn all_variables<'s>(view: &View<'s>) -> Vec<&'s str> {
    [view.fact_texts("variable"), view.fact_texts("variables")].concat()
}

fn variables(walk: &mut Walk, old: &View<'_>, new: &View<'_>) {
    let (before, after) = (all_variables(old), all_variables(new));
    let read: Vec<String> = after.iter().flat_map(|name| walk.place.read_as(name)).collect();
    for name in &before {
        let moved = walk.place.with_new_prefix(name);
        let is_read = |name: &str| read.iter().any(|read| read == name);
        if !is_read(name) && !moved.is_some_and(|moved| is_read(&moved)) {
            let message = format!("is no longer set by the variable {}", quoted(name));
            let why = "where the variable is set, it has no effect";
            walk.tell(Verdict::Breaking, ChangeKind::Variable, message, why);
        }
    }
    for name in after.iter().filter(|name| !before.contains(name)) {
        let is_moved =
            before.iter().any(|before| walk.place.with_new_prefix(before).as_deref() == Some(name));
        if !is_moved {
            let message = format!("is set by the variable {}", quoted(name));
            walk.tell(Verdict::Compatible, ChangeKind::Variable, message, "no other variable is lost by it");
        }
    }
}

fn arguments(walk: &mut Walk, old: &View<'_>, new: &View<'_>) {
    let (before, after) = (old.fact_texts("argument"), new.fact_texts("argument"));
    let read: Vec<String> = after.iter().flat_map(|name| walk.place.read_as(name)).collect();
    for name in before.iter().filter(|name| !read.iter().any(|read| read == *name)) {
        let message = format!("is no longer set by the argument {}", quoted(name));
        let why = "a command line that has the argument is refused";
        walk.tell(Verdict::Breaking, ChangeKind::Argument, message, why);
    }
    for name in after.iter().filter(|name| !before.contains(name)) {
        let message = format!("is set by the argument {}", quoted(name));
        walk.tell(Verdict::Compatible, ChangeKind::Argument, message, "no other argument is lost by it");
    }
}

fn secret(walk: &mut Walk, old: &View<'_>, new: &View<'_>) {
    match (old.is_secret(), new.is_secret()) {
        (false, true) => {
            let why = "what was accepted still is; its value is shown nowhere";
            walk.tell(Verdict::Info, ChangeKind::Secrecy, "is secret now", why);
        }
        (true, false) => {
            let why = "its value is shown in reports and pages";
            walk.tell(Verdict::Info, ChangeKind::Secrecy, "is no longer secret", why);
        }
        _ => {}
    }
}

fn unit(walk: &mut Walk, old: &View<'_>, new: &View<'_>) {
    let text = |view: &View<'_>| view.fact("unit").and_then(Value::as_str).map(quoted);
    match (text(old), text(new)) {
        (Some(before), Some(after)) if before != after => {
            let message = format!("counts {after}, before {before}");
            walk.tell(Verdict::Breaking, ChangeKind::Unit, message, "the same number means something else");
        }
        (None, Some(after)) => {
            let why = "the declaration says it now";
            walk.tell(Verdict::Info, ChangeKind::Unit, format!("counts {after}"), why);
        }
        _ => {}
    }
}

fn merge(walk: &mut Walk, old: &View<'_>, new: &View<'_>) {
    let way = |view: &View<'_>| view.fact("merge").cloned().unwrap_or_else(|| "replace".into());
    let (before, after) = (way(old), way(new));
    if before != after {
        let words = |way: &Value| quoted(&way.as_str().map_or_else(|| way.to_string(), str::to_owned));
        let message = format!("merges by {}, before by {}", words(&after), words(&before));
        let why = "where several layers set it, they give another value";
        walk.tell(Verdict::Breaking, ChangeKind::Merge, message, why);
    }
}

fn deprecated(walk: &mut Walk, old: &View<'_>, new: &View<'_>) {
    let is = |view: &View<'_>| {
        view.note("deprecated") == Some(&Value::Bool(true)) || view.fact("deprecated").is_some()
    };
    match (is(old), is(new)) {
        (false, true) => {
            let advice = new.fact("deprecated").and_then(Value::as_str);
            let advice =
                advice.map(|advice| format!(": {}", crate::report::clean(advice))).unwrap_or_default();
            let why = "it is read, with a warning";
            walk.tell(Verdict::Info, ChangeKind::Deprecated, format!("is deprecated{advice}"), why);
        }
        (true, false) => {
            let why = "it no longer warns";
            walk.tell(Verdict::Info, ChangeKind::Deprecated, "is no longer deprecated", why);
        }
        _ => {}
    }
}

fn profiles(walk: &mut Walk, old: &View<'_>, new: &View<'_>) {
    let (before, after) = (old.fact_texts("required_profiles"), new.fact_texts("required_profiles"));
    for name in after.iter().filter(|name| !before.contains(name)) {
        let message = format!("is required now in the profile {}", quoted(name));
        let why = "files of this profile that leave it out are refused";
        walk.tell(Verdict::Breaking, ChangeKind::Required, message, why);
    }
    for name in before.iter().filter(|name| !after.contains(name)) {
        let message = format!("may be left out now in the profile {}", quoted(name));
        walk.tell(Verdict::Compatible, ChangeKind::Required, message, "files that have it load as before");
    }
}

/// Rules that JSON Schema cannot say, as confkit lists them.
fn rules(walk: &mut Walk, old: &View<'_>, new: &View<'_>) {
    let [before, after] = [old, new].map(|view| {
        let all = view.fact("rules").and_then(Value::as_array).into_iter().flatten();
        // This one accepts more than the schema says.
        all.filter(|rule| rule.get("rule") != Some(&"relaxed_keys".into())).collect::<Vec<_>>()
    });
    let is_same = |one: &Value, other: &Value| identity(one) == identity(other);
    for rule in &after {
        let known = before.iter().find(|known| is_same(known, rule));
        let (verdict, what, why) = match (known.map(|rule| warns(rule)), warns(rule)) {
            (None, true) => (Verdict::Info, "has a new rule that warns", "nothing is refused by it"),
            (None, false) => (Verdict::Breaking, "has a new rule", "values that break it are refused"),
            (Some(true), false) => (
                Verdict::Breaking,
                "has a rule that no longer only warns",
                "values that break it are refused",
            ),
            (Some(false), true) => {
                (Verdict::Compatible, "has a rule that only warns now", "all that was accepted still is")
            }
            _ => continue,
        };
        walk.tell(verdict, ChangeKind::Rule, format!("{what}: {}", words(rule)), why);
    }
    for rule in before.iter().filter(|rule| !after.iter().any(|kept| is_same(rule, kept))) {
        let message = format!("no longer has the rule: {}", words(rule));
        walk.tell(Verdict::Compatible, ChangeKind::Rule, message, "all that was accepted still is");
    }
}

fn warns(rule: &Value) -> bool {
    rule.get("warns") == Some(&Value::Bool(true))
}

/// What makes a rule the same rule: all of it, but whether it warns; and but its message, where
/// anything else tells it from others.
fn identity(rule: &Value) -> Value {
    let Value::Object(entries) = rule else { return rule.clone() };
    let is_named_by_message =
        matches!(entries.get("rule").and_then(Value::as_str), None | Some("custom" | "check"));
    let counts = |key: &str| key != "warns" && (key != "message" || is_named_by_message);
    entries.iter().filter(|(key, _)| counts(key)).map(|(key, value)| (key.clone(), value.clone())).collect()
}

fn words(rule: &Value) -> String {
    let text = |key: &str| rule.get(key).and_then(Value::as_str);
    match (text("rule"), text("message")) {
        (_, Some(message)) => quoted(message),
        (Some(name), None) => quoted(name),
        (None, None) => quoted(&rule.as_str().map_or_else(|| rule.to_string(), str::to_owned)),
    }
}

/// What a user wants to know of a new setting: type, default, variable.
pub(super) fn facts_of(walk: &Walk, view: &View<'_>) -> String {
    let types = Types::accepted(view);
    let mut facts = Vec::new();
    if types != Types::OBJECT {
        facts.push(types.words());
    }
    if let Some(default) = view.note("default").filter(|_| !walk.place.is_secret) {
        facts.push(format!("default {}", walk.shown(default)));
    }
    if let Some(variable) = all_variables(view).first() {
        facts.push(format!("variable {}", quoted(variable)));
    }
    if walk.place.is_secret {
        facts.push("secret".to_owned());
    }
    if facts.is_empty() { String::new() } else { format!(" ({})", facts.join(", ")) }
}
