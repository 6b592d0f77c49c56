//! `files`: the configuration files of this system, read here and by reference parsers.

use crate::error::{Error, Result};
use crate::tool::{self, Tool};

/// Where systems keep configuration and data.
const FOLDERS: [&str; 4] = ["/etc", "/usr/share", "/usr/lib", "/opt"];

/// Compares all files under the folders; fails below 99 of 100.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    if let Some(option) = arguments.iter().find(|argument| argument.starts_with('-')) {
        return Err(Error::new(format!("`{option}` means nothing here; name folders")));
    }
    let folder = tool::scratch("benches")?;
    Tool::cargo("build --quiet --release --package bench-files --manifest-path")
        .arg(crate::bench::MANIFEST)
        .arg("--target-dir")
        .arg(&folder)
        .run()?;
    let program = Tool::new(folder.join("release").join("bench-files"));
    if arguments.is_empty() { program.args(FOLDERS).run() } else { program.args(arguments).run() }
}
