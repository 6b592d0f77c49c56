//! Settings held against a JSON Schema of the user's, 2020-12 or what the schema names.

use std::sync::OnceLock;

use confkit_sources::NodeRef;
use confkit_sources::declared::{Content, Field, Metadata, Rule};
use confkit_sources::path::push_key;
use figment::value::{Num, Value as Combined};
use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::paths::LocationSegment;
use jsonschema::{ValidationError, Validator};
use serde_json::Value;

use super::telling::{Params, aside, settle, value_words};
use super::{Inside, On};
use crate::figment::{InForce, combined_section, combined_value};
use crate::report::Code;
use crate::resolve::{
    Cx, Draft, InsideOf, Located, Missing, PlaceOf, Ref, Scope, field_for, found_words, one_of, shadowed,
    shadowed_in, subject,
};

/// A schema of a declaration, compiled when the first value is held against it.
#[derive(Debug)]
pub struct JsonSchema {
    name: &'static str,
    text: &'static str,
    compiled: OnceLock<Option<Validator>>,
}

impl JsonSchema {
    /// Keeps the text until it is needed.
    pub const fn new(name: &'static str, text: &'static str) -> Self {
        Self { name, text, compiled: OnceLock::new() }
    }

    fn compiled(&self) -> Option<&Validator> {
        let compile = || {
            let schema: Value = serde_json::from_str(self.text).ok()?;
            jsonschema::options().should_validate_formats(true).build(&schema).ok()
        };
        self.compiled.get_or_init(compile).as_ref()
    }
}

/// Stands for a section as a whole, which is no field.
const WHOLE: &Field = &Field::EMPTY;

/// Where the walk along a finding is.
#[derive(Clone)]
struct Walk<'s> {
    at: Located,
    /// The settings type whose keys come next, if it is one.
    section: Option<&'static Metadata>,
    /// What the place is: a key where something is missing or too many.
    is_key: bool,
    /// What layers give of variants that are not in force.
    shadowed: &'s [Ref],
}

impl<'s> Walk<'s> {
    fn begin(at: Located, section: Option<&'static Metadata>, shadowed: &'s [Ref]) -> Self {
        Self { at, section, is_key: false, shadowed }
    }
}

