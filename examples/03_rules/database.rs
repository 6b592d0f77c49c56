//! Where orders are kept: rules over several settings.

use std::time::Duration;

use confkit::{ByteSize, Config, Secret};

/// The database.
#[derive(Debug, Config)]
#[config(exactly_one_of(url, host), check_with(is_reachable, fields(host, port)))]
pub(crate) struct Database {
    #[config(validate(url(message = "must be a URL, such as `postgres://db.internal/shop`")))]
    url: Option<String>,

    host: Option<String>,

    #[config(default = 5432, validate(range(min = 1)))]
    port: u16,

    /// Name of the database.
    #[config(validate(length(1..=63)), validate(|name| !name.starts_with("pg_"), "must not start with `pg_`"))]
    name: String,

    /// The database that the changes at hand are for; so they do not go to another by accident.
    #[config(validate(must_match(name)))]
    migrate: String,

    password: Secret<String>,

    /// The same again, as the form for operators asks for it.
    #[config(validate(must_match(password)))]
    password_again: Secret<String>,

    /// Servers that only read.
    #[config(default, validate(length(max = 3), each(ipv4)))]
    replicas: Vec<String>,

    #[config(nested)]
    pub(crate) pool: Pool,
}

/// How many connections are kept.
#[derive(Debug, Config)]
#[config(check(self.min <= self.max, "min is {min}, which is more than max, {max}", code = "pool_limits"))]
pub(crate) struct Pool {
    #[config(default = 1)]
    min: u16,

    #[config(default = 10, validate(range(1..=100)))]
    pub(crate) max: u16,

    /// How long a connection may be idle.
    #[config(default = "5m", validate(range(min = Duration::from_secs(10), max = Duration::from_secs(3600))))]
    idle: Duration,

    /// Memory for what a connection has prepared.
    #[config(default = "8MiB", validate(range(max = ByteSize::new(64 << 20), warn)))]
    cache: ByteSize,
}

/// A name of this machine needs no port but its own.
fn is_reachable(database: &Database) -> Result<(), String> {
    match &database.host {
        Some(host) if host.starts_with('/') && database.port != 5432 => {
            Err(format!("the socket {host} has no port; leave `port` away"))
        }
        _ => Ok(()),
    }
}
