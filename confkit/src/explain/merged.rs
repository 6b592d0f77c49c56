//! Lists that layers make together, and values that a function makes of theirs.

use confkit_sources::declared::{Content, Field, Kind, Merge, Metadata, Shape};
use confkit_sources::path::{self, Segment};
use confkit_sources::{NodeKind, NodeRef, OriginKind};

use super::Loaded;
use super::explanation::Candidate;
use super::route::Route;
use super::shown::table;
use crate::config::Config;
use crate::loader::Kept;
use crate::report::{clean, clean_origin};
use crate::resolve::{Element, Here, How, Layer, Local, Ref, Shared, found, plainly};

impl Kept {
    /// The documents, to be looked into as the load did.
    pub(crate) fn shared(&self) -> Shared<'_> {
        let layers = self.layers.iter().map(|bound| Layer {
            document: &bound.document,
            unknown: bound.unknown,
            position: bound.position,
        });
        Shared::new(layers.collect())
    }

    /// Where each layer has what stands at a path, the lowest layer first.
    pub(super) fn locals(&self, metadata: &'static Metadata, path: &[Segment<'_>]) -> Vec<Local> {
        let found = found(&self.shared(), &self.lists, &self.section, metadata, path);
        found.into_iter().map(|layer| layer.local).collect()
    }
}

/// What layers of a list do, in words: what the upper one's elements are to those below it.
fn deed(merge: Merge) -> String {
    match merge {
        Merge::Prepend => "prepended to".to_owned(),
        Merge::Unique => "appended without repetitions to".to_owned(),
        Merge::Deep => "combined by position with".to_owned(),
        Merge::Key(name) => format!("combined by `{name}` with"),
        _ => "appended to".to_owned(),
    }
}

/// How many elements the topmost of several lists has, with those that variables above it add one by one.
fn length<'d>(lists: impl Iterator<Item = NodeRef<'d>>) -> usize {
    let mut added = 0;
    for list in lists {
        let own = match list.kind() {
            NodeKind::Table if list.is_block() => 1,
            NodeKind::Table => {
                let positions = list.entries().filter_map(|(key, _)| key.parse::<usize>().ok());
                added = positions.map(|position| position + 1).fold(added, usize::max);
                continue;
            }
            NodeKind::Text if list.text().trim().is_empty() => continue,
            _ => list.items().count(),
        };
        return added.max(own);
    }
    added
}

fn counted(count: usize) -> String {
    if count == 1 { "1 element".to_owned() } else { format!("{count} elements") }
}

impl<T: Config> Loaded<T> {
    /// What stands at a path in each layer, topmost first, with the number of the layer.
    pub(super) fn at<'s>(&'s self, path: &[Segment<'_>]) -> Vec<(usize, NodeRef<'s>)> {
        let found = found(&self.kept.shared(), &self.kept.lists, &self.kept.section, T::METADATA, path);
        let found = found.into_iter().enumerate().rev();
        found.filter_map(|(layer, found)| Some((layer, found.node?))).collect()
    }

