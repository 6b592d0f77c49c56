//! Which settings are given: rules over several fields as schemas of the table around them.

use confkit_sources::declared::{
    Check, Content, Field, FieldDefault, Kind, Metadata, Rule, RuleKind, ValueKind,
};
use serde_json::Value;

use super::json::{Json, Object};
use super::{patterns, values};

/// What is asked of a table as a whole.
pub(super) struct Clause {
    pub(super) schema: Object,
    /// Whether the table fulfils it if nothing stands in it.
    pub(super) holds_empty: bool,
}

impl Clause {
    fn new(schema: Object) -> Self {
        Self { schema, holds_empty: true }
    }

    fn failing_empty(schema: Object) -> Self {
        Self { schema, holds_empty: false }
    }
}

/// The keys under which a field may stand, its own first.
pub(super) fn keys(field: &Field) -> impl Iterator<Item = &'static str> {
    std::iter::once(field.key())
        .chain(field.aliases().iter().copied())
        .chain(field.renamed_from().iter().copied())
}

/// A field that has no other key than its own.
pub(super) fn has_one_key(field: &Field) -> bool {
    keys(field).nth(1).is_none() && !field.is_relaxed()
}

/// A table in which a field stands, under any of its keys, with a value of a kind; none where the keys
/// cannot be told.
pub(super) fn holding(field: &Field, value: &Object) -> Option<Object> {
    let exact = |key: &str| {
        let mut schema = Object::of("required", Json::list([key]));
        schema.set_full("properties", properties(key, value));
        schema
    };
    let spelt = |key: &str| {
        let pattern = patterns::relaxed(key)?;
        let other = Object::of("not", Object::of("pattern", pattern.as_str()));
        let mut schema = Object::of("not", Object::of("propertyNames", other));
        schema.set_full("patternProperties", properties(&pattern, value));
        Some(schema)
    };
    let all: Option<Vec<Object>> =
        keys(field).map(|key| if field.is_relaxed() { spelt(key) } else { Some(exact(key)) }).collect();
    all.map(any_of)
}

fn properties(key: &str, value: &Object) -> Object {
    if value.is_empty() { Object::new() } else { Object::of(key, value.clone()) }
}

/// Keys of one field of which a table may have only one.
pub(super) fn once(field: &Field) -> Option<Clause> {
    let keys: Vec<&str> = keys(field).collect();
    let pairs = keys.iter().enumerate().flat_map(|(at, one)| {
        keys[at + 1..].iter().map(move |other| Object::of("required", Json::list([*one, *other])))
    });
    let pairs: Vec<Object> = pairs.collect();
    (!pairs.is_empty()).then(|| Clause::new(Object::of("not", any_of(pairs))))
}

/// A field that has to be given, under whatever key.
pub(super) fn needed(field: &Field) -> Option<Clause> {
    holding(field, &Object::new()).map(Clause::failing_empty)
}

/// A table in which a field is given and not taken away. With a default it always is, which needs no
/// rule.
fn given(field: &Field) -> Option<Object> {
    let is_sayable = matches!(field.default(), FieldDefault::None) && !field.key().is_empty();
    is_sayable.then(|| holding(field, &Object::of("not", Object::of_type("null")))).flatten()
}

/// How much a schema asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// All that has to be given.
    Whole,
    /// What may stand in one of several layers.
    Layer,
}

/// What became of a rule.
pub(super) enum Said {
    As(Clause),
    /// Nothing is asked of one layer alone.
    Nothing,
    No,
}

impl From<Option<Clause>> for Said {
    fn from(clause: Option<Clause>) -> Self {
        clause.map_or(Self::No, Self::As)
    }
}

/// A rule of a field about what else is given.
pub(super) fn rule(metadata: &Metadata, field: &Field, rule: &Rule, extent: Extent) -> Said {
    let asks_for_more = !matches!(rule.kind(), RuleKind::ConflictsWith(_));
    if asks_for_more && extent == Extent::Layer {
        return Said::Nothing;
    }
    match rule.kind() {
        RuleKind::RequiredIf { field: other, value } => required_if(metadata, field, other, value, "then"),
        RuleKind::RequiredUnless { field: other, value } => {
            required_if(metadata, field, other, value, "else")
        }
        RuleKind::RequiredWith(others) => all_given(metadata, others)
            .zip(given(field))
            .map(|(others, this)| Clause::new(Object::of("if", any_of(others)).with("then", this))),
        RuleKind::Requires(others) => given(field)
            .zip(all_given(metadata, others))
            .map(|(this, others)| Clause::new(Object::of("if", this).with("then", all_of(others)))),
        RuleKind::ConflictsWith(others) => given(field)
            .zip(all_given(metadata, others))
            .map(|(this, others)| Clause::new(Object::of("not", all_of(vec![this, any_of(others)])))),
        _ => None,
    }
    .into()
}

