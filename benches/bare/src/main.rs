//! The parts alone of a load that lists variables and reads TOML with `toml_parser`: nothing is made of them.

use std::path::Path;
use std::process::ExitCode;

use bench_input::{BoxError, run};
use toml_parser::{ParseError, Source};

fn main() -> ExitCode {
    run(load_once_small, load_once_large)
}

#[inline(never)]
fn load_once_small(folder: &Path) -> Result<Counted, BoxError> {
    count(folder, &["base.toml"])
}

#[inline(never)]
fn load_once_large(folder: &Path) -> Result<Counted, BoxError> {
    count(folder, &["base.toml", "a.toml", "b.toml"])
}

/// What there was. It is printed as the value of other programs is, and is none.
#[derive(Debug)]
#[expect(dead_code, reason = "the counts are read through Debug")]
struct Counted {
    events: usize,
    variables: usize,
}

fn count(folder: &Path, files: &[&str]) -> Result<Counted, BoxError> {
    let mut events = 0;
    for file in files {
        events += events_of(&std::fs::read_to_string(folder.join(file))?)?;
    }
    Ok(Counted { events, variables: std::env::vars_os().count() })
}

fn events_of(text: &str) -> Result<usize, BoxError> {
    let mut events = 0;
    let mut error: Option<ParseError> = None;
    let tokens = Source::new(text).lex().into_vec();
    toml_parser::parser::parse_document(&tokens, &mut |_| events += 1, &mut error);
    match error {
        None => Ok(events),
        Some(error) => Err(error.description().into()),
    }
}
