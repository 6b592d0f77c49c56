//! figment: its own TOML and environment providers, extracted into serde types.

use std::path::Path;
use std::process::ExitCode;

use bench_input::types::{Services, Settings};
use bench_input::{BoxError, run};
use figment::Figment;
use figment::providers::{Env, Format as _, Toml};

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
    let figment = Figment::new()
        .merge(Toml::file_exact(folder.join("base.toml")))
        .merge(Env::prefixed("BENCH_").split("__"));
    Ok(figment.extract()?)
}

fn large(folder: &Path) -> Result<Services, BoxError> {
    let figment = Figment::new()
        .merge(Toml::file_exact(folder.join("base.toml")))
        .merge(Toml::file_exact(folder.join("a.toml")))
        .merge(Toml::file_exact(folder.join("b.toml")))
        .merge(Env::prefixed("BENCH_").split("__"));
    Ok(figment.extract()?)
}