impl Cx<'_> {
    /// Judges `json_schema` on a field.
    pub fn json_schema(&mut self, on: On<'_>, is_given: bool, schema: &'static JsonSchema) {
        if !is_given || !self.is_due(on) {
            return;
        }
        let at = self.located(on);
        let shadowed = shadowed_in(&self.shared, at.field, &at.nodes);
        let value = combined_value(at.field, InForce::new(&self.shared, &shadowed).lowest_first(&at.nodes));
        let section = match at.field.content() {
            Content::Nested(shape) | Content::Flattened(shape) => Some(shape().section()),
            _ => None,
        };
        self.hold_against(on.rule(), schema, Walk::begin(at, section, &shadowed), value.map(in_json));
    }

    /// Judges `json_schema` on a whole section.
    pub fn section_json_schema(
        &mut self,
        scope: &Scope,
        check: usize,
        is_whole: bool,
        schema: &'static JsonSchema,
    ) {
        if !is_whole || self.is_incomplete() {
            return self.unjudged(scope, &[]);
        }
        if !self.is_check_due(scope, check) {
            return;
        }
        let nodes = self.section_nodes(scope);
        let shadowed = shadowed(&self.shared, scope.metadata(), &nodes);
        let layers = InForce::new(&self.shared, &shadowed);
        let value = in_json(combined_section(scope.metadata(), layers.lowest_first(&nodes)).into());
        let at = Located {
            field: WHOLE,
            path: self.section_path(),
            nodes,
            whole: false,
            inside: InsideOf::Nothing,
            secret: self.is_secret(),
        };
        let rule = scope.metadata().checks()[check].rule();
        let walk = Walk::begin(at, Some(scope.metadata()), &shadowed);
        self.hold_against(rule, schema, walk, Some(value));
    }

    fn hold_against(
        &mut self,
        rule: &'static Rule,
        schema: &'static JsonSchema,
        walk: Walk<'_>,
        value: Option<serde_json::Result<Value>>,
    ) {
        let (before, at) = (self.drafts.len(), &walk.at);
        match (schema.compiled(), value) {
            (Some(validator), Some(Ok(value))) => {
                for error in validator.iter_errors(&value) {
                    self.tell_finding(schema, walk.clone(), &error);
                }
            }
            (None, _) => {
                let name = if schema.name.is_empty() { String::new() } else { format!(" {}", schema.name) };
                let message = format!("the JSON Schema{name} on {} cannot be used", subject(&at.path));
                let help = "correct the schema; it cannot refer to other files or addresses";
                self.push(Draft::new(Code::Declaration, at.path.clone(), message).help(help));
            }
            (_, None) => {}
            (_, Some(Err(_))) => {
                let message =
                    format!("{} has no form in JSON, so that no schema can judge it", subject(&at.path));
                let mut draft = Draft::new(Code::Invalid, at.path.clone(), message);
                (draft.place, draft.secret) = (at.place(), at.secret);
                self.push(draft);
            }
        }
        if self.drafts.len() == before {
            return;
        }
        self.not_kept();
        for draft in &mut self.drafts[before..] {
            let path = draft.path.clone();
            settle(draft, rule, &format!("{} ", subject(&path)), &path);
        }
    }

    /// Tells what a schema finds, at the value it is about.
    fn tell_finding(&mut self, schema: &JsonSchema, mut walk: Walk<'_>, error: &ValidationError<'_>) {
        for segment in error.instance_path().segments() {
            match segment {
                LocationSegment::Property(key) => self.walk_in(&mut walk, &key),
                LocationSegment::Index(index) => self.step(&mut walk.at, Inside::Index(index)),
            }
        }
        let keyword = error.kind().keyword();
        match error.kind() {
            ValidationErrorKind::AdditionalProperties { unexpected }
            | ValidationErrorKind::UnevaluatedProperties { unexpected }
                if !unexpected.is_empty() =>
            {
                for key in unexpected {
                    let mut walk = Walk { is_key: true, ..walk.clone() };
                    self.walk_in(&mut walk, key);
                    self.tell_at(schema, &walk, keyword, "is not allowed by the schema".to_owned());
                }
            }
            ValidationErrorKind::Required { property: Value::String(key) } => {
                self.tell_missing(schema, walk, key);
            }
            ValidationErrorKind::FalseSchema
                if error.schema_path().as_str().ends_with("/additionalProperties") =>
            {
                self.tell_at(schema, &walk, keyword, "must have no entries".to_owned());
            }
            kind => self.tell_at(schema, &walk, keyword, words(kind)),
        }
    }

    /// Tells a key that the schema requires.
    fn tell_missing(&mut self, schema: &JsonSchema, mut walk: Walk<'_>, key: &str) {
        let table = walk.at.path.clone();
        let field = walk.section.and_then(|section| field_for(section, key));
        push_key(&mut walk.at.path, key);
        walk.is_key = true;
        self.tell_at(schema, &walk, "required", "is required by the schema".to_owned());
        if let (Some(draft), Some(field)) = (self.drafts.last_mut(), field) {
            draft.missing = Some(Missing { field, table, element: None });
        }
    }

    fn walk_in(&self, walk: &mut Walk<'_>, key: &str) {
        match walk.section.and_then(|section| field_for(section, key)) {
            Some(field) => {
                self.step_to(&mut walk.at, field);
                walk.section = match field.content() {
                    Content::Nested(shape) => Some(shape().section()),
                    _ => None,
                };
            }
            None => self.step(&mut walk.at, Inside::Key(&key)),
        }
        let is_in_force = |at: &Ref| walk.shadowed.binary_search(at).is_err();
        if walk.at.nodes.iter().any(is_in_force) {
            walk.at.nodes.retain(is_in_force);
        }
        walk.at.secret |=
            walk.at.nodes.first().is_some_and(|node| self.shared.secrets.borrow().contains(node));
    }

    fn tell_at(&mut self, schema: &JsonSchema, walk: &Walk<'_>, keyword: &str, words: String) {
        let Walk { at, is_key, .. } = walk;
        let hides = at.secret || at.field.holds_secret();
        let found = at.nodes.first().map(|&node| self.shared.node(node));
        let not = match found {
            Some(found) if at.inside == InsideOf::Nothing && !hides && !is_key && !found.is_container() => {
                // Where the type is wrong it has to be told.
                let value = if keyword == "type" { found_words(found, false) } else { value_words(found) };
                aside(&words, "it is", &value)
            }
            _ => String::new(),
        };
        let message = format!("{} {words}{not}", subject(&at.path));
        let code = if keyword == "required" { Code::Missing } else { Code::Invalid };
        let mut draft = Draft::new(code, at.path.clone(), message);
        draft.place = match at.nodes.first() {
            // Of the root there is no key to show.
            Some(node) if found.is_some_and(NodeRef::is_container) || *is_key => {
                (node.node != 0).then_some(PlaceOf::Key(*node))
            }
            _ => at.place(),
        };
        draft.secret = hides && !is_key;
        draft.params = Params::from([("keyword", keyword.to_owned())]);
        if !schema.name.is_empty() {
            draft.params.push(("schema", schema.name.to_owned()));
        }
        self.push(draft);
    }
}

