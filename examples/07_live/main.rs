//! A service whose settings follow a file while it serves requests. Run it in this folder, change
//! `live.toml`, and see what becomes of it.

mod pool;
mod service;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use confkit::live::{Cause, Health, Update};
use confkit::{Config, Live, RelativePath, SecretString};
use tokio::net::TcpListener;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::prelude::*;
use tracing_subscriber::{fmt, registry, reload};

use pool::Pool;
use service::Service;

/// Settings of the orders service.
#[derive(Config, PartialEq)]
#[config(file = "live.toml", env_prefix = "ORDERS")]
struct Settings {
    /// Address that is listened on, from the start to the end.
    #[config(default = "127.0.0.1:0")]
    listen: SocketAddr,
    /// Who sends it may hand in orders.
    #[config(validate(length(min = 12)))]
    token: SecretString,
    /// Where orders are kept.
    directory: RelativePath,
    #[config(nested)]
    pool: PoolSettings,
    #[config(nested)]
    log: Log,
}

#[derive(Config, PartialEq)]
struct PoolSettings {
    /// How many orders are taken at the same time.
    #[config(default = 4, validate(range(min = 1, max = 1000)))]
    size: usize,
}

#[derive(Config, PartialEq)]
struct Log {
    /// What is logged, such as `warn,live=debug`.
    #[config(default = "info", parse = filter)]
    filter: Targets,
}

fn filter(text: &str) -> Result<Targets, &'static str> {
    text.parse().map_err(|_| "it names levels, as `warn,live=debug` does")
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    // Deploys that do badly are taken back: half of the answers in 30 seconds must not be errors.
    let health = Health::new(Duration::from_secs(30)).every(Duration::from_millis(100)).error_rate(0.5, 3);
    let live = Settings::loader().declared().live().health(health).grace(Duration::from_secs(60));
    let live = live.start().unwrap_or_else(|report| report.exit());

    // Nothing changes before everybody follows.
    live.pin();
    follow_filter(&live)?;
    // Who has the former token may go on with it for ten minutes.
    let tokens = live.rotating("token", Duration::from_secs(600), |settings| &settings.token);
    let tokens = tokens.unwrap_or_else(|report| report.exit());
    let pool = Arc::new(Pool::new(live.get().pool.size));
    live.hook("pool", Arc::clone(&pool)).detach();
    live.on_change(tell_change).detach();
    let handle = live.handle();
    live.on_refused(move |report| {
        report.print();
        tracing::warn!("revision {} stays in force", handle.revision());
    })
    .detach();
    // What is refused has been told.
    let _ = live.unpin();

    let listener = TcpListener::bind(live.get().listen).await?;
    tracing::info!("listening on {}", listener.local_addr()?);
    let service = Arc::new(Service { live: live.handle(), tokens, pool });
    axum::serve(listener, service::router(service)).with_graceful_shutdown(asked_to_stop()).await?;
    live.close();
    tracing::info!("stopped at revision {}", live.revision());
    Ok(())
}

/// Writes events to standard error, as far as the settings want to have them there.
fn follow_filter(live: &Live<Settings>) -> io::Result<()> {
    let (layer, filter) = reload::Layer::new(live.get().log.filter.clone());
    registry().with(layer).with(fmt::layer().without_time().with_writer(io::stderr)).init();
    let follow = move |update: &Update<Settings>| {
        let new = &update.new().log.filter;
        match filter.reload(new.clone()) {
            Ok(()) => tracing::info!("logging {new}"),
            Err(error) => tracing::error!("logging as before: {error}"),
        }
    };
    live.select(|settings| &settings.log.filter).call(follow)?.detach();
    Ok(())
}

fn tell_change(update: &Update<Settings>) {
    let revision = update.revision();
    let changes: Vec<String> = update
        .differences()
        .iter()
        .map(|one| {
            let [old, new] = [one.old_value(), one.new_value()].map(|value| value.unwrap_or("nothing"));
            format!("{} {old} -> {new}", one.path())
        })
        .collect();
    let changes = changes.join(", ");
    match update.new().cause() {
        Cause::Unhealthy { revision: bad, reason } => {
            tracing::warn!("revision {revision} takes revision {bad} back: {changes}; {reason}");
        }
        cause => tracing::info!("revision {revision} ({}): {changes}", cause.as_str()),
    }
}

async fn asked_to_stop() {
    if let Err(error) = tokio::signal::ctrl_c().await {
        tracing::error!("signals cannot be heard: {error}");
    }
}
