//! A plain tree: what a text means, apart from how it is written.

use crate::document::{NodeKind, NodeRef};
use crate::path::Segment;

/// A value with everything inside.
#[derive(Debug, Clone)]
pub(crate) enum Tree {
    Scalar(Scalar),
    List(Vec<Tree>),
    Table(Vec<(String, Tree)>),
}

/// A single value: its kind, and its text without quotation marks and escapes.
#[derive(Debug, Clone)]
pub(crate) struct Scalar {
    pub(crate) kind: NodeKind,
    pub(crate) text: String,
    pub(crate) radix: u32,
}

impl Tree {
    pub(super) fn of(node: NodeRef<'_>) -> Self {
        match node.kind() {
            NodeKind::Table => {
                Self::Table(node.entries().map(|(key, inner)| (key.to_owned(), Self::of(inner))).collect())
            }
            NodeKind::Array => Self::List(node.items().map(Self::of).collect()),
            kind => Self::Scalar(Scalar { kind, text: node.text().to_owned(), radix: node.radix() }),
        }
    }

    pub(super) fn null() -> Self {
        Self::Scalar(Scalar { kind: NodeKind::Null, text: String::new(), radix: 10 })
    }

    /// Text without a type of its own.
    #[cfg(any(feature = "dotenv", feature = "ini", feature = "properties"))]
    pub(super) fn text(text: String) -> Self {
        Self::Scalar(Scalar { kind: NodeKind::Text, text, radix: 10 })
    }

    /// A table of one entry.
    pub(super) fn table_of(key: &str, value: Self) -> Self {
        Self::Table(vec![(key.to_owned(), value)])
    }

    pub(super) fn is_null(&self) -> bool {
        matches!(self, Self::Scalar(Scalar { kind: NodeKind::Null, .. }))
    }

    /// Whether nothing is inside a list or table.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Scalar(_) => false,
            Self::List(items) => items.is_empty(),
            Self::Table(entries) => entries.is_empty(),
        }
    }

    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        let Self::Table(entries) = self else { return None };
        entries.iter().find(|(own, _)| own == key).map(|(_, inner)| inner)
    }

    pub(super) fn at(&self, path: &[Segment<'_>]) -> Option<&Self> {
        path.iter().try_fold(self, |tree, segment| match (segment, tree) {
            (Segment::Key(key), tree) => tree.get(key),
            (Segment::Index(index), Self::List(items)) => items.get(*index),
            _ => None,
        })
    }

    pub(super) fn at_mut(&mut self, path: &[Segment<'_>]) -> Option<&mut Self> {
        path.iter().try_fold(self, |tree, segment| match (segment, tree) {
            (Segment::Key(wanted), Self::Table(entries)) => {
                entries.iter_mut().find(|(key, _)| key == wanted).map(|(_, inner)| inner)
            }
            (Segment::Index(index), Self::List(items)) => items.get_mut(*index),
            _ => None,
        })
    }

    /// Takes out what a path leads to.
    pub(super) fn remove(&mut self, path: &[Segment<'_>]) -> Option<Self> {
        let (last, parents) = path.split_last()?;
        match (last, self.at_mut(parents)?) {
            (Segment::Key(wanted), Self::Table(entries)) => {
                let at = entries.iter().position(|(key, _)| key == wanted)?;
                Some(entries.remove(at).1)
            }
            (Segment::Index(index), Self::List(items)) if *index < items.len() => Some(items.remove(*index)),
            _ => None,
        }
    }

    /// What a person calls it.
    pub(super) fn noun(&self) -> &'static str {
        match self {
            Self::Scalar(Scalar { kind: NodeKind::Null, .. }) => "null",
            Self::Scalar(_) => "a single value",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
        }
    }

    /// Whether both mean the same, with keys in the same order.
    pub(super) fn means(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Scalar(a), Self::Scalar(b)) => a.means(b),
            (Self::List(a), Self::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.means(b)),
            (Self::Table(a), Self::Table(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|((key, a), (other, b))| key == other && a.means(b))
            }
            _ => false,
        }
    }

    /// As [`Self::means`], whatever the order of keys.
    pub(super) fn means_in_any_order(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::List(a), Self::List(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.means_in_any_order(b))
            }
            (Self::Table(a), Self::Table(b)) => {
                let is_in = |(key, inner): &(String, Self)| {
                    other.get(key).is_some_and(|other| inner.means_in_any_order(other))
                };
                a.len() == b.len() && a.iter().all(is_in)
            }
            _ => self.means(other),
        }
    }
}

impl Scalar {
    fn means(&self, other: &Self) -> bool {
        self.kind == other.kind
            && match self.kind {
                NodeKind::Integer => self.integer() == other.integer(),
                NodeKind::Float => self.float() == other.float(),
                NodeKind::Null => true,
                _ => self.text == other.text,
            }
    }

    /// Sign and digits without zeros in front; of numbers too wide for the machine as they are written.
    fn integer(&self) -> (bool, Result<u128, (u32, &str)>) {
        let (negative, digits) = match self.text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, self.text.strip_prefix('+').unwrap_or(&self.text)),
        };
        match u128::from_str_radix(digits, self.radix) {
            Ok(number) => (negative && number != 0, Ok(number)),
            Err(_) => (negative, Err((self.radix, digits))),
        }
    }

    /// The bits of a number, all that are not one being the same; or its text.
    pub(super) fn float(&self) -> Result<u64, &str> {
        let text = self.text.trim_start_matches('+');
        let named = text.replacen(".i", "i", 1).replacen(".n", "n", 1).replacen(".I", "I", 1);
        let named = named.replacen(".N", "N", 1);
        match named.parse::<f64>() {
            Ok(number) if number.is_nan() => Ok(f64::NAN.to_bits()),
            Ok(number) => Ok(number.to_bits()),
            Err(_) => Err(&self.text),
        }
    }
}
