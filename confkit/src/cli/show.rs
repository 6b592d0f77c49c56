//! `show`: the settings that are in force.

use ::clap::ArgMatches;
use confkit_sources::OriginKind;

use super::Status;
use super::arguments::{DEFAULTS, KEY, word};
use super::failure::Failure;
use super::session::Session;
use super::table::Table;
use crate::config::Config;
use crate::explain::Explanation;

pub(super) fn run<T: Config>(
    session: &mut Session<'_, '_, T>,
    matches: &ArgMatches,
) -> Result<Status, Failure> {
    let loaded = session.load()?;
    let mut explanations = loaded.explanations();
    if let Some(key) = word(matches, KEY) {
        let setting = session.setting(key)?;
        let below = confkit_sources::path::to_string(&setting.path);
        explanations.retain(|explanation| is_below(explanation.path(), &below));
    }
    let with_defaults = matches.get_flag(DEFAULTS);
    let (shown, left_out): (Vec<_>, Vec<_>) =
        explanations.iter().partition(|explanation| with_defaults || is_given(explanation));
    let mut table = Table::new(["SETTING", "VALUE", "FROM"]);
    for explanation in shown {
        let from = explanation.value().map(|_| explanation.origin().to_string());
        let value = explanation.value().unwrap_or("(not set)").to_owned();
        table.row([explanation.path().to_owned(), value, from.unwrap_or_default()]);
    }
    if !table.is_empty() {
        session.answer(&table.rendered(session.columns(), session.is_coloured()))?;
    }
    match left_out.len() {
        0 => {}
        1 => session.note("1 setting that no layer gives is left out: `--defaults` lists it")?,
        count => session
            .note(&format!("{count} settings that no layer gives are left out: `--defaults` lists them"))?,
    }
    Ok(Status::Done)
}

/// Whether a layer gives the setting.
fn is_given(explanation: &Explanation) -> bool {
    explanation.value().is_some() && explanation.origin().kind() != OriginKind::Default
}

/// Whether a path is another one, or inside it.
fn is_below(path: &str, section: &str) -> bool {
    path.strip_prefix(section).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}
