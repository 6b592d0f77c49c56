//! The version of a file that `set` and `unset` change.

use std::cmp::Ordering;

use confkit_sources::Document;
use confkit_sources::path;

use super::Status;
use super::failure::Failure;
use super::session::Session;
use crate::config::Config;
use crate::migrate::Versions;
use crate::report::Code;

/// What a file has to say of its version before a setting is set in it: where, and which.
pub(super) type Unsaid = Option<(String, u32)>;

/// Refuses a file of another version than is read: what is set in it would be migrated as well. One that
/// holds nothing yet says its version with its first setting.
pub(super) fn checked<T: Config>(
    session: &Session<'_, '_, T>,
    name: &str,
    document: &Document,
) -> Result<Unsaid, Failure> {
    let Some(versions) = Versions::of(T::METADATA, &session.loader.section_path()) else { return Ok(None) };
    let target = versions.target;
    let is_empty = document.root().items().next().is_none();
    let help = match versions.version_of(document).map(|version| version.cmp(&target)) {
        Some(Ordering::Equal) => return Ok(None),
        _ if is_empty => return Ok(Some((path::to_string(&versions.path()), target))),
        Some(Ordering::Less) => "migrate the file first",
        Some(Ordering::Greater) => "use a newer program",
        None => "mend its version first",
    };
    let message = format!("{name} is not of version {target}, which alone can be changed here");
    Err(Failure::new(Status::Data, Code::Version, &message, Some(help)))
}
