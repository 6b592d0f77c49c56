//! `files`: the configuration files of this system, read here and by reference parsers, and edited.

use std::path::PathBuf;
use std::process::Command;

use crate::error::{Error, Result};
use crate::tool::{self, Tool};

/// Where systems keep configuration and data.
const FOLDERS: [&str; 5] = ["/etc", "/usr/share", "/usr/lib", "/usr/local", "/opt"];

/// Compares and edits all files under the folders; fails below 99 of 100, and if an edit goes wrong.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    if let Some(option) = arguments.iter().find(|argument| argument.starts_with('-')) {
        return Err(Error::new(format!("`{option}` means nothing here; name folders")));
    }
    if !tool::exists("python3") {
        return Err(Error::new("python3 is needed: INI is compared with its configparser"));
    }
    let folder = tool::scratch("benches")?;
    Tool::cargo("build --quiet --release --package bench-files --manifest-path")
        .arg(crate::bench::MANIFEST)
        .arg("--target-dir")
        .arg(&folder)
        .run()?;
    let program = Tool::new(folder.join("release").join("bench-files")).arg("python3");
    if arguments.is_empty() { program.args(folders()).run() } else { program.args(arguments).run() }
}

/// The system's folders, the registry cache of cargo, and Python's packages.
fn folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = FOLDERS.iter().map(PathBuf::from).collect();
    let home = || std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE"));
    let cargo = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let cargo = cargo.or_else(|| Some(PathBuf::from(home()?).join(".cargo")));
    folders.extend(cargo.map(|cargo| cargo.join("registry").join("src")));
    let asked = ["-c", "import sysconfig; print(sysconfig.get_paths()['purelib'])"];
    if let Ok(output) = Command::new("python3").args(asked).output() {
        folders.extend(std::str::from_utf8(&output.stdout).ok().map(|path| PathBuf::from(path.trim())));
    }
    folders
}
