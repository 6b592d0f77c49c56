//! Lists that several layers make together: which layers take part, and what comes of them.
//!
//! The elements are made anew by whoever asks: by the load, by a broken rule that looks for its
//! place, by an explanation. So all of them see the same list, and nothing is kept.

mod declared;
mod equal;
mod fields;
mod folded;
mod lists;
mod told;
mod walk;

use confkit_sources::declared::{Content, Field, Merge, Metadata};
use confkit_sources::{JsonText, NodeKind, NodeRef};

#[cfg(feature = "testing")]
pub(crate) use self::declared::wrong_merges;
use self::equal::{Seen, Tree};
pub(super) use self::fields::Merged;
pub(crate) use self::fields::in_list;
pub(crate) use self::lists::Lists;
pub(crate) use self::walk::{Here, Local, found};
use super::containers::says_something;
use super::{Ref, Shared, text};

/// An element of a list: what layers say of it, topmost first, over a text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Element {
    pub(crate) layers: Vec<Ref>,
    /// A part of a text, with the node that has the whole of it.
    pub(crate) text: Option<(Ref, String)>,
}

impl Element {
    fn node(at: Ref) -> Self {
        Self { layers: vec![at], text: None }
    }

    /// Whether it is only there to be counted: what is wrong with it has been told.
    pub(crate) fn is_told(&self) -> bool {
        self.layers.is_empty() && self.text.is_none()
    }

    /// Where it stands.
    pub(crate) fn place(&self) -> Option<Ref> {
        self.layers.first().copied().or(self.text.as_ref().map(|(at, _)| *at))
    }
}

/// Why layers make no list together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    NotList(Ref),
    /// A position behind the end.
    Beyond {
        place: Ref,
        index: usize,
        len: usize,
    },
    /// An element without the key by which elements combine.
    NoKey(Ref),
    /// The key is a table or a list.
    BadKey(Ref),
    /// One layer has two elements of one key.
    Twice(Ref, Ref),
}

/// How a list is read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct How {
    pub(crate) merge: Option<Merge>,
    /// What separates elements, if text is a list.
    delimiter: Option<char>,
    /// What the elements are, if they are sections.
    section: Option<&'static Metadata>,
}

impl How {
    /// A list of values.
    pub(crate) fn of_values(merge: Option<Merge>, delimiter: char) -> Self {
        Self { merge, delimiter: Some(delimiter), section: None }
    }

    /// A list of sections.
    pub(crate) fn of_sections(merge: Option<Merge>, section: &'static Metadata) -> Self {
        Self { merge, delimiter: None, section: Some(section) }
    }

    /// The list of a field, if its layers make it together.
    pub(crate) fn of(field: &Field) -> Option<Self> {
        let merge = field.merge().filter(|merge| combines(*merge))?;
        match field.content() {
            Content::Nested(shape) if in_list(shape()) => {
                Some(Self::of_sections(Some(merge), shape().section()))
            }
            Content::Value(_) => Some(Self::of_values(Some(merge), field.env_delimiter())),
            _ => None,
        }
    }

    /// Whether lower layers take part although a higher one has the list.
    fn combines(self) -> bool {
        self.merge.is_some_and(combines)
    }

    /// Whether a key of a table is the one by which elements combine.
    fn is_key(self, name: &str, key: &str) -> bool {
        let field = self.section.and_then(|section| super::field_for(section, name));
        field.map_or(name == key, |field| field.answers_to(key))
    }
}

/// Whether lists of lower layers take part.
pub(crate) fn combines(merge: Merge) -> bool {
    !matches!(merge, Merge::Replace | Merge::Function)
}

