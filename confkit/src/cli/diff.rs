//! `diff`: what differs between two profiles, or between two files in one place.

use ::clap::ArgMatches;

use super::Status;
use super::arguments::{FORMAT, LEFT, RIGHT, word};
use super::failure::Failure;
use super::session::Session;
use crate::config::Config;
use crate::loader::{Edited, Loader};

pub(super) fn run<T: Config>(
    session: &mut Session<'_, '_, T>,
    matches: &ArgMatches,
) -> Result<Status, Failure> {
    let (left, right) = (word(matches, LEFT).unwrap_or_default(), word(matches, RIGHT).unwrap_or_default());
    let (old, new) = if is_profile(left) && is_profile(right) {
        (session.loader.clone().profile(left), session.loader.clone().profile(right))
    } else {
        files(session, left, right)?
    };
    let (old, new) = (old.load_traced()?, new.load_traced()?);
    let differences = old.diff(&new);
    let is_json = word(matches, FORMAT) == Some("json");
    session.answer(&if is_json { differences.to_json() } else { differences.to_string() })?;
    Ok(if differences.is_empty() { Status::Done } else { Status::No })
}

/// Whether a word can be the name of a profile; names of files have an extension.
fn is_profile(word: &str) -> bool {
    !word.contains(['.', '/', '\\'])
}

/// The stack with one file, and with the other in its place.
fn files<T: Config>(
    session: &Session<'_, '_, T>,
    left: &str,
    right: &str,
) -> Result<(Loader<T>, Loader<T>), Failure> {
    let found = Edited::find(&session.loader, left).map_err(|error| Failure::of_file(left, &error))?;
    let edited = found.ok_or_else(|| Failure::no_format(left))?;
    for file in [left, right] {
        session.is_there(file)?;
    }
    Ok((edited.with_file(left), edited.with_file(right)))
}
