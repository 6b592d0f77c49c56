//! `check`: everything that is wrong.

use ::clap::ArgMatches;

use super::Status;
use super::arguments::DENY;
use super::failure::Failure;
use super::reports::Output;
use super::session::Session;
use crate::config::Config;
use crate::explain::Loaded;
use crate::loader::Warnings;
use crate::report::{Report, rendered_warnings};

pub(super) fn run<T: Config>(
    session: &mut Session<'_, '_, T>,
    matches: &ArgMatches,
) -> Result<Status, Failure> {
    if matches.get_flag(DENY) {
        session.loader = session.loader.clone().warnings(Warnings::Deny);
    }
    let (text, status) = match session.loader.load_traced() {
        Ok(loaded) => (fine(session, &loaded), Status::Done),
        Err(report) => (session.options.output.report(&report, session.style()), Status::Config),
    };
    session.answer(&text)?;
    Ok(status)
}

/// What is told of settings without problems.
fn fine<T: Config>(session: &Session<'_, '_, T>, loaded: &Loaded<T>) -> String {
    let (name, warnings) = (T::METADATA.name(), loaded.warnings());
    let style = session.style();
    match session.options.output {
        Output::Human if warnings.is_empty() => {
            let of = if name.is_empty() { "the settings".to_owned() } else { format!("settings `{name}`") };
            format!("{of} have no problems (profile {})", loaded.profile())
        }
        Output::Human => rendered_warnings(name, warnings, style),
        output => {
            let mut report = Report::new(name, Some(loaded.profile()));
            warnings.iter().for_each(|warning| report.add(warning.clone()));
            output.report(&report, style)
        }
    }
}
