//! From a declaration to a schema: types in types, each where it stands.

use confkit_sources::declared::{Content, Field, Kind, Metadata, Shape, Unknown, ValueKind};
use confkit_sources::path::push_key;

use super::facts::{self, FACTS};
use super::json::{Json, Object};
use super::parts::Parts;
use super::present::Extent;
use super::rules::{self, InForce, Subject};
use super::{leaf, values};
use crate::settings::{Holder, Names};

/// Makes the schema of one declaration.
pub(super) struct Builder<'o> {
    pub(super) extent: Extent,
    pub(super) in_force: InForce<'o>,
    names: Names,
    /// Schemas of recursive types, with the type and what it does with unknown keys.
    definitions: Vec<Definition>,
}

struct Definition {
    metadata: *const Metadata,
    unknown: Unknown,
    name: String,
    /// None while it is made: what is inside of a type refers to it by its name.
    schema: Option<Json>,
    may_be_absent: bool,
}

/// Where a type stands.
#[derive(Debug, Clone)]
pub(super) struct At {
    /// Its path; none inside of recursive types, which stand in many places.
    path: Option<String>,
    pub(super) is_secret: bool,
    pub(super) unknown: Unknown,
    /// Whether it is the whole document.
    pub(super) is_root: bool,
}

impl At {
    pub(super) fn root() -> Self {
        Self { path: Some(String::new()), is_secret: false, unknown: Unknown::Deny, is_root: true }
    }

    /// Where a key of the type stands.
    pub(super) fn key(&self, key: &str) -> Self {
        self.further(|path| {
            if !key.is_empty() {
                push_key(path, key)
            }
        })
    }

    /// What is said of unknown keys in a type that stands here.
    pub(super) fn inside(&self, metadata: &Metadata) -> Self {
        Self { unknown: metadata.unknown_keys().unwrap_or(self.unknown), ..self.clone() }
    }

    /// The same place, in which more may be secret.
    pub(super) fn secret_if(&self, is_secret: bool) -> Self {
        Self { is_secret: self.is_secret || is_secret, ..self.clone() }
    }

    /// The same place, for a part of what stands there.
    pub(super) fn part(&self) -> Self {
        Self { is_root: false, ..self.clone() }
    }

    fn further(&self, push: impl FnOnce(&mut String)) -> Self {
        let mut path = self.path.clone();
        if let Some(path) = &mut path {
            push(path);
        }
        Self { path, is_root: false, ..self.clone() }
    }

    /// Whether keys that no field takes are refused.
    pub(super) fn is_closed(&self) -> bool {
        self.unknown == Unknown::Deny
    }
}

