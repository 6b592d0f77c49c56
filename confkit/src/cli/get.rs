//! `get`: one value for a script.

use ::clap::ArgMatches;
use confkit_sources::path;
use confkit_sources::{NodeKind, NodeRef};

use super::Status;
use super::arguments::{EXPOSE, FORMAT, KEY, word};
use super::failure::Failure;
use super::session::Session;
use crate::config::Config;
use crate::effective::{Effective, Filling};
use crate::explain::Explanation;
use crate::report::Code;
use crate::resolve::plainly;

pub(super) fn run<T: Config>(
    session: &mut Session<'_, '_, T>,
    matches: &ArgMatches,
) -> Result<Status, Failure> {
    let setting = session.setting(word(matches, KEY).unwrap_or_default())?;
    let key = path::to_string(&setting.path);
    let loaded = session.load()?;
    let effective = Effective::of(loaded.kept(), T::METADATA, Filling::Values);
    let node = plainly(effective.document.root(), &setting.path).filter(|node| node.kind() != NodeKind::Null);
    let Some(node) = node else {
        let explanation = loaded.explain(&key);
        if explanation.as_ref().is_some_and(|explanation| explanation.value().is_some()) {
            return Err(unwritable(&key));
        }
        match explanation.filter(Explanation::is_aside) {
            Some(_) => session.note(&format!("{key} is set aside: `check` tells what is wrong"))?,
            None => session.note(&format!("{key} is not set"))?,
        }
        return Ok(Status::No);
    };
    if any(node, &|node| effective.made.contains(&node.id())) {
        return Err(unwritable(&key));
    }
    if any(node, &|node| effective.secrets.contains(&node.id())) && !matches.get_flag(EXPOSE) {
        return Err(secret(&key));
    }
    let is_plain = word(matches, FORMAT) != Some("json") && !node.is_container();
    session.answer(&if is_plain { node.text().to_owned() } else { json(node) })?;
    Ok(Status::Done)
}

/// A value as one line of JSON.
pub(super) fn json(node: NodeRef<'_>) -> String {
    // What was read can be written.
    serde_json::to_string(&confkit_sources::figment::to_value(node)).unwrap_or_default()
}

/// Whether something is so of a value, or of anything inside it.
pub(super) fn any(node: NodeRef<'_>, is_so: &dyn Fn(NodeRef<'_>) -> bool) -> bool {
    is_so(node) || node.items().any(|inside| any(inside, is_so))
}

/// A value that the program alone knows.
fn unwritable(key: &str) -> Failure {
    let message = format!("{key} has a value that the program makes, and no source");
    Failure::about(Status::Data, Code::Unwritable, key, &message, Some("`explain` tells what it is made of"))
}

fn secret(key: &str) -> Failure {
    let message = format!("{key} is a secret, or has one in it");
    Failure::about(Status::Usage, Code::Invalid, key, &message, Some("`--expose` prints it"))
}
