//! Merge rules, as figment's values follow them.

use confkit_sources::NodeRef;
use confkit_sources::declared::{Content, Field, Kind, Merge, Metadata, Shape};
use confkit_sources::path::Segment;
use figment::value::{Dict, Value};

use super::{merge, shaped, typed_node};
use crate::resolve::{How, field_for, in_list, plain};

/// Whether the topmost layer gives all of a field that is a table.
pub(super) fn replaces(field: &Field) -> bool {
    let is_list = || match field.content() {
        Content::Nested(shape) => in_list(shape()),
        _ => field.kind().is_some_and(|kind| *kind.kind() == Kind::List),
    };
    field.merge() == Some(Merge::Replace) && !is_list()
}

/// The paths at which a layer takes away what lower layers have.
pub(super) fn replaced(metadata: &'static Metadata, dict: &Dict) -> Vec<Vec<String>> {
    let mut paths = Vec::new();
    for (key, value) in dict {
        let Some(field) = field_for(metadata, key) else { continue };
        if replaces(field) {
            paths.push(vec![key.clone()]);
        } else if let Content::Nested(shape) = field.content() {
            for mut path in replaced_inside(shape(), value) {
                path.insert(0, key.clone());
                paths.push(path);
            }
        }
    }
    paths
}

fn replaced_inside(shape: Shape, value: &Value) -> Vec<Vec<String>> {
    match (shape, value) {
        (Shape::Section(section), Value::Dict(_, dict)) => replaced(section, dict),
        (Shape::Optional(inner), _) => replaced_inside(inner(), value),
        (Shape::Map(inner), Value::Dict(_, dict)) => {
            let entries = dict.iter().flat_map(|(key, value)| {
                replaced_inside(inner(), value).into_iter().map(|mut path| {
                    path.insert(0, key.clone());
                    path
                })
            });
            entries.collect()
        }
        _ => Vec::new(),
    }
}

/// Takes away what is at a path.
pub(super) fn take_away(dict: &mut Dict, path: &[String]) {
    match path {
        [last] => {
            dict.remove(last);
        }
        [first, rest @ ..] => {
            if let Some(Value::Dict(_, inner)) = dict.get_mut(first) {
                take_away(inner, rest);
            }
        }
        [] => {}
    }
}

/// A list together with what lower layers make of it, if its field says so.
pub(super) fn list(field: &'static Field, node: NodeRef<'_>, above: Value, below: Option<&Value>) -> Value {
    let (Some(_), Some(way), Some(upper)) = (How::of(field), field.merge(), above.as_array()) else {
        return above;
    };
    let upper = upper.to_vec();
    let mut list = below.and_then(Value::as_array).unwrap_or_default().to_vec();
    match way {
        Merge::Prepend => return Value::from([upper, list].concat()),
        Merge::Unique => {
            for value in upper {
                if !list.contains(&value) {
                    list.push(value);
                }
            }
        }
        Merge::Deep => {
            for (index, value) in upper.into_iter().enumerate() {
                match list.get_mut(index) {
                    Some(known) => over(field, known, node, index, value),
                    None => list.push(value),
                }
            }
        }
        Merge::Key(name) => {
            for (index, value) in upper.into_iter().enumerate() {
                let key = value.find_ref(name).cloned();
                match list.iter_mut().find(|known| key.is_some() && known.find_ref(name) == key.as_ref()) {
                    Some(known) => over(field, known, node, index, value),
                    None => list.push(value),
                }
            }
        }
        _ => list.extend(upper),
    }
    Value::from(list)
}

/// Puts an element over one of a lower layer.
fn over(field: &'static Field, known: &mut Value, node: NodeRef<'_>, index: usize, value: Value) {
    let item = plain(node, &Segment::Index(index));
    // Lists inside an element may have their own way.
    let value = match (field.content(), item) {
        (Content::Nested(shape), Some(item)) => shaped(element(shape()), item, Some(known)),
        (Content::Value(kind), Some(item)) => match kind().element() {
            Some(kind) => typed_node(kind, item, ','),
            None => value,
        },
        _ => value,
    };
    match (known, value) {
        (Value::Dict(_, known), Value::Dict(_, value)) => merge(known, &value),
        (known, value) => *known = value,
    }
}

fn element(shape: Shape) -> Shape {
    match shape {
        Shape::Optional(inner) => element(inner()),
        Shape::List(inner) => inner(),
        other => other,
    }
}
