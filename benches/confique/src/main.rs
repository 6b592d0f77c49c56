//! confique: a derived layered type. Maps are merged, and variables put into them, by hand.

#![allow(dead_code, reason = "every field is read through Debug")]

use std::path::Path;
use std::process::ExitCode;

use bench_input::by_hand::{PartialService, PartialServices, finish, merge, variables};
use bench_input::types::Services;
use bench_input::{BoxError, run};
use confique::Config;

#[derive(Debug, Config)]
struct Settings {
    name: String,
    #[config(env = "BENCH_LISTEN")]
    listen: String,
    #[config(env = "BENCH_WORKERS")]
    workers: u16,
    log_level: String,
    #[config(env = "BENCH_DEBUG")]
    debug: bool,
    timeout_ms: u64,
    #[config(env = "BENCH_RATIO")]
    ratio: f64,
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
    #[config(env = "BENCH_HTTP__PORT")]
    port: u16,
    keep_alive: bool,
    max_header: u32,
    #[config(default = 128, env = "BENCH_HTTP__BACKLOG")]
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
    #[config(env = "BENCH_HTTP__TLS__ENABLED")]
    enabled: bool,
    certificate: String,
    key: String,
    min_version: String,
}

#[derive(Debug, Config)]
struct Database {
    #[config(env = "BENCH_DATABASE__HOST")]
    host: String,
    port: u16,
    name: String,
    user: String,
    #[config(env = "BENCH_DATABASE__POOL_SIZE")]
    pool_size: u32,
    #[config(default = 3_000)]
    connect_timeout_ms: u64,
    #[config(default = true, env = "BENCH_DATABASE__SSL")]
    ssl: bool,
    #[config(default = "public")]
    schema: String,
}

/// The base file goes through confique; what it cannot merge is read by hand.
#[derive(Config)]
struct Base {
    services: std::collections::BTreeMap<String, PartialService>,
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
    Ok(Settings::builder().env().file(folder.join("base.toml")).load()?)
}

fn large(folder: &Path) -> Result<Services, BoxError> {
    let mut services = Base::builder().file(folder.join("base.toml")).load()?.services;
    for name in ["a.toml", "b.toml"] {
        let partial: PartialServices = toml::from_str(&std::fs::read_to_string(folder.join(name))?)?;
        merge(&mut services, partial.services);
    }
    variables(&mut services)?;
    Ok(Services { services: finish(services)? })
}
