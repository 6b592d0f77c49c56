//! HCL, from the tree of its crate: attributes and blocks as data. What would have to be computed is
//! refused where it stands.

mod messages;
mod twice;

use std::collections::HashMap;
use std::ops::Range;

use hcl_edit::expr::{Expression, ObjectKey};
use hcl_edit::structure::{Attribute, Block, BlockLabel, Body, Structure};
use hcl_edit::template::{Element, Template};
use hcl_edit::{Decorated, Span};

use self::messages::Fault;
#[cfg(feature = "write")]
pub(crate) use self::messages::MAX_NESTING;
use super::{SyntaxError, one_for_a_line};
use crate::document::{BLOCK, Builder, IMPLICIT, MAX_DEPTH, NodeKind, Parts, Slice, Text};

/// The crate makes a tree of its own first.
const MAX_BYTES: usize = 4 << 20;
/// More than this many mistakes help nobody.
const MAX_ERRORS: usize = 100;
/// The crate compares each key of an object with all before it.
const MAX_KEYS: usize = 10_000;
/// What the crate's tree takes for one value, and for one step into another.
const BYTES_OF_A_VALUE: usize = 256;
/// What it takes for one label of a block.
const BYTES_OF_A_WORD: usize = 200;

pub(super) fn read(text: &str) -> Result<Parts, Vec<SyntaxError>> {
    within_limits(text).map_err(|error| vec![error])?;
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let body =
        twice::parse(&text[start..]).map_err(|error| vec![messages::translate(text, start, &error)])?;
    let mut reader = Reader { text, start, builder: Builder::new(text), errors: Vec::new() };
    reader.body(0, &body, 0);
    if reader.errors.is_empty() {
        return Ok(reader.builder.finish());
    }
    Err(one_for_a_line(text, reader.errors))
}

/// Whether a text holds no more than is read.
#[cfg(feature = "write")]
pub(crate) fn is_within_limits(text: &str) -> bool {
    within_limits(text).is_ok()
}

/// The crate has no limits of its own besides depth.
fn within_limits(text: &str) -> Result<(), SyntaxError> {
    if text.len() > MAX_BYTES {
        return Err(SyntaxError::limit(0..0, "an HCL document has at most 4 MiB"));
    }
    let count = |of: &[u8]| text.bytes().filter(|byte| of.contains(byte)).count();
    let most = ((6 << 20) + 8 * text.len()) / BYTES_OF_A_VALUE;
    let begins_word = |pair: &&[u8]| matches!(pair[0], b' ' | b'\t') && pair[1] > b' ';
    let words = text.as_bytes().windows(2).filter(begins_word).count();
    let most_words = ((12 << 20) + 16 * text.len()) / BYTES_OF_A_WORD;
    if count(b"=:") > MAX_KEYS || count(b",{.[") > most || words > most_words {
        return Err(SyntaxError::limit(0..0, "the document holds too many values"));
    }
    Ok(())
}

struct Reader<'t> {
    text: &'t str,
    /// Where the part of the text begins that the crate read.
    start: usize,
    builder: Builder<'t>,
    errors: Vec<SyntaxError>,
}

/// A key, or one part of what leads to a block.
struct Name {
    content: Slice,
    span: Range<usize>,
}

impl<'t> Reader<'t> {
    #[cold]
    fn fault(&mut self, fault: Fault, span: Range<usize>) {
        if self.errors.len() < MAX_ERRORS {
            self.errors.push(messages::tell(fault, span));
        }
    }

    /// Where something stands in the text.
    fn span(&self, spanned: &impl Span) -> Range<usize> {
        let span = spanned.span().unwrap_or_default();
        span.start + self.start..(span.end + self.start).min(self.text.len())
    }

    fn body(&mut self, table: u32, body: &Body, depth: usize) {
        // How often each block is there, by its name and labels.
        let mut blocks = HashMap::<String, usize>::new();
        for block in body.blocks() {
            *blocks.entry(called(block)).or_default() += 1;
        }
        for structure in body {
            match structure {
                Structure::Attribute(attribute) => self.attribute(table, attribute, depth),
                Structure::Block(block) => {
                    let several = blocks.get(&called(block)).is_some_and(|&count| count > 1);
                    self.block(table, block, several, depth);
                }
            }
        }
    }

    fn attribute(&mut self, table: u32, attribute: &Attribute, depth: usize) {
        let span = self.span(&attribute.key);
        let name = self.name(None, span);
        let node = self.add(table, &name, NodeKind::Null);
        self.value(node, &attribute.value, depth + 1);
    }

