//! The settings as confkit has them.

use std::collections::BTreeMap;

use confkit::Config;

/// Thirty keys on three levels.
#[derive(Debug, PartialEq, Config)]
#[config(env_prefix = "BENCH", file = "base.toml")]
pub struct Settings {
    #[config(validate(non_empty))]
    name: String,
    listen: String,
    #[config(validate(range(min = 1, max = 64)))]
    workers: u16,
    log_level: String,
    debug: bool,
    #[config(validate(range(min = 1)))]
    pub timeout_ms: u64,
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

#[derive(Debug, PartialEq, Config)]
pub struct Http {
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

#[derive(Debug, PartialEq, Config)]
pub struct Tls {
    enabled: bool,
    certificate: String,
    key: String,
    min_version: String,
}

#[derive(Debug, PartialEq, Config)]
pub struct Database {
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
#[derive(Debug, PartialEq, Config)]
#[config(env_prefix = "BENCH", file = "base.toml", file = "a.toml", file = "b.toml")]
pub struct Services {
    #[config(nested)]
    services: BTreeMap<String, Service>,
}

#[derive(Debug, PartialEq, Config)]
pub struct Service {
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
