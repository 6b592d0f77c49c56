//! Back from clap's matches to words.

use std::collections::HashMap;
use std::ffi::OsString;
use std::fmt;

use ::clap::ArgMatches;
use ::clap::parser::ValueSource;

/// Begins the ids of arguments with a value; the name follows.
pub(super) const PREFIX: &str = "confkit:";

/// Begins the ids of arguments that say no.
pub(super) const NEGATED: &str = "confkit-no:";

/// What the user typed of the settings, as clap found it.
///
/// It is taken from `&ArgMatches`, with those of subcommands, or from a [`ConfigArgs`](super::ConfigArgs).
/// What comes from defaults of clap or from variables that clap reads is not in it.
///
/// # Example
///
/// ```
/// use confkit::Config;
/// use confkit::clap::{Typed, augment};
///
/// #[derive(Config)]
/// struct Settings {
///     port: u16,
/// }
///
/// let command = augment::<Settings>(clap::Command::new("orders"));
/// let matches = command.try_get_matches_from(["orders"]).unwrap();
/// assert!(Typed::from(&matches).is_empty());
/// ```
#[derive(Clone, Default)]
pub struct Typed {
    words: Vec<OsString>,
}

impl Typed {
    /// Returns whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The words of a command line without anything but settings.
    pub(crate) fn into_words(self) -> Vec<OsString> {
        self.words
    }

    /// What was typed at one level of subcommands.
    pub(super) fn at(matches: &ArgMatches, is_wanted: impl Fn(&str) -> bool) -> Self {
        Self { words: words(given(matches).into_iter().filter(|(id, _)| is_wanted(id))) }
    }
}

/// Shows how much it is; any of it may be secret.
impl fmt::Debug for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Typed").field("count", &self.words.len()).finish_non_exhaustive()
    }
}

impl From<&ArgMatches> for Typed {
    fn from(matches: &ArgMatches) -> Self {
        let mut all = Self::default();
        let mut seen = HashMap::<&str, Values>::new();
        let mut level = Some(matches);
        while let Some(matches) = level {
            let mut given = given(matches);
            // clap copies a global argument to every level.
            given.retain(|(id, values)| seen.get(id) != Some(values));
            all.words.extend(words(given.iter().cloned()));
            seen.extend(given);
            level = matches.subcommand().map(|(_, inner)| inner);
        }
        all
    }
}

/// The values of an argument, each with its position among the words.
type Values = Vec<(usize, OsString)>;

/// What was typed of each argument that is ours.
fn given(matches: &ArgMatches) -> Vec<(&str, Values)> {
    let ids = matches.ids().map(::clap::Id::as_str);
    let ours = ids.filter(|id| id.starts_with(PREFIX) || id.starts_with(NEGATED));
    let typed = ours.filter(|id| matches.value_source(id) == Some(ValueSource::CommandLine));
    let values = typed.filter_map(|id| {
        let values = matches.get_raw(id)?.map(ToOwned::to_owned);
        Some((id, matches.indices_of(id)?.zip(values).collect()))
    });
    values.collect()
}

/// The words of which the values come, in their order.
fn words<'m>(given: impl Iterator<Item = (&'m str, Values)>) -> Vec<OsString> {
    let mut placed: Vec<(usize, OsString)> = given
        .flat_map(|(id, values)| {
            values.into_iter().filter_map(move |(place, value)| Some((place, word(id, value)?)))
        })
        .collect();
    placed.sort_by_key(|(place, _)| *place);
    placed.into_iter().map(|(_, word)| word).collect()
}

fn word(id: &str, value: OsString) -> Option<OsString> {
    if let Some(name) = id.strip_prefix(NEGATED) {
        return Some(format!("--no-{name}").into());
    }
    let mut word = OsString::from(format!("--{}=", id.strip_prefix(PREFIX)?));
    word.push(value);
    Some(word)
}
