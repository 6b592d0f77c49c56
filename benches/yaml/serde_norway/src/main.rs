//! `serde_norway::from_str`, another descendant of serde_yaml: typed, partials merged by move, variables by hand.

use std::path::Path;
use std::process::ExitCode;

use bench_input::by_hand::{PartialServices, finish, merge, variables};
use bench_input::types::Services;
use bench_input::{BoxError, run};

fn main() -> ExitCode {
    run(small, load_once)
}

#[inline(never)]
fn load_once(folder: &Path) -> Result<Services, BoxError> {
    large(folder)
}

fn small(_: &Path) -> Result<(), BoxError> {
    Err("only services are measured in this format".into())
}

fn large(folder: &Path) -> Result<Services, BoxError> {
    let mut services = partial(&folder.join("base.yaml"))?.services;
    merge(&mut services, partial(&folder.join("a.yaml"))?.services);
    merge(&mut services, partial(&folder.join("b.yaml"))?.services);
    variables(&mut services)?;
    Ok(Services { services: finish(services)? })
}

fn partial(path: &Path) -> Result<PartialServices, BoxError> {
    Ok(serde_norway::from_str(&std::fs::read_to_string(path)?)?)
}
