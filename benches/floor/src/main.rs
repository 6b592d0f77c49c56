//! The floor: `toml::from_str` into serde types, everything else written by hand.

use std::path::Path;
use std::process::ExitCode;

use bench_input::by_hand::{services, variable};
use bench_input::types::{Services, Settings};
use bench_input::{BoxError, run};

fn main() -> ExitCode {
    run(load_once_small, load_once_large)
}

#[inline(never)]
fn load_once_small(folder: &Path) -> Result<Settings, BoxError> {
    small(folder)
}

#[inline(never)]
fn load_once_large(folder: &Path) -> Result<Services, BoxError> {
    large(folder)
}

fn small(folder: &Path) -> Result<Settings, BoxError> {
    let text = std::fs::read_to_string(folder.join("base.toml"))?;
    let mut settings: Settings = toml::from_str(&text)?;
    variable("BENCH_LISTEN", &mut settings.listen)?;
    variable("BENCH_WORKERS", &mut settings.workers)?;
    variable("BENCH_DEBUG", &mut settings.debug)?;
    variable("BENCH_RATIO", &mut settings.ratio)?;
    variable("BENCH_HTTP__PORT", &mut settings.http.port)?;
    variable("BENCH_HTTP__BACKLOG", &mut settings.http.backlog)?;
    variable("BENCH_HTTP__TLS__ENABLED", &mut settings.http.tls.enabled)?;
    variable("BENCH_DATABASE__HOST", &mut settings.database.host)?;
    variable("BENCH_DATABASE__POOL_SIZE", &mut settings.database.pool_size)?;
    variable("BENCH_DATABASE__SSL", &mut settings.database.ssl)?;
    Ok(settings)
}

fn large(folder: &Path) -> Result<Services, BoxError> {
    services(folder, "toml", |text| Ok(toml::from_str(text)?))
}
