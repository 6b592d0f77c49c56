//! confkit on YAML: declared files and variables, rules, unknown keys denied, an origin for everything.

#![allow(dead_code, reason = "every field is read through Debug")]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use bench_input::{BoxError, run_services};
use confkit::Config;

/// Services of ten keys.
#[derive(Debug, Config)]
#[config(env_prefix = "BENCH", file = "base.yaml", file = "a.yaml", file = "b.yaml")]
struct Services {
    #[config(nested)]
    services: BTreeMap<String, Service>,
}

#[derive(Debug, Config)]
struct Service {
    #[config(validate(non_empty))]
    host: String,
    #[config(validate(range(min = 1)))]
    port: u16,
    weight: f64,
    enabled: bool,
    #[config(validate(range(max = 10)))]
    retries: u32,
    timeout_ms: u64,
    zone: String,
    path: String,
    tags: Vec<String>,
    owner: String,
}

fn main() -> ExitCode {
    run_services(load_once)
}

#[inline(never)]
fn load_once(folder: &Path) -> Result<Services, BoxError> {
    Ok(Services::loader().root(folder).declared().load()?)
}
