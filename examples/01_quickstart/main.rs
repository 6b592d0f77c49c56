//! The settings of a service: where each value comes from, and what a broken file looks like.
#![expect(clippy::print_stdout, reason = "an example talks to the terminal")]
#![expect(dead_code, reason = "the example prints its settings and does not serve")]

use std::net::SocketAddr;

use confkit::{Config, Report, Secret, System};

/// Settings of the orders service.
#[derive(Debug, Config)]
#[config(
    env_prefix = "ORDERS",
    profile_env = "ORDERS_PROFILE",
    file = "config/base.toml",
    optional_file = "config/{profile}.toml"
)]
struct Settings {
    /// Address the HTTP server listens on.
    #[config(default = "127.0.0.1:8080")]
    listen: SocketAddr,

    /// Number of worker threads.
    #[config(default = 4, validate(range(min = 1, max = 64)))]
    workers: u16,

    #[config(nested)]
    database: Database,

    /// Signs session cookies.
    #[config(secret, required(profile = "production"))]
    session_key: Option<Secret<String>>,
}

#[derive(Debug, Config)]
struct Database {
    /// Host of the database server.
    host: String,

    #[config(default = 5432)]
    port: u16,

    password: Secret<String>,

    #[config(nested)]
    pool: Pool,
}

#[derive(Debug, Config)]
#[config(check(self.min <= self.max, "`min` must not be greater than `max`"))]
struct Pool {
    #[config(default = 1)]
    min: u16,

    #[config(default = 10)]
    max: u16,
}

fn main() -> Result<(), Report> {
    // A program calls `Settings::load()`. The example brings its own variables, so that it says
    // the same on every machine.
    let loader = Settings::loader()
        .root(concat!(env!("CARGO_MANIFEST_DIR"), "/01_quickstart"))
        .profile("production")
        .declared()
        .env_vars([("ORDERS_DATABASE_PORT", "6432"), ("ORDERS_SESSION_KEY", "only for the example")]);

    let settings = loader.load_traced()?;
    println!("Effective settings of profile {}:\n", settings.profile());
    for explanation in settings.explanations() {
        println!("{explanation}");
    }
    println!("\nThe password prints as {:?}.", settings.database.password);

    println!("\nA broken file on top of them:\n");
    match loader.file("config/broken.toml").load() {
        Ok(_) => println!("it loads"),
        Err(report) => println!("{report}"),
    }

    // In memory, as in a test.
    let system = System::memory().file("config/base.toml", "[database]\nhost = 'db'\npassword = 'x'\n");
    let settings = Settings::loader().system(system).declared().load()?;
    println!("\nIn memory: {} workers on {}", settings.workers, settings.listen);
    Ok(())
}
