//! From byte ranges to lines and columns; asked only when something is reported.

use std::ops::Range;

use super::build::DOTTED;
use super::lines::Lines;
use super::{DECODED, Given, NOWHERE, NodeRef};
use crate::document::Document;
use crate::origin::{Origin, OriginKind, Position};

/// Returns the line and column of a byte in a text.
///
/// # Example
///
/// ```
/// use confkit_sources::{Position, position_in};
///
/// assert_eq!(position_in("a = 1\nü = 2", 9), Position { line: 2, column: 3 });
/// ```
pub fn position_in(text: &str, at: usize) -> Position {
    let before = floor(text, at);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    Position {
        line: before.bytes().filter(|&b| b == b'\n').count() + 1,
        column: before[line_start..].trim_start_matches('\u{feff}').chars().count() + 1,
    }
}

impl Document {
    /// Returns the line and column of a byte in the text.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::{Document};
    ///
    /// let document = Document::toml("app.toml", "a = 1\nb = 2".to_owned()).unwrap();
    /// let position = document.position(6);
    /// assert_eq!((position.line, position.column), (2, 1));
    /// ```
    pub fn position(&self, at: usize) -> Position {
        let before = floor(&self.text, at);
        self.lines.get_or_init(|| Box::new(Lines::of(&self.text))).position(&self.text, before.len())
    }

    /// Returns the place of a byte range in the text.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::{Document};
    ///
    /// let document = Document::toml("app.toml", "a = 1\nb = 2".to_owned()).unwrap();
    /// assert_eq!(document.origin_of(&(6..7)).to_string(), "app.toml:2:1");
    /// ```
    pub fn origin_of(&self, span: &Range<usize>) -> Origin {
        self.origin().with_positions(self.position(span.start), self.position(span.end))
    }

    fn given(&self, number: u32) -> Origin {
        match &self.origins[number as usize] {
            Given::At(origin) => origin.clone(),
            Given::Under(name) => self.origin().with_key(name.of(&self.text, &self.decoded).to_owned()),
        }
    }
}

impl NodeRef<'_> {
    /// Returns the byte range of the value as written; `None` in documents without text, and where
    /// the place is not known.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::{Document};
    ///
    /// let document = Document::toml("app.toml", "port = 0x50".to_owned()).unwrap();
    /// assert_eq!(document.root().get("port").unwrap().span(), Some(7..11));
    /// ```
    pub fn span(self) -> Option<Range<usize>> {
        if self.document.text.is_empty() || self.node.span.0 == NOWHERE {
            return None;
        }
        Some(self.node.span.0 as usize..self.node.span.1 as usize)
    }

    /// Returns the byte range of the key as written, quotation marks included.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::{Document};
    ///
    /// let document = Document::toml("app.toml", "'a b' = 1".to_owned()).unwrap();
    /// assert_eq!(document.root().get("a b").unwrap().key_span(), Some(0..5));
    /// ```
    pub fn key_span(self) -> Option<Range<usize>> {
        let has_key = self.node.key.len > 0 || self.node.key.start > 0;
        if self.document.text.is_empty() || !has_key || self.node.key_at == NOWHERE {
            return None;
        }
        let start = self.node.key_at as usize;
        let rest = self.document.text.get(start..)?;
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
        let is_decoded = self.node.key.start & DECODED != 0;
        let len = match quote {
            None if !is_decoded => self.node.key.len as usize,
            None => escaped_len(rest, self.node.flags & DOTTED != 0),
            Some(_) if !is_decoded => self.node.key.len as usize + 2,
            Some(quote) => quoted_len(rest, quote),
        };
        Some(start..start + len)
    }

    /// Returns where the value stands. A table has the place of its key.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::{Document};
    ///
    /// let document = Document::toml("app.toml", "[server]\nport = 80".to_owned()).unwrap();
    /// let server = document.root().get("server").unwrap();
    /// assert_eq!(server.origin().to_string(), "app.toml:1:2");
    /// assert_eq!(server.get("port").unwrap().origin().to_string(), "app.toml:2:8");
    /// ```
    pub fn origin(self) -> Origin {
        if !self.document.origins.is_empty() {
            return self.document.given(self.node.key_at);
        }
        let span = if self.is_container() {
            self.key_span().or_else(|| self.span())
        } else {
            self.span().or_else(|| self.key_span())
        };
        let origin = span.map_or_else(|| self.document.origin(), |span| self.document.origin_of(&span));
        if self.document.kind != OriginKind::Variable {
            return origin;
        }
        match self.key_span() {
            Some(name) => origin.with_key(self.document.text[name].to_owned()),
            None => origin,
        }
    }

    /// Returns where the key stands; the value's place where keys have none of their own.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::{Document};
    ///
    /// let document = Document::toml("app.toml", "port = 80".to_owned()).unwrap();
    /// assert_eq!(document.root().get("port").unwrap().key_origin().to_string(), "app.toml:1:1");
    /// ```
    pub fn key_origin(self) -> Origin {
        match self.key_span() {
            Some(span) if self.document.origins.is_empty() => self.document.origin_of(&span),
            _ => self.origin(),
        }
    }
}

/// The length of a quoted text with escapes: a backslash, or in YAML the quotation mark twice.
fn quoted_len(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        if escaped {
            escaped = false;
        } else if c == '\\' || c == quote && quote == '\'' && text[at + 1..].starts_with(quote) {
            escaped = true;
        } else if c == quote {
            return at + 1;
        }
    }
    text.len()
}

/// The length of a key with escapes that has no quotation marks, of a joined one with its dots. One
/// at the front is a part of it.
fn escaped_len(text: &str, is_joined: bool) -> usize {
    let mut escaped = false;
    let ends = |&(at, c): &(usize, char)| match c {
        _ if escaped => {
            escaped = false;
            false
        }
        '\\' => {
            escaped = true;
            false
        }
        '.' => at > 0 && !is_joined,
        c => matches!(c, '=' | ']' | ' ' | '\t' | '\u{c}' | ':' | '\n'),
    };
    text.char_indices().find(ends).map_or(text.len(), |(at, _)| at)
}

/// The text before a byte, moved back to a character's border.
pub(super) fn floor(text: &str, at: usize) -> &str {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    &text[..at]
}
