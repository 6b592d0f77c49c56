//! `explain`: what a setting is, and why it has its value.

use ::clap::ArgMatches;
use confkit_sources::path::{self, Segment};

use super::Status;
use super::arguments::{KEY, word};
use super::failure::Failure;
use super::session::Session;
use crate::config::Config;
use crate::explain::Addressed;
use crate::report::clean;
use crate::settings::{Section, Setting};

pub(super) fn run<T: Config>(
    session: &mut Session<'_, '_, T>,
    matches: &ArgMatches,
) -> Result<Status, Failure> {
    let key = word(matches, KEY).unwrap_or_default();
    // A path that is not declared is told even where the settings cannot be loaded.
    let addressed = session.setting(key)?;
    let loaded = session.load()?;
    // An element or an entry that no layer has is not explained.
    let nothing = || format!("{} is not set", clean(&path::to_string(&addressed.path)));
    session.answer(&loaded.explain(key).map_or_else(nothing, |explanation| explanation.to_string()))?;
    let root = Section::of(T::METADATA);
    let settings = root.settings();
    let section = session.loader.section_path().len();
    if let Some(setting) = settings.into_iter().find(|one| is_it(one, &addressed, section)) {
        session.answer(&format!("\n{}", declared(setting)))?;
    }
    Ok(Status::Done)
}

/// Whether a setting is the one that a path addresses, or the one around it.
fn is_it(setting: &Setting, addressed: &Addressed, section: usize) -> bool {
    // Positions stand for what differs from one element or entry to the next.
    let pattern = setting.path.replace("[]", "[0]").replace(".<key>", "[0]").replace("<key>", "[0]");
    let Ok(pattern) = path::parse(&pattern) else { return false };
    let inside = &addressed.path[section..];
    let is_same = |(own, step): (&Segment<'_>, &Segment<'_>)| matches!(own, Segment::Index(_)) || own == step;
    let is_around = pattern.len() <= inside.len() && pattern.iter().zip(inside).all(is_same);
    is_around && setting.field.name() == addressed.field.name()
}

/// What the declaration says.
fn declared(setting: &Setting) -> String {
    let mut lines: Vec<String> = setting.docs().trim().lines().map(str::to_owned).collect();
    let kind = std::iter::once(setting.kind_words()).chain(setting.limits());
    let variables = setting.variables.iter().chain(&setting.file_variable);
    let secret = setting.is_secret.then(|| "its value is never shown".to_owned());
    let facts: [(&str, Vec<String>); 6] = [
        ("Type", kind.collect()),
        ("Unit", setting.field.unit().map(str::to_owned).into_iter().collect()),
        ("Needed", setting.need()),
        ("Secret", secret.into_iter().collect()),
        ("Variable", variables.cloned().collect()),
        ("Argument", setting.argument.iter().cloned().collect()),
    ];
    let facts = facts.iter().filter(|(_, words)| !words.is_empty());
    lines.extend(facts.map(|(name, words)| format!("{name}: {}", words.join(", "))));
    lines.iter().map(|line| clean(line.trim_end())).collect::<Vec<_>>().join("\n")
}
