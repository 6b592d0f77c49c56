//! From events to nodes.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use super::Rules;
use super::aliases::Copier;
use super::events::{Collection, Event, Events, Style, Tag};
use super::messages::{Fault, Mistake};
use super::scalar::{Plain, Words};
use crate::document::{AMBIGUOUS, Builder, MAX_DEPTH, NodeKind, Parts, Slice, Text};

/// More than this many mistakes help nobody.
const MAX_MISTAKES: usize = 100;

/// Reads one text.
pub(super) struct Reader<'t> {
    rules: Rules,
    pub(super) text: &'t str,
    events: Events<'t>,
    builder: Builder<'t>,
    /// Tables and lists that are open.
    pub(super) open: Vec<Open>,
    anchors: HashMap<usize, Anchored>,
    copier: Copier,
    documents: usize,
    /// Where the last event ended.
    pub(super) passed: usize,
    /// Whether events are asked for their mistakes alone.
    pub(super) drains: bool,
    /// More nodes than this are not made for a text of this size.
    most: usize,
    mistakes: Vec<Mistake>,
}

pub(super) struct Open {
    node: u32,
    pub(super) start: usize,
    pub(super) is_table: bool,
    pub(super) is_flow: bool,
    /// The node that the next value fills, behind its key.
    value: Option<u32>,
    /// The node of `<<`.
    merged: Option<u32>,
}

/// What an anchor stands before.
#[derive(Clone, Copy)]
enum Anchored {
    Value(u32),
    Key(Slice, Style),
}

/// A scalar as the parser tells it.
struct Scalar<'t> {
    value: Cow<'t, str>,
    style: Style,
    tag: Option<Tag>,
    span: Range<usize>,
}

impl<'t> Reader<'t> {
    pub(super) fn new(rules: Rules, text: &'t str) -> Self {
        let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self {
            rules,
            text,
            events: Events::new(text, start),
            builder: Builder::new(text),
            open: Vec::new(),
            anchors: HashMap::new(),
            copier: Copier::default(),
            documents: 0,
            passed: start,
            drains: false,
            most: Builder::most_nodes(text),
            mistakes: Vec::new(),
        }
    }

    pub(super) fn read(mut self) -> (Parts, Vec<Mistake>) {
        if self.rules == Rules::Stream {
            self.builder.set_kind(0, NodeKind::Array);
        }
        while let Some(step) = self.events.next() {
            match step {
                Ok((event, span)) if !self.drains => self.event(event, span),
                Ok((event, span)) => self.drain(&event, &span),
                Err(mistake) => {
                    let next = self.broken(mistake);
                    let Some(at) = next.filter(|_| self.mistakes.len() < MAX_MISTAKES) else { break };
                    (self.events, self.drains) = (Events::new(self.text, at), true);
                }
            }
        }
        (self.builder.finish(), self.mistakes)
    }

    #[cold]
    fn fault(&mut self, fault: Fault, span: Range<usize>) {
        self.note(Mistake::new(fault, span));
    }

    #[cold]
    pub(super) fn note(&mut self, mistake: Mistake) {
        if self.mistakes.len() < MAX_MISTAKES {
            self.mistakes.push(mistake);
        } else {
            self.drains = true;
        }
    }

    /// Says that a limit is passed; what follows is looked at for mistakes of syntax alone.
    #[cold]
    fn stop(&mut self, fault: Fault, span: Range<usize>) {
        self.fault(fault, span);
        self.drains = true;
    }

    /// Follows the brackets alone.
    fn drain(&mut self, event: &Event<'t>, span: &Range<usize>) {
        match event {
            Event::Table(Collection { is_flow, .. }) | Event::List(Collection { is_flow, .. }) => {
                let (start, is_flow) = (span.start, *is_flow);
                self.open.push(Open { node: 0, start, is_table: true, is_flow, value: None, merged: None });
            }
            Event::End => drop(self.open.pop()),
            _ => {}
        }
        self.passed = span.end;
    }

    fn event(&mut self, event: Event<'t>, span: Range<usize>) {
        let end = span.end;
        match event {
            Event::Document => return self.document(span),
            Event::Scalar { value, style, anchor, tag } => {
                let scalar = Scalar { value, style, tag, span };
                if let Some(Open { is_table: true, value: None, .. }) = self.open.last() {
                    self.key(&scalar, anchor);
                } else {
                    let node = self.target(scalar.span.start);
                    self.scalar(node, &scalar);
                    self.anchor(anchor, Anchored::Value(node));
                }
            }
            Event::Table(collection) => self.collection(NodeKind::Table, &collection, span),
            Event::List(collection) => self.collection(NodeKind::Array, &collection, span),
            Event::End => self.end(end),
            Event::Alias(anchor) => self.alias(anchor, span),
        }
        self.passed = end.max(self.passed);
        if self.builder.len() > self.most {
            self.stop(Fault::TooMany, end..end);
        }
    }

