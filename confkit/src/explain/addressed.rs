//! What a path addresses in a declaration.

use confkit_sources::declared::{Content, Field, Kind, Metadata, Shape, ValueKind};
use confkit_sources::path::Segment;

use super::route::Route;

/// What a path leads to.
#[derive(Debug)]
pub(crate) struct Addressed {
    /// The path as the declaration spells it.
    pub(crate) path: Vec<Segment<'static>>,
    /// The field at its end, or around it.
    pub(crate) field: &'static Field,
    /// What a value there is; nothing for a section, or for several.
    pub(crate) kind: Option<ValueKind>,
    /// Whether it is a secret, or part of one.
    pub(crate) is_secret: bool,
    /// Whether a secret may be in it.
    pub(crate) may_hold_secret: bool,
}

impl Addressed {
    /// Follows a path along the declaration of a type that stands in a section; `None` if nothing is
    /// declared there. Of an enum, any variant will do.
    pub(crate) fn at(
        metadata: &'static Metadata,
        section: &[Segment<'_>],
        path: &[Segment<'_>],
    ) -> Option<Self> {
        let inside = path.strip_prefix(section)?;
        let route = Route::along(metadata, inside, &|_, _| None)?;
        let field = route.last?;
        let kind = kind(field, &route);
        let section = route.shape.filter(|_| kind.is_none()).map(Shape::section);
        Some(Self {
            path: route.spelled(path).into_iter().map(Segment::into_owned).collect(),
            field,
            kind,
            is_secret: route.secret,
            may_hold_secret: route.secret || route.unsure || section.is_some_and(Metadata::may_hold_secret),
        })
    }
}

/// What a value is at the end of a route, which may lead into the value of its last field.
fn kind(field: &'static Field, route: &Route) -> Option<ValueKind> {
    let (Content::Value(kind) | Content::Rest(kind)) = field.content() else { return None };
    let inside =
        if route.inside { route.fields.iter().rev().take_while(|step| step.is_none()).count() } else { 0 };
    let mut kind = kind();
    for _ in 0..inside {
        kind = kind.element().cloned().unwrap_or(ValueKind::new(Kind::Other));
    }
    Some(kind)
}
