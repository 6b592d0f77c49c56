//! What pages show: a table for each section, and a row for each setting.

use confkit_sources::declared::{Field, Kind, Tagging};

use crate::report::clean;
use crate::settings::{Entry, Form, Holder, Section, Setting, code, kind_words, sentence};

/// The settings of one section, or of one form that it may have.
#[derive(Debug)]
pub(super) struct Table {
    /// Its path, with the form; empty for the root.
    pub(super) title: String,
    /// What links to it use.
    pub(super) anchor: String,
    /// Paragraphs of documentation.
    pub(super) docs: Vec<String>,
    /// What holds for the section as a whole, in sentences.
    pub(super) facts: Vec<String>,
    pub(super) rows: Vec<Row>,
}

/// One setting.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) path: String,
    /// What its value may be.
    pub(super) value: String,
    pub(super) need: Option<String>,
    pub(super) default: Option<String>,
    /// Its variables and its argument.
    pub(super) names: Vec<String>,
    pub(super) docs: Vec<String>,
    /// Everything else, in sentences.
    pub(super) facts: Vec<String>,
}

/// The tables of a declaration: those of a section before those inside it.
pub(super) fn tables(root: &Section) -> Vec<Table> {
    let mut tables = Vec::new();
    section(root, &mut tables);
    tables
}

fn section(one: &Section, tables: &mut Vec<Table>) {
    if one.is_hidden {
        return;
    }
    let mut facts = of_section(one);
    facts.extend(one.entries.iter().filter_map(rest));
    tables.push(Table {
        title: clean(&one.path).into_owned(),
        anchor: anchor(&one.path),
        docs: paragraphs(one.docs()),
        facts,
        rows: rows(&one.entries),
    });
    sections(&one.entries, tables);
    for form in one.forms.iter().filter(|form| !form.variant.is_other()) {
        of_form(one, form, tables);
    }
}

fn of_form(one: &Section, form: &Form, tables: &mut Vec<Table>) {
    if form.tag.is_none() && form.entries.iter().all(|entry| matches!(entry, Entry::Section(_))) {
        // The section under the variant's name says it all.
        return sections(&form.entries, tables);
    }
    let name = clean(form.variant.key()).into_owned();
    tables.push(Table {
        title: format!("{} as {name}", clean(&one.path)),
        anchor: anchor(&format!("{}-{name}", one.path)),
        docs: paragraphs(form.variant.metadata().docs()),
        facts: form.tag.map(|tag| format!("Chosen by `{tag} = \"{name}\"`.")).into_iter().collect(),
        rows: rows(&form.entries),
    });
    sections(&form.entries, tables);
}

fn sections(entries: &[Entry], tables: &mut Vec<Table>) {
    for entry in entries {
        if let Entry::Section(inner) = entry {
            section(inner, tables);
        }
    }
}

/// What links to a section use: its path without blanks, which no id has.
fn anchor(path: &str) -> String {
    clean(path).replace(char::is_whitespace, "_")
}

fn of_section(one: &Section) -> Vec<String> {
    let mut facts = Vec::new();
    if let Some(deprecated) = one.field.and_then(Field::deprecated) {
        facts.push(format!("**Deprecated:** {}", sentence(deprecated)));
    }
    if one.is_required() {
        facts.push("**Required.**".to_owned());
    } else if one.is_optional() {
        facts.push("It may be left out as a whole.".to_owned());
    }
    let holder = one.holders.iter().find(|holder| **holder != Holder::Optional);
    let limits = one.limits();
    let limits = if limits.is_empty() { String::new() } else { format!(", {}", limits.join("; ")) };
    facts.extend(holder.map(|holder| match holder {
        Holder::List => format!("A list of tables{limits}."),
        _ => format!("Tables by names{limits}."),
    }));
    facts.extend(one.is_secret.then(|| "Everything in it is secret.".to_owned()));
    if one.is_repeated {
        facts.push("It holds the same settings as what it stands in.".to_owned());
    }
    if !one.forms.is_empty() {
        let names: Vec<String> =
            one.forms.iter().map(|form| format!("`{}`", clean(form.variant.key()))).collect();
        let told = match one.tagging() {
            Some(Tagging::Untagged) => "It has one of several forms; the first that fits is taken".to_owned(),
            _ => format!("It has one of these forms: {}", names.join(", ")),
        };
        facts.push(format!("{told}."));
    }
    facts.extend(one.rules().iter().map(|rule| sentence(rule)));
    facts.extend(one.metadata.relaxed_keys().then(|| {
        "Other spellings of its keys are accepted: `max-conn` and `maxConn` for `max_conn`.".to_owned()
    }));
    facts
}