    fn document(&mut self, span: Range<usize>) {
        self.documents += 1;
        self.anchors.clear();
        if self.documents > 1 && self.rules != Rules::Stream {
            // One without `---` begins with its first value.
            let dashes = span.start..(span.start + 3).min(self.text.len());
            self.stop(Fault::Documents, dashes);
        }
        self.passed = self.passed.max(span.start);
    }

    fn anchor(&mut self, anchor: usize, anchored: Anchored) {
        if anchor > 0 {
            self.anchors.insert(anchor, anchored);
        }
    }

    /// The node that the next value fills.
    fn target(&mut self, at: usize) -> u32 {
        let value = self.open.last_mut().and_then(|open| open.value.take());
        let list = self.open.last().map_or(0, |open| open.node);
        value.unwrap_or_else(|| self.builder.push(list, Text::Stored(Slice::default()), at, NodeKind::Null))
    }

    fn collection(&mut self, kind: NodeKind, collection: &Collection, span: Range<usize>) {
        let is_table = kind == NodeKind::Table;
        let is_root = self.open.is_empty();
        let node = if is_root && is_table && self.rules != Rules::Stream {
            0
        } else if let Some(&Open { is_table: true, value: None, node: table, .. }) = self.open.last() {
            self.fault(Fault::ComplexKey, self.shown(&span));
            let value = self.builder.push(table, Text::Stored(Slice::default()), span.start, NodeKind::Null);
            if let Some(open) = self.open.last_mut() {
                open.value = Some(value);
            }
            self.builder.push(table, Text::Stored(Slice::default()), span.start, NodeKind::Null)
        } else {
            self.target(span.start)
        };
        let fits = match collection.tag {
            Some(Tag::Map) => is_table,
            Some(Tag::Seq) => !is_table,
            Some(Tag::Other) => {
                self.unknown_tag(span.start);
                true
            }
            None | Some(Tag::Text) => true,
            Some(_) => false,
        };
        if !fits {
            self.fault(Fault::TagMismatch, self.shown(&span));
        } else if is_root && !is_table && self.rules != Rules::Stream {
            self.fault(Fault::NotATable, self.shown(&span));
        }
        self.open(node, kind, collection, span);
    }

    fn open(&mut self, node: u32, kind: NodeKind, collection: &Collection, span: Range<usize>) {
        self.builder.set_kind(node, kind);
        self.builder.set_span(node, span.clone());
        self.anchor(collection.anchor, Anchored::Value(node));
        self.open.push(Open {
            node,
            start: span.start,
            is_table: kind == NodeKind::Table,
            is_flow: collection.is_flow,
            value: None,
            merged: None,
        });
        if self.open.len() > MAX_DEPTH {
            self.stop(Fault::TooDeep, self.shown(&span));
        }
    }

    fn end(&mut self, end: usize) {
        let Some(open) = self.open.pop() else { return };
        let end = open.start + self.text[open.start..end].trim_end().len();
        self.builder.set_span(open.node, open.start..end);
        if let Some(merged) = open.merged {
            let depth = self.open.len() + 1;
            if let Err(fault) = self.copier.merge(&mut self.builder, open.node, merged, depth) {
                let at = self.builder.key_at(merged);
                self.limit_or_fault(fault, at..at + 2);
            }
        }
    }

    fn limit_or_fault(&mut self, fault: Fault, span: Range<usize>) {
        if matches!(fault, Fault::Bomb | Fault::TooDeep) {
            self.stop(fault, span);
        } else {
            self.fault(fault, span);
        }
    }

    fn key(&mut self, scalar: &Scalar<'t>, anchor: usize) {
        let is_absent = scalar.span.is_empty() && scalar.style == Style::Plain;
        let text = if is_absent { "" } else { &*scalar.value };
        let is_merge = text == "<<" && scalar.style == Style::Plain && scalar.tag.is_none();
        if scalar.tag == Some(Tag::Other) {
            self.unknown_tag(scalar.span.start);
        }
        let content = self.builder.keep(text);
        self.anchor(anchor, Anchored::Key(content, scalar.style));
        let node = self.entry(content, scalar.span.clone());
        match self.rules {
            Rules::Settings if is_merge => self.fault(Fault::MergeKey, scalar.span.clone()),
            Rules::Merging if is_merge => {
                if let Some(open) = self.open.last_mut() {
                    open.merged = Some(node);
                }
            }
            _ => {}
        }
    }

