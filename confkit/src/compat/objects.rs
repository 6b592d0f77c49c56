//! Tables: their settings, their further keys, and what is required.

use serde_json::{Map, Value};

use super::change::{ChangeKind, Verdict};
use super::schema::{ANYTHING, Node, View};
use super::settings;
use super::types::Types;
use super::walk::Walk;
use super::within::quoted;

const KEYWORDS: [&str; 3] = ["additionalProperties", "patternProperties", "properties"];

/// What is asked of the entries of a table.
#[derive(Clone, Copy)]
struct Table<'s> {
    node: Node<'s>,
    properties: Option<&'s Map<String, Value>>,
    patterns: Option<&'s Map<String, Value>>,
    rest: &'s Value,
}

impl<'s> Table<'s> {
    fn of(node: Node<'s>, map: Option<&'s Map<String, Value>>) -> Self {
        let get = |keyword: &str| map.and_then(|map| map.get(keyword));
        Self {
            node,
            properties: get("properties").and_then(Value::as_object),
            patterns: get("patternProperties").and_then(Value::as_object).filter(|map| !map.is_empty()),
            rest: get("additionalProperties").unwrap_or(&ANYTHING),
        }
    }

    fn get(self, key: &str) -> Option<Node<'s>> {
        self.properties?.get(key).map(|schema| self.node.at(schema))
    }

    /// Settings under their own keys; other names of settings may stand among them.
    fn settings(self) -> impl Iterator<Item = (&'s str, Node<'s>)> {
        let all = self.properties.into_iter().flatten();
        all.map(move |(key, schema)| (key.as_str(), self.node.at(schema)))
            .filter(move |(key, schema)| self.owner(key).is_none() && !is_file_version(schema))
    }

    /// The setting of which a key is another name.
    fn owner(self, name: &str) -> Option<(&'s str, Node<'s>)> {
        let mut all = self.properties.into_iter().flatten();
        let (key, schema) = all.find(|(key, schema)| {
            key.as_str() != name && settings::other_names(&self.node.at(schema).view()).contains(&name)
        })?;
        Some((key, self.node.at(schema)))
    }

    fn has_setting(self, key: &str) -> bool {
        self.get(key).is_some_and(|schema| !is_file_version(&schema)) && self.owner(key).is_none()
    }

    fn is_closed(self) -> bool {
        *self.rest == Value::Bool(false) && self.patterns.is_none()
    }
}

/// Whether a key is no setting, but says the version of its file. Versions are compared as such.
fn is_file_version(schema: &Node<'_>) -> bool {
    schema.view().fact("file_version") == Some(&Value::Bool(true))
}

/// Compares tables.
pub(super) fn compare(walk: &mut Walk, old: &View<'_>, new: &View<'_>) {
    let before = old.with_any(&KEYWORDS);
    let after = new.with_any(&KEYWORDS);
    if after.is_empty()
        && before.iter().any(|map| map.get("additionalProperties") != Some(&Value::Bool(true)))
    {
        let why = "all keys that were accepted still are";
        walk.tell(Verdict::Compatible, ChangeKind::UnknownKeys, "accepts any keys now", why);
    }
    for (index, map) in after.into_iter().enumerate() {
        let known = before.get(index).or_else(|| before.first()).copied();
        let tables = (Table::of(old.node, known), Table::of(new.node, Some(map)));
        Tables { old: tables.0, new: tables.1, before: old, after: new }.compare(walk);
    }
    required(walk, old, new);
    names_of_keys(walk, old, new);
}

struct Tables<'v, 's> {
    old: Table<'s>,
    new: Table<'s>,
    before: &'v View<'s>,
    after: &'v View<'s>,
}

