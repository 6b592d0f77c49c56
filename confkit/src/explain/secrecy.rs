//! Which settings of a declaration are secret, by their paths.

use confkit_sources::declared::{Content, Field, Metadata, Shape};
use confkit_sources::path::{self, Segment};

use super::route::Route;

/// A declared setting or section.
#[derive(Debug)]
pub(crate) struct Declared {
    /// The path as the declaration spells it.
    pub(crate) path: String,
    /// Whether it is a secret, or may have one inside.
    pub(crate) may_hold_secret: bool,
}

impl Declared {
    /// Follows a path along the declaration of a type that stands in a section; `None` if nothing is declared
    /// there. Of an enum, any variant will do.
    pub(crate) fn at(
        metadata: &'static Metadata,
        section: &[Segment<'_>],
        path: &[Segment<'_>],
    ) -> Option<Self> {
        let route = Route::along(metadata, path.strip_prefix(section)?, &|_, _| None)?;
        let is_section = matches!(route.last?.content(), Content::Nested(_));
        let inside = route.shape.filter(|_| is_section).map(Shape::section);
        Some(Self {
            path: path::to_string(&route.spelled(path)),
            may_hold_secret: route.secret || route.unsure || inside.is_some_and(Metadata::may_hold_secret),
        })
    }
}

/// The paths of all settings that may be secret, `[]` for the elements of lists and `<key>` for keys of maps.
pub(crate) fn secret_paths(metadata: &'static Metadata, section: &[Segment<'_>]) -> Vec<String> {
    let mut walk = Walk { path: path::to_string(section), ..Walk::default() };
    walk.section(metadata, false);
    walk.found
}

#[derive(Default)]
struct Walk {
    path: String,
    found: Vec<String>,
    /// The sections around, so that one that stands inside itself is listed once.
    around: Vec<*const Metadata>,
}

impl Walk {
    fn section(&mut self, metadata: &'static Metadata, is_secret: bool) {
        let this = std::ptr::from_ref(metadata);
        if self.around.contains(&this) {
            return;
        }
        self.around.push(this);
        metadata.fields().iter().for_each(|field| self.field(field, is_secret));
        self.around.pop();
    }

    fn field(&mut self, field: &'static Field, is_secret: bool) {
        let is_secret = is_secret || field.is_secret();
        let length = self.path.len();
        match field.content() {
            Content::Flattened(shape) => self.shape(shape(), is_secret),
            Content::Nested(shape) => {
                path::push_key(&mut self.path, field.key());
                self.shape(shape(), is_secret);
            }
            Content::Value(_) if is_secret || field.may_hold_secret() => {
                path::push_key(&mut self.path, field.key());
                self.found.push(self.path.clone());
            }
            _ => {}
        }
        self.path.truncate(length);
    }

    fn shape(&mut self, shape: Shape, is_secret: bool) {
        match shape {
            Shape::Section(metadata) => self.section(metadata, is_secret),
            Shape::Optional(inner) => self.shape(inner(), is_secret),
            Shape::List(inner) => {
                self.path.push_str("[]");
                self.shape(inner(), is_secret);
            }
            Shape::Map(inner) => {
                self.path.push_str(if self.path.is_empty() { "<key>" } else { ".<key>" });
                self.shape(inner(), is_secret);
            }
            _ => {}
        }
    }
}