    /// Adds an entry to the innermost table, whose value comes next.
    fn entry(&mut self, key: Slice, span: Range<usize>) -> u32 {
        let table = self.open.last().map_or(0, |open| open.node);
        if let Some(first) = self.builder.find(table, key) {
            self.twice(first, &span);
        }
        let node = self.builder.push(table, Text::Stored(key), span.start, NodeKind::Null);
        if let Some(open) = self.open.last_mut() {
            open.value = Some(node);
        }
        node
    }

    #[cold]
    fn twice(&mut self, first: u32, span: &Range<usize>) {
        let first = self.builder.key_at(first);
        let related = Some(first..first + span.len());
        self.note(Mistake { fault: Fault::Duplicate, span: span.clone(), related });
    }

    fn scalar(&mut self, node: u32, scalar: &Scalar<'t>) {
        let Scalar { value, style, tag, span } = scalar;
        let is_plain = *style == Style::Plain;
        let is_absent = span.is_empty() && is_plain;
        let text = if is_absent { "" } else { &**value };
        let plain = match tag {
            None if is_plain => Plain::of(text),
            None | Some(Tag::Str | Tag::Text) => Plain::string(),
            Some(tag) => self.tagged(*tag, text, span),
        };
        let span = match style {
            Style::Block => self.block(span),
            _ if is_absent => self.absent(span.start),
            _ => span.clone(),
        };
        let kept = match plain.text {
            Words::From(start) => self.builder.keep(&text[start..]),
            Words::Fixed(words) => self.builder.store(Text::Decoded(words)),
        };
        if self.open.is_empty() && self.rules != Rules::Stream {
            return self.no_table(plain.kind, &span);
        }
        self.builder.fill(node, (plain.kind, plain.flags), kept, span);
    }

    /// A document that is a single value: without settings if that is nothing.
    #[cold]
    fn no_table(&mut self, kind: NodeKind, span: &Range<usize>) {
        self.builder.retract(0, None);
        if kind != NodeKind::Null {
            self.fault(Fault::NotATable, self.shown(span));
        }
    }

    /// What a scalar is by its tag.
    #[cold]
    fn tagged(&mut self, tag: Tag, text: &str, span: &Range<usize>) -> Plain {
        let plain = Plain::of(text);
        let fits = match tag {
            Tag::Int => plain.kind == NodeKind::Integer,
            Tag::Bool => plain.kind == NodeKind::Bool,
            Tag::Null => plain.kind == NodeKind::Null,
            Tag::Float if plain.kind == NodeKind::Integer && plain.text == Words::From(0) => {
                return Plain { kind: NodeKind::Float, ..plain };
            }
            Tag::Float => plain.kind == NodeKind::Float,
            Tag::Other => {
                self.unknown_tag(span.start);
                return Plain::string();
            }
            _ => false,
        };
        if !fits {
            self.fault(Fault::TagMismatch, self.shown(span));
        }
        Plain { flags: plain.flags & !AMBIGUOUS, ..plain }
    }

    fn unknown_tag(&mut self, before: usize) {
        if self.rules == Rules::Stream {
            return;
        }
        let from = self.passed.min(before);
        let between = &self.text[from..before];
        let begins = |at: &usize| !between[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '!');
        let tag = between.match_indices('!').map(|(at, _)| at).find(begins).unwrap_or_default();
        let length = between[tag..].find(char::is_whitespace).unwrap_or(between.len() - tag);
        self.fault(Fault::UnknownTag, from + tag..from + tag + length);
    }

    fn alias(&mut self, anchor: usize, span: Range<usize>) {
        let anchored = self.anchors.get(&anchor).copied();
        if let Some(Open { is_table: true, value: None, .. }) = self.open.last() {
            let key = match anchored {
                Some(Anchored::Key(text, _)) => Some(text),
                Some(Anchored::Value(node))
                    if !matches!(self.builder.kind(node), NodeKind::Table | NodeKind::Array) =>
                {
                    Some(self.builder.value_slice(node))
                }
                _ => None,
            };
            if key.is_none() {
                self.fault(Fault::ComplexKey, span.clone());
            }
            self.entry(key.unwrap_or_default(), span);
            return;
        }
        let node = self.target(span.start);
        match anchored {
            Some(Anchored::Value(from)) if self.open.iter().any(|open| open.node == from) => {
                self.fault(Fault::Circle, span.clone());
            }
            Some(Anchored::Value(from)) => {
                let depth = self.open.len();
                if let Err(fault) = self.copier.copy(&mut self.builder, from, node, depth) {
                    self.limit_or_fault(fault, span.clone());
                }
            }
            Some(Anchored::Key(text, style)) => {
                let value = Cow::Owned(self.builder.slice(text).to_owned());
                self.scalar(node, &Scalar { value, style, tag: None, span: span.clone() });
            }
            None => self.fault(Fault::UnknownAnchor, span.clone()),
        }
        self.builder.set_span(node, span);
    }
}
