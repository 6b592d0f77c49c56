//! A table in the making: its keys, what has to be given, and what is asked of it as a whole.

use confkit_sources::declared::{Field, Metadata, RuleKind};

use super::build::{Schemed, without_facts};
use super::facts::{self, FACTS};
use super::json::{Json, Object};
use super::patterns;
use super::place::Root;
use super::present::{self, Clause, Extent, Said};
use super::rules::{self, InForce};

/// What is known of a table.
#[derive(Default)]
pub(super) struct Parts {
    properties: Object,
    /// Keys in other spellings.
    spellings: Object,
    required: Vec<&'static str>,
    clauses: Vec<Clause>,
    /// What keys hold that no field takes.
    rest: Option<Json>,
    /// Whether other spellings of a key cannot be told from unknown keys.
    is_open: bool,
    /// Whether there are keys that only a part of the schema knows, as those of variants.
    has_more: bool,
    unsaid: Vec<Object>,
}

impl Parts {
    /// Adds a key that is no field.
    pub(super) fn key(&mut self, key: &'static str, schema: Object, is_required: bool) {
        self.properties.set(key, schema);
        if is_required {
            self.required.push(key);
        }
    }

    /// Adds a field under all its keys.
    pub(super) fn add(&mut self, field: &'static Field, member: Schemed, extent: Extent) {
        let Schemed { schema, may_be_absent } = member;
        let other = without_facts(schema.clone());
        self.properties.set(field.key(), schema);
        for key in field.aliases() {
            self.properties.set(key, called(field, other.clone(), false));
        }
        for key in field.renamed_from() {
            self.properties.set(key, called(field, other.clone(), true));
        }
        if field.is_relaxed() {
            self.spelt(field, &other);
        }
        match extent {
            Extent::Whole if may_be_absent => {}
            Extent::Whole if present::has_one_key(field) => self.required.push(field.key()),
            Extent::Whole => self.clauses.extend(present::needed(field)),
            Extent::Layer => {}
        }
        self.clauses.extend(present::once(field));
    }

    fn spelt(&mut self, field: &'static Field, schema: &Object) {
        for key in present::keys(field) {
            if let Some(pattern) = patterns::relaxed(key) {
                self.spellings.set(&pattern, schema.clone());
            } else {
                self.is_open = true;
                self.unsaid.push(Object::of("rule", "relaxed_keys").with("setting", field.key()));
            }
        }
    }

    /// Says what all other keys hold.
    pub(super) fn rest(&mut self, schema: impl Into<Json>) {
        self.rest = Some(schema.into());
    }

    /// Adds keys of which only a schema of their own knows.
    pub(super) fn beside(&mut self, clause: Clause) {
        self.has_more = true;
        self.clauses.push(clause);
    }

    /// Adds the rules of a type over several of its fields.
    pub(super) fn rules(&mut self, metadata: &'static Metadata, extent: Extent, in_force: InForce<'_>) {
        for field in metadata.fields() {
            for rule in field.rules().iter().filter(|rule| rules::is_presence(rule)) {
                let said = match rule.kind() {
                    _ if !in_force.always(rule) => Said::No,
                    RuleKind::Required => Said::Nothing,
                    _ => present::rule(metadata, field, rule, extent),
                };
                let is_secret = compares_secret(metadata, rule.kind());
                self.say(said, || facts::rule(rule, is_secret).with("setting", field.key()));
            }
        }
        for check in metadata.checks() {
            let said = if in_force.always(check.rule()) {
                present::group(metadata, check, extent)
            } else {
                Said::No
            };
            self.say(said, || facts::check(check));
        }
    }

    fn say(&mut self, said: Said, unsaid: impl FnOnce() -> Object) {
        match said {
            Said::As(clause) => self.clauses.push(clause),
            Said::Nothing => {}
            Said::No => self.unsaid.push(unsaid()),
        }
    }

    /// Writes the schema of the table. The root of a document may name its schema and its version, and is
    /// no null.
    pub(super) fn finish(mut self, is_closed: bool, root: Option<Root>) -> Schemed {
        let may_be_absent = self.required.is_empty() && self.clauses.iter().all(|clause| clause.holds_empty);
        let mut schema = Object::of_type("object");
        if may_be_absent && root.is_none() {
            schema.or_null();
        }
        if let Some(root) = root {
            self.about_document(root);
        }
        schema.set_full("properties", self.properties);
        schema.set_full("patternProperties", self.spellings);
        schema.set_full("required", Json::list(self.required));
        let others = if self.has_more { "unevaluatedProperties" } else { "additionalProperties" };
        match self.rest {
            Some(Json::Object(any)) if any.is_empty() => {}
            Some(Json::Scalar(_)) => {}
            Some(rest) => schema.set(others, rest),
            None if is_closed && !self.is_open => schema.set(others, false),
            None => {}
        }
        for Clause { schema: mut clause, .. } in self.clauses {
            if may_be_absent && root.is_none() {
                // What a table has to hold is nothing that a null could.
                clause.or_null();
            }
            schema.demand_together(clause);
        }
        if !self.unsaid.is_empty() {
            schema.set(FACTS, Object::of("rules", Json::list(self.unsaid)));
        }
        Schemed { schema, may_be_absent }
    }

    /// Adds the keys of a document that are no settings.
    fn about_document(&mut self, root: Root) {
        if self.properties.get("$schema").is_none() {
            self.properties.set("$schema", Object::of("description", "Names the schema of this file."));
        }
        if root.extent == Extent::Layer {
            let unset =
                Object::of("description", "Paths of settings that lower layers gave, and are not set.");
            let paths = unset.with("type", "array").with("items", Object::of_type("string"));
            self.properties.set("$unset", paths);
        }
        if let Some(versioned) = root.versioned {
            self.properties.set(versioned.key(), facts::of_version(versioned));
        }
    }

    /// Writes what a part of a table asks for, beside which there are other keys.
    pub(super) fn into_clause(self) -> Clause {
        let finished = Self { has_more: false, ..self }.finish(false, None);
        let mut schema = finished.schema;
        schema.remove("type");
        Clause { schema, holds_empty: finished.may_be_absent }
    }
}

/// The schema of a field under a further key.
fn called(field: &Field, schema: Object, is_former: bool) -> Object {
    let words = if is_former { "The former name of" } else { "Another name of" };
    let mut called = Object::of("description", format!("{words} `{}`.", field.key()));
    called.extend(schema);
    if is_former {
        called.set("deprecated", true);
    }
    called
}

/// Whether a rule names a value of a secret.
fn compares_secret(metadata: &Metadata, kind: &RuleKind) -> bool {
    let (RuleKind::RequiredIf { field, .. } | RuleKind::RequiredUnless { field, .. }) = kind else {
        return false;
    };
    metadata.fields().iter().any(|other| other.name() == *field && other.may_hold_secret())
}
