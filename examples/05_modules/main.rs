//! An application of three modules that know nothing of each other's settings: each claims a section
//! of one stack, and what nobody claims is told.
#![expect(clippy::print_stdout, reason = "an example talks to the terminal")]

mod http;
mod jobs;
mod store;

use std::path::Path;

use confkit::{Layers, Report, Stack, System};

/// What the modules made of their sections.
struct Application {
    store: store::Store,
    http: http::Server,
    jobs: jobs::Queue,
}

impl Application {
    /// Lets every module read its section, and tells all that is wrong at once.
    fn new(layers: Layers) -> Result<Self, Report> {
        let parts = (store::Store::new(&layers), http::Server::new(&layers), jobs::Queue::new(&layers));
        match (parts, layers.finish()) {
            ((Ok(store), Ok(http), Ok(jobs)), Ok(())) => Ok(Self { store, http, jobs }),
            ((store, http, jobs), finished) => {
                let reports = [store.err(), http.err(), jobs.err(), finished.err()];
                let all = reports.into_iter().flatten().reduce(|mut all, report| {
                    all.merge(report);
                    all
                });
                Err(all.unwrap_or_else(|| unreachable!("one of them failed")))
            }
        }
    }
}

/// The stack that the modules share: files, then variables that begin with `SHOP`.
fn layers(file: &str, system: System) -> Result<Layers, Report> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("05_modules");
    Stack::new().system(system).root(root).file(file).env_prefix("SHOP").env().read()
}

fn main() -> Result<(), Report> {
    let file = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("05_modules").join(name);
        (path.clone(), std::fs::read(path).unwrap_or_default())
    };
    let (path, text) = file("shop.toml");
    let system = System::memory().file(path, text);

    // The same type twice: the store has a pool of connections, and so has the queue.
    let system = system.var("SHOP_JOBS_POOL_MAX", "2").var("SHOP_STORE_DISK_PATH", "/srv/shop");
    let application = Application::new(layers("shop.toml", system)?)?;
    println!("{}\n{}\n{}", application.store, application.http, application.jobs);

    println!("\nA broken file:\n");
    let (path, text) = file("broken.toml");
    if let Err(report) = Application::new(layers("broken.toml", System::memory().file(path, text))?) {
        println!("{report}");
    }
    Ok(())
}
