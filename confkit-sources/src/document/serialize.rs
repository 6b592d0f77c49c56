//! From values that serde can write to documents.

use std::fmt;

use serde::Serialize;
use serde::ser::{self, Error as _};

use super::build::{Builder, Text, WITHHELD};
use super::{Document, MAX_DEPTH, NodeKind};
use crate::exposure::HIDDEN;
use crate::origin::{Origin, OriginKind};
use crate::path::{self, Segment};

/// A value that no document can hold, or that refused to be written.
///
/// # Example
///
/// ```
/// use confkit_sources::{Document, OriginKind};
///
/// let error = Document::serialized(OriginKind::Code, "set", &[], &80).unwrap_err();
/// assert_eq!(error.to_string(), "only a table can stand at the root");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SerializeError {
    message: String,
    /// From the value to the root.
    steps: Vec<Segment<'static>>,
}

impl SerializeError {
    fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), steps: Vec::new() }
    }

    /// Returns which part of the value is meant, as a key path; empty for the value itself.
    ///
    /// # Example
    ///
    /// ```
    /// use std::collections::BTreeMap;
    ///
    /// use confkit_sources::{Document, OriginKind};
    ///
    /// let value = BTreeMap::from([("a", vec![BTreeMap::from([((), 1)])])]);
    /// let error = Document::serialized(OriginKind::Code, "set", &[], &value).unwrap_err();
    /// assert_eq!(error.path(), "a[0]");
    /// ```
    pub fn path(&self) -> String {
        let mut path = String::new();
        self.steps.iter().rev().for_each(|step| path::push(&mut path, step));
        path
    }

    fn inside(mut self, step: Segment<'static>) -> Self {
        self.steps.push(step);
        self
    }
}

impl fmt::Display for SerializeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for SerializeError {}

impl ser::Error for SerializeError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(message.to_string())
    }
}

