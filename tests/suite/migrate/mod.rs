//! Versions of files: migrated in memory, in place, and back.

mod files;
mod generated;
mod load;
mod reports;
mod scaffold;
mod secrets;
mod written;

use std::time::Duration;

use confkit::migrate::Migrations;
use confkit::{Config, Format, Loader, System, Warnings};

/// Settings that have had two versions before.
#[derive(Debug, PartialEq, Config)]
#[config(
    env_prefix = "APP",
    file = "app.toml",
    optional_file = "{profile}.toml",
    version = 3,
    migrations = migrations
)]
struct Settings {
    host: String,
    #[config(default = 80)]
    port: u16,
    #[config(default = "30s")]
    timeout: Duration,
    #[config(nested, default)]
    servers: Vec<Server>,
    #[config(nested, default)]
    pool: Pool,
}

#[derive(Debug, PartialEq, Config)]
struct Server {
    address: String,
    #[config(default = 1)]
    weight: u8,
}

#[derive(Debug, Default, PartialEq, Config)]
struct Pool {
    #[config(default = 4)]
    size: u16,
}

/// In version 2 the address was split, in version 3 durations got units.
fn migrations() -> Migrations {
    Migrations::new()
        .step(2, |step| {
            step.rename("nodes", "servers")
                .rename("servers[].adr", "address")
                .move_to("db.pool", "pool")
                .split(
                    "listen",
                    ["host", "port"],
                    |listen: String| {
                        let (host, port) = listen.rsplit_once(':').ok_or("the port is missing")?;
                        Ok((host.to_owned(), Some(port.parse::<u16>()?)))
                    },
                    |(host, port): (String, Option<u16>)| Ok(format!("{host}:{}", port.unwrap_or(80))),
                )
        })
        .step(3, |step| {
            step.map(
                "timeout",
                |seconds: u64| Ok(format!("{seconds}s")),
                |text: String| Ok(text.trim_end_matches('s').parse::<u64>()?),
            )
        })
}

/// A file of version 1.
const V1: &str = "\
# The orders service.
version = 1

# who listens
listen = 'localhost:8080' # behind nginx
timeout = 0x1E

# the database
[db.pool]
# connections at most
size = 8 # of 100

[[nodes]]
adr = 'a' # the first
weight = 2
";

fn on_disk(text: &str) -> System {
    System::memory().file("app.toml", text)
}

fn loader(text: &str) -> Loader<Settings> {
    Settings::loader().declared().system(on_disk(text)).warnings(Warnings::Ignore)
}

fn toml(text: &str) -> Loader<Settings> {
    Settings::loader().text(Format::Toml, "app.toml", text).warnings(Warnings::Ignore)
}

/// A file of a system as text.
fn content(system: &System, path: &str) -> String {
    String::from_utf8(system.read(path.as_ref()).unwrap()).unwrap()
}
