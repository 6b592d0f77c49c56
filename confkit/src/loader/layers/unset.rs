//! What a layer takes away from those below it: `$unset` in a document, `unset` in code.
//!
//! The documents below are replaced by ones without the nodes, for one load. So nothing that reads
//! layers has to know.

use std::collections::BTreeMap;
use std::sync::Arc;

use confkit_sources::declared::{Content, Field, Kind, Metadata, Shape};
use confkit_sources::path::{self, Segment};
use confkit_sources::{Document, NodeKind, NodeRef, OriginKind};

use super::Layers;
use super::binding::{Binding, Bound};
use super::claims::Claims;
use crate::report::{Code, nearest};
use crate::resolve::{
    Cx, Draft, Here, How, Layer, Lists, PlaceOf, Ref, Shared, field_for, found, found_words, is_patch,
    visible_fields,
};

/// The key of the list of paths, at the root of a document.
pub(in crate::loader) const UNSET: &str = "$unset";

impl Layers {
    /// Takes away what layers say is not set; returns what is wrong with that.
    pub(super) fn unset(
        &self,
        metadata: &'static Metadata,
        section: &[Segment<'static>],
        bound: &mut Binding,
    ) -> Vec<Draft> {
        let mut drafts = Vec::new();
        if !self.unsets {
            return drafts;
        }
        for number in 0..bound.layers.len() {
            let document = Arc::clone(&bound.layers[number].document);
            let Some(list) = document.root().get(UNSET) else { continue };
            let layer = u32::try_from(number).unwrap_or(u32::MAX);
            // Positions are those before anything is taken away.
            let mut taken: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
            let below = documents(&bound.layers[..number]);
            let (shared, lists) = (shared(&below), Lists::default());
            for (node, text) in paths(list, layer, &mut drafts) {
                let by = taker(node);
                let found = parsed(text).and_then(|path| {
                    let taking = Taking { metadata, section, path, by };
                    taking.find((&shared, &lists), &mut bound.ignored)
                });
                match found {
                    Ok(found) => found.into_iter().for_each(|(below, node)| {
                        taken.entry(below).or_default().push(node);
                    }),
                    Err(draft) => drafts.push(draft.at(PlaceOf::Value(Ref { layer, node: node.id() }))),
                }
            }
            taken.into_iter().for_each(|(below, nodes)| bound.leave_out(below, &nodes));
            bound.leave_out(number, &[list.id()]);
        }
        drafts
    }
}

/// The paths of a list, and what is told of one that has none.
fn paths<'d>(list: NodeRef<'d>, layer: u32, drafts: &mut Vec<Draft>) -> Vec<(NodeRef<'d>, &'d str)> {
    let mut wrong = |node: NodeRef<'_>, must: &str| {
        let message = format!("`{UNSET}` must {must}, not {}", found_words(node, false));
        let help = "write a list of paths of settings, such as `[\"database.pool\"]`";
        let place = PlaceOf::Value(Ref { layer, node: node.id() });
        drafts.push(Draft::new(Code::Type, String::new(), message).at(place).help(help));
    };
    match list.kind() {
        NodeKind::Array => {
            let mut paths = Vec::new();
            for item in list.items() {
                match item.kind() {
                    NodeKind::String | NodeKind::Text => paths.push((item, item.text())),
                    _ => wrong(item, "have strings in its list"),
                }
            }
            paths
        }
        // Formats without lists.
        NodeKind::Text => {
            let paths = list.text().split(',').map(str::trim).filter(|path| !path.is_empty());
            paths.map(|path| (list, path)).collect()
        }
        _ => {
            wrong(list, "be a list of strings");
            Vec::new()
        }
    }
}

fn parsed(text: &str) -> Result<Vec<Segment<'_>>, Box<Draft>> {
    path::parse(text).map_err(|error| {
        let message = format!("`{text}` in `{UNSET}` is not a path: {error}");
        Box::new(Draft::new(Code::Invalid, String::new(), message))
    })
}

/// Who takes something away.
fn taker(node: NodeRef<'_>) -> String {
    let origin = node.origin();
    match origin.kind() {
        OriginKind::Code => origin.to_string(),
        _ => format!("`{UNSET}` in {origin}"),
    }
}

/// One path that is taken away.
struct Taking<'p> {
    metadata: &'static Metadata,
    section: &'p [Segment<'static>],
    path: Vec<Segment<'p>>,
    by: String,
}

