//! confkit: declared files and variables, rules, unknown keys denied, an origin for everything.

#![allow(dead_code, reason = "every field is read through Debug")]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use bench_input::{BoxError, run};
use confkit::Config;

/// Thirty keys on three levels.
#[derive(Debug, Config)]
#[config(env_prefix = "BENCH", file = "base.toml")]
struct Settings {
    #[config(validate(non_empty))]
    name: String,
    listen: String,
    #[config(validate(range(min = 1, max = 64)))]
    workers: u16,
    log_level: String,
    debug: bool,
    #[config(validate(range(min = 1)))]
    timeout_ms: u64,
    #[config(validate(range(min = 0.0, max = 1.0)))]
    ratio: f64,
    #[config(validate(length(max = 16)))]
    hosts: Vec<String>,
    motd: String,
    #[config(default = 1_048_576)]
    max_body: u64,
    #[config(nested)]
    http: Http,
    #[config(nested)]
    database: Database,
}

#[derive(Debug, Config)]
struct Http {
    host: String,
    #[config(validate(range(min = 1)))]
    port: u16,
    keep_alive: bool,
    max_header: u32,
    #[config(default = 128)]
    backlog: u32,
    prefix: String,
    origins: Vec<String>,
    #[config(default = true)]
    gzip: bool,
    #[config(nested)]
    tls: Tls,
}

#[derive(Debug, Config)]
struct Tls {
    enabled: bool,
    certificate: String,
    key: String,
    min_version: String,
}

#[derive(Debug, Config)]
struct Database {
    #[config(validate(non_empty))]
    host: String,
    port: u16,
    name: String,
    user: String,
    #[config(validate(range(min = 1, max = 100)))]
    pool_size: u32,
    #[config(default = 3_000)]
    connect_timeout_ms: u64,
    #[config(default = true)]
    ssl: bool,
    #[config(default = "public")]
    schema: String,
}

/// Services of ten keys.
#[derive(Debug, Config)]
#[config(env_prefix = "BENCH", file = "base.toml", file = "a.toml", file = "b.toml")]
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
