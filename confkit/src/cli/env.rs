//! `env`: the variables, and what they set.

use std::collections::BTreeSet;

use ::clap::ArgMatches;
use confkit_sources::env::Variables;
use confkit_sources::path::{self, Segment};
use confkit_sources::{NodeKind, NodeRef};

use super::Status;
use super::arguments::EXPORT;
use super::failure::Failure;
use super::get::{any, json};
use super::session::Session;
use super::table::Table;
use crate::config::Config;
use crate::effective::{Effective, Filling};
use crate::report::clean;
use crate::resolve::plain;

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
        let of_elements = of_elements(&variable.name, &set);
        table.row([variable.name.clone(), variable.path.clone(), set_in(&variable.name)]);
        for name in of_elements {
            let set_in = set_in(&name);
            table.row([name, variable.path.clone(), set_in]);
        }
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
        for (path, node) in matching(effective.document.root(), &variable.path) {
            let path = path::to_string(&path);
            // Further names of a setting set the same.
            if node.kind() == NodeKind::Null || !seen.insert(path.clone()) {
                continue;
            }
            let is_pattern = variable.name.contains('<');
            let name = if is_pattern { session.loader.variable(&path) } else { Some(variable.name.clone()) };
            let Some(name) = name else {
                session.answer(&clean(&format!("# {path} has no variable")))?;
                continue;
            };
            let text = if node.is_container() { json(node) } else { node.text().to_owned() };
            session.answer(&if any(node, &is_kept_back) {
                format!("# {name} is not shown")
            } else {
                format!("export {name}={}", quoted(&text))
            })?;
        }
    }
    Ok(())
}

/// The variables that are set for single elements and entries, of a name with `<N>` or `<KEY>` in it.
fn of_elements(pattern: &str, set: &[(String, Variables)]) -> BTreeSet<String> {
    let Some((start, _)) = pattern.split_once("__<") else { return BTreeSet::new() };
    let names = set.iter().flat_map(|(_, variables)| variables.under(start));
    names.filter(|name| fits(name, pattern)).collect()
}

/// Whether a name is made after a pattern.
fn fits(name: &str, pattern: &str) -> bool {
    let Some((start, (_, end))) =
        pattern.split_once('<').and_then(|(start, rest)| Some((start, rest.split_once('>')?)))
    else {
        return name == pattern;
    };
    let Some(rest) = name.strip_prefix(start) else { return false };
    let word = rest.find("__").unwrap_or(rest.len());
    word > 0 && fits(&rest[word..], end)
}

/// What stands at the paths that a declared one means, in which `<n>` and `<key>` are any step.
fn matching<'d>(root: NodeRef<'d>, declared: &str) -> Vec<(Vec<Segment<'d>>, NodeRef<'d>)> {
    let declared = declared.replace("[<n>]", ".<n>");
    let Ok(steps) = path::parse(&declared) else { return Vec::new() };
    let steps = steps.into_iter().map(Segment::into_owned);
    let mut found = vec![(Vec::new(), root)];
    for step in steps {
        found = found.into_iter().flat_map(|(path, node)| inside(&path, node, &step)).collect();
    }
    found
}

fn inside<'d>(
    path: &[Segment<'d>],
    node: NodeRef<'d>,
    step: &Segment<'static>,
) -> Vec<(Vec<Segment<'d>>, NodeRef<'d>)> {
    let further = |(own, node): (Segment<'d>, NodeRef<'d>)| {
        let path = path.iter().cloned().chain([own]).collect::<Vec<_>>();
        (path, node)
    };
    match (step, node.kind()) {
        (Segment::Key(key), NodeKind::Array) if key == "<n>" => {
            node.items().enumerate().map(|(at, node)| further((Segment::Index(at), node))).collect()
        }
        (Segment::Key(key), NodeKind::Table) if key == "<key>" => {
            node.entries().map(|(key, node)| further((Segment::key(key), node))).collect()
        }
        _ => plain(node, step).map(|node| further((step.clone(), node))).into_iter().collect(),
    }
}

/// A text between the quotation marks of a shell that change nothing in it.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
