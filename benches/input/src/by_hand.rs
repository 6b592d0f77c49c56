//! What is written by hand where a library does not do it: partial services, their merge, variables into a map.

use std::collections::BTreeMap;
use std::path::Path;
use std::str::FromStr;

use serde::Deserialize;

use crate::BoxError;
use crate::types::{Service, Services};

/// One file's share of the services.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartialServices {
    #[serde(default)]
    pub services: BTreeMap<String, PartialService>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartialService {
    pub host: Option<String>,
    pub port: Option<u16>,
    pub weight: Option<f64>,
    pub enabled: Option<bool>,
    pub retries: Option<u32>,
    pub timeout_ms: Option<u64>,
    pub zone: Option<String>,
    pub path: Option<String>,
    pub tags: Option<Vec<String>>,
    pub owner: Option<String>,
}

/// Loads the services from three files that `read` reads, and from variables.
#[inline]
pub fn services(
    folder: &Path,
    extension: &str,
    read: impl Fn(&str) -> Result<PartialServices, BoxError>,
) -> Result<Services, BoxError> {
    let partial = |name: &str| {
        let text = std::fs::read_to_string(folder.join(format!("{name}.{extension}")))?;
        read(&text).map(|partial| partial.services)
    };
    let mut services = partial("base")?;
    merge(&mut services, partial("a")?);
    merge(&mut services, partial("b")?);
    variables(&mut services)?;
    Ok(Services { services: finish(services)? })
}

/// Lets `above` win, key by key.
pub fn merge(base: &mut BTreeMap<String, PartialService>, above: BTreeMap<String, PartialService>) {
    for (name, service) in above {
        let below = base.entry(name).or_default();
        put(&mut below.host, service.host);
        put(&mut below.port, service.port);
        put(&mut below.weight, service.weight);
        put(&mut below.enabled, service.enabled);
        put(&mut below.retries, service.retries);
        put(&mut below.timeout_ms, service.timeout_ms);
        put(&mut below.zone, service.zone);
        put(&mut below.path, service.path);
        put(&mut below.tags, service.tags);
        put(&mut below.owner, service.owner);
    }
}

fn put<T>(below: &mut Option<T>, above: Option<T>) {
    if above.is_some() {
        *below = above;
    }
}

/// Reads `BENCH_SERVICES__<NAME>__<KEY>` out of the environment.
pub fn variables(services: &mut BTreeMap<String, PartialService>) -> Result<(), BoxError> {
    for (name, value) in std::env::vars_os() {
        let Some(name) = name.to_str().and_then(|name| name.strip_prefix("BENCH_SERVICES__")) else {
            continue;
        };
        let text = value.to_str().ok_or_else(|| format!("{name} is not UTF-8"))?;
        let (service, key) = name.split_once("__").ok_or_else(|| format!("{name} names no key"))?;
        let service = services.entry(service.to_ascii_lowercase()).or_default();
        match key {
            "HOST" => service.host = Some(text.to_owned()),
            "PORT" => service.port = Some(read(name, text)?),
            "WEIGHT" => service.weight = Some(read(name, text)?),
            "ENABLED" => service.enabled = Some(read(name, text)?),
            "RETRIES" => service.retries = Some(read(name, text)?),
            "TIMEOUT_MS" => service.timeout_ms = Some(read(name, text)?),
            "ZONE" => service.zone = Some(text.to_owned()),
            "PATH" => service.path = Some(text.to_owned()),
            "TAGS" => service.tags = Some(text.split(',').map(str::to_owned).collect()),
            "OWNER" => service.owner = Some(text.to_owned()),
            other => return Err(format!("there is no key {other}").into()),
        }
    }
    Ok(())
}

/// Replaces `target` when the variable is set.
pub fn variable<T: FromStr>(name: &str, target: &mut T) -> Result<(), BoxError>
where
    T::Err: std::fmt::Display,
{
    if let Some(value) = std::env::var_os(name) {
        let text = value.to_str().ok_or_else(|| format!("{name} is not UTF-8"))?;
        *target = read(name, text)?;
    }
    Ok(())
}

fn read<T: FromStr>(name: &str, text: &str) -> Result<T, BoxError>
where
    T::Err: std::fmt::Display,
{
    text.parse().map_err(|error| format!("{name}: {error}").into())
}

/// Every key must be there now.
pub fn finish(services: BTreeMap<String, PartialService>) -> Result<BTreeMap<String, Service>, BoxError> {
    services
        .into_iter()
        .map(|(name, partial)| match complete(partial) {
            Some(service) => Ok((name, service)),
            None => Err(format!("service {name} is incomplete").into()),
        })
        .collect()
}

fn complete(partial: PartialService) -> Option<Service> {
    Some(Service {
        host: partial.host?,
        port: partial.port?,
        weight: partial.weight?,
        enabled: partial.enabled?,
        retries: partial.retries?,
        timeout_ms: partial.timeout_ms?,
        zone: partial.zone?,
        path: partial.path?,
        tags: partial.tags?,
        owner: partial.owner?,
    })
}