    /// A name that stands in the text as it is, unless it was decoded.
    fn name(&mut self, decoded: Option<&str>, span: Range<usize>) -> Name {
        let written = &self.text[span.clone()];
        let inner = written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        let content = match (decoded, inner) {
            (Some(decoded), Some(inner)) if !inner.contains(['\\', '$', '%']) => {
                let _ = decoded;
                self.builder.keep(inner)
            }
            (Some(decoded), _) => self.builder.store(Text::Decoded(decoded)),
            (None, _) => self.builder.keep(written),
        };
        Name { content, span }
    }

    /// Adds a node to a table; a key that is there already is told.
    fn add(&mut self, table: u32, name: &Name, kind: NodeKind) -> u32 {
        if let Some(first) = self.builder.find(table, name.content) {
            self.twice(name, first);
        }
        self.builder.push(table, Text::Stored(name.content), name.span.start, kind)
    }

    #[cold]
    fn twice(&mut self, name: &Name, first: u32) {
        let at = self.builder.key_at(first);
        let related = Some(at..at + name.span.len());
        if self.errors.len() < MAX_ERRORS {
            self.errors.push(SyntaxError::duplicate(self.text, name.span.clone(), related));
        }
    }

    /// A block: its name and labels lead to a table, or to a list of all that are called so.
    fn block(&mut self, table: u32, block: &Block, several: bool, depth: usize) {
        let mut names = vec![{
            let span = self.span(&block.ident);
            self.name(None, span)
        }];
        for label in &block.labels {
            let span = self.label_span(label);
            let decoded = matches!(label, BlockLabel::String(_)).then_some(label.as_str());
            names.push(self.name(decoded, span));
        }
        let depth = depth + names.len();
        if depth > MAX_DEPTH {
            return self.fault(Fault::TooDeep, names[0].span.clone());
        }
        let whole = self.span(block);
        let Some((last, outer)) = names.split_last() else { return };
        let behind = last.span.end..whole.end.max(last.span.end);
        let Some(table) = self.labelled(table, outer, behind.end) else { return };
        let found = self.builder.find(table, last.content);
        let node = match found {
            Some(list) if several && self.builder.is(list, NodeKind::Array, BLOCK, BLOCK) => {
                self.element(list, last, &behind)
            }
            Some(first) => return self.twice(last, first),
            None if several => {
                let list = self.add(table, last, NodeKind::Array);
                self.builder.add_flags(list, BLOCK);
                self.builder.set_span(list, behind.clone());
                self.element(list, last, &behind)
            }
            None => {
                let node = self.add(table, last, NodeKind::Table);
                self.builder.add_flags(node, BLOCK);
                self.builder.set_span(node, behind);
                node
            }
        };
        self.body(node, &block.body, depth);
    }

    /// One more block of a list. It has no key; its place is that of its name.
    fn element(&mut self, list: u32, name: &Name, behind: &Range<usize>) -> u32 {
        let at = name.span.start;
        let node = self.builder.push(list, Text::Stored(Slice::default()), at, NodeKind::Table);
        self.builder.set_span(node, at..behind.end);
        node
    }

    /// The table that the names before the last one lead to. It reaches over all its blocks.
    fn labelled(&mut self, mut table: u32, names: &[Name], end: usize) -> Option<u32> {
        for name in names {
            table = match self.builder.find(table, name.content) {
                Some(found) if self.builder.is(found, NodeKind::Table, IMPLICIT, IMPLICIT) => {
                    let start = self.builder.span(found).start;
                    self.builder.set_span(found, start..end);
                    found
                }
                Some(first) => {
                    self.twice(name, first);
                    return None;
                }
                None => {
                    let made = self.add(table, name, NodeKind::Table);
                    self.builder.add_flags(made, IMPLICIT);
                    self.builder.set_span(made, name.span.end..end);
                    made
                }
            };
        }
        Some(table)
    }

    fn label_span(&self, label: &BlockLabel) -> Range<usize> {
        match label {
            BlockLabel::Ident(ident) => self.span(ident),
            BlockLabel::String(text) => self.span(text),
        }
    }

