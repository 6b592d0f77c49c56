//! `schema` and `docs`: what is made from the declaration.

use ::clap::ArgMatches;
use confkit_sources::System;

use super::Status;
use super::arguments::{FORMAT, PARTIAL, word};
use super::failure::Failure;
use super::session::Session;
use crate::config::Config;
use crate::generate::{Deployment, Reference};
use crate::schema::Schema;

/// The forms of the documentation, with what they are.
pub(super) const FORMS: [(&str, &str); 6] = [
    ("markdown", "a page in Markdown"),
    ("html", "a page in HTML"),
    ("man", "a section of a manual page"),
    ("kubernetes", "a ConfigMap and a Secret of variables"),
    ("systemd", "lines for a unit of systemd"),
    ("compose", "a part of a compose file"),
];

pub(super) fn schema<T: Config>(
    session: &mut Session<'_, '_, T>,
    matches: &ArgMatches,
) -> Result<Status, Failure> {
    let schema = Schema::of::<T>();
    let schema = if matches.get_flag(PARTIAL) { schema.partial() } else { schema };
    let schema = match &session.options.profile {
        Some(profile) => schema.profile(profile),
        None => schema,
    };
    session.answer(&schema.to_string())?;
    Ok(Status::Done)
}

pub(super) fn docs<T: Config>(
    session: &mut Session<'_, '_, T>,
    matches: &ArgMatches,
) -> Result<Status, Failure> {
    let form = word(matches, FORMAT).unwrap_or_default();
    let text = document::<T>(form, session.loader.looked_up_in());
    session.answer(&text)?;
    Ok(Status::Done)
}

fn document<T: Config>(form: &str, system: &System) -> String {
    let deployment = || Deployment::of::<T>(system.program());
    match form {
        "html" => Reference::of::<T>().html(),
        "man" => Reference::of::<T>().man(),
        "kubernetes" => deployment().kubernetes(),
        "systemd" => deployment().systemd(),
        "compose" => deployment().compose(),
        _ => Reference::of::<T>().markdown(),
    }
}
