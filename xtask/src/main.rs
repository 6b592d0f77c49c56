//! The project's own commands, run as `cargo xtask <command>`.
//!
//! They need cargo alone and install nothing. What a command needs beyond that (valgrind, a nightly toolchain), it asks
//! for in words.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line tool talks to its terminal")]
mod bench;
mod bless;
mod conformance;
mod coverage;
mod edits;
mod error;
mod faults;
mod features;
mod files;
mod fuzz;
mod gate;
mod hostile;
mod options;
mod spdx;
mod test;
mod tool;
mod untyped;

use std::process::ExitCode;

use error::{Error, Result};

/// One command of this tool.
struct Command {
    name: &'static str,
    usage: &'static str,
    about: &'static str,
    run: fn(&[String]) -> Result<()>,
}

/// Every command, in the order `help` shows them.
const COMMANDS: &[Command] = &[
    Command {
        name: "test",
        usage: "test [step]…",
        about: "everything a change must pass; with names of steps, only those",
        run: test::run,
    },
    Command {
        name: "bless",
        usage: "bless [cargo test argument]…",
        about: "rewrites snapshots, ui texts and generated pages from what the code does now",
        run: bless::run,
    },
    Command {
        name: "conformance",
        usage: "conformance [cases] [corpus] [untyped]",
        about: "published cases, cached manifests beside cargo's verdict, INI, dotenv and properties beside other readers",
        run: conformance::run,
    },
    Command {
        name: "files",
        usage: "files [folder]…",
        about: "reads the configuration files of this system here and by reference parsers, and edits them",
        run: files::run,
    },
    Command {
        name: "coverage",
        usage: "coverage [--lines]",
        about: "which lines of the crates the tests run; needs cargo-llvm-cov and LLVM's tools",
        run: coverage::run,
    },
    Command {
        name: "bench",
        usage: "bench [--quick|--formats|--rules|--live|--gate|--bless]",
        about: "instructions, heap, live settings and build cost beside peers; --gate compares with the baseline",
        run: bench::run,
    },
    Command {
        name: "edits",
        usage: "edits",
        about: "makes 10,000 edits of generated documents in each format, with counts",
        run: edits::run,
    },
    Command {
        name: "faults",
        usage: "faults [scenario]… [--quick]",
        about: "live settings under faults: what is served, when they recover, who is told",
        run: faults::run,
    },
    Command {
        name: "fuzz",
        usage: "fuzz [target] [--seconds N] [--planted]",
        about: "fuzzes each target; --planted shows that each finds a planted bug",
        run: fuzz::run,
    },
    Command {
        name: "hostile",
        usage: "hostile",
        about: "reads documents made to cost time and memory, and judges both",
        run: hostile::run,
    },
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let name = arguments.first().map_or("help", String::as_str);
    if matches!(name, "help" | "--help" | "-h") {
        print!("{}", help());
        return ExitCode::SUCCESS;
    }
    let result = match COMMANDS.iter().find(|command| command.name == name) {
        Some(command) => tool::enter_workspace().and_then(|()| (command.run)(&arguments[1..])),
        None => Err(Error::new(format!("there is no command `{name}`\n\n{}", help()))),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask {name}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// One line per command, and the steps of `test`.
fn help() -> String {
    use std::fmt::Write as _;

    let mut text = String::from("cargo xtask <command>\n\n");
    for command in COMMANDS {
        let _ = writeln!(text, "  {:<56} {}", command.usage, command.about);
    }
    let _ = writeln!(text, "\nsteps of test: {}", test::names().join(", "));
    text
}
