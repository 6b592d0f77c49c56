//! A section of a manual page, in the macros of man(7).

use super::spans::{Span, spans};
use super::table::{Row, Table};
use crate::settings::{code, sentence};

pub(super) fn section(title: &str, tables: &[Table]) -> String {
    let mut text = format!(".SH {}\n", argument(&title.to_uppercase()));
    for table in tables {
        if !table.title.is_empty() {
            text.push_str(&format!(".SS {}\n", argument(&table.title)));
        }
        for (at, paragraph) in table.docs.iter().chain(&table.facts).enumerate() {
            text.push_str(if at == 0 { "" } else { ".PP\n" });
            text.push_str(&line(&inline(paragraph)));
        }
        table.rows.iter().for_each(|row| self::row(&mut text, row));
    }
    text
}

fn row(text: &mut String, row: &Row) {
    let name = if row.path.is_empty() { "the value".to_owned() } else { row.path.clone() };
    text.push_str(&format!(".TP\n\\fB{}\\fR\n", escaped(&name)));
    for words in &row.docs {
        text.push_str(&line(&inline(words)));
        text.push_str(".br\n");
    }
    let mut facts = vec![sentence(&row.value)];
    facts.extend(row.need.as_deref().map(sentence));
    let shown = |default: &String| code(if default.is_empty() { "\"\"" } else { default });
    facts.extend(row.default.as_ref().map(|default| format!("Default: {}.", shown(default))));
    facts.extend((!row.names.is_empty()).then(|| {
        format!("Given by {}.", row.names.iter().map(|name| code(name)).collect::<Vec<_>>().join(", "))
    }));
    facts.extend(row.facts.iter().cloned());
    text.push_str(&line(&inline(&facts.join(" "))));
}

/// Words as roff prints them: code and bold are both bold.
fn inline(words: &str) -> String {
    let font = |span| match span {
        Span::Plain(text) => escaped(text),
        Span::Bold(text) | Span::Code(text) => format!("\\fB{}\\fR", escaped(text)),
    };
    spans(words).into_iter().map(font).collect()
}

/// A line of text, which is no request whatever it begins with.
fn line(words: &str) -> String {
    let guard = if words.starts_with(['.', '\'']) { "\\&" } else { "" };
    format!("{guard}{words}\n")
}

/// The argument of a macro.
fn argument(words: &str) -> String {
    format!("\"{}\"", escaped(words).replace('"', "\\(dq"))
}

/// Text in which nothing is an escape. A hyphen is a minus, so that names can be copied.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => escaped.push_str("\\e"),
            '-' => escaped.push_str("\\-"),
            '^' => escaped.push_str("\\(ha"),
            '~' => escaped.push_str("\\(ti"),
            '`' => escaped.push_str("\\(ga"),
            '\'' => escaped.push_str("\\(aq"),
            c => escaped.push(c),
        }
    }
    escaped
}
