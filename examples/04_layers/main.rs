//! Settings from every place at once, in a program that uses clap: what is in force, and why.
#![expect(clippy::print_stdout, reason = "an example talks to the terminal")]
#![expect(dead_code, reason = "the example prints its settings and does not serve")]

use std::net::SocketAddr;
use std::time::Duration;

use clap::Parser;
use confkit::clap::ConfigArgs;
use confkit::{Config, Loaded, Secret, System};

/// Hands requests to the servers behind it.
#[derive(Parser)]
#[command(name = "layers", term_width = 80)]
struct Cli {
    /// Tells everything about a setting; may be repeated.
    #[arg(long, short, value_name = "PATH")]
    explain: Vec<String>,

    #[command(flatten)]
    settings: ConfigArgs<Settings>,
}

/// Lowest first: the defaults below, files, secrets, `.env`, variables. Arguments come on top of them.
#[derive(Debug, Config)]
#[config(
    file = "config/base.toml",
    optional_file = "config/{profile}.toml",
    optional_file = "config/local.toml",
    secrets_dir = "secrets",
    dotenv = ".env",
    env_prefix = "EDGE",
    profile_env = "EDGE_PROFILE"
)]
struct Settings {
    /// Where requests come in.
    #[config(default = "127.0.0.1:8080", arg(short))]
    listen: SocketAddr,

    /// Number of worker threads.
    #[config(default = 4, validate(range(1..=64)))]
    workers: u16,

    /// What looks at a request, in this order. Every layer adds to it.
    #[config(default, merge = "append")]
    plugins: Vec<String>,

    #[config(nested)]
    database: Database,

    #[config(nested)]
    cache: Option<Cache>,

    /// Servers of one name are one server.
    #[config(nested, default, merge(key = "name"))]
    upstreams: Vec<Upstream>,
}

/// The database server.
#[derive(Debug, Config)]
struct Database {
    /// Where it is.
    host: String,

    #[config(default = 5432)]
    port: u16,

    password: Secret<String>,
}

/// Answers that are kept.
#[derive(Debug, Config)]
struct Cache {
    /// Where they are kept.
    url: String,
}

#[derive(Debug, Config)]
struct Upstream {
    name: String,

    url: String,

    #[config(default = "30s")]
    timeout: Duration,
}

/// The files of this folder and two variables. A program takes the real system, which is there without
/// a word; the example says the same on every machine.
fn system() -> System {
    System::memory()
        .file("config/base.toml", include_str!("config/base.toml"))
        .file("config/staging.toml", include_str!("config/staging.toml"))
        .file("config/local.toml", include_str!("config/local.toml"))
        .file("secrets/database_password", include_str!("secrets/database_password"))
        .file(".env", include_str!(".env"))
        .var("EDGE_DATABASE_PORT", "6432")
        .var("EDGE_PLUGINS", "trace")
}

fn main() {
    let cli = Cli::parse();
    let loader = Settings::loader().system(system()).declared().matches(&cli.settings);
    let settings = loader.load_traced().unwrap_or_else(|report| report.exit());

    if cli.explain.is_empty() {
        overview(&settings);
    }
    for path in &cli.explain {
        match settings.explain(path) {
            Some(explanation) => println!("{explanation}"),
            None => println!("there is no setting `{path}`"),
        }
    }
}

/// Every setting on a line: its value and where that is from.
fn overview(settings: &Loaded<Settings>) {
    println!("profile {}, {} plugins\n", settings.profile(), settings.plugins.len());
    for setting in settings.explanations() {
        let value = format!("{} = {}", setting.path(), setting.value().unwrap_or("nothing"));
        println!("{value:<39} {}", setting.origin());
    }
}
