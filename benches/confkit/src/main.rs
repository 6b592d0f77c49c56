//! confkit: declared files and variables, rules, unknown keys denied, an origin for everything.

#![allow(dead_code, reason = "every field is read through Debug")]

mod settings;

use std::path::Path;
use std::process::ExitCode;

use bench_input::{BoxError, run};
use confkit::Config;
use settings::{Services, Settings};

fn main() -> ExitCode {
    run(load_once_small, load_once_large)
}

#[inline(never)]
fn load_once_small(folder: &Path) -> Result<Settings, BoxError> {
    small(folder)
}

#[inline(never)]
fn load_once_large(folder: &Path) -> Result<Services, BoxError> {
    large(folder)
}

fn small(folder: &Path) -> Result<Settings, BoxError> {
    Ok(Settings::loader().root(folder).declared().load()?)
}

fn large(folder: &Path) -> Result<Services, BoxError> {
    Ok(Services::loader().root(folder).declared().load()?)
}
