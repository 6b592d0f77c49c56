//! The declaration as arguments of a program that uses clap.

mod back;
mod collisions;
mod completions;
mod derived;
mod enums;
mod help;
mod same;

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use clap::{ArgMatches, Command};
use confkit::clap::augment;
use confkit::{ByteSize, Config, Secret};

/// Takes orders and gives them to those who pack.
#[derive(Debug, Config)]
#[config(env_prefix = "ORDERS", optional_file = "orders.toml")]
struct Settings {
    /// Address the HTTP server listens on.
    ///
    /// It is bound before anything else is done, so that a second program on the same port ends at
    /// once.
    #[config(default = "127.0.0.1:8080", arg(short))]
    listen: SocketAddr,
    /// Number of worker threads.
    #[config(default = 4, arg(short = 'w'))]
    workers: u16,
    /// Says more.
    #[config(default = false, arg(short))]
    verbose: bool,
    #[config(default = false, arg(short = 'q'))]
    quiet: bool,
    /// How much is written to the log.
    #[config(default = "info")]
    level: Level,
    name: Option<String>,
    offset: Option<i64>,
    timeout: Option<Duration>,
    #[config(default = "10MiB")]
    cache: ByteSize,
    /// Where copies are kept.
    #[config(default = "spool", arg(long = "spool", short = 'd'))]
    spool_directory: PathBuf,
    /// Hosts that are asked.
    #[config(default, arg(long = "host"))]
    hosts: Vec<String>,
    #[config(default)]
    ports: Vec<u16>,
    #[config(default)]
    labels: BTreeMap<String, String>,
    #[config(default)]
    levels: Vec<Level>,
    peer: Option<IpAddr>,
    #[config(validate(email))]
    admin: Option<String>,
    #[config(hidden, default = 1)]
    experimental: u8,
    #[config(default = 1, arg(skip))]
    generation: u32,
    /// The database server.
    #[config(nested)]
    database: Database,
    #[config(nested, default)]
    servers: Vec<Server>,
    #[config(flatten)]
    limits: Limits,
    session_key: Option<Secret<String>>,
    #[config(default_fn = pin, arg(secret_on_command_line))]
    pin: Secret<String>,
}

fn pin() -> Secret<String> {
    Secret::from("hunter2".to_owned())
}

/// How much is told.
#[derive(Debug, Clone, Copy, PartialEq, Config)]
#[config(rename_all = "kebab-case")]
enum Level {
    /// What an operator has to know.
    ///
    /// Nothing else.
    Info,
    /// Every step.
    VeryVerbose,
    Off,
}

#[derive(Debug, Config)]
struct Database {
    /// Where it is.
    #[config(default = "localhost")]
    host: String,
    #[config(default = 10, alias = "limit")]
    max_conn: u16,
    #[config(default = true)]
    tls: bool,
    password: Option<Secret<String>>,
}

#[derive(Debug, Config)]
struct Server {
    #[config(default = "none")]
    host: String,
}

#[derive(Debug, Config)]
struct Limits {
    /// Requests at once.
    #[config(default = 100)]
    max_requests: u32,
}

fn command() -> Command {
    augment::<Settings>(Command::new("orders").term_width(80))
}

fn matches(words: &[&str]) -> ArgMatches {
    let words = std::iter::once("orders").chain(words.iter().copied());
    command().try_get_matches_from(words).unwrap_or_else(|error| panic!("{error}"))
}