fn rest(entry: &Entry) -> Option<String> {
    let Entry::Rest(field) = entry else { return None };
    let words = field.kind().map_or_else(|| "any value".to_owned(), |kind| kind_words(&kind));
    Some(format!("Any other key may be here, too: {words}."))
}

fn rows(entries: &[Entry]) -> Vec<Row> {
    let settings = entries.iter().filter_map(|entry| match entry {
        Entry::Setting(one) if !one.is_hidden => Some(one),
        _ => None,
    });
    settings.map(|one| row(one)).collect()
}

fn row(one: &Setting) -> Row {
    let limits = one.limits();
    let mut value = one.kind_words();
    value.extend(one.field.unit().map(|unit| format!(" ({unit})")));
    value.extend((!limits.is_empty()).then(|| format!(", {}", limits.join("; "))));
    let need = one.need();
    Row {
        path: clean(&one.path).into_owned(),
        value: clean(&value).into_owned(),
        need: (!need.is_empty()).then(|| clean(&need.join("; ")).into_owned()),
        default: one.default().filter(|text| text != "null").map(|text| clean(&text).into_owned()),
        names: names(one),
        docs: paragraphs(one.docs()),
        facts: facts(one),
    }
}

fn names(one: &Setting) -> Vec<String> {
    let short = one.field.arg().short().filter(|_| one.argument.is_some()).map(|short| format!("-{short}"));
    let names = one.variables.iter().chain(&one.file_variable).chain(&one.argument).chain(&short);
    names.map(|name| clean(name).into_owned()).collect()
}

fn facts(one: &Setting) -> Vec<String> {
    let field = one.field;
    let list =
        |names: &[&str]| names.iter().map(|name| format!("`{}`", clean(name))).collect::<Vec<_>>().join(", ");
    let mut facts = Vec::new();
    facts.extend(field.deprecated().map(|words| format!("**Deprecated:** {}", sentence(words))));
    facts.extend(one.is_secret.then(|| "**Secret.**".to_owned()));
    facts.extend(choices(one));
    if let Some(example) = field.example().filter(|_| !one.is_secret) {
        facts.push(format!("Example: {}.", code(example)));
    }
    if let Some(merge) = field.merge() {
        facts.push(format!("Layers are merged: {}.", merge.as_str()));
    }
    if !field.aliases().is_empty() {
        facts.push(format!("Also {}.", list(field.aliases())));
    }
    if !field.renamed_from().is_empty() {
        facts.push(format!("Formerly {}.", list(field.renamed_from())));
    }
    facts
}

/// What is said of the names that may be chosen.
fn choices(one: &Setting) -> Vec<String> {
    let of = one.kind.element().unwrap_or(&one.kind);
    let Kind::Choice(names) = of.kind() else { return Vec::new() };
    let with_docs = names.iter().zip(of.docs_of_names()).filter(|(_, docs)| !docs.trim().is_empty());
    with_docs.map(|(name, docs)| format!("`{name}`: {}", paragraphs(docs).join(" "))).collect()
}

/// The paragraphs of a documentation comment, each in one line.
fn paragraphs(docs: &str) -> Vec<String> {
    let lines: Vec<&str> = docs.lines().map(str::trim).collect();
    let paragraphs = lines.split(|line| line.is_empty()).filter(|lines| !lines.is_empty());
    paragraphs.map(|lines| clean(&lines.join(" ")).into_owned()).collect()
}
