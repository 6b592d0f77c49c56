//! A command-line tool: its options come from the declaration of its settings.
#![expect(clippy::print_stdout, reason = "a tool talks to the terminal")]

use std::path::PathBuf;
use std::time::Duration;

use confkit::{Config, Secret};

/// Copies orders from the shop to the warehouse.
#[derive(Debug, Config)]
#[config(args, env_prefix = "COURIER", optional_file = "courier.toml")]
struct Settings {
    /// The shop whose orders are copied.
    #[config(arg(short))]
    shop: String,

    /// Where copies are kept until the warehouse has taken them.
    #[config(default = "spool", arg(long = "spool", short = 'd'))]
    spool_directory: PathBuf,

    /// States of orders that are left out; may be repeated.
    #[config(default, arg(short = 'x', long = "skip"))]
    skipped: Vec<State>,

    /// Tells what would be copied, and copies nothing.
    #[config(default = false, arg(short = 'n'))]
    dry_run: bool,

    /// Lets the shop know who asks.
    token: Option<Secret<String>>,

    /// The warehouse.
    #[config(nested)]
    warehouse: Warehouse,
}

#[derive(Debug, Config)]
#[config(rename_all = "kebab-case")]
enum State {
    Paid,
    Sent,
    SentBack,
}

#[derive(Debug, Config)]
struct Warehouse {
    /// Host and port of its server.
    #[config(default = "warehouse.internal:4000")]
    address: String,

    /// How long an answer may take.
    #[config(default = "30s", validate(|timeout| timeout.as_secs() > 0, "must be a second or longer"))]
    timeout: Duration,
}

fn main() {
    // Prints the options and ends where `--help` is given, and a report where something is wrong.
    let settings = Settings::load().unwrap_or_else(|report| report.exit());

    let Warehouse { address, timeout } = &settings.warehouse;
    println!("from {} by {} to {address}", settings.shop, settings.spool_directory.display());
    println!("without {:?}, waiting {timeout:?} for an answer", settings.skipped);
    if settings.token.is_none() {
        println!("without a token");
    }
    if settings.dry_run {
        println!("nothing is copied");
    }
}
