//! What `--help` prints: the declared settings as options.

use std::fmt;

use confkit_sources::args::{Declared, Names, declared_arguments};
use confkit_sources::declared::{Content, Kind, ValueKind};

use crate::defaults;
use crate::report::{clean, columns};

/// Columns where there is no terminal to ask.
pub(crate) const WIDTH: usize = 80;

/// Names wider than this stand on a line of their own.
const WIDEST_NAME: usize = 30;

/// Below this there is no room for two columns.
const NARROW: usize = 60;

/// The options of one or more types.
#[derive(Debug, Clone)]
pub(crate) struct Help {
    about: String,
    program: String,
    groups: Vec<Group>,
}

/// The options of one section.
#[derive(Debug, Clone)]
struct Group {
    title: String,
    rows: Vec<Row>,
}

/// A name and what it is for.
#[derive(Debug, Clone)]
struct Row {
    name: String,
    text: String,
}

/// How the variables of a setting are called, if it has any: by its path.
pub(crate) type Variables<'a> = &'a dyn Fn(&str) -> Option<String>;

impl Help {
    /// Lists the options of types, with the variables that give the same settings.
    pub(crate) fn new(program: &str, types: &[Names<'_>], variables: Variables<'_>) -> Self {
        let about = match types {
            [only] => paragraph(only.metadata.docs()),
            _ => String::new(),
        };
        let declared: Vec<Declared> = types.iter().flat_map(declared_arguments).collect();
        let shown =
            |is_secret| declared.iter().filter(move |one| !one.is_hidden && one.is_secret == is_secret);
        let mut groups = vec![Group { title: "Options".to_owned(), rows: Vec::new() }];
        let mut titles: Vec<&str> = vec![""];
        for one in shown(false) {
            let section = one.section.0.as_str();
            let at = titles.iter().position(|title| *title == section).unwrap_or_else(|| {
                titles.push(section);
                groups.push(Group { title: title(one), rows: Vec::new() });
                groups.len() - 1
            });
            groups[at].rows.push(option(one, variables));
        }
        groups[0].rows.push(Row { name: "-h, --help".to_owned(), text: "Print these options.".to_owned() });
        let secrets: Vec<Row> = shown(true).map(|one| secret(one, variables)).collect();
        if !secrets.is_empty() {
            groups.push(Group { title: "Secrets, which have no option".to_owned(), rows: secrets });
        }
        Self { about, program: clean(program).into_owned(), groups }
    }

    /// Writes the options for a terminal of a width.
    pub(crate) fn rendered(&self, width: usize) -> String {
        let mut text = String::new();
        if !self.about.is_empty() {
            text.push_str(&lines(&self.about, width).join("\n"));
            text.push_str("\n\n");
        }
        text.push_str(&lines(&format!("Usage: {} [OPTIONS]", self.program), width).join("\n"));
        text.push('\n');
        let rows = self.groups.iter().flat_map(|group| &group.rows);
        let names = rows.map(|row| columns(&row.name)).filter(|&name| name <= WIDEST_NAME);
        let names = if width < NARROW { 0 } else { names.max().unwrap_or(0) };
        for group in &self.groups {
            text.push('\n');
            text.push_str(&lines(&format!("{}:", group.title), width).join("\n"));
            text.push('\n');
            group.rows.iter().for_each(|row| row.write(&mut text, names, width));
        }
        text
    }
}

impl fmt::Display for Help {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.rendered(WIDTH))
    }
}

impl Row {
    fn write(&self, text: &mut String, names: usize, width: usize) {
        // Without a common column what belongs to a name stands under it.
        let indent = if names == 0 { 10 } else { names + 4 };
        let name = columns(&self.name);
        text.push_str("  ");
        text.push_str(&self.name);
        for (number, line) in lines(&self.text, width.saturating_sub(indent)).iter().enumerate() {
            if line.is_empty() {
                continue;
            }
            if number == 0 && name <= names {
                text.push_str(&" ".repeat(indent - name - 2));
            } else {
                text.push('\n');
                text.push_str(&" ".repeat(indent));
            }
            text.push_str(line);
        }
        text.push('\n');
    }
}

/// Breaks a text into lines: at blanks, but not within brackets that fit into one line. Words wider
/// than a line are cut.
pub(crate) fn lines(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in words(text, width) {
        let last = lines.len() - 1;
        let used = columns(&lines[last]);
        if used == 0 {
            lines[last].push_str(word);
        } else if used + 1 + columns(word) <= width {
            lines[last].push(' ');
            lines[last].push_str(word);
        } else {
            lines.push(word.to_owned());
        }
        while let Some(at) = overflow(lines.last().map_or("", String::as_str), width) {
            let rest = lines.last_mut().map(|line| line.split_off(at));
            lines.extend(rest);
        }
    }
    lines
}

/// Where a line has to be cut; at least one character stays.
fn overflow(line: &str, width: usize) -> Option<usize> {
    let fits = |at: usize| columns(&line[..at]) <= width.max(2);
    let ends = line.char_indices().map(|(at, c)| at + c.len_utf8());
    let end = ends.take_while(|&at| fits(at)).last().unwrap_or(line.len());
    (end < line.len()).then_some(end)
}

