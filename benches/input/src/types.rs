//! The settings as serde types.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Thirty keys on three levels.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    pub name: String,
    pub listen: String,
    pub workers: u16,
    pub log_level: String,
    pub debug: bool,
    pub timeout_ms: u64,
    pub ratio: f64,
    pub hosts: Vec<String>,
    pub motd: String,
    #[serde(default = "max_body")]
    pub max_body: u64,
    pub http: Http,
    pub database: Database,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Http {
    pub host: String,
    pub port: u16,
    pub keep_alive: bool,
    pub max_header: u32,
    #[serde(default = "backlog")]
    pub backlog: u32,
    pub prefix: String,
    pub origins: Vec<String>,
    #[serde(default = "yes")]
    pub gzip: bool,
    pub tls: Tls,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tls {
    pub enabled: bool,
    pub certificate: String,
    pub key: String,
    pub min_version: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    pub host: String,
    pub port: u16,
    pub name: String,
    pub user: String,
    pub pool_size: u32,
    #[serde(default = "connect_timeout_ms")]
    pub connect_timeout_ms: u64,
    #[serde(default = "yes")]
    pub ssl: bool,
    #[serde(default = "schema")]
    pub schema: String,
}

/// Services of ten keys.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Services {
    pub services: BTreeMap<String, Service>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    pub host: String,
    pub port: u16,
    pub weight: f64,
    pub enabled: bool,
    pub retries: u32,
    pub timeout_ms: u64,
    pub zone: String,
    pub path: String,
    pub tags: Vec<String>,
    pub owner: String,
}

fn max_body() -> u64 {
    1_048_576
}

fn backlog() -> u32 {
    128
}

fn connect_timeout_ms() -> u64 {
    3_000
}

fn schema() -> String {
    "public".to_owned()
}

fn yes() -> bool {
    true
}
