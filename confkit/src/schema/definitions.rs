//! Schemas that others refer to: of types that may stand in themselves.

use confkit_sources::declared::{Content, Metadata, Unknown, Variants};

use super::json::{Json, Object};
use super::leaf::{self, Own};

/// All of them, by their names.
#[derive(Default)]
pub(super) struct Definitions(Vec<Definition>);

struct Definition {
    /// The settings type, and what it does with unknown keys; none of a plain type.
    of: Option<(*const Metadata, Unknown)>,
    name: String,
    /// None while it is made: what is inside of a type refers to it by its name.
    schema: Option<Json>,
    may_be_absent: bool,
}

impl Definitions {
    pub(super) fn find(&self, metadata: &'static Metadata, unknown: Unknown) -> Option<usize> {
        let of = Some((std::ptr::from_ref(metadata), unknown));
        self.0.iter().position(|one| one.of == of)
    }

    /// Gives a type a name, so that what is inside can refer to it.
    pub(super) fn begin(&mut self, metadata: &'static Metadata, unknown: Unknown) -> usize {
        let of = Some((std::ptr::from_ref(metadata), unknown));
        let name = self.unused(metadata.name());
        self.0.push(Definition { of, name, schema: None, may_be_absent: false });
        self.0.len() - 1
    }

    pub(super) fn finish(&mut self, index: usize, schema: Object, may_be_absent: bool) {
        let definition = &mut self.0[index];
        (definition.schema, definition.may_be_absent) = (Some(schema.into()), may_be_absent);
    }

    /// A reference to a type, and whether it may be left out.
    pub(super) fn reference(&self, index: usize) -> (Object, bool) {
        let definition = &self.0[index];
        (Object::of("$ref", format!("#/$defs/{}", definition.name)), definition.may_be_absent)
    }

    /// Takes over what a plain type refers to, under names that are not used yet.
    pub(super) fn adopt(&mut self, own: &mut Own) {
        let is_known = |name: &str, schema: &Json| {
            self.0.iter().any(|one| one.name == name && one.schema.as_ref() == Some(schema))
        };
        let new: Vec<(String, String)> = own
            .definitions
            .iter()
            .filter(|(name, schema)| !is_known(name, schema))
            .map(|(name, _)| (name.to_owned(), self.unused(name)))
            .collect();
        leaf::rename(own, &new);
        for (_, name) in new {
            let schema = own.definitions.get(&name).cloned();
            self.0.push(Definition { of: None, name, schema, may_be_absent: false });
        }
    }

    pub(super) fn into_object(self) -> Object {
        self.0.into_iter().filter_map(|one| Some((one.name, one.schema?))).collect()
    }

    fn unused(&self, name: &str) -> String {
        let is_used = |name: &str| self.0.iter().any(|one| one.name == name);
        let numbered = (2..).map(|number| format!("{name}{number}"));
        std::iter::once(name.to_owned()).chain(numbered).find(|name| !is_used(name)).unwrap_or_default()
    }
}

/// Whether a type may stand in itself.
pub(super) fn is_recursive(metadata: &'static Metadata) -> bool {
    fn leads_to(from: &'static Metadata, wanted: *const Metadata, seen: &mut Vec<*const Metadata>) -> bool {
        let variants = from.variants().into_iter().flat_map(Variants::list);
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