/// Splits a text at blanks; what stands in brackets is one word if it fits into a line.
fn words(text: &str, width: usize) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let bracket = rest.starts_with('[').then(|| rest.find(']')).flatten().map(|end| end + 1);
        let bracket = bracket.filter(|&end| columns(&rest[..end]) <= width);
        let from = bracket.unwrap_or(0);
        let end = rest[from..].find(' ').map_or(rest.len(), |at| from + at);
        words.push(&rest[..end]);
        rest = rest[end..].trim_start();
    }
    words
}

/// The first paragraph of a documentation comment, as one line.
pub(crate) fn paragraph(docs: &str) -> String {
    let lines = docs.trim().lines().take_while(|line| !line.trim().is_empty());
    clean(&lines.map(str::trim).collect::<Vec<_>>().join(" ")).into_owned()
}

pub(crate) fn title(one: &Declared) -> String {
    let (path, docs) = &one.section;
    let path = clean(path);
    match paragraph(docs).trim_end_matches('.') {
        "" => path.into_owned(),
        docs => format!("{docs} ({path})"),
    }
}

fn option(one: &Declared, variables: Variables<'_>) -> Row {
    let letter = one.short.map_or_else(|| "    ".to_owned(), |short| format!("-{short}, "));
    let long = clean(&one.long);
    let name = match placeholder(one) {
        None if one.is_switch() && !one.is_dynamic => format!("{letter}--[no-]{long}"),
        None => format!("{letter}--{long}"),
        Some(value) => format!("{letter}--{long} {value}"),
    };
    let possible = choice(one).map(|(names, _)| format!("[possible: {}]", clean(&names.join(", "))));
    let text: Vec<String> =
        std::iter::once(described(one)).chain(possible).chain(facts(one, variables)).collect();
    Row { name, text: text.join(" ").trim_start().to_owned() }
}

/// What is known of a setting besides its documentation, each fact in brackets: whether it has to be
/// given, its default, its variable.
pub(crate) fn facts(one: &Declared, variables: Variables<'_>) -> Vec<String> {
    let default = default(one).map(|default| format!("default: {default}"));
    let variable = variables(&one.path).filter(|_| !one.is_dynamic);
    let variable = variable.map(|variable| format!("variable: {variable}"));
    let unit = one.field.unit().map(|unit| format!("unit: {unit}"));
    let facts = [required(one), default, unit, variable].into_iter().flatten();
    facts.map(|fact| format!("[{}]", clean(&fact))).collect()
}

/// The names of which the value is one, or its elements are, with what is said of them.
pub(crate) fn choice(one: &Declared) -> Option<(&'static [&'static str], Vec<String>)> {
    let kind = kind(one).filter(|kind| !kind.unsure)?;
    let of = kind.element().unwrap_or(&kind);
    match of.kind() {
        Kind::Choice(names) => Some((names, of.docs_of_names().to_vec())),
        _ => None,
    }
}

fn described(one: &Declared) -> String {
    paragraph(one.field.docs())
}

fn secret(one: &Declared, variables: Variables<'_>) -> Row {
    let mut text = described(one);
    let mut add = |more: String| {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&more);
    };
    required(one).into_iter().for_each(|required| add(format!("[{required}]")));
    let Some(variable) = variables(&one.path).filter(|_| !one.is_dynamic) else {
        add("[set it in a file]".to_owned());
        return Row { name: clean(&one.path).into_owned(), text };
    };
    add(format!("[or a file: {variable}_FILE]"));
    Row { name: variable, text }
}

fn required(one: &Declared) -> Option<String> {
    match one.field.required_profiles() {
        _ if one.is_required => Some("required".to_owned()),
        [] => None,
        profiles => Some(format!("required in profile {}", profiles.join(", "))),
    }
}

pub(crate) fn kind(one: &Declared) -> Option<ValueKind> {
    match one.field.content() {
        Content::Value(kind) => Some(kind()),
        _ => None,
    }
}

/// The default as it is written in an argument; none for what may hold a secret.
fn default(one: &Declared) -> Option<String> {
    let text = defaults::text(one.field)?;
    Some(if text.trim() == text && !text.is_empty() { text } else { format!("\"{text}\"") })
}

/// What stands for the value; nothing for what needs none.
fn placeholder(one: &Declared) -> Option<String> {
    let kind = kind(one)?;
    (*kind.kind() != Kind::Bool).then(|| word(&kind))
}

pub(crate) fn word(kind: &ValueKind) -> String {
    let element = || kind.element().map_or_else(|| "<VALUE>".to_owned(), word);
    match kind.kind() {
        Kind::Bool => "<BOOL>".to_owned(),
        Kind::Integer { .. } => "<INTEGER>".to_owned(),
        Kind::Float => "<NUMBER>".to_owned(),
        Kind::Text if kind.is_path() => "<PATH>".to_owned(),
        Kind::Text => "<TEXT>".to_owned(),
        Kind::Duration => "<DURATION>".to_owned(),
        Kind::Bytes => "<SIZE>".to_owned(),
        Kind::Choice(_) => "<NAME>".to_owned(),
        Kind::Parsed(what) => format!("<{}>", what.to_uppercase().replace(' ', "-")),
        Kind::List => format!("{}...", element().trim_end_matches("...")),
        Kind::Map | Kind::Structure(_) => "<KEY=VALUE>...".to_owned(),
        _ => "<VALUE>".to_owned(),
    }
}
