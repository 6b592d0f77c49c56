//! `env`: the variables, and what they set.

use std::collections::BTreeSet;

use ::clap::ArgMatches;
use confkit_sources::path;
use confkit_sources::{NodeKind, NodeRef};

use super::Status;
use super::arguments::EXPORT;
use super::failure::Failure;
use super::get::{any, json};
use super::session::Session;
use super::table::Table;
use crate::config::Config;
use crate::effective::{Effective, Filling};
use crate::resolve::plainly;

pub(super) fn run<T: Config>(
    session: &mut Session<'_, '_, T>,
    matches: &ArgMatches,
) -> Result<Status, Failure> {
    let answered = if matches.get_flag(EXPORT) { export(session) } else { list(session) };
    answered.map(|()| Status::Done)
}

/// Every variable, and where it is set.
fn list<T: Config>(session: &mut Session<'_, '_, T>) -> Result<(), Failure> {
    let set = session.loader.set_variables();
    let set_in = |name: &str| {
        let place = set.iter().find(|(_, variables)| variables.get(name).is_some());
        place.map(|(place, _)| place.clone()).unwrap_or_default()
    };
    let mut table = Table::new(["VARIABLE", "SETS", "SET IN"]);
    if let Some(name) = session.loader.profile_variable() {
        table.row([name.to_owned(), "(the profile)".to_owned(), set_in(name)]);
    }
    for variable in session.loader.declared_variables() {
        let set_in = set_in(&variable.name);
        table.row([variable.name, variable.path, set_in]);
    }
    if table.is_empty() {
        return session
            .note("no setting has a variable: the type has no `env_prefix`, and no field says `env`");
    }
    session.answer(&table.rendered(session.columns(), session.is_coloured()))
}

/// What layers give, as lines for a shell. Of secrets only the names are there.
fn export<T: Config>(session: &mut Session<'_, '_, T>) -> Result<(), Failure> {
    let loaded = session.load()?;
    let effective = Effective::of(loaded.kept(), T::METADATA, Filling::Nothing);
    let is_kept_back =
        |node: NodeRef<'_>| effective.secrets.contains(&node.id()) || effective.made.contains(&node.id());
    let mut seen = BTreeSet::new();
    for variable in session.loader.declared_variables() {
        let Ok(path) = path::parse(&variable.path) else { continue };
        let Some(node) = plainly(effective.document.root(), &path) else { continue };
        // Further names of a setting set the same.
        if node.kind() == NodeKind::Null || !seen.insert(variable.path) {
            continue;
        }
        let (name, text) =
            (variable.name, if node.is_container() { json(node) } else { node.text().to_owned() });
        let is_kept_back = any(node, &is_kept_back);
        let line = if is_kept_back {
            format!("# {name} is not shown")
        } else {
            format!("export {name}={}", quoted(&text))
        };
        session.answer(&line)?;
    }
    Ok(())
}

/// A text between the quotation marks of a shell that change nothing in it.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
