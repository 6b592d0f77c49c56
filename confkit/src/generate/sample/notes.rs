//! What comments say of settings and sections.

use confkit_sources::declared::{Kind, ValueKind};

use crate::report::clean;
use crate::settings::{Form, Holder, Section, Setting};

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
        notes.push(format!("Default: `{}`.", clean(&default)));
    }
    if is_shown && let Some(example) = one.field.example().filter(|_| !one.is_secret) {
        notes.push(format!("Example: `{}`.", clean(example)));
    }
    notes.extend(one.is_secret.then(|| secret(one)));
    notes
}

/// What is said of a section.
pub(super) fn of_section(section: &Section) -> Vec<String> {
    let mut notes = docs(section.docs());
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

/// What is said of one form of a section.
pub(super) fn of_form(form: &Form) -> Vec<String> {
    let name = format!("`{}`", clean(form.variant.key()));
    match docs(form.variant.metadata().docs()).split_first() {
        Some((first, rest)) => {
            std::iter::once(format!("{name}: {first}")).chain(rest.iter().cloned()).collect()
        }
        None => vec![format!("{name}.")],
    }
}

/// What is said of keys that no field takes.
pub(super) fn of_rest(kind: Option<ValueKind>) -> Vec<String> {
    let values = kind.map_or_else(|| "any value".to_owned(), |kind| crate::settings::kind_words(&kind));
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

/// Words as a sentence: with a capital at its beginning, and a full stop.
pub(super) fn sentence(words: &str) -> String {
    let words = clean(words);
    let mut letters = words.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    let end = if words.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{first}{}{end}", letters.as_str())
}
