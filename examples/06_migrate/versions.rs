//! What became of settings, version by version.

use confkit::migrate::{Failure, Migrations, Step};

/// All steps up to the present version.
pub(crate) fn migrations() -> Migrations {
    Migrations::new().step(2, to_version_2).step(3, to_version_3)
}

/// The database got a name, and the pool is nothing by itself.
fn to_version_2(step: Step) -> Step {
    step.rename("db", "database")
        .move_to("database.pool.size", "database.connections")
        .rename("nodes[].adr", "address")
}

/// Where is listened is two settings, and durations have units.
fn to_version_3(step: Step) -> Step {
    step.split("listen", ["host", "port"], apart, |(host, port): (String, u16)| Ok(format!("{host}:{port}")))
        .rename("timeout_ms", "timeout")
        .map("timeout", |milliseconds: u64| Ok(format!("{milliseconds}ms")), milliseconds)
}

fn apart(listen: String) -> Result<(String, u16), Failure> {
    let (host, port) = listen.rsplit_once(':').ok_or("the port is missing, as in `localhost:80`")?;
    Ok((host.to_owned(), port.parse()?))
}

fn milliseconds(text: String) -> Result<u64, Failure> {
    let number = text.strip_suffix("ms").ok_or("only milliseconds can be taken back to version 2")?;
    Ok(number.parse()?)
}
