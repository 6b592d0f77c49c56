//! `x-confkit`: what JSON Schema has no words for.

use confkit_sources::declared::{Check, Field, Metadata, Rule, RuleKind, Versioned};

use super::json::{Json, Object};
use crate::settings::Names;

/// The key under which it stands.
pub(super) const FACTS: &str = "x-confkit";

/// Adds facts to a schema, which may have some already.
pub(super) fn add(schema: &mut Object, facts: Object) {
    let mut all = match schema.remove(FACTS) {
        Some(Json::Object(known)) => known,
        _ => Object::new(),
    };
    for (key, value) in facts.iter() {
        let value = match (all.remove(key), value) {
            (Some(Json::List(mut known)), Json::List(more)) => {
                known.extend(more.iter().cloned());
                Json::List(known)
            }
            (_, value) => value.clone(),
        };
        all.set(key, value);
    }
    schema.set_full(FACTS, all);
}

/// The names of the setting at a path.
pub(super) fn names(names: &Names, path: &str, is_secret: bool) -> Object {
    let (variables, file) = names.variables(path, is_secret);
    let mut facts = Object::new();
    let mut variables = variables.into_iter().chain(file);
    facts.set_some("variable", variables.next());
    facts.set_full("variables", Json::list(variables));
    facts.set_some("argument", names.argument(path));
    facts
}

/// What a field declares besides its value.
pub(super) fn of_field(field: &Field, is_secret: bool) -> Object {
    let mut facts = Object::new();
    facts.set_some("unit", field.unit());
    if is_secret {
        facts.set("secret", true);
    }
    facts.set_some("merge", field.merge().map(confkit_sources::declared::Merge::as_str));
    facts.set_full("aliases", Json::list(field.aliases().iter().copied()));
    facts.set_full("renamed_from", Json::list(field.renamed_from().iter().copied()));
    facts.set_some("deprecated", field.deprecated());
    facts.set_full("required_profiles", Json::list(field.required_profiles().iter().copied()));
    facts
}

/// What a type declares about its loading.
pub(super) fn of_type(metadata: &Metadata) -> Object {
    let loading = metadata.loading();
    let mut facts = Object::new();
    let version = loading.versioned().map(|versioned| u64::from(versioned.version()));
    facts.set_some("version", version);
    facts.set_some("env_prefix", loading.env_prefix());
    facts.set_full("profiles", Json::list(loading.profiles().iter().copied()));
    facts
}

/// The version that a file says.
pub(super) fn of_version(versioned: &Versioned) -> Object {
    Object::of("description", "The version of this file.")
        .with("type", "integer")
        .with("minimum", 1_u64)
        .with("maximum", u64::from(versioned.version()))
        .with(FACTS, Object::of("file_version", true))
}

/// A rule that the schema does not say. Of secrets nothing is told that they are compared with.
pub(super) fn rule(rule: &Rule, is_secret: bool) -> Object {
    let mut told = Object::of("rule", rule.kind().as_str());
    told.set_some("code", (rule.name() != rule.kind().as_str()).then(|| rule.name()));
    told.set_some("message", rule.message());
    told.set_some("when", rule.when().map(confkit_sources::declared::Condition::source));
    told.set_full("profiles", Json::list(rule.profiles().iter().copied()));
    if rule.warns() {
        told.set("warns", true);
    }
    if !is_secret {
        compared(&mut told, rule.kind());
    }
    told
}

/// A rule over several fields that the schema does not say.
pub(super) fn check(check: &Check) -> Object {
    let mut told = rule(check.rule(), true);
    told.set_full("fields", Json::list(check.fields().iter().copied()));
    told
}

/// What a rule compares with, as it is written in the declaration.
fn compared(told: &mut Object, kind: &RuleKind) {
    match kind {
        RuleKind::Range { min, max, .. } => {
            told.set_some("min", *min);
            told.set_some("max", *max);
        }
        RuleKind::Length { min, max, equal } => {
            told.set_some("min", *min);
            told.set_some("max", *max);
            told.set_some("equal", *equal);
        }
        RuleKind::OneOf(values) => told.set("allowed", Json::list(values.iter().copied())),
        RuleKind::Regex(pattern) => told.set("pattern", *pattern),
        RuleKind::Contains(part) | RuleKind::DoesNotContain(part) => told.set("part", *part),
        RuleKind::MustMatch(field) => told.set("field", *field),
        RuleKind::RequiredIf { field, value } | RuleKind::RequiredUnless { field, value } => {
            told.set("field", *field);
            told.set("value", *value);
        }
        RuleKind::RequiredWith(fields) | RuleKind::Requires(fields) | RuleKind::ConflictsWith(fields) => {
            told.set("fields", Json::list(fields.iter().copied()));
        }
        RuleKind::Custom(path) | RuleKind::CustomAsync(path) => told.set("function", *path),
        RuleKind::JsonSchema(name) => told.set_full("schema", *name),
        _ => {}
    }
}
