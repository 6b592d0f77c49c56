//! One spelling for every path.

use confkit_sources::declared::{Content, Field, Kind, Metadata, Shape};
use confkit_sources::path::Segment;

use super::route::Route;

/// A path as the declaration spells it: fields by their keys, elements of lists by their positions, entries of maps
/// by their keys. What is not declared stays as it is, with numbers as positions. Of an enum, any variant will do.
pub(crate) fn normal(
    metadata: &'static Metadata,
    section: &[Segment<'_>],
    path: &[Segment<'_>],
) -> Vec<Segment<'static>> {
    let mut normal: Vec<Segment<'static>> = path.iter().cloned().map(Segment::into_owned).collect();
    if !path.starts_with(section) {
        return normal;
    }
    for at in section.len()..normal.len() {
        let before = Route::along(metadata, &normal[section.len()..at], &|_, _| None);
        let has_keys = before.is_some_and(|route| route.has_keys());
        normal[at] = step(normal[at].clone(), has_keys);
    }
    super::spelled(metadata, section, &normal)
}

/// A step into something with keys, or with positions.
fn step(step: Segment<'static>, has_keys: bool) -> Segment<'static> {
    match step {
        Segment::Index(index) if has_keys => Segment::key(index.to_string()),
        Segment::Key(key) if !has_keys => match key.parse::<usize>() {
            Ok(index) if index.to_string() == key => Segment::Index(index),
            _ => Segment::Key(key),
        },
        step => step,
    }
}

impl Route {
    /// Whether what is at the end of the path has keys. Else it has positions, or it is not known what it has.
    fn has_keys(&self) -> bool {
        match self.last.map(Field::content) {
            None => true,
            Some(Content::Value(kind)) => {
                !self.inside && matches!(kind().kind(), Kind::Map | Kind::Structure(_))
            }
            Some(_) => {
                let shape = self.shape.filter(|_| !self.inside);
                matches!(shape, Some(Shape::Section(_) | Shape::Map(_)))
            }
        }
    }
}
