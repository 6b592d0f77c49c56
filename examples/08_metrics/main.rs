//! What happens to settings while a program runs, as an operator's dashboard sees it: in the text format of
//! Prometheus, by whatever exporter the program has.
//!
//! A service would answer `GET /metrics` with this text; here it is printed after some minutes of a service's life.

#![expect(clippy::print_stdout, reason = "an example talks to the terminal")]

use std::error::Error;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use confkit::live::{Health, Metrics};
use confkit::{Config, Warnings};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

/// Settings of the orders service.
#[derive(Config, PartialEq)]
struct Orders {
    /// Number of worker threads.
    #[config(default = 4, validate(range(min = 1, max = 64)))]
    workers: u16,
}

fn main() -> Result<(), Box<dyn Error>> {
    let exported = install()?;
    let file = File::new()?;
    file.write("workers = 8")?;

    // Half an hour passes in no time.
    let time = Arc::new(Mutex::new(SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000)));
    let clock = {
        let time = Arc::clone(&time);
        move || *time.lock().expect("nobody panics")
    };
    let pass = |seconds| *time.lock().expect("nobody panics") += Duration::from_secs(seconds);

    let health = Health::new(Duration::from_secs(60)).check(|orders: &Orders| match orders.workers {
        0..=32 => Ok(()),
        _ => Err("the database has no connection left".to_owned()),
    });
    let loader = Orders::loader().file(&file.0).warnings(Warnings::Ignore);
    let builder = loader.live().clock(clock).poll(Duration::MAX).quiet(Duration::MAX);
    let orders = builder.health(health).sink(Metrics::new()).start()?;
    orders.on_refused(|_| ()).detach();

    pass(300);
    file.write("workers = 64")?;
    orders.reload()?;
    // It is valid, and does not do well: what was in force before returns.
    pass(1);
    orders.tick()?;

    pass(299);
    file.write("workers = 65")?;
    assert!(orders.reload().is_err());
    orders.by("alice").set_override("workers", 16, Duration::from_secs(3600))?;
    pass(600);
    // The settings do so by themselves within a second, and this does not wait for it.
    orders.tick()?;

    println!("{}", shown(&exported.render()));
    Ok(())
}

/// Has a recorder for the whole program.
fn install() -> Result<PrometheusHandle, Box<dyn Error>> {
    let recorder = PrometheusBuilder::new().set_buckets(&[60.0])?.build_recorder();
    let exported = recorder.handle();
    metrics::set_global_recorder(recorder).map_err(|_| "there is a recorder already")?;
    Ok(exported)
}

/// What is exported, in an order that is always the same, and without the time that loads took.
fn shown(text: &str) -> String {
    let mut metrics: Vec<String> = text.trim_end().split("\n\n").map(metric).collect();
    metrics.sort();
    metrics.join("\n\n")
}

fn metric(text: &str) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    if let Some(sum) = lines.iter().position(|line| line.contains("_seconds_sum")) {
        lines[sum] = "confkit_load_duration_seconds_sum{settings=\"Orders\"} …";
    } else {
        // The comments come first; buckets of a histogram have an order.
        lines[2..].sort_unstable();
    }
    lines.join("\n")
}

/// A file that is gone at the end.
struct File(PathBuf);

impl File {
    fn new() -> std::io::Result<Self> {
        let folder = std::env::temp_dir().join(format!("confkit-metrics-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        Ok(Self(folder.join("orders.toml")))
    }

    fn write(&self, text: &str) -> std::io::Result<()> {
        std::fs::write(&self.0, text)
    }
}

impl Drop for File {
    fn drop(&mut self) {
        if let Some(folder) = self.0.parent() {
            // What is left is in the folder for what may be left.
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}
