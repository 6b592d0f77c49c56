//! Live settings under faults. Each scenario is played in a process of its own, while somebody reads all the time and a
//! sink goes through the books: what was served, how long it took until the newest was, and whether everybody was told.
//!
//! `cargo xtask faults` plays all of it, `cargo test` the quick size. Linux alone tells what has to be counted, and has
//! the limits that are reached; what other systems can show is in the suite.

#![cfg(target_os = "linux")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it talks to its terminal")]
mod aside;
mod folder;
mod log;
mod page;
mod process;
mod run;
mod scenario;
mod scenarios;
mod settings;
mod stage;
mod table;
mod time;

use std::process::ExitCode;

use scenario::{Result, Size};

/// Does what the arguments `[scenario]… [--quick]` ask for.
pub fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match begin(&arguments) {
        Ok(is_right) if is_right => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Returns whether everything is as it should be.
fn begin(arguments: &[String]) -> Result<bool> {
    let size = if arguments.iter().any(|word| word == "--quick") { Size::Quick } else { Size::Whole };
    let words: Vec<&str> = arguments.iter().map(String::as_str).filter(|word| *word != "--quick").collect();
    match words.as_slice() {
        [run::ALONE, name] => run::alone(scenarios::named(name)?, size).map(|()| true),
        [aside::ASIDE, rest @ ..] => aside::act(rest).map(|()| true),
        names => {
            let chosen = match names {
                [] => scenarios::ALL.iter().collect(),
                names => names.iter().map(|name| scenarios::named(name)).collect::<Result<Vec<_>>>()?,
            };
            table::print(&chosen, size)
        }
    }
}
