//! A walk over a document along a declaration: what is a secret, and which name a key has.

use confkit_sources::declared::{Content, Field, Holds, Kind, Metadata, Shape, Tagging, ValueKind, Variants};
use confkit_sources::{Document, Fate, Format, NodeKind, NodeRef, path};

use super::fields::{self, Fields};
use super::{Secrets, repeated};
use crate::report::Code;

/// A problem, before it is one.
pub(super) struct Told {
    pub(super) code: Code,
    pub(super) path: String,
    pub(super) message: String,
    pub(super) help: String,
}

/// What a walk has found.
pub(super) struct Along {
    /// Whether secrets are left out.
    is_omitting: bool,
    /// Whether serde wrote the document: then its names are serde's, and secrets have left it.
    is_value: bool,
    /// Whether the format has more than text.
    has_types: bool,
    path: String,
    /// The path of the version, which is no setting.
    version: Option<String>,
    fates: Vec<(u32, Fate)>,
    /// What is left out because it is certainly a secret.
    secrets: Vec<u32>,
    told: Vec<Told>,
}

impl Along {
    pub(super) fn of_value(format: Format, secrets: Secrets) -> Self {
        Self {
            is_omitting: secrets == Secrets::Omit,
            is_value: true,
            has_types: format.has_types(),
            path: String::new(),
            version: None,
            fates: Vec::new(),
            secrets: Vec::new(),
            told: Vec::new(),
        }
    }

    pub(super) fn of_document(format: Format, secrets: Secrets) -> Self {
        Self { is_value: false, ..Self::of_value(format, secrets) }
    }

    /// The same for files that say their version under a key.
    pub(super) fn with_version(self, key: Option<&str>) -> Self {
        Self { version: key.map(|key| path::to_string(&[path::Segment::key(key)])), ..self }
    }

    /// The fate of every node, by its number, and what is wrong.
    pub(super) fn into_parts(mut self, document: &Document) -> (Vec<Fate>, Vec<Told>) {
        let mut fates = vec![Fate::default(); document.nodes().count()];
        for (id, fate) in self.fates {
            let known = &mut fates[id as usize];
            known.is_left_out |= fate.is_left_out;
            known.key = fate.key.or(known.key.take());
            known.text = fate.text.or(known.text.take());
        }
        self.told.extend(repeated::find(document, &self.secrets, &fates));
        (fates, self.told)
    }

    fn hide(&mut self, node: NodeRef<'_>) {
        self.secrets.push(node.id());
        self.leave_out(node);
    }

    fn leave_out(&mut self, node: NodeRef<'_>) {
        self.fates.push((node.id(), Fate { is_left_out: true, ..Fate::default() }));
    }

    fn rename(&mut self, node: NodeRef<'_>, key: &str) {
        if self.is_value && node.key() != key {
            self.fates.push((node.id(), Fate { key: Some(key.to_owned()), ..Fate::default() }));
        }
    }

    fn replace(&mut self, node: NodeRef<'_>, text: &str) {
        if self.is_value && (node.kind() != NodeKind::String || node.text() != text) {
            self.fates.push((node.id(), Fate { text: Some(text.to_owned()), ..Fate::default() }));
        }
    }

    /// Goes into an entry of a table or an element of a list.
    fn inside(&mut self, step: Option<&str>, index: usize, visit: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        match step {
            Some(key) => path::push_key(&mut self.path, key),
            None => path::push_index(&mut self.path, index),
        }
        visit(self);
        self.path.truncate(length);
    }

    fn each<'d>(&mut self, node: NodeRef<'d>, mut visit: impl FnMut(&mut Self, NodeRef<'d>)) {
        let is_table = node.kind() == NodeKind::Table;
        for (index, inner) in node.items().enumerate() {
            self.inside(is_table.then(|| inner.key()), index, |along| visit(along, inner));
        }
    }

    /// A settings type.
    pub(super) fn section(&mut self, metadata: &'static Metadata, node: NodeRef<'_>) {
        match metadata.variants() {
            Some(variants) => self.choice(metadata, variants, node),
            None if node.kind() == NodeKind::Table => self.fields(Fields::of(metadata), node, None),
            None => self.in_place(metadata, node),
        }
    }

    /// What stands where a table should, or may.
    fn in_place(&mut self, metadata: &'static Metadata, node: NodeRef<'_>) {
        if self.is_omitting && metadata.may_hold_secret() && node.kind() != NodeKind::Null {
            self.leave_out(node);
        }
    }

    /// A type with several forms.
    fn choice(&mut self, metadata: &'static Metadata, variants: &'static Variants, node: NodeRef<'_>) {
        let tagging = variants.tagging();
        if node.kind() != NodeKind::Table {
            let name = fields::variant(variants, node.text()).filter(|_| node.kind() == NodeKind::String);
            return match name {
                Some(variant) if tagging == Tagging::External => self.replace(node, variant.key()),
                _ if self.is_value && tagging == Tagging::Untagged => self.whole(metadata, node),
                _ => self.in_place(metadata, node),
            };
        }
        let tag = tagging.tag().and_then(|tag| node.get(tag));
        let Some((tag, variant)) = tag.and_then(|tag| Some((tag, fields::variant(variants, tag.text())?)))
        else {
            // The names of External's variants are keys like those of fields.
            return self.fields(Fields::of(metadata), node, None);
        };
        self.replace(tag, variant.key());
        let Tagging::Adjacent { content, .. } = tagging else {
            let inner = match variant.metadata().fields().first().map(Field::content) {
                Some(Content::Nested(shape)) if variant.holds() == Holds::Section => shape().section(),
                _ => variant.metadata(),
            };
            return self.fields(Fields::of(inner), node, Some(tag.id()));
        };
        let Some(held) = node.get(content) else { return };
        self.inside(Some(content), 0, |along| match variant.metadata().fields().first() {
            Some(field) if variant.holds() != Holds::Fields => along.content(&[field], held),
            _ if held.kind() == NodeKind::Table => along.fields(Fields::of(variant.metadata()), held, None),
            _ => along.in_place(metadata, held),
        });
    }