impl<'s> Tables<'_, 's> {
    fn compare(&self, walk: &mut Walk) {
        for (key, schema) in self.old.settings() {
            self.known(walk, key, schema);
        }
        for (key, schema) in self.new.settings().filter(|(key, _)| self.is_added(key)) {
            self.added(walk, key, schema);
        }
        self.patterns(walk);
        self.rest(walk);
    }

    /// A setting that was there before.
    fn known(&self, walk: &mut Walk, key: &str, old: Node<'s>) {
        let was_required = self.was_required(key);
        if self.new.has_setting(key) {
            let new = self.new.get(key).unwrap_or(old);
            return walk.at_key(key, |walk| walk.setting(old, new, was_required));
        }
        match self.new.owner(key) {
            Some((now, new)) if !self.old.has_setting(now) => self.renamed(walk, (key, old), (now, new)),
            Some((now, _)) => {
                let message = format!("is another name of {} now", quoted(now));
                let why = "files that have both set one setting twice";
                walk.at_key(key, |walk| walk.tell(Verdict::Breaking, ChangeKind::Removed, message, why));
            }
            None => {
                let why = if self.new.is_closed() {
                    "files that set it are refused"
                } else {
                    "it is ignored in files"
                };
                let message = format!("is gone{}", inside(&old.view()));
                walk.at_key(key, |walk| walk.tell(Verdict::Breaking, ChangeKind::Removed, message, why));
            }
        }
    }

    fn renamed(&self, walk: &mut Walk, (key, old): (&str, Node<'s>), (now, new): (&str, Node<'s>)) {
        let message = format!("was called {} before", quoted(key));
        let was_required = self.was_required(key);
        walk.at_key(now, |walk| {
            walk.tell(Verdict::Compatible, ChangeKind::Renamed, message, "the old key is still read");
            if self.after.required().any(|name| name == now) && !was_required {
                tell_required(walk);
            }
            walk.renaming(key, now, |walk| walk.setting(old, new, was_required));
        });
    }

    fn was_required(&self, key: &str) -> bool {
        self.before.required().any(|name| name == key)
    }

    fn is_added(&self, key: &str) -> bool {
        let was_renamed = || {
            self.old.settings().any(|(old, _)| {
                !self.new.has_setting(old) && self.new.owner(old).is_some_and(|(now, _)| now == key)
            })
        };
        // Every document may name its schema, and take settings away.
        !matches!(key, "$schema" | "$unset") && !self.old.has_setting(key) && !was_renamed()
    }

    fn added(&self, walk: &mut Walk, key: &str, schema: Node<'s>) {
        let view = schema.view();
        let profiles = view.fact_texts("required_profiles");
        let (verdict, why) = if self.after.required().any(|name| name == key) {
            (Verdict::Breaking, "it is required, and no file has it yet")
        } else if !profiles.is_empty() {
            (Verdict::Breaking, "it is required in some profiles, and no file has it yet")
        } else if self.old.is_closed() {
            (Verdict::Compatible, "it may be left out")
        } else {
            (
                Verdict::Breaking,
                "any key was accepted here, so that files may have this one with another meaning",
            )
        };
        walk.at_key(key, |walk| walk.tell_added(verdict, &view, why));
    }

    /// Whether an expression matches a key is not judged here: patterns are kept, or they are different.
    fn patterns(&self, walk: &mut Walk) {
        let get = |table: &Table<'s>, pattern: &str| Some(table.node.at(table.patterns?.get(pattern)?));
        for (pattern, schema) in self.new.patterns.into_iter().flatten() {
            let place = format!(".<{pattern}>");
            walk.in_place(&place, |walk| {
                if let Some(old) = get(&self.old, pattern) {
                    return walk.compare(old, self.new.node.at(schema));
                }
                let message = "asks something of keys that match an expression";
                let why = "keys that match are held against what is asked here";
                walk.tell(Verdict::Breaking, ChangeKind::Rule, message, why);
            });
        }
        for (pattern, schema) in self.old.patterns.into_iter().flatten() {
            let is_gone = get(&self.new, pattern).is_none();
            if is_gone && !walk.fits(self.old.node.at(schema), self.new.node.at(self.new.rest)) {
                let why = "keys that match are refused, or mean something else";
                let message = "are no longer accepted as keys";
                walk.in_place(&format!(".<{pattern}>"), |walk| {
                    walk.tell(Verdict::Breaking, ChangeKind::Removed, message, why);
                });
            }
        }
    }

    /// Keys that are not named.
    fn rest(&self, walk: &mut Walk) {
        let kind = ChangeKind::UnknownKeys;
        match (self.old.rest, self.new.rest) {
            (Value::Bool(false), Value::Bool(false)) => {}
            (Value::Bool(false), _) => {
                let why = "only what was refused before is accepted in addition";
                walk.tell(Verdict::Compatible, kind, "accepts keys that it does not know", why);
            }
            (_, Value::Bool(false)) => {
                let why = "files that have further keys are refused";
                walk.tell(Verdict::Breaking, kind, "refuses keys that it does not know", why);
            }
            (old, new) => {
                let (old, new) = (self.old.node.at(old), self.new.node.at(new));
                walk.in_place(".<key>", |walk| walk.compare(old, new));
            }
        }
    }
}

