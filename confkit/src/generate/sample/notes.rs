//! What comments say of settings and sections.

use confkit_sources::declared::{Kind, Tagging, ValueKind};

use crate::report::clean;
use crate::settings::{Entry, Form, Holder, Section, Setting, code, kind_words, sentence};

/// What is said of a setting; `is_shown` is whether its default stands below.
pub(super) fn of_setting(one: &Setting, is_shown: bool) -> Vec<String> {
    let mut notes = docs(one.docs());
    notes.extend(one.need().iter().map(|need| match need.as_str() {
        "required" => "REQUIRED.".to_owned(),
        need => sentence(need),
    }));
    notes.push(sentence(&kind_and_limits(one)));
    notes.extend(names(&one.kind));
    if !is_shown && let Some(default) = one.default().filter(|text| !matches!(text.as_str(), "" | "null")) {
        notes.push(format!("Default: {}.", code(&default)));
    }
    if is_shown && let Some(example) = one.field.example().filter(|_| !one.is_secret) {
        notes.push(format!("Example: {}.", code(example)));
    }
    notes.extend(one.is_secret.then(|| secret(one)));
    notes
}

/// What is said of a section.
pub(super) fn of_section(section: &Section) -> Vec<String> {
    // What a variant holds was told with the variant.
    let mut notes = if section.field.is_some() { docs(section.docs()) } else { Vec::new() };
    let is_many = section.is_many();
    if section.is_required() {
        notes.push("REQUIRED.".to_owned());
    } else if section.holders.first() == Some(&Holder::Optional) {
        notes.push("It may be left out as a whole.".to_owned());
    }
    if is_many {
        let shape = if section.holders.contains(&Holder::List) { "list" } else { "table by names" };
        let limits = section.limits();
        let limits = if limits.is_empty() { String::new() } else { format!(", {}", limits.join("; ")) };
        notes.push(format!("A {shape}{limits}."));
    }
    if !section.forms.is_empty() {
        notes.push("It has one of these forms.".to_owned());
    }
    notes.extend(section.rules().iter().map(|rule| sentence(rule)));
    notes
}

/// What is said of one form of a section. Those that no name tells apart are told by what they hold.
pub(super) fn of_form(form: &Form, tagging: Option<Tagging>) -> Vec<String> {
    let name = match form.entries.first() {
        _ if tagging != Some(Tagging::Untagged) => format!("`{}`", clean(form.variant.key())),
        Some(Entry::Setting(one)) if one.key.is_empty() => sentence(&kind_and_limits(one)),
        _ => "A table.".to_owned(),
    };
    let docs = docs(form.variant.metadata().docs());
    match docs.split_first() {
        Some((first, rest)) => {
            let first = format!("{}: {first}", name.trim_end_matches('.'));
            std::iter::once(first).chain(rest.iter().cloned()).collect()
        }
        None if name.ends_with('.') => vec![name],
        None => vec![format!("{name}.")],
    }
}

/// What is said of keys that no field takes.
pub(super) fn of_rest(kind: Option<ValueKind>) -> Vec<String> {
    let values = kind.map_or_else(|| "any value".to_owned(), |kind| kind_words(&kind));
    vec![format!("Any other key may be here, too: {values}.")]
}

/// The lines of a documentation comment.
pub(super) fn docs(docs: &str) -> Vec<String> {
    docs.trim().lines().map(|line| clean(line.trim_end()).into_owned()).collect()
}

fn kind_and_limits(one: &Setting) -> String {
    let mut words = one.kind_words();
    if let Some(unit) = one.field.unit() {
        words = format!("{words} ({unit})");
    }
    let limits = one.limits();
    match limits.as_slice() {
        [] => words,
        limits => format!("{words}, {}", limits.join("; ")),
    }
}

/// What is said of the names that may be chosen, if something is.
fn names(kind: &ValueKind) -> Vec<String> {
    let of = kind.element().unwrap_or(kind);
    let Kind::Choice(names) = of.kind() else { return Vec::new() };
    let with_docs = names.iter().zip(of.docs_of_names()).filter(|(_, docs)| !docs.trim().is_empty());
    with_docs.map(|(name, text)| format!("- `{name}`: {}", docs(text).join(" "))).collect()
}

fn secret(one: &Setting) -> String {
    match (one.variables.first(), &one.file_variable) {
        (Some(variable), Some(file)) => {
            format!("Secret: better given by {variable}, or by a file that {file} names.")
        }
        (Some(variable), None) => format!("Secret: better given by {variable}."),
        (None, _) => "Secret: keep what holds it from others.".to_owned(),
    }
}
