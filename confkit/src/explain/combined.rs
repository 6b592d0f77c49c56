//! Values that several layers make together: maps, sections, and lists with replaced elements.

use confkit_sources::declared::{Content, Field, Kind, Merge};
use confkit_sources::path::Segment;
use confkit_sources::{NodeKind, NodeRef};

use super::Loaded;
use super::route::Route;
use super::shown::{shown, shown_key};
use crate::config::Config;
use crate::report::clean;
use crate::resolve::{Local, json, pairs};
use crate::secret::MASK;

impl<T: Config> Loaded<T> {
    /// A map or structure is read over all layers: its value is more than the topmost part.
    pub(super) fn combined(&self, path: &[Segment<'_>], route: &Route, counted: &[usize]) -> Option<String> {
        // An enum is what its topmost layer says; what variants share is told field by field.
        let is_enum =
            route.enums.last().is_some_and(|(steps, _)| self.kept.section.len() + steps == path.len());
        if route.secret || route.unsure || is_enum {
            return None;
        }
        if let Some(Content::Value(kind)) = route.last.map(Field::content)
            && !route.inside
            && *kind().kind() == Kind::List
        {
            return self.patched(path, route);
        }
        let replaced = route.fields.iter().flatten().any(|field| field.merge() == Some(Merge::Replace));
        let layers = self.kept.layers.iter().enumerate();
        let layers = layers.filter(|(layer, _)| !replaced || counted.contains(layer));
        let locals = self.kept.locals(T::METADATA, path);
        let nodes = layers.filter_map(|(layer, bound)| {
            let Local::Path(path) = &locals[layer] else { return None };
            let (node, _) = route.follow(bound.document.root(), &self.kept.section, path)?;
            Some((layer, node))
        });
        if let Some(shape) = route.sections() {
            let mut nodes: Vec<_> = nodes.collect();
            nodes.reverse();
            let tables = nodes.iter().filter(|(_, node)| node.kind() == NodeKind::Table);
            return (tables.count() > 1).then(|| self.sections(&nodes, shape));
        }
        let parts: Vec<Vec<(String, String)>> =
            nodes.filter_map(|(layer, node)| self.entries(layer, node, route)).collect();
        if parts.len() < 2 {
            return None;
        }
        let mut entries: Vec<(String, String)> = Vec::new();
        for (key, value) in parts.into_iter().flatten() {
            match entries.iter_mut().find(|(known, _)| *known == key) {
                Some((_, known)) => *known = value,
                None => entries.push((key, value)),
            }
        }
        let entries = entries.iter().map(|(key, value)| format!("{} = {value}", shown_key(key)));
        Some(format!("{{ {} }}", entries.collect::<Vec<_>>().join(", ")))
    }

    /// What one layer gives of a map: a table, or the text of one.
    fn entries(&self, layer: usize, node: NodeRef<'_>, route: &Route) -> Option<Vec<(String, String)>> {
        let kind = route.last.and_then(Field::kind);
        let is_map = kind.is_some_and(|kind| *kind.kind() == Kind::Map);
        match node.kind() {
            NodeKind::Table => {
                let entry = |(key, inside): (&str, NodeRef<'_>)| {
                    let hidden = self.announced(layer, inside);
                    (key.to_owned(), if hidden { MASK.to_owned() } else { shown(inside, false) })
                };
                Some(node.entries().map(entry).collect())
            }
            NodeKind::Text if is_map && !route.inside => {
                if let Some(serde_json::Value::Object(entries)) = json(node.text()) {
                    let entries = entries.into_iter().map(|(key, value)| (key, json_text(value)));
                    return Some(entries.collect());
                }
                let delimiter = route.last.map_or(',', Field::env_delimiter);
                let pairs = pairs(node.text(), delimiter)?.into_iter();
                Some(pairs.map(|(key, value)| (key.to_owned(), clean(value).into_owned())).collect())
            }
            _ => None,
        }
    }

    /// A list of which variables give single elements.
    fn patched(&self, path: &[Segment<'_>], route: &Route) -> Option<String> {
        let mut elements: Vec<String> = Vec::new();
        let mut is_patched = false;
        for (layer, bound) in self.kept.layers.iter().enumerate() {
            let Some((node, _)) = route.follow(bound.document.root(), &self.kept.section, path) else {
                continue;
            };
            match node.kind() {
                NodeKind::Table => {
                    is_patched = true;
                    for (key, inside) in node.entries().filter(|(_, inside)| !inside.text().trim().is_empty())
                    {
                        let value = self.value(layer, inside, route);
                        match key.parse::<usize>() {
                            Ok(index) if index < elements.len() => elements[index] = value,
                            _ => elements.push(value),
                        }
                    }
                }
                NodeKind::Array => elements = node.items().map(|item| shown(item, true)).collect(),
                NodeKind::Text => {
                    let delimiter = route.last.map_or(',', Field::env_delimiter);
                    let texts = crate::resolve::elements(node.text().trim(), delimiter).into_iter();
                    elements = texts.map(|text| clean(text).into_owned()).collect();
                }
                _ => {}
            }
        }
        is_patched.then(|| format!("[{}]", elements.join(", ")))
    }
}

/// A value of JSON as other values are shown: text without quotation marks.
fn json_text(value: serde_json::Value) -> String {
    let text = match value {
        serde_json::Value::String(text) => text,
        value => value.to_string(),
    };
    clean(&text).into_owned()
}