/// A rule about how many of several fields are given.
pub(super) fn group(metadata: &Metadata, check: &Check, extent: Extent) -> Said {
    let Some(all) = all_given(metadata, check.fields()) else { return Said::No };
    let at_most = |all: Vec<Object>| {
        let none = Object::of("not", any_of(all.clone()));
        Clause::new(Object::of("oneOf", Json::list(all.into_iter().chain([none]))))
    };
    Said::As(match (check.rule().kind(), extent) {
        (RuleKind::ExactlyOneOf, Extent::Whole) => {
            Clause::failing_empty(Object::of("oneOf", Json::list(all)))
        }
        (RuleKind::AtLeastOneOf, Extent::Whole) => {
            Clause::failing_empty(Object::of("anyOf", Json::list(all)))
        }
        (RuleKind::AtLeastOneOf, Extent::Layer) => return Said::Nothing,
        (RuleKind::ExactlyOneOf | RuleKind::AtMostOneOf, _) => at_most(all),
        _ => return Said::No,
    })
}

fn all_of(schemas: Vec<Object>) -> Object {
    combined("allOf", schemas)
}

fn any_of(schemas: Vec<Object>) -> Object {
    combined("anyOf", schemas)
}

/// Several schemas as one, or the only one as it is.
fn combined(keyword: &str, mut schemas: Vec<Object>) -> Object {
    if schemas.len() == 1 { schemas.remove(0) } else { Object::of(keyword, Json::list(schemas)) }
}

fn by_name<'m>(metadata: &'m Metadata, name: &str) -> Option<&'m Field> {
    metadata.fields().iter().find(|field| field.name() == name)
}

fn all_given(metadata: &Metadata, names: &[&str]) -> Option<Vec<Object>> {
    names.iter().map(|name| given(by_name(metadata, name)?)).collect()
}

/// `if` another field has a value, this one has to be given: `then`, or `else` where it is the other
/// way round.
fn required_if(metadata: &Metadata, field: &Field, other: &str, value: &str, branch: &str) -> Option<Clause> {
    let (this, other) = (given(field)?, by_name(metadata, other)?);
    let (condition, holds_empty) = having(other, value)?;
    let schema = Object::of("if", condition).with(branch, this);
    Some(if holds_empty == (branch == "then") { Clause::failing_empty(schema) } else { Clause::new(schema) })
}

/// A table in which a field has a value, and whether an empty one is such a table by the default. No
/// value of a secret is told.
fn having(field: &Field, value: &str) -> Option<(Object, bool)> {
    let Content::Value(kind) = field.content() else { return None };
    let kind = kind();
    if field.may_hold_secret() || field.key().is_empty() {
        return None;
    }
    let wanted = Json::from(literal(value, &kind)?);
    let given = holding(field, &Object::of("const", wanted.clone()))?;
    let is_default = match field.default() {
        FieldDefault::None => false,
        _ => values::default(field, Some(&kind))? == wanted,
    };
    if !is_default {
        return Some((given, false));
    }
    let absent = Object::of("not", holding(field, &Object::new())?);
    Some((any_of(vec![given, absent]), true))
}

/// A value of a declaration, as it is written in Rust, as JSON.
fn literal(source: &str, kind: &ValueKind) -> Option<Value> {
    match kind.kind() {
        Kind::Bool => source.parse().ok().map(Value::Bool),
        Kind::Integer { .. } | Kind::Float => values::number(source),
        Kind::Text if source.starts_with('"') => serde_json::from_str(source).ok(),
        Kind::Choice(names) => {
            let variant = source.rsplit("::").next()?.trim();
            let mut alike = names.iter().filter(|name| letters(name).eq(letters(variant)));
            let name = alike.next().filter(|_| alike.next().is_none())?;
            Some((*name).into())
        }
        _ => None,
    }
}

/// What a variant and its name in settings have in common.
fn letters(name: &str) -> impl Iterator<Item = char> + '_ {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}
