//! One source's content as a flat tree in which every node knows its place.

#[cfg_attr(
    not(all(
        feature = "toml",
        feature = "json",
        feature = "yaml",
        feature = "hcl",
        feature = "env",
        feature = "args"
    )),
    allow(dead_code, reason = "which parts are used depends on the formats and sources")
)]
mod build;
#[cfg(feature = "write")]
mod compose;
mod lines;
mod located;
mod position;
#[cfg(feature = "write")]
mod revise;
#[cfg(feature = "migrate")]
mod rework;
mod serialize;
mod without;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

pub(crate) use build::AMBIGUOUS;
#[cfg(any(feature = "toml", feature = "ini", feature = "dotenv", feature = "properties"))]
pub(crate) use build::DOTTED;
#[cfg(any(feature = "toml", feature = "hcl"))]
pub(crate) use build::IMPLICIT;
#[cfg(feature = "toml")]
pub(crate) use build::INLINE;
#[cfg(any(feature = "json", feature = "toml"))]
pub(crate) use build::Key;
pub(crate) use build::Parts;
pub(crate) use build::{BLOCK, Builder, RADIX_2, RADIX_8, RADIX_16, Text};
use build::{NOWHERE, RADIX};
#[cfg(feature = "write")]
pub use compose::Composer;
use lines::Lines;
pub use position::position_in;
#[cfg(feature = "write")]
pub use revise::Fate;
pub use serialize::SerializeError;

use crate::format::Format;
use crate::origin::{Origin, OriginKind};

/// Containers, dotted keys and paths may be nested this deep, whatever they come from.
pub(crate) const MAX_DEPTH: usize = 128;
/// Marks the end of a chain of nodes.
const NONE: u32 = u32::MAX;
/// Marks a slice of decoded text, as against the text the document was read from.
const DECODED: u32 = 1 << 31;

/// The content of one source. It is made once and never changed.
///
/// Nodes are kept in one vector and linked as they were met; keys and values are byte ranges into
/// the text the document owns, so that reading a file copies nothing but escapes.
///
/// # Example
///
/// ```
/// use confkit_sources::{Document, NodeKind};
///
/// let text = "[server]\nport = 8_080\nhosts = ['a', 'b']\n".to_owned();
/// let document = Document::toml("base.toml", text).unwrap();
/// let server = document.root().get("server").unwrap();
/// let port = server.get("port").unwrap();
/// assert_eq!((port.kind(), port.text()), (NodeKind::Integer, "8080"));
/// assert_eq!(server.get("hosts").unwrap().items().count(), 2);
/// ```
pub struct Document {
    kind: OriginKind,
    /// What the text is written in.
    format: Option<Format>,
    name: Arc<str>,
    text: String,
    decoded: String,
    nodes: Vec<Node>,
    /// Where nodes of documents without a text of their own come from.
    origins: Vec<Given>,
    /// Where lines end; made with the first position that is asked for.
    lines: OnceLock<Box<Lines>>,
    /// The directory of the file it was read from.
    folder: Option<Box<Path>>,
    /// Whether only some nodes know their places in the text.
    in_part: bool,
}

/// Where a node of a document without a text of its own comes from.
#[derive(Clone)]
enum Given {
    At(Origin),
    /// From under this name in the source; the origin is made for those who ask.
    Under(Slice),
}

/// 44 bytes: a document of 5,000 keys has to stay small beside its text.
#[derive(Clone)]
struct Node {
    key: Slice,
    value: Slice,
    /// Where the key begins in the text, as written; in documents without text the number of the origin.
    key_at: u32,
    /// The value as written.
    span: (u32, u32),
    first: u32,
    last: u32,
    next: u32,
    kind: NodeKind,
    flags: u8,
    count: u16,
}

#[derive(Clone, Copy, Default)]
pub(crate) struct Slice {
    start: u32,
    len: u32,
}

impl Slice {
    /// The same without a look at where characters end.
    #[inline]
    fn bytes_of<'t>(self, text: &'t str, decoded: &'t str) -> &'t [u8] {
        let (text, start) = if self.start & DECODED == 0 {
            (text, self.start as usize)
        } else {
            (decoded, (self.start & !DECODED) as usize)
        };
        &text.as_bytes()[start..start + self.len as usize]
    }

    #[inline]
    fn of<'t>(self, text: &'t str, decoded: &'t str) -> &'t str {
        let (text, start) = if self.start & DECODED == 0 {
            (text, self.start as usize)
        } else {
            (decoded, (self.start & !DECODED) as usize)
        };
        &text[start..start + self.len as usize]
    }
}

