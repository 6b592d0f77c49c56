//! Which settings there are to explain.

use confkit_sources::NodeKind;
use confkit_sources::declared::{Content, Field, Holds, Metadata, Shape, Tagging, Variants};
use confkit_sources::path::Segment;

use super::Loaded;
use crate::config::Config;
use crate::resolve::{field_for, in_force};

impl<T: Config> Loaded<T> {
    pub(super) fn list(
        &self,
        metadata: &'static Metadata,
        path: &mut Vec<Segment<'static>>,
        paths: &mut Vec<Vec<Segment<'static>>>,
        depth: usize,
    ) {
        self.list_in(metadata, metadata, path, paths, depth);
    }

    /// Settings in the table of `around`, into which `metadata` may be flattened.
    fn list_in(
        &self,
        around: &'static Metadata,
        metadata: &'static Metadata,
        path: &mut Vec<Segment<'static>>,
        paths: &mut Vec<Vec<Segment<'static>>>,
        depth: usize,
    ) {
        if depth > 64 {
            return;
        }
        if let Some(variants) = metadata.variants() {
            return self.list_variant(metadata, variants, path, paths, depth + 1);
        }
        for field in metadata.fields() {
            match field.content() {
                Content::Flattened(shape) => match (shape().alone(), shape()) {
                    (Some(section), _) => self.list_in(around, section, path, paths, depth + 1),
                    (None, Shape::Map(inner)) => {
                        for key in self.free_keys(around, path) {
                            path.push(Segment::key(key));
                            self.list_shape(inner(), path, paths, depth + 1);
                            path.pop();
                        }
                    }
                    _ => {}
                },
                Content::Nested(shape) => {
                    path.push(Segment::key(field.key()));
                    self.list_shape(shape(), path, paths, depth + 1);
                    path.pop();
                }
                Content::Value(_) => {
                    path.push(Segment::key(field.key()));
                    paths.push(path.clone());
                    path.pop();
                }
                Content::Rest(_) => {
                    let keys = self.free_keys(around, path).into_iter();
                    paths.extend(keys.map(|key| [path.as_slice(), &[Segment::key(key)]].concat()));
                }
                _ => {}
            }
        }
    }

    /// The settings of the variant that is in force, or the value that stands in its place.
    fn list_variant(
        &self,
        metadata: &'static Metadata,
        variants: &'static Variants,
        path: &mut Vec<Segment<'static>>,
        paths: &mut Vec<Vec<Segment<'static>>>,
        depth: usize,
    ) {
        let nodes = self.nodes(path);
        let Some(top) = nodes.first() else { return };
        let chosen = in_force(variants, &nodes).0;
        let holds = chosen.map(|chosen| variants.list()[chosen].holds());
        // A name may choose a variant whose fields other layers give.
        let is_named = !top.is_container() && holds.is_some_and(|holds| holds != Holds::Nothing);
        if (!top.is_container() || top.kind() == NodeKind::Array) && !is_named {
            return paths.push(path.clone());
        }
        if let (Some(_), Some(tag)) = (variants.tagging().tag(), metadata.fields().first()) {
            path.push(Segment::key(tag.key()));
            paths.push(path.clone());
            path.pop();
        }
        for (index, variant) in variants.list().iter().enumerate() {
            let is_in_force = chosen.map_or_else(
                || {
                    nodes.iter().any(|node| {
                        node.items().any(|inside| field_for(variant.metadata(), inside.key()).is_some())
                    })
                },
                |chosen| chosen == index,
            );
            if !is_in_force || variant.holds() == Holds::Nothing {
                continue;
            }
            let step = match variants.tagging() {
                Tagging::External => Some(variant.key()),
                Tagging::Adjacent { content, .. } => Some(content),
                _ => None,
            };
            path.extend(step.map(Segment::key));
            match variant.metadata().fields().first().map(Field::content) {
                Some(Content::Nested(shape)) if variant.holds() == Holds::Section => {
                    self.list_shape(shape(), path, paths, depth);
                }
                _ if variant.holds() == Holds::Value => paths.push(path.clone()),
                _ => self.list(variant.metadata(), path, paths, depth),
            }
            if step.is_some() {
                path.pop();
            }
            if chosen.is_none() {
                break;
            }
        }
    }

    /// The keys at a path that a map takes because no field does.
    fn free_keys(&self, metadata: &'static Metadata, path: &[Segment<'static>]) -> Vec<String> {
        let mut keys: Vec<String> = Vec::new();
        for node in self.nodes(path).into_iter().rev() {
            let free = node.entries().map(|(key, _)| key).filter(|key| field_for(metadata, key).is_none());
            for key in free {
                if !keys.iter().any(|known| known == key) {
                    keys.push(key.to_owned());
                }
            }
        }
        keys
    }

    fn list_shape(
        &self,
        shape: Shape,
        path: &mut Vec<Segment<'static>>,
        paths: &mut Vec<Vec<Segment<'static>>>,
        depth: usize,
    ) {
        match shape {
            Shape::Section(section) => self.list(section, path, paths, depth),
            Shape::Optional(_) if self.nodes(path).is_empty() => {}
            Shape::Optional(inner) => self.list_shape(inner(), path, paths, depth),
            Shape::List(inner) => {
                for index in 0..self.len(path) {
                    path.push(Segment::Index(index));
                    self.list_shape(inner(), path, paths, depth);
                    path.pop();
                }
            }
            Shape::Map(inner) => {
                let mut keys: Vec<&str> = Vec::new();
                for node in self.nodes(path).into_iter().rev() {
                    for (key, _) in node.entries() {
                        if !keys.contains(&key) {
                            keys.push(key);
                        }
                    }
                }
                for key in keys {
                    path.push(Segment::Key(key.to_owned().into()));
                    self.list_shape(inner(), path, paths, depth);
                    path.pop();
                }
            }
            _ => {}
        }
    }
}
