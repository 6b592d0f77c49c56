//! `serde_json::from_str`: typed, partials merged by move, variables by hand.

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
    let mut services = partial(&folder.join("base.json"))?.services;
    merge(&mut services, partial(&folder.join("a.json"))?.services);
    merge(&mut services, partial(&folder.join("b.json"))?.services);
    variables(&mut services)?;
    Ok(Services { services: finish(services)? })
}

fn partial(path: &Path) -> Result<PartialServices, BoxError> {
    Ok(serde_json::from_str(&std::fs::read_to_string(path)?)?)
}