/// The kinds of node.
///
/// # Example
///
/// ```
/// use confkit_sources::NodeKind;
///
/// assert_eq!([NodeKind::Array, NodeKind::Datetime].map(NodeKind::as_str), ["list", "date"]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NodeKind {
    /// Nothing, said explicitly.
    Null,
    /// `true` or `false`.
    Bool,
    /// A whole number of any width.
    Integer,
    /// A number with a fraction or exponent.
    Float,
    /// Text that its source calls a string.
    String,
    /// A date, a time or both.
    Datetime,
    /// Text without a type of its own, as variables have it; the reader decides.
    Text,
    /// A list.
    Array,
    /// A table.
    Table,
}

impl NodeKind {
    /// Returns the word that reports use for the kind.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool => "boolean",
            Self::Integer => "integer",
            Self::Float => "float",
            Self::String => "string",
            Self::Datetime => "date",
            Self::Text => "text",
            Self::Array => "list",
            Self::Table => "table",
        }
    }
}

impl Document {
    /// Returns the name under which reports show the document.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::{Document};
    ///
    /// let document = Document::toml("app.toml", "port = 80".to_owned()).unwrap();
    /// assert_eq!(document.name(), "app.toml");
    /// ```
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the kind of place that its nodes have.
    pub fn origin_kind(&self) -> OriginKind {
        self.kind
    }

    /// Returns the format that the text is written in; `None` where there is no text.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::{Document, Format};
    ///
    /// let document = Document::toml("app.toml", "port = 80".to_owned()).unwrap();
    /// assert_eq!(document.format(), Some(Format::Toml));
    /// ```
    pub fn format(&self) -> Option<Format> {
        self.format
    }

    pub(crate) fn in_format(self, format: Format) -> Self {
        Self { format: Some(format), ..self }
    }

    /// Returns the text the document was read from; empty if there was none.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::{Document};
    ///
    /// let document = Document::toml("app.toml", "port = 80".to_owned()).unwrap();
    /// assert_eq!(document.text(), "port = 80");
    /// ```
    pub fn text(&self) -> &str {
        &self.text
    }

    #[cfg(feature = "edit")]
    pub(crate) fn into_text(self) -> String {
        self.text
    }

    /// Returns whether every value knows its place in the text. Documents made by
    /// [`located`](Self::located) know some, those without text none.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::Document;
    ///
    /// let document = Document::toml("app.toml", "port = 80".to_owned()).unwrap();
    /// assert!(document.knows_places());
    /// ```
    pub fn knows_places(&self) -> bool {
        !self.in_part && self.origins.is_empty()
    }

    /// The same document under the name and of the kind that its reader was asked for.
    pub(crate) fn called(self, kind: OriginKind, name: &str) -> Self {
        Self { kind, name: name.into(), ..self }
    }

    /// Returns the directory of the file that the document was read from, if it was.
    ///
    /// # Example
    ///
    /// ```
    /// use std::path::Path;
    ///
    /// use confkit_sources::{File, Read, ReadContext, Source, System};
    ///
    /// let system = System::memory().file("/etc/app/base.toml", "port = 80");
    /// let cx = ReadContext::new().with_system(system).with_root("/etc");
    /// let Read::Document(document, _) = File::new("app/base.toml").read(&cx)? else { panic!() };
    /// assert_eq!(document.folder(), Some(Path::new("/etc/app")));
    /// # Ok::<(), confkit_sources::SourceError>(())
    /// ```
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// Says in which directory the file is that the document was read from.
    ///
    /// # Example
    ///
    /// ```
    /// use std::path::Path;
    ///
    /// use confkit_sources::Document;
    ///
    /// let document = Document::toml("app.toml", String::new()).unwrap().in_folder("/etc");
    /// assert_eq!(document.folder(), Some(Path::new("/etc")));
    /// ```
    pub fn in_folder(self, folder: impl Into<PathBuf>) -> Self {
        Self { folder: Some(folder.into().into_boxed_path()), ..self }
    }

