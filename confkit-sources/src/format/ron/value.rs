//! What the crate tells of one value, and how values are written.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use ron::de::Deserializer;
use serde::Deserializer as _;
use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::document::{NodeKind, Slice};

/// One value; what it holds is told by where it stands.
pub(super) enum Content<'t> {
    /// `()`
    Nothing,
    Single(NodeKind, Cow<'t, str>),
    Bytes(Vec<u8>),
    List(Vec<&'t str>),
    Entries(Vec<(&'t str, &'t str)>),
    Range,
}

/// A key in its text, quotation marks included.
pub(super) struct Key {
    pub(super) content: Slice,
    pub(super) span: Range<usize>,
}

/// Looks at one value that begins in a certain way.
#[derive(Clone, Copy)]
pub(super) struct Inside {
    begins: Option<char>,
}

impl Inside {
    pub(super) fn new(part: &str) -> Self {
        Self { begins: part.chars().next() }
    }

    pub(super) fn read<'t>(self, value: &mut Deserializer<'t>) -> ron::error::Result<Content<'t>> {
        value.deserialize_any(self)
    }
}

fn whole<'t>(number: impl fmt::Display) -> Content<'t> {
    Content::Single(NodeKind::Integer, number.to_string().into())
}

impl<'t> Visitor<'t> for Inside {
    type Value = Content<'t>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Content<'t>, E> {
        // `..` is a value without content too.
        Ok(if self.begins == Some('(') { Content::Nothing } else { Content::Range })
    }

    fn visit_i8<E: Error>(self, number: i8) -> Result<Content<'t>, E> {
        Ok(whole(number))
    }

    fn visit_i16<E: Error>(self, number: i16) -> Result<Content<'t>, E> {
        Ok(whole(number))
    }

    fn visit_i32<E: Error>(self, number: i32) -> Result<Content<'t>, E> {
        Ok(whole(number))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Content<'t>, E> {
        Ok(whole(number))
    }

    fn visit_i128<E: Error>(self, number: i128) -> Result<Content<'t>, E> {
        Ok(whole(number))
    }

    fn visit_u8<E: Error>(self, number: u8) -> Result<Content<'t>, E> {
        Ok(whole(number))
    }

    fn visit_u16<E: Error>(self, number: u16) -> Result<Content<'t>, E> {
        Ok(whole(number))
    }

    fn visit_u32<E: Error>(self, number: u32) -> Result<Content<'t>, E> {
        Ok(whole(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Content<'t>, E> {
        Ok(whole(number))
    }

    fn visit_u128<E: Error>(self, number: u128) -> Result<Content<'t>, E> {
        Ok(whole(number))
    }

    fn visit_f32<E: Error>(self, number: f32) -> Result<Content<'t>, E> {
        Ok(Content::Single(NodeKind::Float, format!("{number:?}").into()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Content<'t>, E> {
        Ok(Content::Single(NodeKind::Float, format!("{number:?}").into()))
    }

    fn visit_char<E: Error>(self, c: char) -> Result<Content<'t>, E> {
        Ok(Content::Single(NodeKind::String, c.to_string().into()))
    }

    fn visit_borrowed_str<E: Error>(self, text: &'t str) -> Result<Content<'t>, E> {
        Ok(Content::Single(NodeKind::String, text.into()))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Content<'t>, E> {
        Ok(Content::Single(NodeKind::String, text.to_owned().into()))
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Content<'t>, E> {
        Ok(Content::Bytes(bytes.to_vec()))
    }

    fn visit_seq<A: SeqAccess<'t>>(self, mut list: A) -> Result<Content<'t>, A::Error> {
        let mut elements = Vec::new();
        while let Some(Raw(element)) = list.next_element::<Raw<'t>>()? {
            elements.push(element);
        }
        Ok(Content::List(elements))
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<Content<'t>, A::Error> {
        let mut entries = Vec::new();
        match self.begins {
            Some('{') => {
                while let Some((Raw(key), Raw(value))) = map.next_entry::<Raw<'t>, Raw<'t>>()? {
                    entries.push((key, value));
                }
            }
            Some('(') => {
                while let Some(Name(key)) = map.next_key::<Name<'t>>()? {
                    let Raw(value) = map.next_value::<Raw<'t>>()?;
                    entries.push((key, value));
                }
            }
            _ => {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                return Ok(Content::Range);
            }
        }
        Ok(Content::Entries(entries))
    }
}

/// A value as the part of the text that it stands in. The crate's own type for it reads each part
/// once more, under other limits and without the document's extensions.
pub(super) struct Raw<'t>(pub(super) &'t str);

struct RawVisitor;

impl<'t> Visitor<'t> for RawVisitor {
    type Value = Raw<'t>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_borrowed_str<E: Error>(self, part: &'t str) -> Result<Raw<'t>, E> {
        Ok(Raw(part))
    }
}

impl<'t> serde::Deserialize<'t> for Raw<'t> {
    fn deserialize<D: serde::Deserializer<'t>>(deserializer: D) -> Result<Self, D::Error> {
        // By this name the crate knows its own type.
        deserializer.deserialize_newtype_struct("$ron::private::RawValue", RawVisitor)
    }
}

/// The name of a field or variant, as it stands in the text.
struct Name<'t>(&'t str);

struct NameVisitor;

impl<'t> Visitor<'t> for NameVisitor {
    type Value = Name<'t>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_borrowed_str<E: Error>(self, name: &'t str) -> Result<Name<'t>, E> {
        Ok(Name(name))
    }
}

impl<'t> serde::Deserialize<'t> for Name<'t> {
    fn deserialize<D: serde::Deserializer<'t>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_identifier(NameVisitor)
    }
}

/// The name with which a value begins.
pub(super) fn identifier<'t>(value: &mut Deserializer<'t>) -> Option<&'t str> {
    std::marker::PhantomData::<Name<'t>>.deserialize(value).ok().map(|Name(name)| name)
}

/// A part of a text without blanks and comments in front.
pub(super) fn trim_start(mut part: &str) -> &str {
    loop {
        part = part.trim_start();
        part = if let Some(line) = part.strip_prefix("//") {
            &line[line.find('\n').unwrap_or(line.len())..]
        } else if part.starts_with("/*") {
            &part[comment_len(part)..]
        } else {
            return part;
        };
    }
}

/// The length of a comment, which may hold others.
fn comment_len(part: &str) -> usize {
    let (bytes, mut level, mut at) = (part.as_bytes(), 0_usize, 0);
    while at < bytes.len() {
        match (bytes[at], bytes.get(at + 1)) {
            (b'/', Some(b'*')) => (level, at) = (level + 1, at + 2),
            (b'*', Some(b'/')) => (level, at) = (level - 1, at + 2),
            _ => at += 1,
        }
        if level == 0 {
            break;
        }
    }
    at
}

/// A number as it stands in the text, where others read that the same way: without underscores,
/// suffixes and another base.
pub(super) fn as_written(written: &str) -> Option<&str> {
    let number = written.strip_prefix('+').unwrap_or(written);
    let is_plain = number.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'));
    (is_plain && number.parse::<f64>().is_ok()).then_some(number)
}

/// Whether a number has digits alone, so that the field decides whether it fits.
pub(super) fn is_whole(number: &str) -> bool {
    let digits = number.strip_prefix('-').unwrap_or(number);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}
