//! config: its own TOML and environment sources, deserialised into serde types.

use std::path::Path;
use std::process::ExitCode;

use bench_input::types::{Services, Settings};
use bench_input::{BoxError, run};
use config::{Config, Environment, File};

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
    let config = Config::builder()
        .add_source(File::from(folder.join("base.toml")))
        .add_source(environment())
        .build()?;
    Ok(config.try_deserialize()?)
}

fn large(folder: &Path) -> Result<Services, BoxError> {
    let config = Config::builder()
        .add_source(File::from(folder.join("base.toml")))
        .add_source(File::from(folder.join("a.toml")))
        .add_source(File::from(folder.join("b.toml")))
        .add_source(environment())
        .build()?;
    Ok(config.try_deserialize()?)
}

fn environment() -> Environment {
    Environment::with_prefix("BENCH").prefix_separator("_").separator("__").try_parsing(true)
}
