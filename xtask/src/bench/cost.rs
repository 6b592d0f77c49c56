//! What the crate costs to build: processor seconds, crates, and the derive in `cargo check`.

use std::fmt::Write as _;
use std::fs::File;
use std::path::Path;
use std::time::SystemTime;

use crate::error::{Context as _, Error, Result};
use crate::gate;
use crate::tool::{self, Tool};

use super::programs::MANIFEST;
use super::table::Budgets;

/// Packages that hold one dependency each, as they are shown.
const WEIGHTS: [(&str, &str); 4] = [
    ("weight-confkit", "confkit, default features"),
    ("weight-confkit-lean", "confkit, derive + toml + env"),
    ("weight-figment", "figment, toml + env, serde derive"),
    ("weight-config", "config, toml, serde derive"),
];

/// Cold debug builds; the lower of two runs each. Nothing is built incrementally, as cargo does
/// with what comes from a registry or a repository: for crates at a path, such as ours here, it
/// would, and that costs a tenth more.
pub(crate) fn weights(budgets: &mut Budgets) -> Result<String> {
    let mut text = String::from("## Cold debug build\n\n| | crates | processor s |\n|---|---:|---:|\n");
    let mut seconds = Vec::new();
    Tool::cargo("fetch --quiet --manifest-path").arg(MANIFEST).run()?;
    for (package, shown) in WEIGHTS {
        eprintln!("building {package}");
        let best = cold(package)?.min(cold(package)?);
        let choice = format!("--manifest-path {MANIFEST} --package {package} --edges normal,build");
        // The package itself is not counted.
        let crates = gate::tree(&choice)?.len().saturating_sub(1);
        let _ = writeln!(text, "| {shown} | {crates} | {best:.1} |");
        seconds.push((package, crates, best));
    }
    if let [_, (_, crates, lean), (_, _, figment), _] = seconds.as_slice() {
        let crates = u32::try_from(*crates).map_or(f64::INFINITY, f64::from);
        budgets.push("crates, derive + toml + env", crates, 30.0, "number");
        budgets.push("cold build, derive + toml + env", lean / figment, 1.1, "× figment");
    }
    Ok(text)
}

fn cold(package: &str) -> Result<f64> {
    let folder = tool::scratch("benches-cold")?;
    std::fs::remove_dir_all(&folder).context(|| folder.display().to_string())?;
    user_seconds(&cargo("build", package, &folder), &[("CARGO_INCREMENTAL", "0")])
}

/// `cargo check` of a hundred structs after an edit; the lowest of twelve, cargo's own time taken off.
pub(crate) fn derive(budgets: &mut Budgets) -> Result<String> {
    let mut text = String::from(
        "## Deriving 100 structs of 20 fields, `cargo check` after an edit\n\n| | processor s |\n|---|---:|\n",
    );
    let mut seconds = Vec::new();
    for name in ["serde", "confkit"] {
        eprintln!("checking derive-{name}");
        let best = check(name)?;
        let _ = writeln!(text, "| {name} | {best:.2} |");
        seconds.push(best);
    }
    if let [serde, ours] = seconds.as_slice() {
        budgets.push("derive in `cargo check`", ours / serde, 0.6, "× serde");
    }
    Ok(text)
}

fn check(name: &str) -> Result<f64> {
    let folder = tool::scratch("benches")?;
    let command = cargo("check", &format!("derive-{name}"), &folder);
    let source = Path::new("benches/derive").join(name).join("src/lib.rs");
    user_seconds(&command, &[])?;
    let (mut edited, mut idle) = (f64::INFINITY, f64::INFINITY);
    for _ in 0..12 {
        idle = idle.min(user_seconds(&command, &[])?);
        File::options()
            .append(true)
            .open(&source)
            .and_then(|file| file.set_modified(SystemTime::now()))
            .context(|| source.display().to_string())?;
        edited = edited.min(user_seconds(&command, &[])?);
    }
    Ok(edited - idle)
}

/// The words of `cargo <verb> --package <package>` in the benchmark workspace.
fn cargo(verb: &str, package: &str, target: &Path) -> Vec<String> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let target = target.display().to_string();
    [&cargo, verb, "--quiet", "--manifest-path", MANIFEST, "--package", package, "--target-dir", &target]
        .map(str::to_owned)
        .to_vec()
}

/// User seconds of a command and all it starts, by the shell's own clock.
fn user_seconds(words: &[String], variables: &[(&str, &str)]) -> Result<f64> {
    let shell = Tool::new("bash").args(["-c", "TIMEFORMAT=%3U; time \"$@\"", "timed"]).args(words);
    let shell = variables.iter().fold(shell, |shell, (name, value)| shell.env(name, value));
    let output = shell.outcome()?;
    let said = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        return Err(Error::new(format!("{said}\nrepeat it with: {}", words.join(" "))));
    }
    let last = said.lines().last().unwrap_or_default();
    last.trim().parse().context(|| format!("cannot read the time `{last}`"))
}
