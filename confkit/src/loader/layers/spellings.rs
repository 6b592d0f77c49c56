//! How other layers spell the keys of maps that variables and mounted files name.

use std::cell::RefCell;

use confkit_sources::NodeRef;
use confkit_sources::env::Names;
use confkit_sources::path::Segment;

use super::{Content, Layers, ReadLayer};
use crate::resolve::{follow, plain};

/// Answers for one layer of names.
pub(super) struct Spellings<'l> {
    layers: &'l Layers,
    names: Names<'l>,
    /// The map that was asked about last, at each depth. Names come sorted: the next one is most often
    /// in the same maps.
    last: RefCell<Vec<Option<Map<'l>>>>,
}

/// A map asked for this many keys has them sorted then: going through them was cheaper before.
const SCANS: u32 = 16;

/// The keys of a map in all layers, the topmost layer's first.
struct Map<'l> {
    path: Vec<Segment<'static>>,
    /// Each with its [`end`].
    keys: Vec<([u8; 2], &'l str)>,
    scans: u32,
    /// The same keys by what [`likeness`] makes of them, those that are alike in their order; made once
    /// it is worth it.
    sorted: Vec<(u64, &'l str)>,
}

impl<'l> Spellings<'l> {
    pub(super) fn new(layers: &'l Layers, names: Names<'l>) -> Self {
        Self { layers, names, last: RefCell::default() }
    }

    /// How other layers spell a key of the map at a path: one way if one is exactly it.
    pub(super) fn of(&self, path: &[Segment<'_>], key: &str) -> Vec<String> {
        let mut last = self.last.borrow_mut();
        if last.len() <= path.len() {
            last.resize_with(path.len() + 1, || None);
        }
        let last = &mut last[path.len()];
        let map = match last {
            Some(map) if map.path == path => map,
            _ => last.insert(self.map(path)),
        };
        map.spellings(key)
    }

    fn map(&self, path: &[Segment<'_>]) -> Map<'l> {
        let layers = self.layers.layers.iter().rev().filter_map(|layer| self.in_layer(layer, path));
        let mut keys = Vec::new();
        layers.for_each(|map| keys.extend(map.items().map(|node| (end(node.key()), node.key()))));
        let path = path.iter().cloned().map(Segment::into_owned).collect();
        Map { path, keys, scans: 0, sorted: Vec::new() }
    }

    fn in_layer(&self, layer: &'l ReadLayer, path: &[Segment<'_>]) -> Option<NodeRef<'l>> {
        let Content::Document(document) = &layer.content else { return None };
        let (section, inside) = path.split_at_checked(self.names.section.len())?;
        let section = section.iter().try_fold(document.root(), plain)?;
        follow(self.names.metadata, section, inside)
    }
}

impl Map<'_> {
    fn spellings(&mut self, key: &str) -> Vec<String> {
        if self.scans < SCANS {
            self.scans += 1;
            let wanted = end(key);
            let same = |&&(end, other): &&([u8; 2], &str)| end == wanted && are_same(other, key);
            return different(self.keys.iter().filter(same).map(|&(_, other)| other), key);
        }
        if self.sorted.is_empty() {
            self.sorted = self.keys.iter().map(|&(_, key)| (likeness(key), key)).collect();
            self.sorted.sort_by_key(|&(likeness, _)| likeness);
        }
        let wanted = likeness(key);
        let first = self.sorted.partition_point(|&(likeness, _)| likeness < wanted);
        let alike = self.sorted[first..].iter().take_while(|&&(likeness, _)| likeness == wanted);
        different(alike.map(|&(_, other)| other).filter(|other| are_same(other, key)), key)
    }
}

/// Each of several spellings once, or only the one that is meant exactly.
fn different<'k>(spellings: impl Iterator<Item = &'k str>, meant: &str) -> Vec<String> {
    let mut different: Vec<String> = Vec::new();
    for spelling in spellings {
        if spelling == meant {
            return vec![spelling.to_owned()];
        }
        if different.iter().all(|known| known != spelling) {
            different.push(spelling.to_owned());
        }
    }
    different
}

/// A number that keys share which are the same but for case and the way words are joined; others rarely.
fn likeness(key: &str) -> u64 {
    const PRIME: u64 = 0x0100_0000_01b3;
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(PRIME);
    if key.is_ascii() { key.bytes().map(joined).fold(0, mix) } else { folded(key).bytes().fold(0, mix) }
}

/// Whether keys are the same but for case and the way words are joined. Many keys of a map begin alike,
/// so they are compared from behind: characters of ASCII that differ there decide at once.
fn are_same(one: &str, other: &str) -> bool {
    let mut pairs = one.bytes().rev().zip(other.bytes().rev());
    match pairs.find(|&(one, other)| joined(one) != joined(other)) {
        None => one.len() == other.len(),
        Some((one, other)) if one.is_ascii() && other.is_ascii() => false,
        Some(_) => folded(one) == folded(other),
    }
}

/// What keys end in that are the same: two characters; most others end otherwise. All characters beyond ASCII
/// count as one with `k`, since the sign of the kelvin is one of them, and nothing is said of what is before that.
#[inline]
fn end(key: &str) -> [u8; 2] {
    let folded = |byte: Option<&u8>| match byte.copied().map_or(0, joined) {
        0x80.. => b'k',
        byte => byte,
    };
    let mut bytes = key.as_bytes().iter().rev();
    match folded(bytes.next()) {
        b'k' => [0, b'k'],
        last => [folded(bytes.next()), last],
    }
}

fn joined(byte: u8) -> u8 {
    if byte == b'-' { b'_' } else { byte.to_ascii_lowercase() }
}

fn folded(key: &str) -> String {
    let joined = |c: char| if c == '-' { '_' } else { c };
    key.chars().map(joined).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_are_the_same_are_not_told_apart_by_their_ends() {
        let kelvin = '\u{212a}'.to_string();
        let [behind, before] = [format!("a{kelvin}"), format!("{kelvin}a")];
        let same = [
            ("A-b", "a_B"),
            ("k", "K"),
            ("x", "X"),
            ("É-a", "é_A"),
            ("aÉ", "Aé"),
            ("İ", "i\u{307}"),
            ("xİy", "Xi\u{307}Y"),
            (&kelvin, "k"),
            (&behind, "AK"),
            (&before, "Ka"),
        ];
        for (one, other) in same {
            assert!(are_same(one, other), "{one} {other}");
            assert_eq!((end(one), likeness(one)), (end(other), likeness(other)), "{one} {other}");
        }
        assert!(end("svc03") != end("svc13") && !are_same("svc03", "svc13"));
    }
}
