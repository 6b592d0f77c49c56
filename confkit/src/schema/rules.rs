//! Rules on one value as keywords of JSON Schema, as far as there are any that mean the same.

use confkit_sources::declared::{Kind, Rule, RuleKind, ValueKind};

use super::json::{Json, Object};
use super::{facts, patterns, values};

/// What a rule is about.
pub(super) struct Subject<'k> {
    pub(super) kind: &'k ValueKind,
    pub(super) is_secret: bool,
    /// Whether its value is text and nothing else.
    pub(super) is_text: bool,
}

impl Subject<'_> {
    pub(super) fn new(kind: &ValueKind, is_secret: bool) -> Subject<'_> {
        Subject { kind, is_secret, is_text: *kind.kind() == Kind::Text }
    }
}

/// Which rules hold without any condition.
#[derive(Debug, Clone, Copy)]
pub(super) struct InForce<'o> {
    pub(super) profile: Option<&'o str>,
}

impl InForce<'_> {
    /// Whether breaking the rule is an error whatever the other settings are.
    pub(super) fn always(self, rule: &Rule) -> bool {
        let in_profile = || self.profile.is_some_and(|profile| rule.profiles().contains(&profile));
        !rule.warns() && rule.when().is_none() && (rule.profiles().is_empty() || in_profile())
    }
}

/// Whether a rule is about what is given, which a schema says of the table around.
pub(super) fn is_presence(rule: &Rule) -> bool {
    matches!(
        rule.kind(),
        RuleKind::Required
            | RuleKind::RequiredIf { .. }
            | RuleKind::RequiredUnless { .. }
            | RuleKind::RequiredWith(_)
            | RuleKind::Requires(_)
            | RuleKind::ConflictsWith(_)
    )
}

/// Adds rules to the schema of a value. What it cannot say is returned.
pub(super) fn apply<'r>(
    schema: &mut Object,
    subject: &Subject<'_>,
    rules: impl IntoIterator<Item = &'r Rule>,
    in_force: InForce<'_>,
) -> Vec<Object> {
    let mut unsaid = Vec::new();
    for rule in rules.into_iter().filter(|rule| !is_presence(rule)) {
        match rule.kind() {
            RuleKind::Each(inner) | RuleKind::Keys(inner) if in_force.always(rule) => {
                unsaid.extend(inside(schema, subject, rule, inner, in_force));
            }
            kind => match said(subject, kind).filter(|_| in_force.always(rule)) {
                Some(more) => schema.demand(more),
                None => unsaid.push(facts::rule(rule, subject.is_secret)),
            },
        }
    }
    unsaid
}

/// Adds rules to elements or keys. What cannot be said of them is told as one rule.
fn inside(
    schema: &mut Object,
    subject: &Subject<'_>,
    rule: &Rule,
    inner: &'static [Rule],
    in_force: InForce<'_>,
) -> Option<Object> {
    let text = ValueKind::new(Kind::Text);
    let any = ValueKind::new(Kind::Any);
    let is_keys = matches!(rule.kind(), RuleKind::Keys(_));
    let element = if is_keys { &text } else { subject.kind.element().unwrap_or(&any) };
    let mut demands = Object::new();
    let about = Subject::new(element, subject.is_secret || element.is_secret());
    let unsaid = apply(&mut demands, &about, inner, in_force);
    if element.is_optional() && demands.get("enum").is_some() {
        demands.or_null();
    }
    let keyword = match subject.kind.kind() {
        _ if is_keys => "propertyNames",
        Kind::Map => "additionalProperties",
        _ => "items",
    };
    if !demands.is_empty() {
        schema.demand(Object::of(keyword, demands));
    }
    (!unsaid.is_empty()).then(|| facts::rule(rule, true).with("of", Json::list(unsaid)))
}

