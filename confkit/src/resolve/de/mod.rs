//! The one deserializer: from nodes, several layers of them, text, or nothing.

mod float;
mod list;
mod table;
mod texts;

use std::fmt;

use confkit_sources::declared::Kind;
use confkit_sources::{Document, JsonText, NodeKind, path::Segment};
use serde::de::value::StrDeserializer;
use serde::de::{Deserializer, IntoDeserializer as _, Visitor};

use self::table::{Keys, Variant};
use super::error::{Error, Found, What};
use super::kind::{Inside, Probe, VariantOf};
use super::merge::Element;
use super::text::{self, BYTE_SIZE, RELATIVE_PATH, SECRET};
use super::unit_enum::{docs_of, other_names_of};
use super::{Ref, Shared};

/// Reads one value for serde. Functions given to `with` receive it.
#[derive(Debug, Clone, Copy)]
pub struct De<'c> {
    shared: Option<&'c Shared<'c>>,
    src: Src<'c>,
    delimiter: char,
}

#[derive(Debug, Clone, Copy)]
enum Src<'c> {
    /// Nothing: an `Option` is `None`, anything else is missing.
    Absent,
    Node(Ref),
    /// The same table in several layers, topmost first.
    Tables(&'c [Ref]),
    /// The entries of a table that no field took.
    Entries(&'c [Ref]),
    Text(&'c str),
    Texts(&'static [&'static str]),
    /// A list that layers make together.
    Elements(&'c [Element]),
    Probe(&'c Probe),
}

impl<'c> De<'c> {
    pub(super) fn absent() -> Self {
        Self { shared: None, src: Src::Absent, delimiter: ',' }
    }

    pub(super) fn probe(probe: &'c Probe) -> Self {
        Self { shared: None, src: Src::Probe(probe), delimiter: ',' }
    }

    #[inline]
    pub(super) fn node(shared: &'c Shared<'c>, at: Ref, delimiter: char) -> Self {
        Self { shared: Some(shared), src: Src::Node(at), delimiter }
    }

    pub(super) fn tables(shared: &'c Shared<'c>, tables: &'c [Ref], delimiter: char) -> Self {
        Self { shared: Some(shared), src: Src::Tables(tables), delimiter }
    }

    pub(super) fn entries(shared: &'c Shared<'c>, entries: &'c [Ref]) -> Self {
        Self { shared: Some(shared), src: Src::Entries(entries), delimiter: ',' }
    }

    pub(super) fn text(text: &'c str, delimiter: char) -> Self {
        Self { shared: None, src: Src::Text(text), delimiter }
    }

    pub(super) fn texts(texts: &'static [&'static str]) -> Self {
        Self { shared: None, src: Src::Texts(texts), delimiter: ',' }
    }

    pub(super) fn elements(shared: &'c Shared<'c>, elements: &'c [Element], delimiter: char) -> Self {
        Self { shared: Some(shared), src: Src::Elements(elements), delimiter }
    }

    fn with(self, src: Src<'c>) -> Self {
        Self { src, ..self }
    }

    /// The text of a value that is text.
    pub(super) fn as_text(&self) -> Option<&'c str> {
        match (self.src, self.shared) {
            (Src::Text(text), _) => Some(text),
            (Src::Node(at), Some(shared)) => {
                let node = shared.node(at);
                let is_text = matches!(node.kind(), NodeKind::String | NodeKind::Text);
                if is_text { Some(node.text()) } else { node.as_written() }
            }
            _ => None,
        }
    }

    /// A YAML scalar as written, where it depends on the version what it is.
    #[cold]
    fn as_written(&self) -> Option<&'c str> {
        match (self.src, self.shared) {
            (Src::Node(at), Some(shared)) => shared.node(at).as_written(),
            _ => None,
        }
    }

    /// Whether digits are octal to one version of YAML and decimal to the other.
    #[inline]
    fn is_twofold(&self, text: &str, radix: u32) -> bool {
        // Only a zero or a sign in front can make them so.
        text.as_bytes().first().is_some_and(|first| *first < b'1')
            && radix == 10
            && self.as_written().is_some()
    }

    fn at(&self) -> Option<Ref> {
        match self.src {
            Src::Node(at) => Some(at),
            Src::Tables(tables) | Src::Entries(tables) => tables.first().copied(),
            _ => None,
        }
    }

    fn found(&self) -> Option<Found> {
        match (self.src, self.shared) {
            (Src::Text(text), _) => Some(Found::text(text)),
            _ => Some(Found::of(self.shared?.node(self.at()?))),
        }
    }

    #[cold]
    pub(super) fn placed(self, error: Error) -> Error {
        error.placed(self.at(), || self.found())
    }

    #[cold]
    pub(super) fn mismatch(self, kind: Kind) -> Error {
        self.placed(Error::new(What::Kind(kind)))
    }

    /// The kind, text and radix of a single value; containers have no text.
    #[inline]
    fn scalar(&self, asked: impl FnOnce() -> Kind) -> Result<(NodeKind, &'c str, u32), Error> {
        match (self.src, self.shared) {
            (Src::Node(at), Some(shared)) => {
                let node = shared.node(at);
                Ok((node.kind(), node.text(), node.radix()))
            }
            (Src::Text(text), _) => Ok((NodeKind::Text, text, 10)),
            (Src::Texts(_) | Src::Elements(_), _) => Ok((NodeKind::Array, "", 10)),
            (Src::Tables(_) | Src::Entries(_), _) => Ok((NodeKind::Table, "", 10)),
            (Src::Probe(probe), _) => {
                probe.kind(asked());
                Err(Error::new(What::Probed))
            }
            (Src::Absent | Src::Node(_), _) => Err(Error::new(What::Absent)),
        }
    }

    /// The kind of a path: text, of which it is noted that it is one.
    #[cold]
    fn path_kind(self) -> Kind {
        if let Src::Probe(probe) = self.src {
            probe.path();
        }
        Kind::Text
    }

    /// Reads a value out of JSON text: as nodes, so that it is read as any other.
    fn json<T>(self, mut json: JsonText, read: impl FnOnce(De<'_>) -> Result<T, Error>) -> Result<T, Error> {
        let twice = json.settle();
        let key = [Segment::key("value")];
        let document = Document::from_json("", &key, &json).ok().flatten();
        let Some(document) = document else {
            return read(De::absent());
        };
        let Some(node) = document.root().items().next() else {
            return read(De::absent());
        };
        let unknown = confkit_sources::declared::Unknown::Allow;
        let layer = super::Layer { document: &document, unknown, position: 0 };
        let shared = Shared::new(vec![layer]);
        let de = De::node(&shared, Ref { layer: 0, node: node.id() }, self.delimiter);
        let result = read(de).map_err(|error| self.placed(error.unplaced()));
        if let Some(outer) = self.shared {
            let nodes = shared.secrets.borrow();
            let texts = nodes.iter().map(|&at| shared.node(at).text().to_owned());
            outer.announce_texts(texts.chain(shared.texts.take()));
        }
        if twice.is_empty() { result } else { Err(self.placed(Error::twice(twice, result.err()))) }
    }

    /// Looks into a list or table that is only asked about.
    #[cold]
    fn look_inside<'de, V: Visitor<'de>>(probe: &Probe, kind: Kind, visitor: V) -> Error {
        let keys: &'static [&'static str] = match kind {
            Kind::Structure(fields) => fields,
            _ => &[],
        };
        let is_list = kind == Kind::List;
        probe.kind(kind);
        let inside = Inside::of(probe, keys);
        let _ = if is_list { visitor.visit_seq(inside) } else { visitor.visit_map(inside) };
        Error::new(What::Probed)
    }
}

