//! What confkit says of the settings as a whole: version, prefix of variables, profiles.

use serde_json::Value;

use super::change::{ChangeKind, Verdict};
use super::schema::View;
use super::walk::Walk;
use super::within::quoted;

/// Compares what is said at the root.
pub(super) fn compare(walk: &mut Walk, old: &View<'_>, new: &View<'_>) {
    version(walk, old, new);
    prefix(walk, old, new);
    profiles(walk, old, new);
}

fn version(walk: &mut Walk, old: &View<'_>, new: &View<'_>) {
    let version = |view: &View<'_>| view.fact("version").and_then(Value::as_u64);
    match (version(old), version(new)) {
        (Some(before), Some(after)) if after > before => {
            let message = format!("has version {after}, before {before}");
            let why = "files of the old version are migrated; what the steps do is not judged here";
            walk.tell(Verdict::Info, ChangeKind::Version, message, why);
        }
        (Some(before), Some(after)) if after < before => {
            let message = format!("has version {after}, before {before}");
            let why = "files of a newer version are refused";
            walk.tell(Verdict::Breaking, ChangeKind::Version, message, why);
        }
        (None, Some(after)) => {
            let why = "files may say which version they are of";
            walk.tell(Verdict::Info, ChangeKind::Version, format!("has version {after}"), why);
        }
        (Some(before), None) => {
            let message = format!("has no version, before {before}");
            walk.tell(Verdict::Breaking, ChangeKind::Version, message, "files that say one are not migrated");
        }
        _ => {}
    }
}

/// A new prefix is told once, not for each variable.
fn prefix(walk: &mut Walk, old: &View<'_>, new: &View<'_>) {
    let text = |view: &View<'_>| view.fact("env_prefix").and_then(Value::as_str).map(str::to_owned);
    if let (Some(before), Some(after)) = (text(old), text(new))
        && before != after
    {
        let message = format!("has variables that begin with {}, before {}", quoted(&after), quoted(&before));
        let why = "no variable of the old prefix is read";
        walk.tell(Verdict::Breaking, ChangeKind::Variable, message, why);
        walk.place.prefixes = Some((before, after));
    }
}

fn profiles(walk: &mut Walk, old: &View<'_>, new: &View<'_>) {
    let (before, after) = (old.fact_texts("profiles"), new.fact_texts("profiles"));
    for gone in before.iter().filter(|name| !after.contains(name)) {
        let message = format!("no longer has the profile {}", quoted(gone));
        let why = "a load in this profile may be refused";
        walk.tell(Verdict::Breaking, ChangeKind::Profile, message, why);
    }
    for added in after.iter().filter(|name| !before.contains(name)) {
        let message = format!("has the profile {}, too", quoted(added));
        walk.tell(Verdict::Compatible, ChangeKind::Profile, message, "nothing else changes by it");
    }
}