    /// The one value of an untagged variant.
    fn whole(&mut self, metadata: &'static Metadata, node: NodeRef<'_>) {
        if let Some(kind) = metadata.whole().and_then(Field::kind) {
            self.value(&kind, node);
        }
    }

    fn fields(&mut self, mut fields: Fields, node: NodeRef<'_>, tag: Option<u32>) {
        for inner in node.items().filter(|inner| Some(inner.id()) != tag) {
            let found = fields.find(inner.key(), self.is_value);
            self.inside(Some(inner.key()), 0, |along| match &*found {
                [] => along.unknown(&fields, inner),
                [field, ..] if matches!(field.content(), Content::Skipped) => along.leave_out(inner),
                [field, ..] => {
                    along.rename(inner, field.key());
                    along.content(&found, inner);
                }
            });
        }
    }

    /// What one of some fields holds, all of which have the key.
    fn content(&mut self, found: &[&'static Field], node: NodeRef<'_>) {
        if self.is_omitting && found.iter().any(|field| field.is_secret()) {
            return self.hide(node);
        }
        for field in found {
            match field.content() {
                Content::Value(kind) => self.value(&kind(), node),
                Content::Nested(shape) => self.shape(shape(), node),
                _ => {}
            }
        }
    }

    fn shape(&mut self, shape: Shape, node: NodeRef<'_>) {
        match shape {
            Shape::Section(section) => self.section(section, node),
            Shape::Optional(inner) => self.shape(inner(), node),
            Shape::List(inner) | Shape::Map(inner) if node.is_container() => {
                self.each(node, |along, node| along.shape(inner(), node));
            }
            other => self.in_place(other.section(), node),
        }
    }

    /// A value that serde reads.
    fn value(&mut self, kind: &ValueKind, node: NodeRef<'_>) {
        if self.is_omitting && kind.is_secret() {
            return self.hide(node);
        }
        // What a type does not tell of itself is known once serde has written it.
        let may_hide = self.is_omitting && !self.is_value && (kind.holds_secret() || kind.unsure);
        if let Some(element) = kind.element().filter(|_| node.is_container()) {
            // Of a tuple only the first element is known.
            if may_hide && kind.unsure && !element.unsure {
                return self.leave_out(node);
            }
            return self.each(node, |along, node| along.value(element, node));
        }
        let names = match kind.kind() {
            Kind::Choice(names) if node.kind() == NodeKind::String => *names,
            _ => &[],
        };
        if may_hide && !names.contains(&node.text()) {
            return self.leave_out(node);
        } else if !self.is_value {
            return;
        }
        match kind.kind() {
            Kind::Choice(_) => {
                if let Some(name) = fields::respelled(names, node.text()) {
                    self.replace(node, name);
                }
            }
            Kind::Duration => self.duration(node),
            Kind::Text if node.kind() == NodeKind::Array => self.bytes(node),
            _ => {}
        }
    }

    /// serde writes bytes as numbers; their type reads the bytes of a text as well.
    fn bytes(&mut self, node: NodeRef<'_>) {
        let bytes: Option<Vec<u8>> = node.items().map(|byte| byte.text().parse().ok()).collect();
        match bytes.map(String::from_utf8) {
            Some(Ok(text)) => self.replace(node, &text),
            _ if self.has_types => {}
            _ => self.tell(Code::Unwritable, "its bytes are no text", "choose another format"),
        }
    }

    /// serde writes a duration as its seconds and nanoseconds.
    fn duration(&mut self, node: NodeRef<'_>) {
        let part = |key| node.get(key).and_then(|part| part.text().parse().ok());
        if let (Some(seconds), Some(nanos)) = (part("secs"), part("nanos"))
            && let Ok(nanos) = u32::try_from(nanos)
        {
            let duration = std::time::Duration::new(seconds, nanos);
            self.replace(node, &humantime::format_duration(duration).to_string());
        }
    }

    /// A key that no field takes; perhaps a map takes what is left.
    fn unknown(&mut self, fields: &Fields, node: NodeRef<'_>) {
        if self.version.as_ref() == Some(&self.path) {
            return;
        }
        match fields.rest().map(|rest| (rest, rest.content())) {
            Some((rest, Content::Rest(_))) if self.is_omitting && rest.secret => return self.hide(node),
            Some((_, Content::Rest(kind))) => {
                let kind = kind();
                return self.value(kind.element().unwrap_or(&kind), node);
            }
            Some((_, Content::Flattened(shape))) => {
                if let Shape::Map(inner) = shape() {
                    self.shape(inner(), node);
                }
                return;
            }
            _ => {}
        }
        let (message, help) = if self.is_value {
            (
                "serde writes it, and there is no such setting",
                "give the field one name, by `#[serde(rename = …)]`",
            )
        } else if self.is_omitting {
            ("there is no such setting, and it may be a secret", "remove it, or write with `Secrets::Expose`")
        } else {
            return;
        };
        self.tell(Code::UnknownKey, message, help);
    }

    fn tell(&mut self, code: Code, reason: &str, help: &str) {
        let message = format!("{} cannot be written: {reason}", self.path);
        self.told.push(Told { code, path: self.path.clone(), message, help: help.to_owned() });
    }
}
