//! A shop whose settings have rules of every kind: what a broken file is told, and what a good one
//! gives.
#![expect(clippy::print_stdout, reason = "an example talks to the terminal")]
#![expect(dead_code, reason = "the example prints its settings and does not serve")]

mod database;
mod tls;
mod workers;

use std::collections::BTreeMap;
use std::path::Path;

use confkit::{Config, Loader, Report, Secret, System};

use database::Database;
use tls::Tls;
use workers::{Machine, Workers};

/// What is known before settings are read.
struct App {
    machine: Machine,
    regions: [&'static str; 2],
}

/// `Workers` asks for this part alone.
impl AsRef<Machine> for App {
    fn as_ref(&self) -> &Machine {
        &self.machine
    }
}

/// What every server of the house has.
#[derive(Debug, Config)]
struct Server {
    /// Address to listen on.
    #[config(validate(ip))]
    address: String,

    #[config(default = 8080, validate(range(min = 1)))]
    port: u16,

    /// Who is called when it fails.
    #[config(validate(email(code = "on_call")))]
    contact: String,
}

/// Settings of the shop.
#[derive(Debug, Config)]
#[config(
    context = App,
    profiles("production"),
    check(
        self.workers.count <= self.database.pool.max,
        "{workers.count} workers need a connection each, but the pool has {database.pool.max}"
    ),
    check(self.log_level != "trace", "`trace` writes more than the disk can take", warn, profile = "production"),
    at_least_one_of(mail_queue, report_queue)
)]
struct Settings {
    /// Beside the rules of every server the shop has its own.
    #[config(
        flatten,
        refine(port, validate(range(exclusive_min = 1023, profile = "production"))),
        refine(contact, validate(contains("@shop.")))
    )]
    server: Server,

    /// Where customers find the shop.
    #[config(validate(url, does_not_contain("localhost", profile = "production")))]
    public_url: String,

    /// The region has to be one that the program knows.
    #[config(validate(
        |region, app| app.regions.contains(&region.as_str()),
        "is not one of the shop's regions"
    ))]
    region: String,

    #[config(default = "info", validate(one_of("error", "warn", "info", "debug", "trace")))]
    log_level: String,

    /// Shown on every page; it may not move the cursor of a terminal.
    #[config(default = "", validate(non_control_character, length(max = 60)))]
    banner: String,

    /// Marks of the instance, as the monitoring wants them.
    #[config(
        default,
        validate(
            length(max = 5),
            keys(regex("^[a-z][a-z-]*$", message = "must be lower-case words, such as `cost-centre`")),
            each(non_empty, length(max = 12))
        )
    )]
    labels: BTreeMap<String, String>,

    /// Card that the health check pays with.
    #[config(validate(credit_card))]
    test_card: Option<Secret<String>>,

    /// Signs session cookies.
    #[config(required(profile = "production"))]
    session_key: Option<Secret<String>>,

    mail_queue: Option<String>,
    report_queue: Option<String>,

    #[config(nested)]
    tls: Tls,

    #[config(nested)]
    database: Database,

    #[config(nested)]
    workers: Workers,
}

/// The loader of a file beside this one. The machine is made up, so that the example says the same
/// everywhere.
fn loader(file: &str) -> Loader<Settings> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("03_rules");
    let path = folder.join(file);
    let text = std::fs::read_to_string(&path).unwrap_or_default();
    let app = App { machine: Machine { cores: 4, memory_mib: 2048 }, regions: ["eu", "us"] };
    let system = System::memory().file(path, text);
    Settings::loader().system(system).root(folder).file(file).profile("production").context(app)
}

fn main() -> Result<(), Report> {
    println!("A broken file:\n");
    match loader("broken.toml").load() {
        Ok(_) => println!("it was meant to be broken"),
        Err(report) => println!("{report}"),
    }
    let settings = loader("shop.toml").load_traced()?;
    println!("\nA good one:\n\n{:#?}", *settings);
    for warning in settings.warnings() {
        let place = warning.origin().map(ToString::to_string).unwrap_or_default();
        println!("\nwarning: {} ({place})", warning.message());
    }
    Ok(())
}