impl Shared<'_> {
    fn is_blank(&self, at: Ref) -> bool {
        let node = self.node(at);
        node.kind() == NodeKind::Text && node.text().trim().is_empty()
    }

    /// The candidates that take part, topmost first: down to the first whole list, or all of them,
    /// without text that says nothing. What is explicitly nothing hides what is below.
    pub(crate) fn parts(&self, candidates: &[Ref], how: How) -> Vec<Ref> {
        let mut parts = Vec::with_capacity(candidates.len());
        for &at in candidates {
            if how.delimiter.is_some() && self.is_blank(at) {
                continue;
            }
            if how.combines() && !parts.is_empty() && self.node(at).kind() == NodeKind::Null {
                break;
            }
            parts.push(at);
            if !how.combines() && !self.is_patch(at) {
                break;
            }
        }
        parts
    }

    /// The elements of a list whose candidates are these, topmost first; or why there is none.
    pub(crate) fn elements(&self, candidates: &[Ref], how: How) -> Result<Vec<Element>, Vec<Fault>> {
        let (elements, faults) = self.elements_and_faults(candidates, how);
        if faults.is_empty() { Ok(elements) } else { Err(faults) }
    }

    /// The elements that there are, and everything that keeps them from being a list.
    pub(crate) fn elements_and_faults(&self, candidates: &[Ref], how: How) -> (Vec<Element>, Vec<Fault>) {
        let (mut elements, mut faults) = (Vec::new(), Vec::new());
        for at in self.parts(candidates, how).into_iter().rev() {
            if self.is_patch(at) {
                self.patch(&mut elements, at, how, &mut faults);
                if let (Some(Merge::Key(name)), true) = (how.merge, faults.is_empty()) {
                    self.check_keys(&mut elements, name, how, &mut faults);
                }
            } else {
                match self.whole(at, how) {
                    Ok(mut upper) => {
                        if let Some(Merge::Key(name)) = how.merge {
                            self.check_keys(&mut upper, name, how, &mut faults);
                        }
                        elements = self.two(elements, upper, how);
                    }
                    Err(fault) => faults.push(fault),
                }
            }
            if how.merge == Some(Merge::Unique) {
                self.keep_first(&mut elements);
            }
        }
        (elements, faults)
    }

    /// The elements of one layer's list.
    fn whole(&self, at: Ref, how: How) -> Result<Vec<Element>, Fault> {
        let node = self.node(at);
        match (node.kind(), how.delimiter) {
            (NodeKind::Array, _) => {
                let items = node.items().map(|node| Ref { layer: at.layer, node: node.id() });
                Ok(items.map(Element::node).collect())
            }
            (NodeKind::Text, Some(delimiter)) => {
                let texts = texts_of(node.text(), delimiter).into_iter();
                Ok(texts.map(|text| Element { layers: Vec::new(), text: Some((at, text)) }).collect())
            }
            // In text there is no list of sections but the empty one.
            (NodeKind::Text, None) if node.text().trim() == "[]" => Ok(Vec::new()),
            // HCL writes a list of one as it writes a table.
            (NodeKind::Table, _) if node.is_block() => Ok(vec![Element::node(at)]),
            _ => Err(Fault::NotList(at)),
        }
    }

    /// Puts the elements of a layer to those of the layers below it.
    fn two(&self, mut lower: Vec<Element>, mut upper: Vec<Element>, how: How) -> Vec<Element> {
        match how.merge {
            Some(Merge::Append | Merge::Unique) => lower.append(&mut upper),
            Some(Merge::Prepend) => {
                upper.append(&mut lower);
                return upper;
            }
            Some(Merge::Deep) => {
                let added = upper.split_off(lower.len().min(upper.len()));
                for (below, above) in lower.iter_mut().zip(upper) {
                    over(below, above);
                }
                lower.extend(added);
            }
            Some(Merge::Key(name)) => self.by_key(&mut lower, upper, name, how),
            _ => return upper,
        }
        lower
    }

    /// Replaces elements by their positions.
    fn patch(&self, elements: &mut Vec<Element>, patch: Ref, how: How, faults: &mut Vec<Fault>) {
        let says = |node: &NodeRef<'_>| how.section.is_none_or(|section| says_something(*node, section));
        let position = |node: &NodeRef<'_>| node.key().parse::<usize>().unwrap_or(usize::MAX);
        let mut nodes: Vec<NodeRef<'_>> = self.node(patch).items().collect();
        nodes.sort_by_key(position);
        // Behind what is no list, nobody knows where its elements would end.
        let is_known = !faults.iter().any(|fault| matches!(fault, Fault::NotList(_)));
        for node in nodes.into_iter().filter(says) {
            let place = Ref { layer: patch.layer, node: node.id() };
            let (index, len) = (position(&node), elements.len());
            match elements.get_mut(index) {
                Some(element) => element.layers.insert(0, place),
                None if index == len || !is_known => elements.push(Element::node(place)),
                None => return faults.push(Fault::Beyond { place, index, len }),
            }
        }
    }

    /// Drops elements that are equal to an earlier one.
    fn keep_first(&self, elements: &mut Vec<Element>) {
        let mut seen = Seen::default();
        elements.retain(|element| seen.is_new(Tree::of(self, element)));
    }

    /// Combines elements that have the same value under a key. Those without one stand for themselves.
    fn by_key(&self, lower: &mut Vec<Element>, upper: Vec<Element>, name: &str, how: How) {
        let mut seen = Seen::default();
        // Where the element of each key is, and whether the upper list has given it.
        let mut known: Vec<(usize, bool)> = Vec::with_capacity(lower.len());
        for (index, element) in lower.iter().enumerate() {
            if let Ok((key, _)) = self.key_of(element, name, how)
                && seen.position(key) == known.len()
            {
                known.push((index, false));
            }
        }
        for element in upper {
            let place = self.key_of(&element, name, how).ok().map(|(key, _)| seen.position(key));
            match place.map(|place| (place, known.get_mut(place))) {
                Some((_, Some((index, given)))) if !*given => {
                    *given = true;
                    over(&mut lower[*index], element);
                }
                place => {
                    if matches!(place, Some((_, None))) {
                        known.push((lower.len(), true));
                    }
                    lower.push(element);
                }
            }
        }
    }

    /// Demands a key of every element, and no key twice. Of an element without one only the place is left.
    fn check_keys(&self, elements: &mut [Element], name: &str, how: How, faults: &mut Vec<Fault>) {
        let mut seen = Seen::default();
        let mut places = Vec::with_capacity(elements.len());
        for element in elements {
            let (key, place) = match self.key_of(element, name, how) {
                Ok(key) => key,
                Err(fault) => {
                    faults.push(fault);
                    *element = Element::default();
                    continue;
                }
            };
            match seen.position(key) {
                index if index < places.len() => faults.push(Fault::Twice(places[index], place)),
                _ => places.push(place),
            }
        }
    }

    /// The value under an element's key, and where it stands.
    fn key_of(&self, element: &Element, name: &str, how: How) -> Result<(Tree, Ref), Fault> {
        for &at in &element.layers {
            let inside = self.node(at).items().find(|inside| how.is_key(name, inside.key()));
            let Some(inside) = inside else { continue };
            let place = Ref { layer: at.layer, node: inside.id() };
            return match inside.kind() {
                _ if self.is_blank(place) => continue,
                NodeKind::Null | NodeKind::Table | NodeKind::Array => Err(Fault::BadKey(place)),
                _ => Ok((Tree::single(inside), place)),
            };
        }
        Err(element.place().map_or(Fault::NotList(Ref { layer: 0, node: 0 }), Fault::NoKey))
    }
}

/// Puts an element over one of a lower layer.
fn over(below: &mut Element, mut above: Element) {
    if above.layers.is_empty() {
        *below = above;
        return;
    }
    above.layers.append(&mut below.layers);
    below.layers = above.layers;
}

/// The elements of a list that is text as a whole.
fn texts_of(text: &str, delimiter: char) -> Vec<String> {
    let text = text.trim();
    match JsonText::read(text) {
        Some(JsonText::List(items)) => items.into_iter().map(JsonText::into_text).collect(),
        _ => text::elements(text, delimiter).into_iter().map(str::to_owned).collect(),
    }
}
