//! `schema` and `docs`: what is made from the declaration, and what has changed in it.

use std::path::Path;

use ::clap::ArgMatches;
use confkit_sources::System;

use super::Status;
use super::arguments::{COMPARE, FORMAT, PARTIAL, word};
use super::failure::Failure;
use super::reports::Output;
use super::session::Session;
use crate::compat;
use crate::config::Config;
use crate::generate::{Deployment, Reference};
use crate::report::Code;
use crate::schema::Schema;

/// The forms of the documentation, with what they are.
pub(super) const FORMS: [(&str, &str); 7] = [
    ("markdown", "a page in Markdown"),
    ("html", "a page in HTML"),
    ("man", "a section of a manual page"),
    ("kubernetes", "a ConfigMap and a Secret of variables"),
    ("helm", "values.schema.json of a chart that has the settings under `config`"),
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
    match word(matches, COMPARE) {
        Some(old) => compare(session, old, &schema),
        None => session.answer(&schema.to_string()).map(|()| Status::Done),
    }
}

/// Says what is not as it was in the schema of a file.
fn compare<T: Config>(
    session: &mut Session<'_, '_, T>,
    old: &str,
    schema: &Schema,
) -> Result<Status, Failure> {
    let content = session.loader.looked_up_in().read(Path::new(old));
    let content = content.map_err(|error| Failure::of_file(old, &error))?;
    let changes = compat::compare(&String::from_utf8_lossy(&content), &schema.to_json());
    let changes = changes.map_err(|error| {
        let message = format!("{old} cannot be compared: {error}");
        Failure::new(Status::Data, Code::Source, &message, None)
    })?;
    let is_json = session.options.output == Output::Json;
    session.answer(&if is_json { changes.to_json() } else { changes.to_string() })?;
    Ok(if changes.is_breaking() { Status::No } else { Status::Done })
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
        "helm" => Schema::of::<T>().partial().helm("config"),
        "systemd" => deployment().systemd(),
        "compose" => deployment().compose(),
        _ => Reference::of::<T>().markdown(),
    }
}
