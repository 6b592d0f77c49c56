//! What stands in a sample, before it is written in a format: items in the order of the declaration.

use confkit_sources::declared::{Metadata, Tagging, Versioned};
use confkit_sources::path::{self, Segment};
use confkit_sources::{Document, Format, NodeKind, NodeRef};

use super::chosen::chosen;
use super::given::Given;
use super::notes;
use crate::defaults;
use crate::report::{Code, Problem, nearest};
use crate::settings::{Entry, Form, Holder, Section, Setting};

/// One thing in a table.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) key: String,
    pub(super) path: String,
    pub(super) notes: Vec<String>,
    /// The variable that gives it, if it is a value.
    pub(super) variable: Option<String>,
    pub(super) state: State,
    /// Whether a load fails without it.
    pub(super) is_required: bool,
    pub(super) body: Body,
}

/// Whether something stands in the sample or in a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// It stands there.
    Given,
    /// In a comment; without the mark nothing changes.
    Default,
    /// In a comment; without the mark something is set.
    Example,
}

#[derive(Debug)]
pub(super) enum Body {
    /// A value as the format spells it; empty where only the user knows it.
    Value(String),
    Table(Vec<Item>),
    /// A list of tables, each with what is said of it.
    Elements(Vec<(Vec<String>, Vec<Item>)>),
    /// Nothing but notes.
    Nothing,
}

/// The way through the sections.
pub(super) struct Outline {
    metadata: &'static Metadata,
    format: Format,
    path: Vec<Segment<'static>>,
    problems: Vec<Problem>,
}

/// What stands for the name of an entry that nobody has given.
const SOME_KEY: &str = "example";
/// What is said of the version.
const VERSION: &str = "The version of this file.";
/// What is said of a type that stands inside itself.
const AGAIN: &str = "It holds the same settings as what it stands in.";
/// What is said of lists in lists, and of maps in lists.
const NO_EXAMPLE: &str = "There is no example: its elements are lists or tables by names themselves.";

impl Outline {
    pub(super) fn of(root: &Section, given: &Given<'_>, format: Format) -> (Vec<Item>, Vec<Problem>) {
        let mut outline = Self { metadata: root.metadata, format, path: Vec::new(), problems: Vec::new() };
        let version = outline.version();
        let items = version.into_iter().chain(outline.inside(root, given)).collect();
        (items, outline.problems)
    }

    /// The version that a file of the type says; files of variables say none.
    fn version(&mut self) -> Option<Item> {
        let versioned = self.metadata.loading().versioned().filter(|_| self.format.as_str() != "dotenv")?;
        self.at(versioned.key(), |outline| {
            let version = outline.spelled_json(&versioned.version().into())?;
            let notes = vec![VERSION.to_owned()];
            Some(Item { notes, ..outline.item(versioned.key(), Body::Value(version)) })
        })
    }

    /// What stands in the table that a section is.
    fn inside(&mut self, section: &Section, given: &Given<'_>) -> Vec<Item> {
        match chosen(section, given) {
            _ if section.forms.is_empty() => self.entries(&section.entries, given, None),
            Some(form) => self.form(section, form, given),
            None => Vec::new(),
        }
    }

    fn entries(&mut self, entries: &[Entry], given: &Given<'_>, tag: Option<&str>) -> Vec<Item> {
        let mut items = Vec::new();
        let mut taken: Vec<&str> = tag.into_iter().collect();
        if self.path.is_empty() {
            taken.push("$schema");
            taken.extend(self.metadata.loading().versioned().map(Versioned::key));
        }
        for entry in entries {
            let is_meant = |key: &str| match entry {
                Entry::Setting(one) => one.key == key || one.field.answers_to(key),
                Entry::Section(section) => {
                    section.key == key || section.field.is_some_and(|field| field.answers_to(key))
                }
                Entry::Rest(_) => false,
            };
            if rest_sections(entry).is_some() {
                continue;
            }
            taken.extend(given.keys().into_iter().filter(|key| is_meant(key)));
            let found = given.under(is_meant);
            items.extend(self.entry(entry, &found));
        }
        let takes_all = entries.iter().any(|entry| matches!(entry, Entry::Rest(_)));
        let sections = entries.iter().find_map(rest_sections);
        let mut free = given.keys().into_iter().filter(|key| !taken.contains(key)).peekable();
        if let (Some((section, holders)), None) = (sections, free.peek()) {
            let example = self.held(section, holders, SOME_KEY, &Given::default()).into_iter();
            items.extend(example.map(|item| Item { state: State::Example, ..item }));
        }
        for key in free {
            let one = given.under(|other| other == key);
            match sections {
                Some((section, holders)) => items.extend(self.held(section, holders, key, &one)),
                None if takes_all => items.extend(self.raw(key, &one)),
                None => self.unknown(key, entries),
            }
        }
        items
    }