    /// Returns the table that holds everything.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::{Document, NodeKind};
    ///
    /// let document = Document::toml("app.toml", "port = 80".to_owned()).unwrap();
    /// assert_eq!(document.root().kind(), NodeKind::Table);
    /// ```
    #[inline]
    pub fn root(&self) -> NodeRef<'_> {
        self.node(0)
    }

    /// Returns a node by the number that [`NodeRef::id`] told.
    ///
    /// # Panics
    ///
    /// If the number is another document's.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::{Document};
    ///
    /// let document = Document::toml("app.toml", "port = 80".to_owned()).unwrap();
    /// let port = document.root().get("port").unwrap();
    /// assert_eq!(document.node(port.id()).text(), "80");
    /// ```
    #[inline]
    pub fn node(&self, id: u32) -> NodeRef<'_> {
        NodeRef { document: self, node: &self.nodes[id as usize], id }
    }

    /// Returns all nodes, in the order of reading.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::{Document};
    ///
    /// let document = Document::toml("app.toml", "port = 80\nhost = 'db'".to_owned()).unwrap();
    /// let keys: Vec<&str> = document.nodes().map(|node| node.key()).collect();
    /// assert_eq!(keys, ["", "port", "host"]); // the root has no key
    /// ```
    pub fn nodes(&self) -> impl Iterator<Item = NodeRef<'_>> {
        self.nodes.iter().zip(0..).map(|(node, id)| NodeRef { document: self, node, id })
    }

    /// Returns the document's own place, without a position.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::{Document};
    ///
    /// let document = Document::toml("app.toml", "port = 80".to_owned()).unwrap();
    /// assert_eq!(document.origin().to_string(), "app.toml");
    /// ```
    pub fn origin(&self) -> Origin {
        Origin::new(self.kind, self.name.to_string())
    }

    #[inline]
    fn slice(&self, slice: Slice) -> &str {
        slice.of(&self.text, &self.decoded)
    }
}

/// Shows name and size, never content, which may be secret.
impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Document")
            .field("name", &self.name)
            .field("nodes", &self.nodes.len())
            .finish_non_exhaustive()
    }
}

/// A node of a [`Document`].
///
/// # Example
///
/// ```
/// use confkit_sources::{Document, NodeKind};
///
/// let document = Document::toml("app.toml", "[server]\nport = 80".to_owned()).unwrap();
/// let port = document.root().get("server").unwrap().get("port").unwrap();
/// assert_eq!((port.key(), port.text(), port.kind()), ("port", "80", NodeKind::Integer));
/// assert_eq!(port.origin().to_string(), "app.toml:2:8");
/// ```
#[derive(Clone, Copy)]
pub struct NodeRef<'d> {
    document: &'d Document,
    node: &'d Node,
    id: u32,
}

impl<'d> NodeRef<'d> {
    /// Returns the node's number in its document; in the order of reading.
    #[inline]
    pub fn id(self) -> u32 {
        self.id
    }

