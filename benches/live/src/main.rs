//! One measurement of live settings or of a peer, in a process of its own:
//!
//! ```text
//! bench-live read <reader> <times>
//! bench-live contend <reader>
//! bench-live change <way> <case> <folder> <times>
//! bench-live publish <publisher> <subscribers>
//! bench-live receive <publisher> <subscribers>
//! bench-live latency <follower> <folder>
//! ```

mod change;
mod latency;
mod publish;
mod read;
#[path = "../../confkit/src/settings.rs"]
#[allow(dead_code, reason = "most fields are compared alone")]
mod settings;

use std::process::ExitCode;

use bench_input::BoxError;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&words) {
        Ok(shown) => {
            println!("{shown}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[&str]) -> Result<String, BoxError> {
    match words {
        ["read", reader, times] => read::count(reader, times.parse()?),
        ["contend", reader] => read::contend(reader),
        ["change", way, case, folder, times] => change::run(way, case, folder.as_ref(), times.parse()?),
        ["publish", publisher, subscribers] => publish::publish(publisher, subscribers.parse()?),
        ["receive", publisher, subscribers] => publish::receive(publisher, subscribers.parse()?),
        ["latency", follower, folder] => latency::run(follower, folder.as_ref()),
        _ => Err("the usage stands at the beginning of the source".into()),
    }
}