    fn entry(&mut self, entry: &Entry, given: &Given<'_>) -> Vec<Item> {
        match entry {
            Entry::Setting(one) => self.setting(one, given).into_iter().collect(),
            Entry::Section(section) => self.section(section, given),
            Entry::Rest(field) => {
                vec![Item { notes: notes::of_rest(field.kind()), ..self.item("", Body::Nothing) }]
            }
        }
    }

    fn setting(&mut self, one: &Setting, given: &Given<'_>) -> Option<Item> {
        if one.key.is_empty() && self.format.as_str() != "dotenv" {
            return None;
        }
        let is_left_out = one.is_hidden || one.field.deprecated().is_some();
        if is_left_out && given.value().is_none() {
            return None;
        }
        self.at(one.key, |outline| {
            let (state, value) = match given.value() {
                Some(node) => (State::Given, outline.spelled(node)),
                None => outline.declared(one),
            };
            Some(Item {
                notes: notes::of_setting(one, state == State::Default),
                state,
                is_required: one.is_required(),
                variable: outline.variable().filter(|_| !one.variables.is_empty()),
                ..outline.item(one.key, Body::Value(value))
            })
        })
    }

    /// The default of a setting, or else its example; nothing of a secret.
    fn declared(&self, one: &Setting) -> (State, String) {
        if one.is_secret {
            return (State::Example, String::new());
        }
        let default = defaults::value(one.field, &one.kind).and_then(|value| self.spelled_json(&value));
        if let Some(default) = default {
            return (State::Default, default);
        }
        let example = one.field.example();
        let example = example.and_then(|text| defaults::of_text(text, &one.kind, one.field.env_delimiter()));
        (State::Example, example.and_then(|value| self.spelled_json(&value)).unwrap_or_default())
    }

    /// A section under its key, in whatever holds it; an enum with data once for each form.
    fn section(&mut self, section: &Section, given: &Given<'_>) -> Vec<Item> {
        let is_deprecated = section.field.is_some_and(|field| field.deprecated().is_some());
        if (section.is_hidden || is_deprecated) && given.value().is_none() {
            return Vec::new();
        }
        let mut items = self.held(section, &section.holders, section.key, given);
        if section.may_be_absent() && given.value().is_none() {
            items.iter_mut().for_each(|item| item.state = State::Example);
        }
        if let Some(first) = items.first_mut() {
            first.notes.splice(0..0, notes::of_section(section));
            first.is_required = section.is_required();
        }
        items
    }

    fn held(&mut self, section: &Section, holders: &[Holder], key: &str, given: &Given<'_>) -> Vec<Item> {
        let Some((holder, rest)) = holders.split_first() else {
            return self.at(key, |outline| outline.table(section, key, given));
        };
        let value = given.value();
        let is_container = value.is_some_and(NodeRef::is_container);
        let mut items = match holder {
            _ if value.is_some() && !is_container && *holder != Holder::Optional => self.raw(key, given),
            Holder::Optional => self.held(section, rest, key, given),
            Holder::List => self.at(key, |outline| outline.list(section, rest, key, given)),
            Holder::Map => self.at(key, |outline| outline.map(section, rest, key, given)),
        };
        if value.is_none() {
            items.iter_mut().for_each(|item| item.state = State::Example);
        }
        items
    }

    fn table(&mut self, section: &Section, key: &str, given: &Given<'_>) -> Vec<Item> {
        let is_table = given.value().is_none_or(|node| node.kind() == NodeKind::Table);
        if !is_table || (section.is_repeated && given.value().is_some()) {
            return self.raw_here(key, given);
        }
        if section.is_repeated {
            let notes = vec![AGAIN.to_owned()];
            return vec![Item { notes, state: State::Example, ..self.item(key, Body::Nothing) }];
        }
        if section.forms.is_empty() {
            let items = self.inside(section, given);
            return vec![self.item(key, Body::Table(items))];
        }
        self.forms(section, key, given)
    }

