//! `serde_norway::from_str`, another descendant of serde_yaml: typed, partials merged by move, variables by hand.

use std::path::Path;
use std::process::ExitCode;

use bench_input::by_hand;
use bench_input::types::Services;
use bench_input::{BoxError, run_services};

fn main() -> ExitCode {
    run_services(load_once)
}

#[inline(never)]
fn load_once(folder: &Path) -> Result<Services, BoxError> {
    by_hand::services(folder, "yaml", |text| Ok(serde_norway::from_str(text)?))
}
