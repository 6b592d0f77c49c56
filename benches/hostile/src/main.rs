//! Reads one hostile document and fails if that takes more than a second, or more memory than
//! 16 MiB and twenty times the text.
//!
//! Memory is the peak that Linux keeps for the process; elsewhere only the time is judged.

mod json;
mod parsed;
mod toml;
mod untyped;
mod yaml;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use confkit_sources::{Format, OriginKind};

const MIB: usize = 1 << 20;

/// A document by name.
type Case = (&'static str, fn() -> String);

/// The documents of each format; `bench-hostile list` prints their names.
const CASES: [(Format, &[Case]); 8] = [
    (Format::Toml, toml::CASES),
    (Format::Json5, json::CASES),
    (Format::Yaml, yaml::CASES),
    (Format::Ini, untyped::INI),
    (Format::Dotenv, untyped::DOTENV),
    (Format::Properties, untyped::PROPERTIES),
    (Format::Ron, parsed::RON),
    (Format::Hcl, parsed::HCL),
];

fn main() -> ExitCode {
    let name = std::env::args().nth(1).unwrap_or_default();
    let mut cases = CASES.iter().flat_map(|(format, cases)| {
        cases.iter().map(move |(name, make)| (*format, format!("{}: {name}", format.as_str()), make))
    });
    if name == "list" {
        cases.for_each(|(_, name, _)| println!("{name}"));
        return ExitCode::SUCCESS;
    }
    let Some((format, name, make)) = cases.find(|(_, known, _)| *known == name) else {
        eprintln!("there is no case `{name}`");
        return ExitCode::FAILURE;
    };
    let text = make();
    let limit = 16 * MIB + 20 * text.len();
    let start = Instant::now();
    let outcome = match format.read(OriginKind::Text, "hostile", text) {
        Ok(document) => format!("{} nodes", document.nodes().count()),
        Err((_, errors)) => format!("{} problems: {}", errors.len(), errors[0].message),
    };
    let took = start.elapsed();
    let peak = peak().unwrap_or(0);
    println!("{name:44} {took:>8.1?} {:>5} of {:>5} MiB  {outcome}", peak / MIB, limit / MIB);
    if took > Duration::from_secs(1) || peak > limit {
        eprintln!("over the limit of a second or of memory");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// The most memory the process has held.
fn peak() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    line.split_whitespace().nth(1)?.parse::<usize>().ok().map(|kib| kib * 1024)
}