    /// An enum with data: the form that is given, and the others beside it.
    fn forms(&mut self, section: &Section, key: &str, given: &Given<'_>) -> Vec<Item> {
        let chosen = chosen(section, given);
        if chosen.is_none() && given.value().is_some() {
            return self.raw_here(key, given);
        }
        let is_chosen = |form: &&Form| chosen.is_some_and(|chosen| std::ptr::eq(chosen, *form));
        let others = section.forms.iter().filter(|form| !is_chosen(form) && !form.variant.is_other());
        let mut items = Vec::new();
        for form in chosen.into_iter().chain(others) {
            let is_given = is_chosen(&form);
            let nothing = Given::default();
            let body = match form.entries.first() {
                Some(Entry::Setting(one)) if one.key.is_empty() => Body::Value(String::new()),
                _ => Body::Table(self.form(section, form, if is_given { given } else { &nothing })),
            };
            items.push(Item {
                notes: notes::of_form(form, section.tagging()),
                state: if is_given { State::Given } else { State::Example },
                ..self.item(key, body)
            });
        }
        if matches!(self.format.as_str(), "dotenv") {
            let whole = self.entries(&section.entries, &Given::default(), None);
            items.splice(0..0, whole.into_iter().filter(|item| item.key.is_empty()));
        }
        items
    }

    /// What stands in the table of an enum that has a form.
    fn form(&mut self, section: &Section, form: &Form, given: &Given<'_>) -> Vec<Item> {
        let tag = form.tag.map(|tag| {
            self.at(tag, |outline| {
                let name = serde_json::Value::from(form.variant.key());
                let value = outline.spelled_json(&name).unwrap_or_default();
                Item {
                    state: State::Given,
                    variable: outline.variable(),
                    ..outline.item(tag, Body::Value(value))
                }
            })
        });
        let entries = match (section.tagging(), form.entries.first()) {
            (Some(Tagging::External), Some(entry)) => {
                self.entry(entry, &given.under(|key| form.variant.answers_to(key)))
            }
            _ => self.entries(&form.entries, given, form.tag),
        };
        tag.into_iter().chain(entries).collect()
    }

