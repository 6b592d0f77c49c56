//! Sections and what stands in them.

use confkit_sources::declared::{Field, FieldDefault, Metadata, Rule, Tagging, ValueKind, Variant};

use super::{Holder, walk};

/// One table of settings.
#[derive(Debug)]
pub(crate) struct Section {
    /// Where it is; empty for the root.
    pub(crate) path: String,
    /// Its key in the table around it; empty for the root.
    pub(crate) key: &'static str,
    /// The field that holds it; none for the root.
    pub(crate) field: Option<&'static Field>,
    pub(crate) metadata: &'static Metadata,
    /// What holds it, from the outside in.
    pub(crate) holders: Vec<Holder>,
    /// Whether everything in it is secret.
    pub(crate) is_secret: bool,
    /// Whether it is left out of pages, as a part of something hidden too.
    pub(crate) is_hidden: bool,
    /// Whether it stands inside itself: then nothing is listed in it.
    pub(crate) is_repeated: bool,
    pub(crate) entries: Vec<Entry>,
    /// What it may hold instead of each other, if it is an enum with data.
    pub(crate) forms: Vec<Form>,
}

/// What stands in a section, in the order of the declaration.
#[derive(Debug)]
pub(crate) enum Entry {
    Setting(Box<Setting>),
    Section(Section),
    /// Keys that no other entry takes, with values of a kind.
    Rest(&'static Field),
}

/// One variant of an enum with data.
#[derive(Debug)]
pub(crate) struct Form {
    pub(crate) variant: &'static Variant,
    /// The key that holds the variant's name, if there is one beside the entries.
    pub(crate) tag: Option<&'static str>,
    /// What stands in the enum's table; a setting without a key stands in its place.
    pub(crate) entries: Vec<Entry>,
}

/// One value.
#[derive(Debug)]
pub(crate) struct Setting {
    pub(crate) path: String,
    /// Its key; empty if it stands in place of its section.
    pub(crate) key: &'static str,
    pub(crate) field: &'static Field,
    pub(crate) kind: ValueKind,
    /// Its own rules, and those that sections around it add.
    pub(crate) rules: Vec<&'static Rule>,
    /// The variables that give it; of a secret, those that name a file are not among them.
    pub(crate) variables: Vec<String>,
    /// The variable that names a file which holds it.
    pub(crate) file_variable: Option<String>,
    /// The argument that gives it, with its dashes.
    pub(crate) argument: Option<String>,
    pub(crate) is_secret: bool,
    pub(crate) is_hidden: bool,
}

impl Section {
    /// Lists what a type declares.
    pub(crate) fn of(metadata: &'static Metadata) -> Self {
        walk::root(metadata)
    }

    /// What its field says of it, or else its type.
    pub(crate) fn docs(&self) -> &'static str {
        match self.field.map(Field::docs) {
            Some(docs) if !docs.is_empty() => docs,
            _ => self.metadata.docs(),
        }
    }

    /// Whether it has neither a default nor a form in which it is absent, nor fields of its own that
    /// would be asked for: a list, a map, or an enum with data.
    pub(crate) fn is_required(&self) -> bool {
        self.field.is_some() && !self.may_be_absent() && (self.is_many() || !self.forms.is_empty())
    }

    /// Whether nothing has to be there: it is optional, or has a default as a whole.
    pub(crate) fn may_be_absent(&self) -> bool {
        let has_default = |field: &Field| !matches!(field.default(), FieldDefault::None);
        self.is_optional() || self.field.is_some_and(has_default)
    }

    /// Whether it may be left out as a whole.
    pub(crate) fn is_optional(&self) -> bool {
        self.holders.first() == Some(&Holder::Optional)
    }

    /// Whether it is in a list or map.
    pub(crate) fn is_many(&self) -> bool {
        self.holders.iter().any(|holder| matches!(holder, Holder::List | Holder::Map))
    }

    /// All entries, of every form.
    pub(crate) fn all_entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().chain(self.forms.iter().flat_map(|form| &form.entries))
    }

    /// All settings in it and in the sections inside, in the order of the declaration. One that
    /// several forms have is there once.
    pub(crate) fn settings(&self) -> Vec<&Setting> {
        let mut settings = Vec::new();
        self.collect(&mut settings);
        settings
    }

    fn collect<'s>(&'s self, settings: &mut Vec<&'s Setting>) {
        for entry in self.all_entries() {
            match entry {
                Entry::Setting(one) if settings.iter().any(|known| known.path == one.path) => {}
                Entry::Setting(one) => settings.push(one),
                Entry::Section(section) => section.collect(settings),
                Entry::Rest(_) => {}
            }
        }
    }

    /// How a document says which form it has.
    pub(crate) fn tagging(&self) -> Option<Tagging> {
        Some(self.metadata.variants()?.tagging())
    }
}

impl Setting {
    /// Whether it has neither a default nor a form in which it is absent. What stands in place of a
    /// section has: the section.
    pub(crate) fn is_required(&self) -> bool {
        !self.key.is_empty()
            && matches!(self.field.default(), FieldDefault::None)
            && !self.field.is_optional()
            && !self.kind.is_optional()
    }

    /// What its declaration says of it, lines joined.
    pub(crate) fn docs(&self) -> &'static str {
        self.field.docs()
    }
}