/// Rules that a type around adds to a field, by the field's path.
#[derive(Debug, Clone, Copy)]
pub(super) struct Refined {
    names: &'static str,
    rules: &'static [confkit_sources::declared::Rule],
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
        Self { extent, in_force: InForce { profile }, names, definitions: Vec::new() }
    }

    /// The schemas of recursive types, by their names.
    pub(super) fn into_definitions(self) -> Object {
        self.definitions.into_iter().filter_map(|one| Some((one.name, one.schema?))).collect()
    }

    /// A type in its place, or a reference to it if it may stand in itself.
    fn section(&mut self, metadata: &'static Metadata, at: &At, refined: &[Refined]) -> Schemed {
        if !is_recursive(metadata) {
            return self.written(metadata, at, refined);
        }
        let unknown = at.inside(metadata).unknown;
        let is_same = |one: &Definition| std::ptr::eq(one.metadata, metadata) && one.unknown == unknown;
        let known = self.definitions.iter().position(is_same);
        let index = known.unwrap_or_else(|| self.define(metadata, at, unknown));
        let reference = format!("#/$defs/{}", self.definitions[index].name);
        Schemed {
            schema: Object::of("$ref", reference),
            may_be_absent: self.definitions[index].may_be_absent,
        }
    }

    fn define(&mut self, metadata: &'static Metadata, at: &At, unknown: Unknown) -> usize {
        let index = self.definitions.len();
        let name = self.unused(metadata.name());
        self.definitions.push(Definition { metadata, unknown, name, schema: None, may_be_absent: false });
        let inside = At { path: None, ..at.part() };
        let mut schema = described(metadata.docs());
        let written = self.written(metadata, &inside, &[]);
        schema.extend(written.schema);
        let definition = &mut self.definitions[index];
        (definition.schema, definition.may_be_absent) = (Some(schema.into()), written.may_be_absent);
        index
    }

    fn unused(&self, name: &str) -> String {
        let is_used = |name: &str| self.definitions.iter().any(|one| one.name == name);
        let numbered = (2..).map(|number| format!("{name}{number}"));
        std::iter::once(name.to_owned()).chain(numbered).find(|name| !is_used(name)).unwrap_or_default()
    }

    /// A type, written where it stands.
    pub(super) fn written(&mut self, metadata: &'static Metadata, at: &At, refined: &[Refined]) -> Schemed {
        let at = &at.inside(metadata);
        if let Some(variants) = metadata.variants() {
            return self.tagged(metadata, variants, at);
        }
        let mut parts = Parts::default();
        self.fields(metadata, at, refined, &mut parts);
        parts.finish(at.is_closed(), at.is_root)
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
        let refined = &refined_inside(field, around);
        let at = &at.key(field.key()).secret_if(field.is_secret());
        let is_required = self.extent == Extent::Whole && self.is_required(field);
        let (kind, docs, mut value) = match field.content() {
            Content::Nested(shape) => {
                let shape = shape();
                let docs = plain_section(shape).map_or("", Metadata::docs);
                (kind_of_shape(shape), docs, self.shape(shape, at, refined, field.length()))
            }
            Content::Value(kind) => {
                let kind = kind();
                let schema = self.value(field, &kind, at);
                let may_be_absent = kind.is_optional() || field.is_optional();
                (kind, "", Schemed { schema, may_be_absent })
            }
            _ => return Schemed { schema: Object::new(), may_be_absent: true },
        };
        let added = around.iter().filter(|one| one.names == field.name()).flat_map(|one| one.rules);
        let subject = Subject {
            is_text: value.schema.get("type") == Some(&Json::from("string")),
            ..Subject::new(&kind, at.is_secret)
        };
        let mut unsaid =
            rules::apply(&mut value.schema, &subject, field.rules().iter().chain(added), self.in_force);
        let is_value = matches!(field.content(), Content::Value(_));
        if is_value && value.may_be_absent && !is_required {
            value.schema.or_null();
        }
        let mut schema = described(if field.docs().is_empty() { docs } else { field.docs() });
        schema.extend(std::mem::take(&mut value.schema));
        value.schema = schema;
        if !at.is_secret {
            value.schema.set_some("default", values::default(field, is_value.then_some(&kind)));
        }
        if is_value {
            value.schema.set_some("examples", values::example(field, &kind).map(|one| Json::list([one])));
        }
        if field.deprecated().is_some() {
            value.schema.set("deprecated", true);
        }
        if at.is_secret && is_value {
            value.schema.set("writeOnly", true);
        }
        unsaid.extend(not_refined(field, refined));
        facts::add(&mut value.schema, self.facts(field, at, unsaid));
        let has_default = !matches!(field.default(), confkit_sources::declared::FieldDefault::None);
        value.may_be_absent = !is_required && (value.may_be_absent || has_default);
        value
    }

    fn facts(&self, field: &Field, at: &At, unsaid: Vec<Object>) -> Object {
        let mut all =
            at.path.as_deref().map(|path| facts::names(&self.names, path, at.is_secret)).unwrap_or_default();
        all.extend(facts::of_field(field, at.is_secret));
        all.set_full("rules", Json::list(unsaid));
        all
    }

    /// Whether a value has to be given, though it has a default or is written as `Option`.
    fn is_required(&self, field: &Field) -> bool {
        let in_profile = self.in_force.profile.is_some_and(|name| field.required_profiles().contains(&name));
        let is_rule = |rule: &confkit_sources::declared::Rule| {
            matches!(rule.kind(), confkit_sources::declared::RuleKind::Required) && self.in_force.always(rule)
        };
        in_profile || field.rules().iter().any(is_rule)
    }

    /// A value that serde reads.
    fn value(&mut self, field: &'static Field, kind: &ValueKind, at: &At) -> Object {
        let own =
            if values::is_told(kind) { None } else { field.own_schema().as_deref().and_then(leaf::own) };
        match own {
            Some(own) => self.own(own, kind, at, field.docs().is_empty()),
            None => values::of_kind(kind, at.is_closed()),
        }
    }

    /// What a type says of itself, with its definitions among ours.
    fn own(&mut self, mut own: leaf::Own, kind: &ValueKind, at: &At, keeps_docs: bool) -> Object {
        if at.is_closed() {
            own.definitions.values_mut().for_each(|(_, schema)| leaf::close_inside(schema));
        }
        let is_known = |name: &str, schema: &Json| {
            self.definitions.iter().any(|one| one.name == name && one.schema.as_ref() == Some(schema))
        };
        let new: Vec<(String, String)> = own
            .definitions
            .iter()
            .filter(|(name, schema)| !is_known(name, schema))
            .map(|(name, _)| (name.to_owned(), self.unused(name)))
            .collect();
        leaf::rename(&mut own, &new);
        for (_, name) in new {
            let schema = own.definitions.get(&name).cloned();
            let (metadata, unknown) = (std::ptr::null(), at.unknown);
            self.definitions.push(Definition { metadata, unknown, name, schema, may_be_absent: false });
        }
        if !keeps_docs {
            own.schema.remove("description");
        }
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

/// What rules see of sections in containers.
fn kind_of_shape(shape: Shape) -> ValueKind {
    match shape {
        Shape::List(_) => ValueKind::new(Kind::List),
        Shape::Map(_) => ValueKind::new(Kind::Map),
        Shape::Optional(inner) => kind_of_shape(inner()),
        _ => ValueKind::new(Kind::Other),
    }
}

/// The section that a shape holds without lists or maps around it.
fn plain_section(shape: Shape) -> Option<&'static Metadata> {
    match shape {
        Shape::Section(section) => Some(section),
        Shape::Optional(inner) => plain_section(inner()),
        _ => None,
    }
}