impl Document {
    /// Makes a document that holds one serialised value at a path.
    ///
    /// Absent fields (`None`) inside structures are left out. A value that is `None` itself makes
    /// no document.
    ///
    /// # Errors
    ///
    /// The value's own refusal, map keys that are not text, numbers or booleans, and paths that
    /// begin with an index.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::{Document, OriginKind, path};
    ///
    /// let path = path::parse("database.ports").unwrap();
    /// let document = Document::serialized(OriginKind::Code, "set", &path, &[1, 2]).unwrap().unwrap();
    /// let ports = document.root().get("database").unwrap().get("ports").unwrap();
    /// assert_eq!(ports.items().map(|port| port.text()).collect::<Vec<_>>(), ["1", "2"]);
    ///
    /// assert!(Document::serialized(OriginKind::Code, "set", &path, &None::<u8>).unwrap().is_none());
    /// ```
    pub fn serialized<T: Serialize + ?Sized>(
        kind: OriginKind,
        name: &str,
        path: &[Segment<'_>],
        value: &T,
    ) -> Result<Option<Self>, SerializeError> {
        Self::serialized_as(kind, name, path, value, false)
    }

    /// Makes a document of JSON's own values, in which `null` is kept: there it was written.
    ///
    /// # Errors
    ///
    /// None that JSON values could cause.
    pub fn from_json<T: Serialize + ?Sized>(
        name: &str,
        path: &[Segment<'_>],
        value: &T,
    ) -> Result<Option<Self>, SerializeError> {
        Self::serialized_as(OriginKind::Code, name, path, value, true)
    }

    fn serialized_as<T: Serialize + ?Sized>(
        kind: OriginKind,
        name: &str,
        path: &[Segment<'_>],
        value: &T,
        nulls: bool,
    ) -> Result<Option<Self>, SerializeError> {
        let mut builder = Builder::without_text(Origin::new(kind, name.to_owned()));
        let node = descend(&mut builder, path)?;
        value.serialize(Writer {
            builder: &mut builder,
            node,
            root: path.is_empty(),
            nulls,
            depth: path.len(),
        })?;
        if builder.kind(node) == NodeKind::Null && !nulls {
            return Ok(None);
        }
        if path.is_empty() && builder.kind(node) != NodeKind::Table {
            return Err(SerializeError::custom("only a table can stand at the root"));
        }
        Ok(Some(builder.finish().into_document(kind, name, String::new())))
    }
}

/// Writes a table as the root.
pub(super) fn write_root<T: Serialize + ?Sized>(
    builder: &mut Builder<'static>,
    value: &T,
) -> Result<(), SerializeError> {
    value.serialize(Writer { builder, node: 0, root: true, nulls: false, depth: 0 })?;
    if builder.kind(0) == NodeKind::Table {
        return Ok(());
    }
    Err(SerializeError::custom("only a table can stand at the root"))
}

/// Makes the tables that lead to a value. An index becomes a table of that one position, which
/// replaces a single element of the list below.
fn descend(builder: &mut Builder<'static>, path: &[Segment<'_>]) -> Result<u32, SerializeError> {
    if path.len() > MAX_DEPTH {
        return Err(SerializeError::new(format!("the path is longer than {MAX_DEPTH} steps")));
    }
    let mut node = 0;
    for (depth, segment) in path.iter().enumerate() {
        builder.set_kind(node, NodeKind::Table);
        let key = match segment {
            Segment::Key(key) => key.to_string(),
            Segment::Index(_) if depth == 0 => {
                return Err(SerializeError::custom("a path begins with a key"));
            }
            Segment::Index(index) => index.to_string(),
        };
        node = builder.push(node, Text::Decoded(&key), 0, NodeKind::Null);
    }
    Ok(node)
}

/// Writes one value into a node.
struct Writer<'b> {
    builder: &'b mut Builder<'static>,
    node: u32,
    root: bool,
    /// Whether entries that are nothing are kept.
    nulls: bool,
    depth: usize,
}

impl Writer<'_> {
    fn scalar(self, kind: NodeKind, text: &str) -> Result<(), SerializeError> {
        if self.root {
            return Err(SerializeError::custom("only a table can stand at the root"));
        }
        self.builder.set_value(self.node, kind, Text::Decoded(text));
        Ok(())
    }

    fn integer(self, number: impl fmt::Display) -> Result<(), SerializeError> {
        self.scalar(NodeKind::Integer, &number.to_string())
    }
}

/// Writes the elements of a list, or the entries of a table.
struct Inside<'b> {
    builder: &'b mut Builder<'static>,
    node: u32,
    /// `None` for a key that is not to be written.
    key: Option<String>,
    nulls: bool,
    depth: usize,
}

impl<'b> Inside<'b> {
    fn open(writer: Writer<'b>, kind: NodeKind) -> Self {
        writer.builder.set_kind(writer.node, kind);
        let node = writer.node;
        Self::of(writer, node)
    }

    /// As [`Self::open`], one level down under the name of an enum's variant.
    fn variant(writer: Writer<'b>, variant: &str, kind: NodeKind) -> Self {
        writer.builder.set_kind(writer.node, NodeKind::Table);
        let node = writer.builder.push(writer.node, Text::Decoded(variant), 0, kind);
        Self::of(writer, node)
    }

    fn of(writer: Writer<'b>, node: u32) -> Self {
        let Writer { builder, nulls, depth, .. } = writer;
        Self { builder, node, key: None, nulls, depth: depth + 1 }
    }

    /// Endless nesting would end in an overflow of the stack.
    fn within_depth(&self) -> Result<(), SerializeError> {
        if self.depth > MAX_DEPTH {
            return Err(SerializeError::new(format!("it is nested deeper than {MAX_DEPTH} levels")));
        }
        Ok(())
    }

