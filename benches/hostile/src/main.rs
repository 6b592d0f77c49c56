//! Reads one hostile document and fails if that takes more than a second, or more memory than
//! 16 MiB and twenty times the text.
//!
//! Memory is the peak that Linux keeps for the process; elsewhere only the time is judged.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use confkit_sources::Document;

const MIB: usize = 1 << 20;

/// Every document by name; `bench-hostile list` prints the names.
const CASES: &[(&str, fn() -> String)] = &[
    ("one value of 100 MB", || format!("a = \"{}\"", "x".repeat(100_000_000))),
    ("one key of 100 MB", || format!("{} = 1", "x".repeat(100_000_000))),
    ("lists 10,000 deep", || format!("a = {}{}", "[".repeat(10_000), "]".repeat(10_000))),
    ("ten million open lists", || format!("a = {}", "[".repeat(10_000_000))),
    ("tables 10,000 deep", || format!("a = {}", "{a=".repeat(10_000))),
    ("a dotted key 10,000 long", || format!("{}a = 1", "a.".repeat(10_000))),
    ("a dotted key ten million long", || format!("{}a = 1", "a.".repeat(10_000_000))),
    ("ten million numbers in a list", || format!("a = [{}]", "1,".repeat(10_000_000))),
    ("200,000 keys", || (0..200_000).map(|i| format!("key_number_{i} = {i}\n")).collect()),
    ("200,000 tables", || (0..200_000).map(|i| format!("[t{i}]\n")).collect()),
    ("300,000 keys in braces", || {
        format!("a = {{{}}}", (0..300_000).map(|i| format!("k{i}=1,")).collect::<String>())
    }),
    ("half a million tables in a list", || "[[a]]\n".repeat(500_000)),
    ("a million times the same key", || "a = 1\n".repeat(1_000_000)),
    ("fifty million empty lines", || "\n".repeat(50_000_000)),
    ("100 MB of blanks", || " ".repeat(100_000_000)),
    ("five million bad comments", || "#\u{1}\n".repeat(5_000_000)),
    ("twenty million escapes", || format!("a = \"{}\"", "\\n".repeat(20_000_000))),
    ("ten million closing braces", || "}".repeat(10_000_000)),
    ("ten million equals signs", || "=".repeat(10_000_000)),
    ("two million lines of nonsense", || "a b\n".repeat(2_000_000)),
];

fn main() -> ExitCode {
    let name = std::env::args().nth(1).unwrap_or_default();
    if name == "list" {
        CASES.iter().for_each(|(name, _)| println!("{name}"));
        return ExitCode::SUCCESS;
    }
    let Some((name, make)) = CASES.iter().find(|(known, _)| *known == name) else {
        eprintln!("there is no case `{name}`");
        return ExitCode::FAILURE;
    };
    let text = make();
    let limit = 16 * MIB + 20 * text.len();
    let start = Instant::now();
    let outcome = match Document::toml("hostile.toml", text) {
        Ok(document) => format!("{} nodes", document.nodes().count()),
        Err(errors) => format!("{} problems: {}", errors.len(), errors[0].message),
    };
    let took = start.elapsed();
    let peak = peak().unwrap_or(0);
    println!("{name:34} {took:>8.1?} {:>5} of {:>5} MiB  {outcome}", peak / MIB, limit / MIB);
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
