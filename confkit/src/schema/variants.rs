//! Enums with data, in the four ways in which a document names the variant.

use confkit_sources::declared::{Content, Field, Holds, Metadata, Shape, Tagging, Variant, Variants};

use super::build::{Builder, Schemed, described};
use super::json::{Json, Object};
use super::parts::Parts;
use super::place::At;
use super::present::{Clause, Extent};

impl Builder<'_> {
    /// An enum as a value of its own.
    pub(super) fn tagged(
        &mut self,
        metadata: &'static Metadata,
        variants: &'static Variants,
        at: &At,
    ) -> Schemed {
        let is_layer = self.extent == Extent::Layer;
        let forms = match variants.tagging() {
            Tagging::External => self.external(variants, at),
            Tagging::Internal { tag } => {
                let forms = variants.list().iter().map(|variant| {
                    let table = self.internal(variants, variant, tag, at);
                    told(variant, table.finish(at.is_closed(), at.root).schema)
                });
                forms.collect()
            }
            Tagging::Adjacent { tag, content } => {
                let forms = variants.list().iter().map(|variant| {
                    let table = self.adjacent(variants, variant, [tag, content], at);
                    told(variant, table.finish(at.is_closed(), at.root).schema)
                });
                forms.collect()
            }
            _ => {
                let forms = variants.list().iter().map(|variant| {
                    let content = self.content(variant, at).schema;
                    told(variant, content)
                });
                forms.collect::<Vec<_>>()
            }
        };
        // Without a tag, and in one of several layers, more than one form may fit.
        let several = if is_layer || variants.tagging() == Tagging::Untagged { "anyOf" } else { "oneOf" };
        let mut schema = Object::of(several, Json::list(forms));
        if metadata.whole().is_some_and(Field::is_secret) {
            schema.set("writeOnly", true);
        }
        Schemed { schema, may_be_absent: is_layer }
    }

    /// An enum whose keys stand beside others.
    pub(super) fn tagged_beside(&mut self, variants: &'static Variants, at: &At) -> Clause {
        let forms: Vec<Object> = variants
            .list()
            .iter()
            .filter_map(|variant| {
                let table = match variants.tagging() {
                    Tagging::External if variant.answers_to(variant.key()) => self.keyed(variant, at),
                    Tagging::External => return None,
                    Tagging::Internal { tag } => self.internal(variants, variant, tag, at),
                    Tagging::Adjacent { tag, content } => {
                        self.adjacent(variants, variant, [tag, content], at)
                    }
                    _ => self.flat(variant, at),
                };
                Some(table.into_clause().schema)
            })
            .collect();
        let is_one = self.extent == Extent::Whole && variants.tagging() != Tagging::Untagged;
        let schema = Object::of(if is_one { "oneOf" } else { "anyOf" }, Json::list(forms));
        Clause { schema, holds_empty: self.extent == Extent::Layer }
    }

    /// `{ variant = … }`, or the name alone.
    fn external(&mut self, variants: &'static Variants, at: &At) -> Vec<Object> {
        let (mut alone, mut not_alone, mut tables) = (Vec::new(), Vec::new(), Vec::new());
        for variant in variants.list().iter().filter(|variant| variant.answers_to(variant.key())) {
            let content = self.content(variant, &at.key(variant.key()));
            let names = if content.may_be_absent { &mut alone } else { &mut not_alone };
            names.extend(keys(variant));
            let properties: Object =
                keys(variant).map(|key| (key.to_owned(), content.schema.clone().into())).collect();
            let mut table = Object::of_type("object").with("properties", properties);
            if self.extent == Extent::Whole {
                one_key(&mut table, variant);
            }
            table.set("additionalProperties", false);
            tables.push(told(variant, table));
        }
        let name = Object::of_type("string");
        let name = match variants.other() {
            Some(_) if not_alone.is_empty() => Some(name),
            Some(_) => Some(name.with("not", Object::of("enum", Json::list(not_alone)))),
            None if alone.is_empty() => None,
            None => Some(name.with("enum", Json::list(alone))),
        };
        name.into_iter().chain(tables).collect()
    }

    /// A variant under a key of its own, beside other keys.
    fn keyed(&mut self, variant: &'static Variant, at: &At) -> Parts {
        let content = self.content(variant, &at.key(variant.key())).schema;
        let mut parts = Parts::default();
        parts.key(variant.key(), content, self.extent == Extent::Whole);
        parts
    }

    /// `{ tag = "variant", … }`.
    fn internal(
        &mut self,
        variants: &'static Variants,
        variant: &'static Variant,
        tag: &'static str,
        at: &At,
    ) -> Parts {
        let mut parts = Parts::default();
        parts.key(tag, named(variants, variant), self.extent == Extent::Whole);
        self.flat_into(variant, at, &mut parts);
        parts
    }

    /// The fields of a variant, beside other keys.
    fn flat(&mut self, variant: &'static Variant, at: &At) -> Parts {
        let mut parts = Parts::default();
        self.flat_into(variant, at, &mut parts);
        parts
    }

    fn flat_into(&mut self, variant: &'static Variant, at: &At, parts: &mut Parts) {
        match only_section(variant) {
            Some((field, inner)) => {
                let at = &at.inside(inner).secret_if(field.is_secret());
                match inner.variants() {
                    Some(variants) => parts.beside(self.tagged_beside(variants, at)),
                    None => self.fields(inner, at, &[], parts),
                }
            }
            // A value that serde reads takes whatever is there.
            None if variant.holds() == Holds::Value => parts.rest(Object::new()),
            None => self.fields(variant.metadata(), at, &[], parts),
        }
    }

    /// `{ tag = "variant", content = … }`.
    fn adjacent(
        &mut self,
        variants: &'static Variants,
        variant: &'static Variant,
        [tag, content]: [&'static str; 2],
        at: &At,
    ) -> Parts {
        let mut parts = Parts::default();
        parts.key(tag, named(variants, variant), self.extent == Extent::Whole);
        let inside = self.content(variant, &at.key(content));
        parts.key(content, inside.schema, !inside.may_be_absent);
        parts
    }

    /// What a variant holds.
    fn content(&mut self, variant: &'static Variant, at: &At) -> Schemed {
        match (variant.holds(), variant.metadata().fields()) {
            (Holds::Value | Holds::Section, [only]) => self.member(only, at, &[]),
            _ => self.written(variant.metadata(), &at.part(), &[]),
        }
    }
}

