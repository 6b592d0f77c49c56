//! From a declaration to a schema: types in types, each where it stands.

use confkit_sources::declared::{
    Content, Field, FieldDefault, Kind, Metadata, Rule, RuleKind, Shape, Unknown, ValueKind,
};

use super::definitions::{Definitions, is_recursive};
use super::facts::{self, FACTS};
use super::json::{Json, Object};
use super::leaf::{self, Own};
use super::parts::Parts;
use super::place::{At, Refined, not_refined, plain_section, refined_inside};
use super::present::Extent;
use super::rules::{self, InForce, Subject};
use super::values;
use crate::settings::{Holder, Names};

/// Makes the schema of one declaration.
pub(super) struct Builder<'o> {
    pub(super) extent: Extent,
    pub(super) in_force: InForce<'o>,
    names: Names,
    pub(super) definitions: Definitions,
}

/// The schema of what may stand in a place.
pub(super) struct Schemed {
    pub(super) schema: Object,
    /// Whether nothing need stand there.
    pub(super) may_be_absent: bool,
}

impl<'o> Builder<'o> {
    pub(super) fn new(metadata: &'static Metadata, extent: Extent, profile: Option<&'o str>) -> Self {
        let names = Names::of(metadata);
        Self { extent, in_force: InForce { profile }, names, definitions: Definitions::default() }
    }

    /// A type in its place, or a reference to it if it may stand in itself.
    fn section(&mut self, metadata: &'static Metadata, at: &At, refined: &[Refined]) -> Schemed {
        if !is_recursive(metadata) {
            return self.written(metadata, at, refined);
        }
        let unknown = at.inside(metadata).unknown;
        let index = match self.definitions.find(metadata, unknown) {
            Some(index) => index,
            None => self.define(metadata, at, unknown),
        };
        let (schema, may_be_absent) = self.definitions.reference(index);
        Schemed { schema, may_be_absent }
    }

    fn define(&mut self, metadata: &'static Metadata, at: &At, unknown: Unknown) -> usize {
        let index = self.definitions.begin(metadata, unknown);
        let mut schema = described(metadata.docs());
        let written = self.written(metadata, &At { path: None, ..at.part() }, &[]);
        schema.extend(written.schema);
        self.definitions.finish(index, schema, written.may_be_absent);
        index
    }

    /// A type, written where it stands.
    pub(super) fn written(&mut self, metadata: &'static Metadata, at: &At, refined: &[Refined]) -> Schemed {
        let at = &at.inside(metadata);
        if let Some(variants) = metadata.variants() {
            return self.tagged(metadata, variants, at);
        }
        let mut parts = Parts::default();
        self.fields(metadata, at, refined, &mut parts);
        parts.finish(at.is_closed(), at.root)
    }

    /// A type's fields, beside others that stand in the same table.
    pub(super) fn fields(
        &mut self,
        metadata: &'static Metadata,
        at: &At,
        refined: &[Refined],
        parts: &mut Parts,
    ) {
        for field in metadata.fields() {
            match field.content() {
                Content::Skipped => {}
                Content::Flattened(shape) => self.flattened(field, shape(), at, refined, parts),
                Content::Rest(kind) => parts.rest(self.rest(field, &kind(), at)),
                _ => {
                    let member = self.member(field, at, refined);
                    parts.add(field, member, self.extent);
                }
            }
        }
        parts.rules(metadata, self.extent, self.in_force);
    }

    fn flattened(
        &mut self,
        field: &'static Field,
        shape: Shape,
        at: &At,
        refined: &[Refined],
        parts: &mut Parts,
    ) {
        let secret = at.secret_if(field.is_secret());
        match shape {
            Shape::Section(inner) => match inner.variants() {
                Some(variants) => parts.beside(self.tagged_beside(variants, &secret)),
                None => self.fields(inner, &secret, &refined_inside(field, refined), parts),
            },
            Shape::Optional(inner) => self.flattened(field, inner(), at, refined, parts),
            shape => match self.shape(shape, &secret, &[], None).schema.remove("additionalProperties") {
                Some(entries) => parts.rest(entries),
                None => parts.rest(Object::new()),
            },
        }
    }

    /// What keys that no field takes hold.
    fn rest(&mut self, field: &'static Field, kind: &ValueKind, at: &At) -> Json {
        let mut map = self.value(field, kind, at);
        map.remove("additionalProperties").unwrap_or_else(|| Object::new().into())
    }

    /// One field: what stands under its key.
    ///
    /// `around` are rules that types around add to the fields beside it.
    pub(super) fn member(&mut self, field: &'static Field, at: &At, around: &[Refined]) -> Schemed {
        let at = &at.key(field.key()).secret_if(field.is_secret());
        let refined = &refined_inside(field, around);
        let is_required = self.extent == Extent::Whole && self.is_required(field);
        let (kind, mut value) = match field.content() {
            Content::Nested(shape) => {
                (kind_of_shape(shape()), self.shape(shape(), at, refined, field.length()))
            }
            Content::Value(kind) => {
                let kind = kind();
                let schema = self.value(field, &kind, at);
                let may_be_absent = kind.is_optional() || field.is_optional();
                (kind, Schemed { schema, may_be_absent })
            }
            _ => return Schemed { schema: Object::new(), may_be_absent: true },
        };
        let is_value = matches!(field.content(), Content::Value(_));
        let added = around.iter().filter(|one| one.names == field.name()).flat_map(|one| one.rules);
        let subject = Subject {
            is_text: value.schema.get("type") == Some(&Json::from("string")),
            ..Subject::new(&kind, at.is_secret)
        };
        let rules = field.rules().iter().chain(added);
        let mut unsaid = rules::apply(&mut value.schema, &subject, rules, self.in_force);
        unsaid.extend(not_refined(field, refined));
        if is_value && value.may_be_absent && !is_required {
            value.schema.or_null();
        }
        let schema = told(field, value.schema, is_value.then_some(&kind), at);
        let has_default = !matches!(field.default(), FieldDefault::None);
        let may_be_absent = !is_required && (value.may_be_absent || has_default);
        Schemed { schema: self.with_facts(schema, field, at, unsaid), may_be_absent }
    }