    fn list(&mut self, section: &Section, rest: &[Holder], key: &str, given: &Given<'_>) -> Vec<Item> {
        let elements: Vec<NodeRef<'_>> = match given.value() {
            Some(node) if node.kind() != NodeKind::Array => return self.raw_here(key, given),
            Some(node) => node.items().collect(),
            None => Vec::new(),
        };
        let are_tables = elements.iter().all(|node| node.kind() == NodeKind::Table);
        let is_plain = rest.iter().all(|holder| *holder == Holder::Optional) && !section.is_repeated;
        if given.value().is_some() && (elements.is_empty() || !are_tables || !is_plain) {
            return self.raw_here(key, given);
        }
        if !is_plain {
            let notes = vec![if section.is_repeated { AGAIN } else { NO_EXAMPLE }.to_owned()];
            return vec![Item { notes, state: State::Example, ..self.item(key, Body::Nothing) }];
        }
        let mut list = Vec::new();
        for (index, node) in elements.iter().enumerate() {
            let one = Given::one(*node);
            if !section.forms.is_empty() && chosen(section, &one).is_none() {
                return self.raw_here(key, given);
            }
            list.push((
                Vec::new(),
                self.step(Segment::Index(index), |outline| outline.inside(section, &one)),
            ));
        }
        if elements.is_empty() {
            list = self.step(Segment::Index(0), |outline| outline.samples(section));
        }
        vec![self.item(key, Body::Elements(list))]
    }

    /// What the elements of a list may be.
    fn samples(&mut self, section: &Section) -> Vec<(Vec<String>, Vec<Item>)> {
        let nothing = Given::default();
        if section.forms.is_empty() {
            return vec![(Vec::new(), self.entries(&section.entries, &nothing, None))];
        }
        let are_tables = |form: &&Form| match form.entries.first() {
            Some(Entry::Setting(one)) => !one.key.is_empty(),
            _ => !form.variant.is_other(),
        };
        let forms = section.forms.iter().filter(are_tables);
        forms
            .map(|form| (notes::of_form(form, section.tagging()), self.form(section, form, &nothing)))
            .collect()
    }

    fn map(&mut self, section: &Section, rest: &[Holder], key: &str, given: &Given<'_>) -> Vec<Item> {
        let keys = given.keys();
        if given.value().is_some_and(|node| node.kind() != NodeKind::Table || keys.is_empty()) {
            return self.raw_here(key, given);
        }
        let keys = if keys.is_empty() { vec![SOME_KEY] } else { keys };
        let mut entries = Vec::new();
        for key in keys {
            let one = given.under(|other| other == key);
            let mut items = self.held(section, rest, key, &one);
            // The whole map is an example already.
            items.iter_mut().filter(|_| given.value().is_none()).for_each(|item| {
                if matches!(item.body, Body::Table(_)) && section.forms.is_empty() {
                    item.state = State::Given;
                }
            });
            entries.extend(items);
        }
        vec![self.item(key, Body::Table(entries))]
    }

    /// What is given, in one line, under a key.
    fn raw(&mut self, key: &str, given: &Given<'_>) -> Vec<Item> {
        self.at(key, |outline| outline.raw_here(key, given))
    }

    fn raw_here(&mut self, key: &str, given: &Given<'_>) -> Vec<Item> {
        let Some(node) = given.value() else { return Vec::new() };
        let value = self.spelled(node);
        let variable = self.variable();
        vec![Item { variable, ..self.item(key, Body::Value(value)) }]
    }

    fn item(&self, key: &str, body: Body) -> Item {
        Item {
            key: key.to_owned(),
            path: path::to_string(&self.path),
            notes: Vec::new(),
            variable: None,
            state: State::Given,
            is_required: false,
            body,
        }
    }

    fn at<R>(&mut self, key: &str, visit: impl FnOnce(&mut Self) -> R) -> R {
        if key.is_empty() {
            return visit(self);
        }
        self.step(Segment::key(key.to_owned()), visit)
    }

    fn step<R>(&mut self, step: Segment<'static>, visit: impl FnOnce(&mut Self) -> R) -> R {
        self.path.push(step);
        let result = visit(self);
        self.path.pop();
        result
    }

    /// A value as the format spells it; what it cannot hold is a problem.
    fn spelled(&mut self, node: NodeRef<'_>) -> String {
        match self.format.write_value(node) {
            Ok(text) => text,
            Err(errors) => {
                let path = path::to_string(&self.path);
                let told = errors.iter().map(|error| {
                    let message = error.message.replacen("the document", &path, 1);
                    Problem::unplaced(Code::Unwritable, &path, &message, error.help.as_deref())
                });
                self.problems.extend(told);
                String::new()
            }
        }
    }

    /// A default or example as the format spells it, if it can.
    fn spelled_json(&self, value: &serde_json::Value) -> Option<String> {
        let document = Document::from_json("sample", &[Segment::key("value")], value).ok()??;
        self.format.write_value(document.root().get("value")?).ok()
    }

    #[cfg(feature = "env")]
    fn variable(&self) -> Option<String> {
        use confkit_sources::env::{Names, variable_for};
        let prefix = self.metadata.loading().env_prefix();
        variable_for(&Names { prefix, section: &[], metadata: self.metadata }, &self.path)
    }

    #[cfg(not(feature = "env"))]
    fn variable(&self) -> Option<String> {
        let _ = self.metadata;
        None
    }

    fn unknown(&mut self, key: &str, entries: &[Entry]) {
        let keys = entries.iter().map(|entry| match entry {
            Entry::Setting(one) => one.key,
            Entry::Section(section) => section.key,
            Entry::Rest(_) => "",
        });
        let mut path = path::to_string(&self.path);
        path::push_key(&mut path, key);
        let help = nearest(key, keys).map(|near| format!("did you mean `{near}`?"));
        let message = format!("there is no setting `{path}`");
        self.problems.push(Problem::unplaced(Code::UnknownKey, &path, &message, help.as_deref()));
    }
}

/// The sections in a map whose keys stand beside those of settings, and what holds them in it.
fn rest_sections(entry: &Entry) -> Option<(&Section, &[Holder])> {
    let Entry::Section(section) = entry else { return None };
    let (_, holders) = section.holders.split_first().filter(|(first, _)| **first == Holder::Map)?;
    section.key.is_empty().then_some((section, holders))
}