/// A value as JSON has it.
fn in_json(mut value: Combined) -> serde_json::Result<Value> {
    limit(&mut value);
    serde_json::to_value(value)
}

/// JSON has no infinite numbers; the largest ones are on the same side of every limit.
fn limit(value: &mut Combined) {
    match value {
        Combined::Num(_, Num::F32(number)) => *number = number.clamp(f32::MIN, f32::MAX),
        Combined::Num(_, Num::F64(number)) => *number = number.clamp(f64::MIN, f64::MAX),
        Combined::Dict(_, entries) => entries.values_mut().for_each(limit),
        Combined::Array(_, elements) => elements.iter_mut().for_each(limit),
        _ => {}
    }
}

/// What a schema asks for, in our words.
fn words(kind: &ValidationErrorKind) -> String {
    use ValidationErrorKind as Kind;
    let plural = |limit: u64, what: &str| {
        let end = if limit == 1 { "" } else { "s" };
        format!("{limit} {what}{end}")
    };
    match kind {
        Kind::Type { kind } => format!("must be {}", types(kind)),
        Kind::Enum { options } => match &**options {
            Value::Array(options) => {
                format!("must be {}", one_of(&options.iter().map(shown).collect::<Vec<_>>()))
            }
            other => format!("must be `{}`", shown(other)),
        },
        Kind::Constant { expected_value } => format!("must be `{}`", shown(expected_value)),
        Kind::Minimum { limit } => format!("must be at least {limit}"),
        Kind::Maximum { limit } => format!("must be at most {limit}"),
        Kind::ExclusiveMinimum { limit } => format!("must be greater than {limit}"),
        Kind::ExclusiveMaximum { limit } => format!("must be less than {limit}"),
        Kind::MultipleOf { multiple_of } => format!("must be a multiple of {multiple_of}"),
        Kind::MinLength { limit } => format!("must have at least {}", plural(*limit, "character")),
        Kind::MaxLength { limit } => format!("must have at most {}", plural(*limit, "character")),
        Kind::MinItems { limit } => format!("must have at least {}", plural(*limit, "element")),
        Kind::MaxItems { limit } => format!("must have at most {}", plural(*limit, "element")),
        Kind::AdditionalItems { limit } => format!("must have at most {}", plural(*limit as u64, "element")),
        Kind::MinProperties { limit } if *limit == 1 => "must have at least 1 entry".to_owned(),
        Kind::MinProperties { limit } => format!("must have at least {limit} entries"),
        Kind::MaxProperties { limit } if *limit == 1 => "must have at most 1 entry".to_owned(),
        Kind::MaxProperties { limit } => format!("must have at most {limit} entries"),
        Kind::Pattern { pattern } => format!("must match `{pattern}`"),
        Kind::Format { format } => format!("must have the format `{format}`"),
        Kind::UniqueItems => "must not have an element twice".to_owned(),
        Kind::Contains => "must have an element that the schema asks for".to_owned(),
        Kind::PropertyNames { error } => format!("has a key that {}", words(error.kind())),
        Kind::FalseSchema => "is not allowed by the schema".to_owned(),
        Kind::AnyOf { .. } | Kind::OneOfNotValid { .. } => {
            "has none of the forms that the schema allows".to_owned()
        }
        Kind::OneOfMultipleValid { .. } => {
            "has several of the forms of which the schema allows one".to_owned()
        }
        Kind::Not { .. } => "has the form that the schema refuses".to_owned(),
        other => format!("is refused by `{}` of the schema", other.keyword()),
    }
}

fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn types(kind: &TypeKind) -> String {
    let word = |name: &str| match name {
        "null" => "null".to_owned(),
        "array" => "a list".to_owned(),
        "object" => "a table".to_owned(),
        "integer" => "an integer".to_owned(),
        name => format!("a {name}"),
    };
    match kind {
        TypeKind::Single(one) => word(one.as_str()),
        TypeKind::Multiple(several) => {
            several.iter().map(|one| word(one.as_str())).collect::<Vec<_>>().join(" or ")
        }
    }
}
