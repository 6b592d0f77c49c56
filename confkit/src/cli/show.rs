//! `show`: the settings that are in force.

use std::collections::BTreeSet;

use ::clap::ArgMatches;
use confkit_sources::path::{self, Segment};
use confkit_sources::{Document, Fate, Format, NodeRef, OriginKind, WriteError};

use super::Status;
use super::arguments::{DEFAULTS, FORMAT, KEY, word};
use super::failure::Failure;
use super::session::Session;
use super::table::Table;
use crate::config::Config;
use crate::explain::{Explanation, Loaded};
use crate::report::{Code, Problem, Report};
use crate::resolve::plain;
use crate::write::{Defaults, Secrets};

/// The forms of the list; nothing for the table.
pub(super) const FORMS: &[(&str, Option<Format>)] = &[
    ("table", None),
    #[cfg(feature = "toml")]
    ("toml", Some(Format::Toml)),
    ("json", Some(Format::Json)),
    #[cfg(feature = "yaml")]
    ("yaml", Some(Format::Yaml)),
];

pub(super) fn run<T: Config>(
    session: &mut Session<'_, '_, T>,
    matches: &ArgMatches,
) -> Result<Status, Failure> {
    let below = match word(matches, KEY) {
        Some(key) => session.setting(key)?.path,
        None => Vec::new(),
    };
    let with_defaults = matches.get_flag(DEFAULTS);
    let loaded = session.load()?;
    let form = FORMS.iter().find(|(name, _)| word(matches, FORMAT) == Some(name));
    match form.and_then(|(_, format)| *format) {
        Some(format) => document(session, &loaded, format, with_list(&below), with_defaults)?,
        None => table(session, &loaded, &path::to_string(&below), with_defaults)?,
    }
    Ok(Status::Done)
}

/// A row for each setting, its value as its source writes it.
fn table<T: Config>(
    session: &mut Session<'_, '_, T>,
    loaded: &Loaded<T>,
    below: &str,
    with_defaults: bool,
) -> Result<(), Failure> {
    let mut explanations = loaded.explanations();
    explanations.retain(|explanation| is_below(explanation.path(), below));
    if explanations.is_empty() && !below.is_empty() {
        // An element or an entry of a value.
        let Some(one) = loaded.explain(below) else { return session.note(&format!("{below} is not set")) };
        explanations.push(one);
    }
    let (shown, left_out): (Vec<_>, Vec<_>) =
        explanations.iter().partition(|explanation| with_defaults || is_given(explanation));
    let mut table = Table::new(["SETTING", "VALUE", "FROM"]);
    for explanation in shown {
        let from = explanation.value().map(|_| explanation.origin().to_string());
        let nothing = if explanation.is_aside() { "(set aside)" } else { "(not set)" };
        let value = explanation.value().unwrap_or(nothing).to_owned();
        table.row([explanation.path().to_owned(), value, from.unwrap_or_default()]);
    }
    if !table.is_empty() {
        session.answer(&table.rendered(session.columns(), session.is_coloured()))?;
    }
    match left_out.len() {
        0 => Ok(()),
        1 => session.note("1 setting that no layer gives is left out: `--defaults` lists it"),
        count => session
            .note(&format!("{count} settings that no layer gives are left out: `--defaults` lists them")),
    }
}

/// The settings as a file would give them, without secrets: a mask is no value.
fn document<T: Config>(
    session: &mut Session<'_, '_, T>,
    loaded: &Loaded<T>,
    format: Format,
    below: &[Segment<'_>],
    with_defaults: bool,
) -> Result<(), Failure> {
    let defaults = if with_defaults { Defaults::Include } else { Defaults::Omit };
    let document = loaded.to_document(defaults, Secrets::Omit)?;
    let kept = kept(&document, below);
    let part =
        document.revised(&mut |node| Fate { is_left_out: !kept.contains(&node.id()), ..Fate::default() });
    let text = format.write(&part).map_err(|errors| unwritten::<T>(&errors))?;
    session.answer(&text)
}

/// The path without what leads into a list: an element has no place of its own in a document.
fn with_list<'p, 's>(path: &'p [Segment<'s>]) -> &'p [Segment<'s>] {
    let list = path.iter().position(|step| matches!(step, Segment::Index(_)));
    &path[..list.unwrap_or(path.len())]
}

/// The nodes on the way to a path and below it.
fn kept(document: &Document, below: &[Segment<'_>]) -> BTreeSet<u32> {
    let mut kept = BTreeSet::from([document.root().id()]);
    let mut last = document.root();
    for step in below {
        let Some(inside) = plain(last, step) else { return kept };
        kept.insert(inside.id());
        last = inside;
    }
    add(last, &mut kept);
    kept
}

fn add(node: NodeRef<'_>, kept: &mut BTreeSet<u32>) {
    kept.insert(node.id());
    node.items().for_each(|inside| add(inside, kept));
}

/// What the format cannot hold.
fn unwritten<T: Config>(errors: &[WriteError]) -> Failure {
    let mut report = Report::of_writing(T::METADATA.name());
    for error in errors {
        report.add(Problem::unplaced(Code::Unwritable, &error.path, &error.message, error.help.as_deref()));
    }
    Failure::Report(report)
}

/// Whether a layer gives the setting.
fn is_given(explanation: &Explanation) -> bool {
    let is_aside = explanation.is_aside() && !explanation.shadowed().is_empty();
    is_aside || (explanation.value().is_some() && explanation.origin().kind() != OriginKind::Default)
}

/// Whether a path is another one, or inside it.
fn is_below(path: &str, section: &str) -> bool {
    section.is_empty()
        || path.strip_prefix(section).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}
