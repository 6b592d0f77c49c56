//! From a path to its setting.

use std::collections::HashSet;

use super::{Content, Field, Kind, Metadata, Shape, ValueKind};
use crate::document::MAX_DEPTH;
use crate::path::Segment;

/// A setting, or a place inside its value.
pub(crate) struct Found {
    /// With the keys that the declaration writes, aliases replaced; old keys stay.
    pub(crate) path: Vec<Segment<'static>>,
    pub(crate) field: &'static Field,
    /// Whether the path leads into the value.
    pub(crate) is_inside: bool,
    /// Whether the value is secret, or inside something that is.
    pub(crate) is_secret: bool,
}

impl Found {
    /// What is read at the end of the path: its kind is the field's, or that of an element.
    pub(crate) fn kind(&self) -> Kind {
        match self.field.content() {
            Content::Value(kind) if !self.is_inside => kind().kind,
            _ => Kind::Other,
        }
    }
}

/// Follows a path from the root of the settings.
///
/// Fields that are shut are passed over.
pub(crate) fn setting(
    metadata: &'static Metadata,
    section: &[Segment<'_>],
    path: &[Segment<'_>],
    is_shut: Shut,
) -> Option<Found> {
    follow(metadata, section, path, is_shut, true)
}

/// The same path with the present keys alone, for reports.
pub(crate) fn present(
    metadata: &'static Metadata,
    section: &[Segment<'_>],
    path: &[Segment<'_>],
) -> Option<Vec<Segment<'static>>> {
    follow(metadata, section, path, |_| false, false).map(|found| found.path)
}

fn follow(
    metadata: &'static Metadata,
    section: &[Segment<'_>],
    path: &[Segment<'_>],
    is_shut: Shut,
    keeps_old: bool,
) -> Option<Found> {
    let inside = path.strip_prefix(section)?;
    if path.len() > MAX_DEPTH {
        return None;
    }
    let path = section.iter().cloned().map(Segment::into_owned).collect();
    let mut trail = Trail { path, in_vain: HashSet::new(), is_shut, keeps_old };
    let (field, is_inside, is_secret) = self::section(metadata, inside, false, &mut trail)?;
    Some(Found { path: trail.path, field, is_inside, is_secret })
}

/// Whether a field has no name of the kind that is looked up.
type Shut = fn(&Field) -> bool;

/// The steps that were taken.
struct Trail {
    path: Vec<Segment<'static>>,
    /// Enums from which no way leads on, each with how many steps were left: variants may lead to one
    /// place, and the ways there would double with every level.
    in_vain: HashSet<(*const Metadata, usize)>,
    is_shut: Shut,
    /// Whether old keys stay what they are, so that the load can tell them.
    keeps_old: bool,
}

impl Trail {
    fn key(&self, field: &Field, key: &str) -> &'static str {
        field.former(key).filter(|_| self.keeps_old).unwrap_or(field.key())
    }
}

type End = (&'static Field, bool, bool);

fn section(
    metadata: &'static Metadata,
    path: &[Segment<'_>],
    secret: bool,
    trail: &mut Trail,
) -> Option<End> {
    let (Segment::Key(key), rest) = path.split_first()? else { return None };
    let place = (std::ptr::from_ref(metadata), path.len());
    if trail.in_vain.contains(&place) {
        return None;
    }
    let mark = trail.path.len();
    let is_shut = trail.is_shut;
    let end = metadata.fields().iter().filter(|field| !is_shut(field)).find_map(|field| {
        // Variants of an enum may have fields of one key, and the first one led nowhere.
        trail.path.truncate(mark);
        match field.content() {
            Content::Flattened(inner) => section(inner().alone()?, path, secret, trail),
            Content::Nested(inner) if field.answers_to(key) => {
                trail.path.push(Segment::key(trail.key(field, key)));
                shape(inner(), rest, secret || field.is_secret(), trail)
            }
            Content::Value(kind) if field.answers_to(key) => {
                trail.path.push(Segment::key(trail.key(field, key)));
                let is_open = rest.is_empty() || leads_inside(&kind(), rest);
                trail.path.extend(rest.iter().cloned().map(Segment::into_owned));
                is_open.then(|| (field, !rest.is_empty(), secret || field.holds_secret()))
            }
            _ => None,
        }
    });
    if end.is_none() && metadata.variants().is_some() {
        trail.in_vain.insert(place);
    }
    end
}

fn shape(shape_of: Shape, path: &[Segment<'_>], secret: bool, trail: &mut Trail) -> Option<End> {
    match (shape_of, path.split_first()) {
        (Shape::Section(inner), _) => {
            let mark = trail.path.len();
            section(inner, path, secret, trail).or_else(|| {
                trail.path.truncate(mark);
                whole(inner, path, secret, trail)
            })
        }
        (Shape::Optional(inner), _) => shape(inner(), path, secret, trail),
        (Shape::List(inner), Some((step @ Segment::Index(_), rest)))
        | (Shape::Map(inner), Some((step @ Segment::Key(_), rest))) => {
            trail.path.push(step.clone().into_owned());
            shape(inner(), rest, secret, trail)
        }
        _ => None,
    }
}

/// What stands in place of a section: the name of a variant, or its one value.
fn whole(metadata: &'static Metadata, path: &[Segment<'_>], secret: bool, trail: &mut Trail) -> Option<End> {
    let field = metadata.whole()?;
    let is_open = path.is_empty() || leads_inside(&field.kind()?, path);
    trail.path.extend(path.iter().cloned().map(Segment::into_owned));
    is_open.then(|| (field, !path.is_empty(), secret || field.holds_secret()))
}

/// Whether a path may lead into a value that serde reads.
fn leads_inside(kind: &ValueKind, path: &[Segment<'_>]) -> bool {
    let Some((step, rest)) = path.split_first() else { return true };
    let element = || rest.is_empty() || kind.element().is_none_or(|element| leads_inside(element, rest));
    match (&kind.kind, step) {
        (Kind::Any, _) => true,
        (Kind::List, Segment::Index(_)) | (Kind::Map, Segment::Key(_)) => element(),
        (Kind::Structure(keys), Segment::Key(key)) => keys.contains(&&**key),
        _ => false,
    }
}