    /// Writes a value below this one and returns its node.
    fn child<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Result<u32, SerializeError> {
        let node = self.builder.push(self.node, Text::Decoded(key), 0, NodeKind::Null);
        value
            .serialize(Writer {
                builder: self.builder,
                node,
                root: false,
                nulls: self.nulls,
                depth: self.depth,
            })
            .map_err(|error| error.inside(self.step(key)))?;
        Ok(node)
    }

    fn step(&self, key: &str) -> Segment<'static> {
        match self.builder.kind(self.node) {
            NodeKind::Array => Segment::Index(self.builder.children(self.node).count().saturating_sub(1)),
            _ => Segment::Key(key.to_owned().into()),
        }
    }

    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), SerializeError> {
        self.within_depth()?;
        self.child("", value).map(drop)
    }

    fn entry<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Result<(), SerializeError> {
        self.within_depth()?;
        if self.builder.find_text(self.node, key).is_some() {
            let mut path = String::new();
            path::push_key(&mut path, key);
            return Err(SerializeError::new(format!("the key {path} is written twice")));
        }
        let previous = self.builder.last_child(self.node);
        let node = self.child(key, value)?;
        let is_withheld = self.builder.has(node, WITHHELD);
        if self.builder.kind(node) == NodeKind::Null && !self.nulls && !is_withheld {
            self.builder.retract(self.node, previous);
        }
        Ok(())
    }
}

impl<'b> ser::Serializer for Writer<'b> {
    type Ok = ();
    type Error = SerializeError;
    type SerializeSeq = Inside<'b>;
    type SerializeTuple = Inside<'b>;
    type SerializeTupleStruct = Inside<'b>;
    type SerializeTupleVariant = Inside<'b>;
    type SerializeMap = Inside<'b>;
    type SerializeStruct = Inside<'b>;
    type SerializeStructVariant = Inside<'b>;

    fn serialize_bool(self, v: bool) -> Result<(), SerializeError> {
        self.scalar(NodeKind::Bool, if v { "true" } else { "false" })
    }
    fn serialize_i8(self, v: i8) -> Result<(), SerializeError> {
        self.integer(v)
    }
    fn serialize_i16(self, v: i16) -> Result<(), SerializeError> {
        self.integer(v)
    }
    fn serialize_i32(self, v: i32) -> Result<(), SerializeError> {
        self.integer(v)
    }
    fn serialize_i64(self, v: i64) -> Result<(), SerializeError> {
        self.integer(v)
    }
    fn serialize_i128(self, v: i128) -> Result<(), SerializeError> {
        self.integer(v)
    }
    fn serialize_u8(self, v: u8) -> Result<(), SerializeError> {
        self.integer(v)
    }
    fn serialize_u16(self, v: u16) -> Result<(), SerializeError> {
        self.integer(v)
    }
    fn serialize_u32(self, v: u32) -> Result<(), SerializeError> {
        self.integer(v)
    }
    fn serialize_u64(self, v: u64) -> Result<(), SerializeError> {
        self.integer(v)
    }
    fn serialize_u128(self, v: u128) -> Result<(), SerializeError> {
        self.integer(v)
    }
    fn serialize_f32(self, v: f32) -> Result<(), SerializeError> {
        self.scalar(NodeKind::Float, &format!("{v:?}"))
    }
    fn serialize_f64(self, v: f64) -> Result<(), SerializeError> {
        self.scalar(NodeKind::Float, &format!("{v:?}"))
    }
    fn serialize_char(self, v: char) -> Result<(), SerializeError> {
        self.scalar(NodeKind::String, v.encode_utf8(&mut [0; 4]))
    }
    fn serialize_str(self, v: &str) -> Result<(), SerializeError> {
        self.scalar(NodeKind::String, v)
    }
    fn serialize_bytes(self, v: &[u8]) -> Result<(), SerializeError> {
        v.serialize(self)
    }
    fn serialize_none(self) -> Result<(), SerializeError> {
        self.builder.set_kind(self.node, NodeKind::Null);
        Ok(())
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), SerializeError> {
        value.serialize(self)
    }
    fn serialize_unit(self) -> Result<(), SerializeError> {
        self.serialize_none()
    }
    fn serialize_unit_struct(self, _: &'static str) -> Result<(), SerializeError> {
        self.serialize_none()
    }
    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), SerializeError> {
        self.scalar(NodeKind::String, variant)
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<(), SerializeError> {
        if name == HIDDEN {
            self.builder.add_flags(self.node, WITHHELD);
            return Ok(());
        }
        value.serialize(self)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), SerializeError> {
        Inside::open(self, NodeKind::Table).entry(variant, value)
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<Inside<'b>, SerializeError> {
        Ok(Inside::open(self, NodeKind::Array))
    }
    fn serialize_tuple(self, _: usize) -> Result<Inside<'b>, SerializeError> {
        Ok(Inside::open(self, NodeKind::Array))
    }
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Inside<'b>, SerializeError> {
        Ok(Inside::open(self, NodeKind::Array))
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Inside<'b>, SerializeError> {
        Ok(Inside::variant(self, variant, NodeKind::Array))
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Inside<'b>, SerializeError> {
        Ok(Inside::open(self, NodeKind::Table))
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Inside<'b>, SerializeError> {
        Ok(Inside::open(self, NodeKind::Table))
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Inside<'b>, SerializeError> {
        Ok(Inside::variant(self, variant, NodeKind::Table))
    }
}