/// What JSON Schema calls a rule.
fn said(subject: &Subject<'_>, rule: &RuleKind) -> Option<Object> {
    let kind = subject.kind.kind();
    let is_number = matches!(kind, Kind::Integer { .. } | Kind::Float);
    match rule {
        RuleKind::Range { min, max, exclusive_min, exclusive_max } if is_number => {
            range([*min, *max], [*exclusive_min, *exclusive_max])
        }
        RuleKind::Length { min, max, equal } => length(subject, [equal.or(*min), equal.or(*max)]),
        RuleKind::NonEmpty => length(subject, [Some("1"), None]),
        RuleKind::OneOf(allowed) if !subject.is_secret => one_of(subject, allowed),
        RuleKind::Contains(part) => contains(subject, part),
        RuleKind::DoesNotContain(part) => {
            // What has another type contains nothing.
            let mut containing = Object::of_type(json_type(subject)?);
            containing.extend(contains(subject, part)?);
            Some(Object::of("not", containing))
        }
        _ if subject.is_text => meaning(rule),
        _ => None,
    }
}

/// What is asked of the meaning of a text.
fn meaning(rule: &RuleKind) -> Option<Object> {
    Some(match rule {
        RuleKind::Email => Object::of("format", "email"),
        RuleKind::Url => Object::of("format", "uri"),
        RuleKind::Ip => Object::of("anyOf", Json::list(["ipv4", "ipv6"].map(|it| Object::of("format", it)))),
        RuleKind::Ipv4 => Object::of("format", "ipv4"),
        RuleKind::Ipv6 => Object::of("format", "ipv6"),
        RuleKind::NonControlCharacter => Object::of("pattern", patterns::NO_CONTROLS),
        RuleKind::Regex(source) => Object::of("pattern", patterns::translated(source)?),
        _ => return None,
    })
}

fn range(limits: [Option<&str>; 2], exclusive: [bool; 2]) -> Option<Object> {
    let mut schema = Object::new();
    let names = [["minimum", "exclusiveMinimum"], ["maximum", "exclusiveMaximum"]];
    for ((limit, exclusive), names) in limits.into_iter().zip(exclusive).zip(names) {
        if let Some(limit) = limit {
            // A constant of the program has no number that could be told.
            schema.set(names[usize::from(exclusive)], Json::from(values::number(limit)?));
        }
    }
    Some(schema)
}

fn length(subject: &Subject<'_>, limits: [Option<&str>; 2]) -> Option<Object> {
    let names = match subject.kind.kind() {
        Kind::Text if subject.is_text => ["minLength", "maxLength"],
        Kind::List => ["minItems", "maxItems"],
        Kind::Map => ["minProperties", "maxProperties"],
        _ => return None,
    };
    let mut schema = Object::new();
    for (limit, name) in limits.into_iter().zip(names) {
        if let Some(limit) = limit {
            schema.set(name, Json::from(values::number(limit)?));
        }
    }
    Some(schema)
}

fn one_of(subject: &Subject<'_>, allowed: &[&str]) -> Option<Object> {
    let value = |text: &&str| match subject.kind.kind() {
        Kind::Text => Some(Json::from(*text)),
        Kind::Integer { .. } | Kind::Float => values::number(text).map(Json::from),
        _ => None,
    };
    let allowed: Vec<Json> = allowed.iter().map(value).collect::<Option<_>>()?;
    Some(Object::of("enum", Json::List(allowed)))
}

fn contains(subject: &Subject<'_>, part: &str) -> Option<Object> {
    Some(match subject.kind.kind() {
        Kind::Text if subject.is_text => Object::of("pattern", patterns::literal(part)),
        Kind::List => Object::of("contains", Object::of("const", part)),
        Kind::Map => Object::of("required", Json::list([part])),
        _ => return None,
    })
}

fn json_type(subject: &Subject<'_>) -> Option<&'static str> {
    match subject.kind.kind() {
        Kind::Text => Some("string"),
        Kind::List => Some("array"),
        Kind::Map => Some("object"),
        _ => None,
    }
}