/// Rules for what is inside of a field: its own refinements, and those of types around.
fn refined_inside(field: &'static Field, around: &[Refined]) -> Vec<Refined> {
    let own = field.refinements().iter().map(|one| Refined { names: one.field(), rules: one.rules() });
    let through = around.iter().filter_map(|one| {
        let names = one.names.strip_prefix(field.name())?.strip_prefix('.')?;
        Some(Refined { names, ..*one })
    });
    own.chain(through).collect()
}

/// Rules that were to be added inside of what is written elsewhere, or in several forms.
fn not_refined(field: &Field, refined: &[Refined]) -> Vec<Object> {
    let is_written = match field.content() {
        Content::Nested(shape) => plain_section(shape())
            .is_some_and(|section| !is_recursive(section) && section.variants().is_none()),
        _ => true,
    };
    let lost = refined.iter().filter(|_| !is_written);
    let told = lost.flat_map(|one| one.rules.iter().map(|rule| (rule, one.names)));
    told.map(|(rule, names)| facts::rule(rule, true).with("setting", names)).collect()
}

/// Whether a type may stand in itself.
fn is_recursive(metadata: &'static Metadata) -> bool {
    fn leads_to(from: &'static Metadata, wanted: *const Metadata, seen: &mut Vec<*const Metadata>) -> bool {
        let variants = from.variants().into_iter().flat_map(|variants| variants.list());
        let fields = variants.flat_map(|variant| variant.metadata().fields()).chain(from.fields());
        for field in fields {
            let (Content::Nested(shape) | Content::Flattened(shape)) = field.content() else { continue };
            let section = shape().section();
            if std::ptr::eq(section, wanted) {
                return true;
            }
            if !seen.contains(&std::ptr::from_ref(section)) {
                seen.push(section);
                if leads_to(section, wanted, seen) {
                    return true;
                }
            }
        }
        false
    }
    leads_to(metadata, metadata, &mut Vec::new())
}

/// Takes the facts out of a schema that is to stand elsewhere too.
pub(super) fn without_facts(mut schema: Object) -> Object {
    for key in [FACTS, "default", "examples", "description", "deprecated"] {
        schema.remove(key);
    }
    schema
}
