//! schematic: derived partials, a merge function for the map; variables are put into the map by hand.

#![allow(dead_code, reason = "every field is read through Debug")]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use bench_input::{BoxError, by_hand, run};
use schematic::{Config, ConfigLoader, MergeError, MergeResult, PartialConfig as _};

#[derive(Debug, Config)]
struct Settings {
    name: String,
    #[setting(env = "BENCH_LISTEN")]
    listen: String,
    #[setting(env = "BENCH_WORKERS")]
    workers: u16,
    log_level: String,
    #[setting(env = "BENCH_DEBUG")]
    debug: bool,
    timeout_ms: u64,
    #[setting(env = "BENCH_RATIO")]
    ratio: f64,
    hosts: Vec<String>,
    motd: String,
    #[setting(default = 1_048_576)]
    max_body: u64,
    #[setting(nested)]
    http: Http,
    #[setting(nested)]
    database: Database,
}

#[derive(Debug, Config)]
struct Http {
    host: String,
    #[setting(env = "BENCH_HTTP__PORT")]
    port: u16,
    keep_alive: bool,
    max_header: u32,
    #[setting(default = 128, env = "BENCH_HTTP__BACKLOG")]
    backlog: u32,
    prefix: String,
    origins: Vec<String>,
    #[setting(default = true)]
    gzip: bool,
    #[setting(nested)]
    tls: Tls,
}

#[derive(Debug, Config)]
struct Tls {
    #[setting(env = "BENCH_HTTP__TLS__ENABLED")]
    enabled: bool,
    certificate: String,
    key: String,
    min_version: String,
}

#[derive(Debug, Config)]
struct Database {
    #[setting(env = "BENCH_DATABASE__HOST")]
    host: String,
    port: u16,
    name: String,
    user: String,
    #[setting(env = "BENCH_DATABASE__POOL_SIZE")]
    pool_size: u32,
    #[setting(default = 3_000)]
    connect_timeout_ms: u64,
    #[setting(default = true, env = "BENCH_DATABASE__SSL")]
    ssl: bool,
    #[setting(default = "public")]
    schema: String,
}

#[derive(Debug, Config)]
struct Services {
    #[setting(nested, merge = merge_services)]
    services: BTreeMap<String, Service>,
}

#[derive(Debug, Config)]
struct Service {
    host: String,
    port: u16,
    weight: f64,
    enabled: bool,
    retries: u32,
    timeout_ms: u64,
    zone: String,
    path: String,
    tags: Vec<String>,
    owner: String,
}

type Partials = BTreeMap<String, PartialService>;

fn merge_services(mut below: Partials, above: Partials, context: &()) -> MergeResult<Partials> {
    for (name, service) in above {
        let merged = below.entry(name).or_default().merge(context, service);
        merged.map_err(|error| MergeError::new(error.to_string()))?;
    }
    Ok(Some(below))
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
    Ok(ConfigLoader::<Settings>::new().file(folder.join("base.toml"))?.load()?.config)
}

fn large(folder: &Path) -> Result<Services, BoxError> {
    let mut loaded = ConfigLoader::<Services>::new()
        .file(folder.join("base.toml"))?
        .file(folder.join("a.toml"))?
        .file(folder.join("b.toml"))?
        .load()?
        .config;
    let mut overrides = BTreeMap::new();
    by_hand::variables(&mut overrides)?;
    for (name, given) in overrides {
        let service = loaded.services.get_mut(&name).ok_or("no such service")?;
        service.host = given.host.unwrap_or_else(|| std::mem::take(&mut service.host));
        service.port = given.port.unwrap_or(service.port);
        service.weight = given.weight.unwrap_or(service.weight);
        service.enabled = given.enabled.unwrap_or(service.enabled);
        service.timeout_ms = given.timeout_ms.unwrap_or(service.timeout_ms);
    }
    Ok(loaded)
}