/// What visitors say they expect.
struct Expecting<'v, V>(&'v V);

impl<'de, V: Visitor<'de>> fmt::Display for Expecting<'_, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }
}

macro_rules! integers {
    ($($method:ident $visit:ident $type:ty;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            let asked = || Kind::Integer {
                min: i128::try_from(<$type>::MIN).unwrap_or_default(),
                max: u128::try_from(<$type>::MAX).unwrap_or_default(),
            };
            let (kind, text, radix) = self.scalar(asked)?;
            let number = match kind {
                NodeKind::Integer if self.is_twofold(text, radix) => None,
                NodeKind::Integer => <$type>::from_str_radix(text, radix).ok(),
                NodeKind::Text if text.trim().is_empty() => return Err(Error::new(What::Empty)),
                NodeKind::Text => text::number(text).parse().ok(),
                _ => None,
            };
            match number {
                Some(number) => visitor.$visit(number).map_err(|error: Error| self.placed(error)),
                None => Err(self.mismatch(asked())),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for De<'_> {
    type Error = Error;

    integers! {
        deserialize_i8 visit_i8 i8;
        deserialize_i16 visit_i16 i16;
        deserialize_i32 visit_i32 i32;
        deserialize_i64 visit_i64 i64;
        deserialize_i128 visit_i128 i128;
        deserialize_u8 visit_u8 u8;
        deserialize_u16 visit_u16 u16;
        deserialize_u32 visit_u32 u32;
        deserialize_u64 visit_u64 u64;
        deserialize_u128 visit_u128 u128;
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let (kind, text, radix) = self.scalar(|| Kind::Any)?;
        let value = match kind {
            NodeKind::Null => visitor.visit_unit(),
            NodeKind::Bool => visitor.visit_bool(text == "true"),
            NodeKind::Integer => {
                // The narrow widths first: `u64::MAX` has to arrive as u64, not as i128.
                if let Ok(number) = i64::from_str_radix(text, radix) {
                    visitor.visit_i64(number)
                } else if let Ok(number) = u64::from_str_radix(text, radix) {
                    visitor.visit_u64(number)
                } else if let Ok(number) = i128::from_str_radix(text, radix) {
                    visitor.visit_i128(number)
                } else if let Ok(number) = u128::from_str_radix(text, radix) {
                    visitor.visit_u128(number)
                } else {
                    return Err(self.mismatch(Kind::Integer { min: i128::MIN, max: u128::MAX }));
                }
            }
            NodeKind::Float => match text.parse() {
                Ok(number) => visitor.visit_f64(number),
                Err(_) => return Err(self.mismatch(Kind::Float)),
            },
            NodeKind::Array => return self.list(visitor, true, None),
            NodeKind::Table => return self.table(visitor, Keys::Any),
            NodeKind::Text => match JsonText::read(text) {
                Some(json) => return self.json(json, |de| de.deserialize_any(visitor)),
                None => visitor.visit_str(text),
            },
            _ => visitor.visit_str(text),
        };
        value.map_err(|error: Error| self.placed(error))
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let (kind, text, _) = self.scalar(|| Kind::Bool)?;
        let flag = match kind {
            NodeKind::Bool => Some(text == "true"),
            NodeKind::Text if text.trim().is_empty() => return Err(Error::new(What::Empty)),
            NodeKind::Text => text::boolean(text.trim()),
            NodeKind::String => self.as_written().and_then(text::boolean),
            _ => None,
        };
        match flag {
            Some(flag) => visitor.visit_bool(flag).map_err(|error: Error| self.placed(error)),
            None => Err(self.mismatch(Kind::Bool)),
        }
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the question is what the narrow type makes of it"
        )]
        self.float(visitor, |number| (number as f32).is_finite())
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.float(visitor, f64::is_finite)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let (kind, text, _) = self.scalar(|| Kind::Parsed("a single character".to_owned()))?;
        match kind {
            NodeKind::Text if text.is_empty() => Err(Error::new(What::Empty)),
            NodeKind::String | NodeKind::Text => {
                visitor.visit_str(text).map_err(|error: Error| self.placed(error))
            }
            _ => Err(self.mismatch(Kind::Parsed("a single character".to_owned()))),
        }
    }

    /// Types that parse text: what they do not understand when empty is not set.
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let (kind, text, _) = self.scalar(|| Kind::Parsed(Expecting(&visitor).to_string()))?;
        let text = match kind {
            NodeKind::Text if text.trim().is_empty() => return Err(Error::new(What::Empty)),
            NodeKind::Text => text.trim(),
            NodeKind::String | NodeKind::Datetime => text,
            _ => match self.as_written() {
                Some(text) => text,
                None => return Err(self.mismatch(Kind::Parsed(Expecting(&visitor).to_string()))),
            },
        };
        visitor.visit_str(text).map_err(|error: Error| self.placed(error))
    }

    /// Types that keep text as it is.
    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        // What the standard library's paths and those of other crates say.
        let is_path = || Expecting(&visitor).to_string().ends_with("path string");
        let asked = || if is_path() { self.path_kind() } else { Kind::Text };
        let (kind, text, _) = self.scalar(asked)?;
        match kind {
            NodeKind::String | NodeKind::Text | NodeKind::Datetime => {
                visitor.visit_str(text).map_err(|error: Error| self.placed(error))
            }
            _ => match self.as_written() {
                Some(text) => visitor.visit_str(text).map_err(|error: Error| self.placed(error)),
                None => Err(self.mismatch(Kind::Text)),
            },
        }
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_byte_buf(visitor)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let (kind, text, _) = self.scalar(|| Kind::Text)?;
        match kind {
            NodeKind::String | NodeKind::Text => {
                visitor.visit_bytes(text.as_bytes()).map_err(|error: Error| self.placed(error))
            }
            NodeKind::Array => self.list(visitor, true, None),
            _ => Err(self.mismatch(Kind::Text)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.src {
            Src::Absent => visitor.visit_none(),
            Src::Probe(probe) => {
                probe.optional();
                visitor.visit_some(self)
            }
            Src::Node(at) if self.shared.is_some_and(|shared| shared.node(at).kind() == NodeKind::Null) => {
                visitor.visit_none()
            }
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.scalar(|| Kind::Other)?.0 {
            NodeKind::Null => visitor.visit_unit(),
            _ => Err(self.mismatch(Kind::Other)),
        }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        match name {
            SECRET => {
                if let Src::Probe(probe) = self.src {
                    probe.secret();
                }
                match (self.shared, self.at(), self.src) {
                    (Some(shared), Some(at), _) => shared.announce(at),
                    (Some(shared), None, Src::Text(text)) => shared.announce_texts([text.to_owned()]),
                    _ => {}
                }
                if self.as_text() == Some(crate::secret::MASK) {
                    return Err(self.placed(Error::mask()));
                }
                visitor.visit_newtype_struct(self).map_err(Error::secret)
            }
            BYTE_SIZE => {
                let (kind, text, radix) = self.scalar(|| Kind::Bytes)?;
                let bytes = match kind {
                    NodeKind::Integer => u64::from_str_radix(text, radix).ok(),
                    NodeKind::Text if text.trim().is_empty() => return Err(Error::new(What::Empty)),
                    NodeKind::String | NodeKind::Text => text::bytes(text),
                    _ => None,
                };
                match bytes {
                    Some(bytes) => visitor.visit_u64(bytes),
                    None => Err(self.mismatch(Kind::Bytes)),
                }
            }
            RELATIVE_PATH => {
                let (kind, text, _) = self.scalar(|| self.path_kind())?;
                let folder = match (self.src, self.shared) {
                    (Src::Node(at), Some(shared)) => shared.node(at).document().folder(),
                    _ => None,
                };
                let path = match (kind, folder) {
                    (NodeKind::String, Some(folder)) => folder.join(text),
                    _ => return visitor.visit_newtype_struct(self),
                };
                // Text in a document is UTF-8, and a path of another kind cannot be joined to it as text.
                let Some(path) = path.to_str() else { return Err(self.mismatch(Kind::Text)) };
                let path: StrDeserializer<'_, Error> = path.into_deserializer();
                visitor.visit_newtype_struct(path).map_err(|error| self.placed(error))
            }
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.list(visitor, true, None)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, Error> {
        // Arrays have elements of one type, so that all of them can be judged; tuples do not.
        let each = Expecting(&visitor).to_string().starts_with("an array");
        if let (Src::Probe(probe), false) = (self.src, each) {
            // Only the first of several types can be looked at.
            probe.unsure();
        }
        self.list(visitor, each, Some(len))
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        len: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        if let Src::Probe(probe) = self.src {
            probe.unsure();
        }
        self.list(visitor, false, Some(len))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.table(visitor, Keys::Any)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        if name == "Duration" && fields == ["secs", "nanos"] {
            return self.duration(visitor);
        }
        self.table(visitor, Keys::Fields(fields))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        if let Src::Probe(probe) = self.src {
            probe.kind(Kind::Choice(variants));
            probe.docs_of_names(docs_of(&visitor));
            probe.other_names(other_names_of(&visitor));
            if let Some(&name) = variants.get(probe.part()) {
                let _ = visitor.visit_enum(VariantOf { probe, name });
            }
            return Err(Error::new(What::Probed));
        }
        let (kind, text, _) = self.scalar(|| Kind::Choice(variants))?;
        match kind {
            NodeKind::Text if text.trim().is_empty() => Err(Error::new(What::Empty)),
            NodeKind::String | NodeKind::Text => {
                let variant: StrDeserializer<'_, Error> = text.trim().into_deserializer();
                visitor.visit_enum(variant).map_err(|error| self.placed(error))
            }
            NodeKind::Table => {
                let tables = match &self.src {
                    Src::Tables(tables) | Src::Entries(tables) => tables,
                    Src::Node(at) => std::slice::from_ref(at),
                    _ => return Err(self.mismatch(Kind::Choice(variants))),
                };
                match self.variant(tables) {
                    Some(variant) => {
                        let access = Variant { de: self, variant };
                        visitor.visit_enum(access).map_err(|error| self.placed(error))
                    }
                    None => Err(self.mismatch(Kind::Choice(variants))),
                }
            }
            _ => Err(self.mismatch(Kind::Choice(variants))),
        }
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_string(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }
}

impl De<'_> {
    fn duration<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let (kind, text, _) = self.scalar(|| Kind::Duration)?;
        let duration = match kind {
            NodeKind::Text if text.trim().is_empty() => return Err(Error::new(What::Empty)),
            NodeKind::String | NodeKind::Text => text::duration(text),
            NodeKind::Table => return self.table(visitor, Keys::Fields(&["secs", "nanos"])),
            _ => None,
        };
        let Some(duration) = duration else { return Err(self.mismatch(Kind::Duration)) };
        let parts = [duration.as_secs(), u64::from(duration.subsec_nanos())];
        visitor.visit_seq(serde::de::value::SeqDeserializer::new(parts.into_iter()))
    }
}
