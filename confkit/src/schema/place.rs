//! Where a type stands, and the rules that types around bring there.

use confkit_sources::declared::{Content, Field, Metadata, Rule, Shape, Unknown, Versioned};
use confkit_sources::path::push_key;

use super::definitions::is_recursive;
use super::facts;
use super::json::Object;
use super::present::Extent;

/// Where a type stands.
#[derive(Debug, Clone)]
pub(super) struct At {
    /// Its path; none inside of recursive types, which stand in many places.
    pub(super) path: Option<String>,
    pub(super) is_secret: bool,
    pub(super) unknown: Unknown,
    /// What is known of the document, if it is the whole of it.
    pub(super) root: Option<Root>,
}

/// What a document may say besides its settings.
#[derive(Debug, Clone, Copy)]
pub(super) struct Root {
    pub(super) versioned: Option<&'static Versioned>,
    pub(super) extent: Extent,
}

impl At {
    pub(super) fn root(metadata: &'static Metadata, extent: Extent) -> Self {
        let root = Some(Root { versioned: metadata.loading().versioned(), extent });
        Self { path: Some(String::new()), is_secret: false, unknown: Unknown::Deny, root }
    }

    /// Where a key of the type stands; without one it stands where the type does.
    pub(super) fn key(&self, key: &str) -> Self {
        if key.is_empty() { self.part() } else { self.further(|path| push_key(path, key)) }
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
        Self { root: None, ..self.clone() }
    }

    pub(super) fn further(&self, push: impl FnOnce(&mut String)) -> Self {
        let mut path = self.path.clone();
        if let Some(path) = &mut path {
            push(path);
        }
        Self { path, root: None, ..self.clone() }
    }

    /// Whether keys that no field takes are refused.
    pub(super) fn is_closed(&self) -> bool {
        self.unknown == Unknown::Deny
    }
}

/// Rules that a type around adds to a field, by the field's path.
#[derive(Debug, Clone, Copy)]
pub(super) struct Refined {
    pub(super) names: &'static str,
    pub(super) rules: &'static [Rule],
}

/// Rules for what is inside of a field: its own refinements, and those of types around.
pub(super) fn refined_inside(field: &'static Field, around: &[Refined]) -> Vec<Refined> {
    let own = field.refinements().iter().map(|one| Refined { names: one.field(), rules: one.rules() });
    let through = around.iter().filter_map(|one| {
        let names = one.names.strip_prefix(field.name())?.strip_prefix('.')?;
        Some(Refined { names, ..*one })
    });
    own.chain(through).collect()
}

/// Rules that were to be added inside of what is written elsewhere, or in several forms.
pub(super) fn not_refined(field: &Field, refined: &[Refined]) -> Vec<Object> {
    let is_written = match field.content() {
        Content::Nested(shape) => plain_section(shape())
            .is_some_and(|section| !is_recursive(section) && section.variants().is_none()),
        _ => true,
    };
    let lost = refined.iter().filter(|_| !is_written);
    let told = lost.flat_map(|one| one.rules.iter().map(|rule| (rule, one.names)));
    told.map(|(rule, names)| facts::rule(rule, true).with("setting", names)).collect()
}

/// The section that a shape holds without lists or maps around it.
pub(super) fn plain_section(shape: Shape) -> Option<&'static Metadata> {
    match shape {
        Shape::Section(section) => Some(section),
        Shape::Optional(inner) => plain_section(inner()),
        _ => None,
    }
}
