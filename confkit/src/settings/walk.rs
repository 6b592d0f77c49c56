//! The way through a declaration.

use std::ptr;

use confkit_sources::declared::{Content, Field, Holds, Metadata, Rule, Shape, Tagging, Variant, Variants};
use confkit_sources::path::push_key;

use super::names::Names;
use super::{Entry, Form, Holder, Section, Setting};

pub(super) fn root(metadata: &'static Metadata) -> Section {
    let mut walk = Walk { names: Names::of(metadata), open: Vec::new() };
    walk.section(metadata, Place::default(), "", None)
}

/// What is known on the way to a section.
#[derive(Debug, Clone, Default)]
struct Place {
    path: String,
    holders: Vec<Holder>,
    is_secret: bool,
    is_hidden: bool,
    /// Rules that sections outside add, with the names of fields that lead to what they are about.
    added: Vec<(&'static str, &'static [Rule])>,
}

impl Place {
    /// The place of what a field holds.
    fn inside(&self, field: &Field) -> Self {
        let mut path = self.path.clone();
        if !field.key().is_empty() {
            push_key(&mut path, field.key());
        }
        let own = field.refinements().iter().map(|one| (one.field(), one.rules()));
        Self {
            path,
            holders: Vec::new(),
            is_secret: self.is_secret || field.is_secret(),
            is_hidden: self.is_hidden || field.is_hidden(),
            added: own.chain(self.added_to(field).filter(|(rest, _)| !rest.is_empty())).collect(),
        }
    }

    /// What is added to a field or, with what is left of the way, to fields inside it.
    fn added_to(&self, field: &Field) -> impl Iterator<Item = (&'static str, &'static [Rule])> {
        self.added.iter().filter_map(move |&(way, rules)| {
            let rest = way.strip_prefix(field.name())?;
            Some((if rest.is_empty() { rest } else { rest.strip_prefix('.')? }, rules))
        })
    }
}

struct Walk {
    names: Names,
    /// The types around the current one, so that recursion ends.
    open: Vec<*const Metadata>,
}

impl Walk {
    fn section(
        &mut self,
        metadata: &'static Metadata,
        at: Place,
        key: &'static str,
        field: Option<&'static Field>,
    ) -> Section {
        let is_repeated = self.open.contains(&ptr::from_ref(metadata));
        let (mut entries, mut forms) = (Vec::new(), Vec::new());
        if !is_repeated {
            self.open.push(metadata);
            match metadata.variants() {
                Some(variants) => {
                    entries.extend(metadata.whole().map(|whole| self.setting(whole, &at)));
                    entries.extend(tag(metadata, variants).map(|tag| self.setting(tag, &at)));
                    forms =
                        variants.list().iter().map(|one| self.form(variants.tagging(), one, &at)).collect();
                }
                None => self.fields(metadata, &at, &mut entries),
            }
            self.open.pop();
        }
        let Place { path, holders, is_secret, is_hidden, .. } = at;
        Section { path, key, field, metadata, holders, is_secret, is_hidden, is_repeated, entries, forms }
    }

    fn fields(&mut self, metadata: &'static Metadata, at: &Place, entries: &mut Vec<Entry>) {
        for field in metadata.fields() {
            match field.content() {
                Content::Value(_) => entries.push(self.setting(field, at)),
                Content::Nested(shape) => entries.push(self.nested(field, shape(), at.inside(field))),
                Content::Flattened(shape) if shape().alone().is_none() => {
                    entries.push(self.nested(field, shape(), at.inside(field)));
                }
                Content::Flattened(shape) => {
                    let inner = Place { path: at.path.clone(), ..at.inside(field) };
                    let flattened = self.section(shape().section(), inner, "", Some(field));
                    entries.extend(flattened.entries);
                    entries.extend(flattened.forms.into_iter().flat_map(|form| form.entries));
                }
                Content::Rest(_) => entries.push(Entry::Rest(field)),
                _ => {}
            }
        }
    }

    fn nested(&mut self, field: &'static Field, mut shape: Shape, mut at: Place) -> Entry {
        let metadata = loop {
            let (holder, inner) = match shape {
                Shape::Optional(inner) => (Holder::Optional, inner),
                Shape::List(inner) => (Holder::List, inner),
                Shape::Map(inner) => (Holder::Map, inner),
                other => break other.section(),
            };
            at.holders.push(holder);
            let step = holder.step();
            at.path.push_str(if at.path.is_empty() { step.trim_start_matches('.') } else { step });
            shape = inner();
        };
        Entry::Section(self.section(metadata, at, field.key(), Some(field)))
    }

    fn form(&mut self, tagging: Tagging, variant: &'static Variant, at: &Place) -> Form {
        let key = match tagging {
            Tagging::External => variant.key(),
            Tagging::Adjacent { content, .. } => content,
            _ => "",
        };
        let mut inner = at.clone();
        inner.holders.clear();
        if !key.is_empty() {
            push_key(&mut inner.path, key);
        }
        let only = variant.metadata().fields().first();
        let entries = match (variant.holds(), only) {
            (Holds::Value, Some(field)) => vec![self.value(field, key, inner)],
            (Holds::Section, Some(field)) => {
                let Content::Nested(shape) = field.content() else { return Form::empty(variant, tagging) };
                let Entry::Section(section) = self.nested(field, shape(), inner) else {
                    return Form::empty(variant, tagging);
                };
                held(Section { key, ..section })
            }
            (Holds::Nothing, _) if tagging != Tagging::External => Vec::new(),
            _ => held(self.section(variant.metadata(), inner, key, None)),
        };
        Form { entries, ..Form::empty(variant, tagging) }
    }

    fn setting(&mut self, field: &'static Field, at: &Place) -> Entry {
        let Place { path, .. } = at.inside(field);
        self.value(field, field.key(), Place { path, ..at.clone() })
    }

    /// A value at a place under a key.
    fn value(&mut self, field: &'static Field, key: &'static str, at: Place) -> Entry {
        let Some(kind) = field.kind() else { return Entry::Rest(field) };
        let added = at.added_to(field).filter(|(rest, _)| rest.is_empty()).flat_map(|(_, rules)| rules);
        let is_secret = at.is_secret || field.is_secret();
        let (variables, file_variable) = self.names.variables(&at.path, is_secret);
        Entry::Setting(Box::new(Setting {
            key,
            field,
            rules: field.rules().iter().chain(added).collect(),
            variables,
            file_variable,
            argument: self.names.argument(&at.path),
            is_secret,
            is_hidden: at.is_hidden || field.is_hidden(),
            kind,
            path: at.path,
        }))
    }
}

impl Form {
    fn empty(variant: &'static Variant, tagging: Tagging) -> Self {
        Self { variant, tag: tagging.tag(), entries: Vec::new() }
    }
}

/// What a variant holds: a section of its own, or one whose entries stand beside the tag.
fn held(section: Section) -> Vec<Entry> {
    if section.key.is_empty() && section.forms.is_empty() {
        section.entries
    } else {
        vec![Entry::Section(section)]
    }
}

/// The field that holds a variant's name.
fn tag(metadata: &'static Metadata, variants: &Variants) -> Option<&'static Field> {
    metadata.fields().first().filter(|first| variants.tagging().tag() == Some(first.key()))
}
