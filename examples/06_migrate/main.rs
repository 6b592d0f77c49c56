//! Settings that have had two versions before: an old file is read, shown what it would become, written,
//! and brought back.
#![expect(clippy::print_stdout, reason = "an example talks to the terminal")]

mod versions;

use std::path::Path;
use std::time::Duration;

use confkit::migrate::Files;
use confkit::{Config, Loader, Report, Secret, System};

/// Settings of the orders service.
#[derive(Debug, Config)]
#[config(file = "orders.toml", version = 3, migrations = versions::migrations)]
struct Settings {
    /// Name or address that is listened on.
    host: String,
    port: u16,
    #[config(default = "1s")]
    timeout: Duration,
    #[config(nested)]
    database: Database,
    #[config(nested, default)]
    nodes: Vec<Node>,
}

#[derive(Debug, Config)]
struct Database {
    host: String,
    password: Secret<String>,
    #[config(default = 4)]
    connections: u16,
}

#[derive(Debug, Config)]
struct Node {
    address: String,
}

fn loader(system: System) -> Loader<Settings> {
    Settings::loader().declared().system(system)
}

fn show(title: &str, text: &[u8]) {
    println!("\n{title}:\n\n{}", String::from_utf8_lossy(text).trim_end());
}

fn main() -> Result<(), Report> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("06_migrate/orders.toml");
    let text = std::fs::read(path).unwrap_or_default();
    let file = Path::new("orders.toml");
    let system = System::memory().file(file, &text);
    let old = loader(system.clone());

    // A load migrates in memory, and warns.
    let loaded = old.load_traced()?;
    println!("{}:{} after {:?}", loaded.host, loaded.port, loaded.timeout);
    let Database { host, password, connections } = &loaded.database;
    println!("{host} with {connections} connections, password {password:?}");
    loaded.nodes.iter().for_each(|node| println!("node {}", node.address));
    for warning in loaded.warnings() {
        println!("warning: {}", warning.message());
    }
    if let Some(explanation) = loaded.explain("database.connections") {
        println!("{explanation}");
    }

    // What would be written; secrets and comments, which may be an old one, are not shown.
    let files = Files::of(&old);
    files.status()?.iter().for_each(|status| println!("\n{status}"));
    let plan = files.up()?;
    println!("\n{}", plan.diff().trim_end());

    // The file as it is written, and brought back.
    plan.write()?;
    let new = system.read(file).unwrap_or_default();
    show("orders.toml of version 3", &new);
    Files::of(&old).down(1)?.write()?;
    show("orders.toml of version 1 again", &system.read(file).unwrap_or_default());

    // A mistake is told where the file has it, by the key that it has there.
    let broken = String::from_utf8_lossy(&text).replace("size = 8", "size = \"many\"");
    if let Err(report) = loader(System::memory().file(file, broken)).load_traced() {
        println!("\nA mistake in the old file:\n\n{report}");
    }
    Ok(())
}
