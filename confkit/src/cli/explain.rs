//! `explain`: why a setting has its value.

use ::clap::ArgMatches;

use super::Status;
use super::arguments::{KEY, word};
use super::failure::Failure;
use super::session::Session;
use crate::config::Config;

pub(super) fn run<T: Config>(
    session: &mut Session<'_, '_, T>,
    matches: &ArgMatches,
) -> Result<Status, Failure> {
    let key = word(matches, KEY).unwrap_or_default();
    // A path that is not declared is told even where the settings cannot be loaded.
    session.setting(key)?;
    let loaded = session.load()?;
    let explanation = loaded.explain(key).ok_or_else(|| session.unknown(key))?;
    session.answer(&explanation.to_string())?;
    Ok(Status::Done)
}
