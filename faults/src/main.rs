//! `confkit-faults [scenario]… [--quick]`.

use std::process::ExitCode;

#[cfg(target_os = "linux")]
fn main() -> ExitCode {
    confkit_faults::main()
}

#[cfg(not(target_os = "linux"))]
#[allow(clippy::print_stderr, reason = "it talks to its terminal")]
fn main() -> ExitCode {
    eprintln!("the scenarios count threads, open files and time in /proc, which Linux alone has");
    ExitCode::FAILURE
}