/// The names that choose a variant.
fn keys(variant: &'static Variant) -> impl Iterator<Item = &'static str> {
    std::iter::once(variant.key()).chain(variant.aliases().iter().copied())
}

/// Asks for one of a variant's names as the only key.
fn one_key(table: &mut Object, variant: &'static Variant) {
    if variant.aliases().is_empty() {
        table.set("required", Json::list([variant.key()]));
    } else {
        table.set("minProperties", 1_u64);
        table.set("maxProperties", 1_u64);
    }
}

/// A tag that names a variant.
fn named(variants: &'static Variants, variant: &'static Variant) -> Object {
    if !variant.answers_to(variant.key()) {
        let known = variants.list().iter().filter(|known| known.answers_to(known.key())).flat_map(keys);
        return Object::of_type("string").with("not", Object::of("enum", Json::list(known)));
    }
    match variant.aliases() {
        [] => Object::of("const", variant.key()),
        _ => Object::of("enum", Json::list(keys(variant))),
    }
}

/// A variant with its documentation.
fn told(variant: &Variant, schema: Object) -> Object {
    let mut all = described(variant.metadata().docs());
    if schema.get("description").is_some() && !all.is_empty() {
        all = Object::new();
    }
    all.extend(schema);
    all
}

/// The settings type that a variant holds as its one value.
fn only_section(variant: &'static Variant) -> Option<(&'static Field, &'static Metadata)> {
    let [only] = variant.metadata().fields() else { return None };
    let (Content::Nested(shape), Holds::Section) = (only.content(), variant.holds()) else { return None };
    match shape() {
        Shape::Section(section) => Some((only, section)),
        _ => None,
    }
}
