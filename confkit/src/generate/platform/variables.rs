//! The variables that a file for a platform lists.

use crate::settings::{Entry, Section, Setting, sentence};

/// The variables of a declaration, secrets apart.
pub(super) struct Variables<'s> {
    pub(super) plain: Vec<Variable<'s>>,
    pub(super) secret: Vec<Variable<'s>>,
}

/// One setting with the variable that gives it.
pub(super) struct Variable<'s> {
    /// Its name; none if only files give it.
    pub(super) name: Option<&'s str>,
    pub(super) setting: &'s Setting,
    pub(super) state: State,
}

/// What is known of the value.
pub(super) enum State {
    /// Only the user knows it, and a load fails without it.
    Required,
    /// It may be given; this is the declared example, if there is one.
    Optional(Option<&'static str>),
    /// It is this unless it is given.
    Default(String),
}

pub(super) fn variables(root: &Section) -> Variables<'_> {
    let mut found = Variables { plain: Vec::new(), secret: Vec::new() };
    section(root, false, &mut found);
    found
}

fn section<'s>(one: &'s Section, may_be_absent: bool, found: &mut Variables<'s>) {
    let is_outdated = one.field.is_some_and(|field| field.deprecated().is_some());
    if one.is_hidden || one.is_many() || is_outdated {
        return;
    }
    let may_be_absent = may_be_absent || one.may_be_absent();
    entries(&one.entries, may_be_absent, found);
    one.forms.iter().for_each(|form| entries(&form.entries, true, found));
}

fn entries<'s>(all: &'s [Entry], may_be_absent: bool, found: &mut Variables<'s>) {
    for entry in all {
        match entry {
            Entry::Setting(one) if !one.is_hidden && one.field.deprecated().is_none() => {
                setting(one, may_be_absent, found);
            }
            Entry::Section(inner) => section(inner, may_be_absent, found),
            _ => {}
        }
    }
}

fn setting<'s>(one: &'s Setting, may_be_absent: bool, found: &mut Variables<'s>) {
    let name = one.variables.first().map(String::as_str).filter(|name| is_plain(name, &['_']));
    let list = if one.is_secret { &mut found.secret } else { &mut found.plain };
    let is_known = |known: &Variable<'_>| known.setting.path == one.path;
    let is_file = one.is_secret && is_plain(&one.path, FILE_MARKS);
    if (name.is_none() && !is_file) || list.iter().any(is_known) {
        return;
    }
    let example = one.field.example().filter(|_| !one.is_secret);
    let state = match one.default() {
        _ if one.is_required() && !may_be_absent => State::Required,
        // What is in a section that may be absent would make it be there.
        Some(default) if !may_be_absent && !default.is_empty() => State::Default(default),
        _ => State::Optional(example),
    };
    list.push(Variable { name, setting: one, state });
}

impl Variable<'_> {
    /// What it is for, in one line.
    pub(super) fn about(&self) -> String {
        let docs = self.setting.docs().lines().map(str::trim).take_while(|line| !line.is_empty());
        let docs = docs.collect::<Vec<_>>().join(" ");
        let mut words = self.setting.kind_words();
        words.extend(self.setting.field.unit().map(|unit| format!(" ({unit})")));
        let limits = self.setting.limits();
        words.extend((!limits.is_empty()).then(|| format!(", {}", limits.join("; "))));
        let needs = self.setting.need().into_iter().filter(|need| need != "required");
        let sentences = std::iter::once(docs).chain([words]).chain(needs).filter(|words| !words.is_empty());
        sentences.map(|words| sentence(&words)).collect::<Vec<_>>().join(" ")
    }

    /// How the file is called that holds a secret: its path, or its variable where a path has other
    /// characters than names of files may have everywhere.
    pub(super) fn file(&self) -> &str {
        let path = self.setting.path.as_str();
        if is_plain(path, FILE_MARKS) { path } else { self.name.unwrap_or(path) }
    }
}

/// What names of files, of entries of Kubernetes and of secrets of compose may have besides letters and
/// digits.
const FILE_MARKS: &[char] = &['.', '_', '-'];

fn is_plain(name: &str, marks: &[char]) -> bool {
    name.chars().all(|c| c.is_ascii_alphanumeric() || marks.contains(&c))
}

/// Text in quotation marks, as JSON and YAML have them.
pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