    /// Returns the document.
    pub fn document(self) -> &'d Document {
        self.document
    }

    /// Returns the kind of node.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::{Document, NodeKind};
    ///
    /// let document = Document::toml("app.toml", "port = 80\nday = 2026-01-31".to_owned()).unwrap();
    /// let kinds: Vec<NodeKind> = document.root().items().map(|node| node.kind()).collect();
    /// assert_eq!(kinds, [NodeKind::Integer, NodeKind::Datetime]);
    /// ```
    #[inline]
    pub fn kind(self) -> NodeKind {
        self.node.kind
    }

    /// Returns the key under which the node stands in its table; empty in lists.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::{Document};
    ///
    /// let document = Document::toml("app.toml", "\"a.b\" = 1".to_owned()).unwrap();
    /// assert_eq!(document.root().items().next().unwrap().key(), "a.b");
    /// ```
    #[inline]
    pub fn key(self) -> &'d str {
        self.document.slice(self.node.key)
    }

    /// Returns whether this is the node's key. Nobody looks where characters end.
    #[doc(hidden)]
    #[inline]
    pub fn is_called(self, key: &str) -> bool {
        self.key_bytes() == key.as_bytes()
    }

    /// Returns the bytes of the key.
    #[doc(hidden)]
    #[inline]
    pub fn key_bytes(self) -> &'d [u8] {
        self.node.key.bytes_of(&self.document.text, &self.document.decoded)
    }

    /// Returns a scalar's text: escapes decoded, numbers without underscores and radix prefix.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::{Document};
    ///
    /// let document = Document::toml("app.toml", "a = \"x\\ty\"\nb = 0xFF_FF".to_owned()).unwrap();
    /// assert_eq!(document.root().get("a").unwrap().text(), "x\ty");
    /// assert_eq!(document.root().get("b").unwrap().text(), "FFFF");
    /// ```
    #[inline]
    pub fn text(self) -> &'d str {
        self.document.slice(self.node.value)
    }

    /// Returns the radix in which an integer is written.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::{Document};
    ///
    /// let document = Document::toml("app.toml", "mode = 0o755".to_owned()).unwrap();
    /// let mode = document.root().get("mode").unwrap();
    /// assert_eq!(u32::from_str_radix(mode.text(), mode.radix()), Ok(0o755));
    /// ```
    #[inline]
    pub fn radix(self) -> u32 {
        match self.node.flags & RADIX {
            RADIX_2 => 2,
            RADIX_8 => 8,
            RADIX_16 => 16,
            _ => 10,
        }
    }

    /// Returns a YAML scalar without quotation marks as written, where YAML 1.1 and 1.2 read it
    /// differently: `no`, `0755`, `1_000`, `12:30`. Readers decide by the type they want.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::{Format, OriginKind};
    ///
    /// # #[cfg(feature = "yaml")] {
    /// let text = "code: 0o17\nport: 17".to_owned();
    /// let document = Format::Yaml.read(OriginKind::File, "app.yaml", text).unwrap();
    /// let written: Vec<Option<&str>> = document.root().items().map(|node| node.as_written()).collect();
    /// assert_eq!(written, [Some("0o17"), None]);
    /// # }
    /// ```
    pub fn as_written(self) -> Option<&'d str> {
        if self.node.flags & AMBIGUOUS == 0 {
            return None;
        }
        let Slice { start, len } = self.node.value;
        // Of an octal number only the digits are kept; `0o` stands before them.
        let prefix = if self.radix() == 8 { 2 } else { 0 };
        Some(self.document.slice(Slice { start: start - prefix, len: len + prefix }))
    }

    /// Returns whether a table is a block of HCL, which stands alone and may be meant as the only
    /// element of a list.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::{Format, OriginKind};
    ///
    /// # #[cfg(feature = "hcl")] {
    /// let text = "server {\n  port = 80\n}\nlabels = {}\n".to_owned();
    /// let document = Format::Hcl.read(OriginKind::File, "app.hcl", text).unwrap();
    /// assert!(document.root().get("server").unwrap().is_block());
    /// assert!(!document.root().get("labels").unwrap().is_block());
    /// # }
    /// ```
    #[inline]
    pub fn is_block(self) -> bool {
        self.node.flags & BLOCK != 0 && self.node.kind == NodeKind::Table
    }

    /// Returns whether the node is a table or list.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::{Document};
    ///
    /// let document = Document::toml("app.toml", "hosts = []\nport = 80".to_owned()).unwrap();
    /// assert!(document.root().get("hosts").unwrap().is_container());
    /// assert!(!document.root().get("port").unwrap().is_container());
    /// ```
    pub fn is_container(self) -> bool {
        matches!(self.kind(), NodeKind::Table | NodeKind::Array)
    }

    /// Returns a table's node for `key`.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::{Document};
    ///
    /// let document = Document::toml("app.toml", "[server]\nport = 80".to_owned()).unwrap();
    /// assert_eq!(document.root().get("server").unwrap().get("port").unwrap().text(), "80");
    /// assert!(document.root().get("port").is_none());
    /// ```
    pub fn get(self, key: &str) -> Option<NodeRef<'d>> {
        self.items().find(|node| node.is_called(key))
    }

    /// Returns the nodes inside a table or list, in the order of the source.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::{Document};
    ///
    /// let document = Document::toml("app.toml", "hosts = ['a', 'b']".to_owned()).unwrap();
    /// let hosts = document.root().get("hosts").unwrap();
    /// assert_eq!(hosts.items().map(|host| host.text()).collect::<Vec<_>>(), ["a", "b"]);
    /// ```
    #[inline]
    pub fn items(self) -> Items<'d> {
        Items { document: self.document, next: self.node.first }
    }

    /// Returns a table's keys and nodes, in the order of the source.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::{Document};
    ///
    /// let document = Document::toml("app.toml", "b = 1\na = 2".to_owned()).unwrap();
    /// let entries = document.root().entries().map(|(key, node)| (key, node.text()));
    /// let entries: Vec<(&str, &str)> = entries.collect();
    /// assert_eq!(entries, [("b", "1"), ("a", "2")]);
    /// ```
    pub fn entries(self) -> impl Iterator<Item = (&'d str, NodeRef<'d>)> {
        self.items().map(|node| (node.key(), node))
    }
}

impl fmt::Debug for NodeRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NodeRef({}, {})", self.id, self.kind().as_str())
    }
}

/// The nodes inside a table or list.
///
/// # Example
///
/// ```
/// use confkit_sources::Document;
///
/// let document = Document::toml("app.toml", "ports = [80, 443]".to_owned()).unwrap();
/// let mut items = document.root().get("ports").unwrap().items();
/// assert_eq!(items.next().unwrap().text(), "80");
/// assert_eq!(items.count(), 1);
/// ```
#[derive(Debug, Clone)]
pub struct Items<'d> {
    document: &'d Document,
    next: u32,
}

impl<'d> Iterator for Items<'d> {
    type Item = NodeRef<'d>;

    #[inline]
    fn next(&mut self) -> Option<NodeRef<'d>> {
        if self.next == NONE {
            return None;
        }
        let node = self.document.node(self.next);
        self.next = node.node.next;
        Some(node)
    }
}
