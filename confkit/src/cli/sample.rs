//! `sample`: a file of settings to start from.

use ::clap::ArgMatches;
use confkit_sources::Format;

use super::Status;
use super::arguments::{BRIEF, FORMAT, word};
use super::failure::Failure;
use super::session::Session;
use crate::config::Config;
use crate::generate::Sample;

/// The formats by their names.
pub(super) const FORMATS: &[(&str, Format)] = &[
    #[cfg(feature = "toml")]
    ("toml", Format::Toml),
    #[cfg(feature = "yaml")]
    ("yaml", Format::Yaml),
    ("json5", Format::Json5),
    #[cfg(feature = "ini")]
    ("ini", Format::Ini),
    ("env", Format::Dotenv),
];

pub(super) fn run<T: Config>(
    session: &mut Session<'_, '_, T>,
    matches: &ArgMatches,
) -> Result<Status, Failure> {
    let wanted = word(matches, FORMAT).unwrap_or_default();
    let sample = Sample::of::<T>();
    let sample = if matches.get_flag(BRIEF) { sample.brief() } else { sample };
    for (_, format) in FORMATS.iter().filter(|(name, _)| *name == wanted) {
        session.answer(&sample.text(*format)?)?;
    }
    Ok(Status::Done)
}