impl Taking<'_> {
    /// What the layers below have at the path: the number of the layer, and the node.
    fn find(
        &self,
        (shared, lists): (&Shared<'_>, &Lists),
        ignored: &mut Vec<(String, String)>,
    ) -> Result<BTreeMap<usize, u32>, Box<Draft>> {
        let (path, section) = (&self.path[..], self.section);
        let mut at: BTreeMap<usize, u32> = BTreeMap::new();
        match path.strip_prefix(section) {
            Some(inside) => declared(self.metadata, inside).map_err(|wrong| self.unknown(wrong))?,
            // The section itself, or what it is in; or another module's.
            None if section.starts_with(path) => {}
            None => return Ok(at),
        }
        for (number, found) in found(shared, lists, section, self.metadata, path).into_iter().enumerate() {
            at.extend(found.node.map(|node| (number, node.id())));
        }
        if let [list @ .., Segment::Index(_)] = path {
            self.keep_to_lists((shared, lists), list, &mut at)?;
        }
        for (&number, &node) in &at {
            self.note(shared.layers[number].document.node(node), ignored);
        }
        Ok(at)
    }

    /// An element can be taken out of lists, not out of texts, nor of elements that replace others.
    fn keep_to_lists(
        &self,
        (shared, known): (&Shared<'_>, &Lists),
        list: &[Segment<'_>],
        at: &mut BTreeMap<usize, u32>,
    ) -> Result<(), Box<Draft>> {
        let lists = found(shared, known, self.section, self.metadata, list);
        let mut here = Here::at(self.metadata);
        let field = list.iter().skip(self.section.len()).fold(None, |_, step| here.go(step));
        let how = field.and_then(How::of);
        let lists = lists.iter().enumerate().rev().filter_map(|(number, found)| Some((number, found.node?)));
        let is_blank = |node: NodeRef<'_>| node.kind() == NodeKind::Text && node.text().trim().is_empty();
        let mut lists = lists.filter(|(_, node)| !is_blank(*node));
        let taking_part: Vec<(usize, NodeRef<'_>)> =
            if how.is_some() { lists.collect() } else { lists.next().into_iter().collect() };
        if let Some((_, node)) =
            taking_part.iter().find(|(_, node)| node.kind() == NodeKind::Text || is_patch(*node))
        {
            let (path, whole) = (path::to_string(&self.path), path::to_string(list));
            let gives =
                if node.kind() == NodeKind::Text { "the list as one text" } else { "single elements" };
            let origin = node.items().next().unwrap_or(*node).origin();
            let message = format!("{path} cannot be taken away alone: {origin} gives {gives}");
            let help = format!("take away all of `{whole}`, and give the list anew");
            return Err(Box::new(Draft::new(Code::Invalid, path, message).help(help)));
        }
        at.retain(|number, _| taking_part.iter().any(|(part, _)| part == number));
        Ok(())
    }

    /// Notes for explanations, and for what is missing now, who took a value away.
    fn note(&self, node: NodeRef<'_>, ignored: &mut Vec<(String, String)>) {
        let note = |node: NodeRef<'_>| format!("{} takes away what {} gave", self.by, node.origin());
        let mut path: Vec<Segment<'_>> = self.path.clone();
        if let Some(Segment::Index(_)) = path.last() {
            ignored.push((self.declared_path(&path[..path.len() - 1]), note(node)));
        }
        self.note_inside(node, &mut path, &mut |path, node| ignored.push((path, note(node))));
        if node.is_container() {
            ignored.push((self.declared_path(&path), note(node)));
        }
    }

    fn note_inside<'d>(
        &self,
        node: NodeRef<'d>,
        path: &mut Vec<Segment<'d>>,
        note: &mut dyn FnMut(String, NodeRef<'d>),
    ) where
        Self: 'd,
    {
        if !node.is_container() {
            return note(self.declared_path(path), node);
        }
        for (index, inside) in node.items().enumerate() {
            path.push(match node.kind() {
                NodeKind::Array => Segment::Index(index),
                _ => Segment::key(inside.key()),
            });
            self.note_inside(inside, path, note);
            path.pop();
        }
    }

    /// A path by the keys of the declaration.
    fn declared_path(&self, path: &[Segment<'_>]) -> String {
        let mut here = Here::at(self.metadata);
        let mut text = String::new();
        for (at, step) in path.iter().enumerate() {
            let field = if at < self.section.len() { None } else { here.go(step) };
            match (step, field) {
                (Segment::Key(_), Some(field)) => path::push_key(&mut text, field.key()),
                (Segment::Key(key), None) => path::push_key(&mut text, key),
                (Segment::Index(index), _) => path::push_index(&mut text, *index),
            }
        }
        text
    }

    fn unknown(&self, wrong: Unknown) -> Box<Draft> {
        let path = path::to_string(&self.path);
        let draft = Draft::new(Code::UnknownKey, path.clone(), format!("there is no setting `{path}`"));
        let at = self.section.len() + wrong.at;
        let name = match self.path.get(at) {
            Some(Segment::Key(name)) => nearest(name, wrong.names.iter().copied()),
            _ => None,
        };
        let suggestion = name.map(|name| {
            let mut near = self.path.clone();
            near[at] = Segment::key(name);
            path::to_string(&near)
        });
        Box::new(Draft { suggestion, ..draft })
    }
}

/// Where a path leaves the declaration, and the names that there are.
struct Unknown {
    at: usize,
    names: Vec<&'static str>,
}

/// Whether a path leads to a setting, a section or into a value.
fn declared(metadata: &'static Metadata, path: &[Segment<'_>]) -> Result<(), Unknown> {
    let mut shape = Some(Shape::Section(metadata));
    let mut value: Option<&'static Field> = None;
    for (at, step) in path.iter().enumerate() {
        let nowhere = |names| Err(Unknown { at, names });
        while let Some(Shape::Optional(inner)) = shape {
            shape = Some(inner());
        }
        match (shape, step) {
            (Some(Shape::Section(section)), Segment::Key(key)) => match field_for(section, key) {
                Some(field) => {
                    value = Some(field);
                    shape = match field.content() {
                        Content::Nested(inner) => Some(inner()),
                        _ => None,
                    };
                }
                None if takes_rest(section) => return Ok(()),
                None => return nowhere(visible_fields(section).into_iter().map(Field::key).collect()),
            },
            (Some(Shape::List(inner)), Segment::Index(_)) | (Some(Shape::Map(inner)), Segment::Key(_)) => {
                shape = Some(inner());
            }
            (None, _) => {
                let kind = value.and_then(Field::kind);
                let has_inside = kind.is_some_and(|kind| match kind.kind() {
                    Kind::List => matches!(step, Segment::Index(_)),
                    Kind::Map | Kind::Structure(_) => matches!(step, Segment::Key(_)),
                    Kind::Choice(_) | Kind::Any | Kind::Other => true,
                    _ => false,
                });
                // What is further inside only the type knows.
                return if has_inside { Ok(()) } else { nowhere(Vec::new()) };
            }
            _ => return nowhere(Vec::new()),
        }
    }
    Ok(())
}

fn takes_rest(section: &'static Metadata) -> bool {
    section.fields().iter().any(|field| match field.content() {
        Content::Rest(_) => true,
        Content::Flattened(shape) => match shape() {
            Shape::Section(inner) => takes_rest(inner),
            _ => true,
        },
        _ => false,
    })
}

fn documents(layers: &[Bound]) -> Vec<Arc<Document>> {
    layers.iter().map(|bound| Arc::clone(&bound.document)).collect()
}

fn shared<'d>(documents: &'d [Arc<Document>]) -> Shared<'d> {
    let unknown = confkit_sources::declared::Unknown::Allow;
    let layer = |(position, document): (usize, &'d Arc<Document>)| Layer { document, unknown, position };
    Shared::new(documents.iter().enumerate().map(layer).collect())
}

/// Drafts the paths that no module's section has to do with.
pub(super) fn unclaimed(cx: &mut Cx<'_>, layer: u32, document: &Document, claims: &Claims) {
    let Some(list) = document.root().get(UNSET) else { return };
    let mut drafts = Vec::new();
    for (node, text) in paths(list, layer, &mut drafts) {
        let place = PlaceOf::Value(Ref { layer, node: node.id() });
        match parsed(text) {
            Ok(path) => {
                let is_claimed =
                    |section: &Vec<Segment<'_>>| section.starts_with(&path) || path.starts_with(section);
                if !claims.sections.iter().any(is_claimed) {
                    let message = format!("there is no setting `{text}`");
                    drafts.push(Draft::new(Code::UnknownKey, text.to_owned(), message).at(place));
                }
            }
            Err(draft) => drafts.push(draft.at(place)),
        }
    }
    drafts.into_iter().for_each(|draft| cx.push(draft));
}