/// What has to be there; new settings are told where they are new.
fn required(walk: &mut Walk, old: &View<'_>, new: &View<'_>) {
    let has = |view: &View<'_>, key: &str| {
        let tables = view.with_any(&KEYWORDS).into_iter().map(|map| Table::of(view.node, Some(map)));
        tables.fold((false, false), |(setting, name), table| {
            (setting || table.has_setting(key), name || table.owner(key).is_some())
        })
    };
    let mut after: Vec<&str> = new.required().collect();
    after.sort_unstable();
    after.dedup();
    let was_required = |key: &str| old.required().any(|known| known == key);
    for key in after.iter().filter(|key| !was_required(key)) {
        let is_told = has(new, key).0 && !has(old, key).0;
        if !is_told {
            walk.at_key(key, tell_required);
        }
    }
    for key in old.required().filter(|key| !after.contains(key) && has(new, key).0) {
        walk.at_key(key, |walk| {
            let why = "files that have it load as before";
            walk.tell(Verdict::Compatible, ChangeKind::Required, "may be left out now", why);
        });
    }
}

fn tell_required(walk: &mut Walk) {
    walk.tell(
        Verdict::Breaking,
        ChangeKind::Required,
        "is required now",
        "files that leave it out are refused",
    );
}

/// What is asked of the keys of maps.
fn names_of_keys(walk: &mut Walk, old: &View<'_>, new: &View<'_>) {
    let before: Vec<Node<'_>> = old.each("propertyNames").map(|schema| old.node.at(schema)).collect();
    for (index, schema) in new.each("propertyNames").enumerate() {
        let known = before.get(index).or_else(|| before.first()).copied();
        let known = known.unwrap_or_else(|| old.node.at(&ANYTHING));
        walk.in_place(" (keys)", |walk| walk.compare_text(known, new.node.at(schema)));
    }
}

/// The settings that a section has, in words.
fn inside(view: &View<'_>) -> String {
    let mut paths = Vec::new();
    collect(view, "", &mut paths);
    if paths.is_empty() { String::new() } else { format!(", with {}", paths.join(", ")) }
}

/// Lists settings down to single values; references are left closed, since they may be circles.
fn collect(view: &View<'_>, prefix: &str, paths: &mut Vec<String>) {
    if Types::declared(view) != Types::OBJECT || view.node.referred().is_some() {
        return;
    }
    for map in view.with_any(&KEYWORDS) {
        for (key, schema) in Table::of(view.node, Some(map)).settings() {
            let mut path = prefix.to_owned();
            confkit_sources::path::push_key(&mut path, key);
            let known = paths.len();
            collect(&schema.view(), &path, paths);
            if paths.len() == known {
                paths.push(format!("`{path}`"));
            }
        }
    }
}

/// What a new setting is, in words.
pub(super) fn introduced(view: &View<'_>) -> String {
    format!("is new{}", inside(view))
}
