//! `test`: everything a change must pass, each step timed, stopping at the first failure.

use std::time::{Duration, Instant};

use crate::error::{Error, Result};
use crate::options::Options;
use crate::tool::Tool;
use crate::{features, gate};

/// A named step and what it does.
struct Step {
    name: &'static str,
    run: fn() -> Result<()>,
}

/// The steps in order: the quick ones and those that find most come first.
const STEPS: &[Step] = &[
    Step { name: "fmt", run: format },
    Step { name: "gate", run: gate::run },
    Step { name: "clippy", run: clippy },
    Step { name: "tests", run: tests },
    Step { name: "docs", run: docs },
    Step { name: "features", run: matrix },
];

/// The names a filter may use.
pub(crate) fn names() -> Vec<&'static str> {
    STEPS.iter().map(|step| step.name).collect()
}

/// Runs all steps, or those named.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let chosen = Options::new(arguments).names("step", &names())?;
    let wanted = |step: &&Step| chosen.is_empty() || chosen.iter().any(|name| name == step.name);
    let started = Instant::now();
    let mut times = Vec::new();
    for step in STEPS.iter().filter(wanted) {
        println!("\n== {}", step.name);
        let begun = Instant::now();
        (step.run)().map_err(|error| {
            let after = seconds(begun.elapsed());
            let name = step.name;
            Error::new(format!(
                "{name} failed after {after}\n{error}\nthe step alone: cargo xtask test {name}"
            ))
        })?;
        println!("-- {} passed in {}", step.name, seconds(begun.elapsed()));
        times.push((step.name, begun.elapsed()));
    }
    println!("\nall passed in {}", seconds(started.elapsed()));
    for (name, time) in times {
        println!("  {name:<10} {:>9}", seconds(time));
    }
    Ok(())
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

/// Shows the line, then runs it.
fn announced(tool: &Tool) -> Result<()> {
    println!("{}", tool.line());
    tool.run()
}

fn format() -> Result<()> {
    announced(&Tool::cargo("fmt --all --check"))?;
    for outside in ["fuzz/Cargo.toml", "benches/Cargo.toml"] {
        announced(&Tool::cargo("fmt --all --check --manifest-path").arg(outside))?;
    }
    Ok(())
}

fn clippy() -> Result<()> {
    announced(&Tool::cargo("clippy --workspace --all-targets --all-features -- -D warnings"))
}

/// Unit tests, suites, ui tests, examples and doc tests.
fn tests() -> Result<()> {
    announced(&Tool::cargo("test --workspace --all-features"))
}

fn docs() -> Result<()> {
    announced(&Tool::cargo("doc --workspace --all-features --no-deps").env("RUSTDOCFLAGS", "-D warnings"))
}

fn matrix() -> Result<()> {
    features::checks()?.iter().try_for_each(announced)
}