    /// How many elements a list of sections has.
    pub(super) fn len(&self, path: &[Segment<'_>]) -> usize {
        let nodes = self.at(path);
        match self.merging(path) {
            Some(how) => self.elements(&nodes, how).len(),
            None => length(nodes.iter().map(|(_, node)| *node)),
        }
    }

    /// How the list at a path comes together, if several layers may take part.
    fn merging(&self, path: &[Segment<'_>]) -> Option<How> {
        let mut here = Here::at(T::METADATA);
        let mut last = None;
        for step in &path[self.kept.section.len().min(path.len())..] {
            last = here.go(step).filter(|_| matches!(step, Segment::Key(_)));
        }
        last.and_then(How::of)
    }

    fn elements(&self, nodes: &[(usize, NodeRef<'_>)], how: How) -> Vec<Element> {
        self.kept.shared().elements(&refs(nodes), how).unwrap_or_default()
    }

    /// Explains a value that is made of several candidates: its text, and a step for each of them.
    /// Those that took part are no longer among the candidates, except for the topmost.
    pub(super) fn merged(
        &self,
        path: &[Segment<'_>],
        route: &Route,
        candidates: &mut Vec<Candidate>,
        steps: &mut Vec<String>,
    ) -> Option<String> {
        let field =
            route.last.filter(|_| !route.inside && route.fields.last().is_some_and(Option::is_some))?;
        if field.merge() == Some(Merge::Function) {
            return function(candidates, steps);
        }
        let how = How::of(field).filter(|_| !route.elsewhere)?;
        let nodes: Vec<(usize, NodeRef<'_>)> =
            self.at(path).into_iter().filter(|(layer, _)| has(candidates, *layer)).collect();
        let shared = self.kept.shared();
        let parts = shared.parts(&refs(&nodes), how);
        if !is_list(&parts, &shared, field) {
            return None;
        }
        let Ok(elements) = shared.elements(&parts, how) else { return None };
        for (index, part) in parts.iter().enumerate() {
            let below = &parts[index + 1..];
            let (Some(merge), Some(next)) = (how.merge, below.first()) else { break };
            let len = shared.elements(below, how).map_or(0, |elements| elements.len());
            let origin = |at: Ref| clean_origin(shared.node(at).origin());
            let of = match below.len() {
                1 => format!("of {}", origin(*next)),
                _ => "of lower layers".to_owned(),
            };
            let node = shared.node(*part);
            let deed = match node.kind() {
                NodeKind::Table if !node.is_block() => "replaces single elements among".to_owned(),
                _ => deed(merge),
            };
            let step = format!("{deed} the {} {of}", counted(len));
            steps.push(if index == 0 { step } else { format!("{}: {step}", origin(*part)) });
        }
        candidates.retain(|candidate| {
            let took_part = |part: &Ref| part.layer as usize == candidate.layer;
            candidate.replaced || candidate.layer == usize_of(parts.first()) || !parts.iter().any(took_part)
        });
        if route.secret {
            return None;
        }
        let shown: Vec<String> = elements.iter().map(|element| self.shown_element(element, route)).collect();
        Some(format!("[{}]", shown.join(", ")))
    }

    fn shown_element(&self, element: &Element, route: &Route) -> String {
        let nodes = element.layers.iter().map(|at| (at.layer as usize, node_of(&self.kept, *at)));
        let nodes: Vec<_> = nodes.collect();
        match (&nodes[..], &element.text) {
            ([], text) => text.as_ref().map(|(_, text)| clean(text).into_owned()).unwrap_or_default(),
            ([(layer, top), more @ ..], _) => match route.sections().map(in_list) {
                Some(shape) => self.sections(&nodes, shape),
                None if more.is_empty() || top.kind() != NodeKind::Table => self.value(*layer, *top, route),
                None => self.entries_together(&nodes, route),
            },
        }
    }

    /// A table that is no section, which layers give together, topmost first.
    fn entries_together(&self, nodes: &[(usize, NodeRef<'_>)], route: &Route) -> String {
        let mut entries: Vec<(&str, String)> = Vec::new();
        for (layer, node) in nodes.iter().rev() {
            for (key, inside) in node.entries() {
                let value = self.value(*layer, inside, route);
                match entries.iter_mut().find(|(known, _)| *known == key) {
                    Some((_, known)) => *known = value,
                    None => entries.push((key, value)),
                }
            }
        }
        table(entries.into_iter())
    }

    /// Which layer replaces all of something on the way to a path, with how many steps lead there.
    pub(super) fn replacing(&self, locals: &[Local], route: &Route) -> Option<(usize, usize)> {
        let begin = self.kept.section.len();
        let replaces = |field: &&'static Field| {
            let is_list = match field.content() {
                Content::Nested(shape) => crate::resolve::in_list(shape()),
                _ => field.kind().is_some_and(|kind| *kind.kind() == Kind::List),
            };
            field.merge() == Some(Merge::Replace) && !is_list
        };
        let mut fields = route.fields.iter().enumerate();
        let (steps, _) = fields.find(|(_, field)| field.as_ref().is_some_and(&replaces))?;
        let has = |(layer, local): (usize, &Local)| {
            let Local::Path(local) = local else { return None };
            let root = self.kept.layers[layer].document.root();
            let node = route.trail(root, &self.kept.section, local).nth(steps)?;
            let is_text =
                matches!(node.document().origin_kind(), OriginKind::Argument | OriginKind::Variable);
            let is_blank = |node: NodeRef<'_>| node.kind() == NodeKind::Text && node.text().trim().is_empty();
            let is_empty = is_text && node.kind() == NodeKind::Table && node.items().all(is_blank);
            (!is_blank(node) && !is_empty).then_some(layer)
        };
        let layer = locals.iter().enumerate().rev().find_map(has)?;
        Some((layer, begin + steps + 1))
    }

    /// What is said where a layer hides a candidate by replacing all of something around it.
    pub(super) fn replaced_step(&self, layer: usize, path: &[Segment<'_>]) -> String {
        let document = &self.kept.layers[layer].document;
        let whole = path::to_string(path);
        let place = plainly(document.root(), path).map_or_else(|| document.origin(), NodeRef::origin);
        format!("{} gives all of {}", clean_origin(place), clean(&whole))
    }
}

/// How an element of a list is held.
fn in_list(shape: Shape) -> Shape {
    match shape {
        Shape::Optional(inner) => in_list(inner()),
        Shape::List(inner) => inner(),
        shape => shape,
    }
}

fn node_of(kept: &Kept, at: Ref) -> NodeRef<'_> {
    kept.layers[at.layer as usize].document.node(at.node)
}

/// What is told of a value that a function makes; its text is known to the program alone.
fn function(candidates: &mut Vec<Candidate>, steps: &mut Vec<String>) -> Option<String> {
    let taken = candidates.iter().filter(|candidate| !candidate.replaced);
    let inputs: Vec<String> =
        taken.map(|candidate| format!("{} from {}", candidate.value, candidate.origin)).collect();
    if inputs.len() < 2 {
        return None;
    }
    steps.push(format!("a function makes the value of {}", inputs.join(" and ")));
    let mut is_first = true;
    candidates.retain(|candidate| candidate.replaced || std::mem::take(&mut is_first));
    Some("…".to_owned())
}

fn refs(nodes: &[(usize, NodeRef<'_>)]) -> Vec<Ref> {
    let at = |(layer, node): &(usize, NodeRef<'_>)| Ref {
        layer: u32::try_from(*layer).unwrap_or(u32::MAX),
        node: node.id(),
    };
    nodes.iter().map(at).collect()
}

fn usize_of(part: Option<&Ref>) -> usize {
    part.map_or(usize::MAX, |part| part.layer as usize)
}

fn has(candidates: &[Candidate], layer: usize) -> bool {
    candidates.iter().any(|candidate| candidate.layer == layer && !candidate.replaced)
}

/// Whether what layers have at a field is a list; only then its elements are put together.
fn is_list(parts: &[Ref], shared: &Shared<'_>, field: &Field) -> bool {
    match field.content() {
        Content::Nested(_) => true,
        _ => {
            field.kind().is_some_and(|kind| *kind.kind() == Kind::List)
                || parts.iter().any(|&at| shared.node(at).kind() == NodeKind::Array)
        }
    }
}