impl ser::SerializeSeq for Inside<'_> {
    type Ok = ();
    type Error = SerializeError;
    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), SerializeError> {
        self.element(value)
    }
    fn end(self) -> Result<(), SerializeError> {
        Ok(())
    }
}

impl ser::SerializeTuple for Inside<'_> {
    type Ok = ();
    type Error = SerializeError;
    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), SerializeError> {
        self.element(value)
    }
    fn end(self) -> Result<(), SerializeError> {
        Ok(())
    }
}

impl ser::SerializeTupleStruct for Inside<'_> {
    type Ok = ();
    type Error = SerializeError;
    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), SerializeError> {
        self.element(value)
    }
    fn end(self) -> Result<(), SerializeError> {
        Ok(())
    }
}

impl ser::SerializeTupleVariant for Inside<'_> {
    type Ok = ();
    type Error = SerializeError;
    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), SerializeError> {
        self.element(value)
    }
    fn end(self) -> Result<(), SerializeError> {
        Ok(())
    }
}

impl ser::SerializeMap for Inside<'_> {
    type Ok = ();
    type Error = SerializeError;
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), SerializeError> {
        // Keys are written by the same rules as values, into a document of their own.
        let mut keys = Builder::new("");
        key.serialize(Writer { builder: &mut keys, node: 0, root: false, nulls: false, depth: 0 })?;
        if matches!(keys.kind(0), NodeKind::String | NodeKind::Integer | NodeKind::Bool) {
            self.key = Some(keys.text(0).to_owned());
            return Ok(());
        } else if keys.has(0, WITHHELD) {
            return Ok(());
        }
        Err(SerializeError::custom("keys have to be text, whole numbers or booleans"))
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), SerializeError> {
        self.key.take().map_or(Ok(()), |key| self.entry(&key, value))
    }
    fn end(self) -> Result<(), SerializeError> {
        Ok(())
    }
}

impl ser::SerializeStruct for Inside<'_> {
    type Ok = ();
    type Error = SerializeError;
    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), SerializeError> {
        self.entry(key, value)
    }
    fn end(self) -> Result<(), SerializeError> {
        Ok(())
    }
}

impl ser::SerializeStructVariant for Inside<'_> {
    type Ok = ();
    type Error = SerializeError;
    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), SerializeError> {
        self.entry(key, value)
    }
    fn end(self) -> Result<(), SerializeError> {
        Ok(())
    }
}