    fn value(&mut self, node: u32, value: &Expression, depth: usize) {
        let span = self.span(value);
        if depth > MAX_DEPTH {
            return self.fault(Fault::TooDeep, span);
        }
        match value {
            Expression::Null(_) => self.builder.fill(node, (NodeKind::Null, 0), Slice::default(), span),
            Expression::Bool(_) => self.written(node, NodeKind::Bool, span),
            Expression::Number(_) => self.number(node, span),
            Expression::String(text) => self.string(node, text, span),
            Expression::HeredocTemplate(heredoc) => self.template(node, &heredoc.template, span),
            Expression::StringTemplate(template) => self.template(node, template, span),
            Expression::Parenthesis(inner) => self.value(node, inner.inner(), depth + 1),
            Expression::Array(array) => {
                self.builder.set_kind(node, NodeKind::Array);
                self.builder.set_span(node, span);
                for element in array {
                    let at = self.span(element).start;
                    let inside = self.builder.push(node, Text::Stored(Slice::default()), at, NodeKind::Null);
                    self.value(inside, element, depth + 1);
                }
            }
            Expression::Object(object) => {
                self.builder.set_kind(node, NodeKind::Table);
                self.builder.set_span(node, span.clone());
                let mut before = span.start;
                for (key, value) in object {
                    let at = self.span(value.expr());
                    if let Some(name) = self.key(key, before..at.start) {
                        let inside = self.add(node, &name, NodeKind::Null);
                        self.value(inside, value.expr(), depth + 1);
                    }
                    before = at.end;
                }
            }
            computed => self.fault(messages::computed(computed), span),
        }
    }

    /// A value that means what stands in the text.
    fn written(&mut self, node: u32, kind: NodeKind, span: Range<usize>) {
        let text = self.builder.store(Text::Source(span.clone()));
        self.builder.fill(node, (kind, 0), text, span);
    }

    fn number(&mut self, node: u32, span: Range<usize>) {
        let written = &self.text[span.clone()];
        let digits = written.strip_prefix('-').unwrap_or(written).trim_start();
        let kind = if digits.bytes().all(|byte| byte.is_ascii_digit()) {
            NodeKind::Integer
        } else {
            NodeKind::Float
        };
        if written.contains(|c: char| c.is_whitespace()) {
            let text = self.builder.store(Text::Decoded(&format!("-{digits}")));
            return self.builder.fill(node, (kind, 0), text, span);
        }
        self.written(node, kind, span);
    }

    fn string(&mut self, node: u32, text: &Decorated<String>, span: Range<usize>) {
        let inner = self.text.get(span.start + 1..span.end.saturating_sub(1));
        let content = match inner.filter(|inner| inner == text.value()) {
            Some(inner) => self.builder.keep(inner),
            None => self.builder.store(Text::Decoded(text.value())),
        };
        self.builder.fill(node, (NodeKind::String, 0), content, span);
    }

    fn template(&mut self, node: u32, template: &Template, span: Range<usize>) {
        let mut text = String::new();
        for element in template {
            match element {
                Element::Literal(literal) => text.push_str(literal),
                computed => {
                    let span = self.span(computed);
                    self.fault(Fault::Template, span);
                }
            }
        }
        let text = self.builder.store(Text::Decoded(&text));
        self.builder.fill(node, (NodeKind::String, 0), text, span);
    }

    /// A key of an object, which stands somewhere in a range.
    fn key(&mut self, key: &ObjectKey, within: Range<usize>) -> Option<Name> {
        match key {
            ObjectKey::Ident(ident) => {
                let span = self.place_of(ident.as_str(), within)?;
                Some(self.name(None, span))
            }
            ObjectKey::Expression(Expression::String(text)) => {
                let span = self.span(text);
                Some(self.name(Some(text), span))
            }
            ObjectKey::Expression(
                literal @ (Expression::Number(_) | Expression::Bool(_) | Expression::Null(_)),
            ) => {
                let span = self.span(literal);
                Some(self.name(None, span))
            }
            ObjectKey::Expression(computed) => {
                let span = self.span(computed);
                self.fault(Fault::BadKey, span);
                None
            }
        }
    }

    /// Where a name stands that the crate forgets the place of: behind blanks, comments, and the comma
    /// or bracket before it.
    fn place_of(&self, name: &str, within: Range<usize>) -> Option<Range<usize>> {
        let part = &self.text[within.clone()];
        let mut rest = part;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '{' | ','));
            let comment = if rest.starts_with("/*") {
                rest.find("*/").map(|end| end + 2)
            } else if rest.starts_with('#') || rest.starts_with("//") {
                rest.find('\n')
            } else {
                break;
            };
            rest = &rest[comment.unwrap_or(rest.len())..];
        }
        let start = within.start + part.len() - rest.len();
        rest.is_char_boundary(name.len()).then(|| start..start + name.len())
    }
}

/// What blocks share that are elements of one list.
fn called(block: &Block) -> String {
    let labels = block.labels.iter().map(BlockLabel::as_str);
    std::iter::once(block.ident.as_str()).chain(labels).collect::<Vec<_>>().join("\0")
}