    fn with_facts(&self, mut schema: Object, field: &Field, at: &At, unsaid: Vec<Object>) -> Object {
        let path = at.path.as_deref();
        let mut all = path.map(|path| facts::names(&self.names, path, at.is_secret)).unwrap_or_default();
        all.extend(facts::of_field(field, at.is_secret));
        all.set_full("rules", Json::list(unsaid));
        facts::add(&mut schema, all);
        schema
    }

    /// Whether a value has to be given, though it has a default or is written as `Option`.
    fn is_required(&self, field: &Field) -> bool {
        let in_profile = self.in_force.profile.is_some_and(|name| field.required_profiles().contains(&name));
        let is_rule = |rule: &Rule| matches!(rule.kind(), RuleKind::Required) && self.in_force.always(rule);
        in_profile || field.rules().iter().any(is_rule)
    }

    /// A value that serde reads.
    fn value(&mut self, field: &'static Field, kind: &ValueKind, at: &At) -> Object {
        let own =
            if values::is_told(kind) { None } else { field.own_schema().as_deref().and_then(leaf::own) };
        match own {
            Some(own) => self.own(own, kind, at),
            None => values::of_kind(kind, at.is_closed()),
        }
    }

    /// What a type says of itself, with its definitions among ours.
    fn own(&mut self, mut own: Own, kind: &ValueKind, at: &At) -> Object {
        if at.is_closed() {
            own.definitions.values_mut().for_each(|(_, schema)| leaf::close_inside(schema));
        }
        self.definitions.adopt(&mut own);
        if let Kind::Structure(keys) = kind.kind() {
            leaf::know(&mut own.schema, keys);
        }
        if at.is_closed() {
            leaf::close(&mut own.schema, kind);
        }
        own.schema
    }

    /// Sections in containers.
    pub(super) fn shape(
        &mut self,
        shape: Shape,
        at: &At,
        refined: &[Refined],
        length: Option<usize>,
    ) -> Schemed {
        match shape {
            Shape::Section(metadata) => self.section(metadata, at, refined),
            Shape::Optional(inner) => {
                let mut inside = self.shape(inner(), at, refined, length);
                inside.schema.or_null();
                Schemed { may_be_absent: true, ..inside }
            }
            Shape::List(inner) => {
                let inside = self.element(inner(), &at.further(|path| path.push_str(Holder::List.step())));
                let mut schema = Object::of_type("array").with("items", inside);
                schema.set_some("minItems", length);
                schema.set_some("maxItems", length);
                Schemed { schema, may_be_absent: self.extent == Extent::Layer }
            }
            Shape::Map(inner) => {
                let inside = self.element(inner(), &at.further(|path| path.push_str(Holder::Map.step())));
                let mut schema = Object::of_type("object").with("additionalProperties", inside);
                schema.or_null();
                Schemed { schema, may_be_absent: self.extent == Extent::Layer }
            }
            _ => Schemed { schema: Object::new(), may_be_absent: true },
        }
    }

    fn element(&mut self, shape: Shape, at: &At) -> Object {
        let mut schema = described(shape.section().docs());
        schema.extend(self.shape(shape, at, &[], None).schema);
        schema
    }
}

/// A schema of which only the documentation is known.
pub(super) fn described(docs: &str) -> Object {
    let mut schema = Object::new();
    schema.set_full("description", docs.trim());
    schema
}

/// Adds what is told of a field besides what it accepts. `kind` is that of a value, and none of a
/// section.
fn told(field: &'static Field, mut schema: Object, kind: Option<&ValueKind>, at: &At) -> Object {
    let of_type = match (schema.remove("description"), field.content()) {
        (Some(own), _) => own.as_str().unwrap_or_default().to_owned(),
        (None, Content::Nested(shape)) => plain_section(shape()).map_or("", Metadata::docs).to_owned(),
        (None, _) => String::new(),
    };
    let mut told = described(if field.docs().is_empty() { &of_type } else { field.docs() });
    told.extend(schema);
    if !at.is_secret {
        told.set_some("default", values::default(field, kind));
    }
    let example = kind.and_then(|kind| values::example(field, kind));
    told.set_some("examples", example.map(|one| Json::list([one])));
    if field.deprecated().is_some() {
        told.set("deprecated", true);
    }
    if at.is_secret && kind.is_some() {
        told.set("writeOnly", true);
    }
    told
}

/// What rules see of sections in containers.
fn kind_of_shape(shape: Shape) -> ValueKind {
    match shape {
        Shape::List(_) => ValueKind::new(Kind::List),
        Shape::Map(_) => ValueKind::new(Kind::Map),
        Shape::Optional(inner) => kind_of_shape(inner()),
        _ => ValueKind::new(Kind::Other),
    }
}

/// Takes the facts out of a schema that is to stand elsewhere too.
pub(super) fn without_facts(mut schema: Object) -> Object {
    for key in [FACTS, "default", "examples", "description", "deprecated"] {
        schema.remove(key);
    }
    schema
}
