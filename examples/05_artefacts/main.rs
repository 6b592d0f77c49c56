//! A service with commands that answer for its settings: what is in force and why, whether it is right,
//! what would change.
#![expect(clippy::print_stdout, reason = "an example talks to the terminal")]

use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand};
use confkit::cli::ConfigCommand;
use confkit::{Config, Secret, System};

/// Takes orders.
#[derive(Parser)]
#[command(name = "orders", term_width = 80)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Starts the service.
    Serve,
    /// Looks at the settings and changes them.
    Config(ConfigCommand<Settings>),
}

/// Settings of the orders service.
#[derive(Debug, Config)]
#[config(
    file = "config/base.toml",
    optional_file = "config/{profile}.toml",
    env_prefix = "ORDERS",
    profile_env = "ORDERS_PROFILE"
)]
struct Settings {
    /// Where requests come in.
    #[config(default = "127.0.0.1:8080")]
    listen: SocketAddr,

    /// Number of worker threads.
    #[config(default = 4, validate(range(1..=64)))]
    workers: u16,

    /// Where orders may come from.
    #[config(default)]
    origins: Vec<String>,

    /// Signs session cookies.
    session_key: Secret<String>,

    #[config(nested)]
    database: Database,
}

/// The database server.
#[derive(Debug, Config)]
struct Database {
    /// Where it is.
    host: String,

    #[config(default = 5432)]
    port: u16,

    /// How long an answer may take.
    #[config(default = "30s")]
    timeout: Duration,
}

/// The files of this folder and two variables. A program takes the real system, which is there without
/// a word; the example says the same on every machine, and leaves its files as they are.
fn system() -> System {
    System::memory()
        .file("config/base.toml", include_str!("config/base.toml"))
        .file("config/production.toml", include_str!("config/production.toml"))
        .file("config/draft.toml", include_str!("config/draft.toml"))
        .var("ORDERS_SESSION_KEY", "correct horse battery staple")
        .var("ORDERS_DATABASE_PORT", "6432")
}

fn main() -> ExitCode {
    let loader = Settings::loader().system(system()).declared();
    match Cli::parse().command {
        Command::Config(config) => config.run(&loader),
        Command::Serve => {
            let settings = loader.load().unwrap_or_else(|report| report.exit());
            let Settings { listen, workers, origins, session_key, database } = settings;
            let Database { host, port, timeout } = database;
            println!("listening on {listen} with {workers} workers for {}", origins.join(" and "));
            println!("sessions are signed with {session_key:?}");
            println!("orders are kept by {host}:{port}, which has {timeout:?} to answer");
            ExitCode::SUCCESS
        }
    }
}
