//! Tables of which some layers give their part as one text.

use std::borrow::Cow;
use std::collections::HashMap;

use confkit_sources::declared::Kind;
use confkit_sources::path::Segment;
use confkit_sources::{JsonText, NodeKind, settle_entries};

use super::super::error::{Error, What};
use super::super::{Ref, text};
use super::table::{Entry, Value};
use super::{De, Src};

/// What layers have of one key: the nodes, topmost first, above a text.
#[derive(Default)]
struct Given<'c> {
    nodes: Vec<Ref>,
    text: Option<Value<'c>>,
}

/// What layers have of each key, in the order of the lowest layer.
#[derive(Default)]
struct Keyed<'c> {
    index: HashMap<Cow<'c, str>, usize>,
    entries: Vec<(Cow<'c, str>, Given<'c>)>,
}

impl<'c> Keyed<'c> {
    fn of(&mut self, key: Cow<'c, str>) -> &mut Given<'c> {
        let index = *self.index.entry(key).or_insert_with_key(|key| {
            self.entries.push((key.clone(), Given::default()));
            self.entries.len() - 1
        });
        &mut self.entries[index].1
    }
}

impl<'c> De<'c> {
    /// Entries of layers, topmost first. What a text gives is over all that is below it.
    #[cold]
    pub(super) fn with_texts(self, layers: &[Ref]) -> Result<Vec<Entry<'c>>, Error> {
        let Some(shared) = self.shared else { return Ok(Vec::new()) };
        let (mut keyed, mut errors) = (Keyed::default(), Vec::new());
        for &at in layers.iter().rev() {
            if shared.node(at).kind() != NodeKind::Text {
                for node in self.nodes_in(at) {
                    keyed.of(Cow::Borrowed(shared.node(node).key())).nodes.insert(0, node);
                }
                continue;
            }
            match self.with(Src::Node(at)).entries_in_text(at, layers[0]) {
                Ok(entries) => entries.into_iter().for_each(|(key, text)| {
                    *keyed.of(key) = Given { nodes: Vec::new(), text: Some(text) };
                }),
                Err(error) => errors.extend(error.into_issues()),
            }
        }
        if !errors.is_empty() {
            return Err(Error::several(errors));
        }
        let entry = |(key, Given { nodes, text })| {
            let value = text.filter(|_| nodes.is_empty()).unwrap_or_else(|| self.together(nodes));
            Entry { key, value }
        };
        Ok(keyed.entries.into_iter().map(entry).collect())
    }

    /// The entries of a table that is text as a whole, under the topmost layer.
    fn entries_in_text(self, at: Ref, top: Ref) -> Result<Vec<(Cow<'c, str>, Value<'c>)>, Error> {
        let text = self.as_text().unwrap_or_default().trim();
        if let Some(JsonText::Table(mut entries)) =
            text.starts_with('{').then(|| JsonText::read(text)).flatten()
        {
            settled(&mut entries).map_err(|error| self.placed(error))?;
            let entry = |(key, value): (String, JsonText)| {
                (Cow::Owned(key), Value::Part(at, Cow::Owned(value.into_text())))
            };
            return Ok(entries.into_iter().map(entry).collect());
        }
        let Some(mut pairs) = text::pairs(text, self.delimiter) else {
            let mixed = || Error::new(What::Mixed(at)).placed(Some(top), || None).at_key();
            return Err(if at == top { self.mismatch(Kind::Map) } else { mixed() });
        };
        settled(&mut pairs).map_err(|error| self.placed(error))?;
        Ok(pairs
            .into_iter()
            .map(|(key, text)| (Cow::Borrowed(key), Value::Part(at, Cow::Borrowed(text))))
            .collect())
    }
}

/// Refuses keys that are there twice, with different values.
pub(super) fn settled<K: Clone + Ord + AsRef<str>, V: PartialEq>(
    entries: &mut Vec<(K, V)>,
) -> Result<(), Error> {
    let twice = settle_entries(entries);
    let path = |key: K| vec![Segment::key(key.as_ref().to_owned())];
    if twice.is_empty() { Ok(()) } else { Err(Error::twice(twice.into_iter().map(path).collect(), None)) }
}
