//! Variables that container platforms set for the services around a container.
//!
//! Kubernetes gives each service `NAME_SERVICE_HOST`, `NAME_SERVICE_PORT`, `NAME_PORT` and
//! `NAME_PORT_<number>_<protocol>` with three more; Docker's links are the same without the first
//! two, with `NAME_NAME`. A service that is called as the application clashes with its variables.

use std::collections::BTreeSet;

/// The names under one prefix that are service links.
pub(super) struct Links<'v> {
    /// Names of services with `…_PORT=tcp://…` and another variable of theirs.
    ports: BTreeSet<&'v str>,
    /// Names of services with `…_SERVICE_HOST` and `…_SERVICE_PORT`.
    services: BTreeSet<&'v str>,
}

impl<'v> Links<'v> {
    /// Looks for services among variables.
    pub(super) fn among(variables: &[(&'v str, Option<&'v str>)]) -> Self {
        let names: BTreeSet<&str> = variables.iter().map(|(name, _)| *name).collect();
        let services: BTreeSet<&str> = names
            .iter()
            .filter_map(|name| name.strip_suffix("_SERVICE_HOST"))
            .filter(|service| names.contains(format!("{service}_SERVICE_PORT").as_str()))
            .collect();
        let ports = variables
            .iter()
            .filter(|(_, value)| value.is_some_and(|value| is_address(value.as_bytes())))
            .filter_map(|(name, _)| name.strip_suffix("_PORT"))
            .filter(|service| {
                let numbered = format!("{service}_PORT_");
                names.contains(format!("{service}_SERVICE_HOST").as_str())
                    || names
                        .range(numbered.as_str()..)
                        .next()
                        .is_some_and(|name| numbered_port(name, service).is_some())
            })
            .collect();
        Self { ports, services }
    }

    /// Whether a variable is one of a service's. One with a declared name has to be sure: only
    /// where the service's whole family is there.
    pub(super) fn contains(&self, name: &str, value: Option<&str>, declared: bool) -> bool {
        let of_port = self.ports.iter().any(|service| {
            name.strip_prefix(service).is_some_and(|rest| match rest {
                "_PORT" => value.is_some_and(|value| is_address(value.as_bytes())),
                "_NAME" => !declared && value.is_some_and(|value| value.starts_with('/')),
                _ => numbered_port(name, service).is_some(),
            })
        });
        let is_of = |service: &str| {
            name.strip_prefix(service).is_some_and(|rest| {
                rest == "_SERVICE_HOST" || rest == "_SERVICE_PORT" || rest.starts_with("_SERVICE_PORT_")
            })
        };
        let (services, ports) = (&self.services, &self.ports);
        let of_service = if declared {
            services.intersection(ports).any(|service| is_of(service))
        } else {
            services.union(ports).any(|service| is_of(service))
        };
        of_port || of_service
    }
}

/// Whether a value is where a service listens.
pub(super) fn is_address(value: &[u8]) -> bool {
    [&b"tcp://"[..], b"udp://", b"sctp://"].iter().any(|scheme| value.starts_with(scheme))
}

/// `SERVICE_PORT_5432_TCP`, alone or with `_ADDR`, `_PORT` or `_PROTO`.
fn numbered_port<'n>(name: &'n str, service: &str) -> Option<&'n str> {
    let rest = name.strip_prefix(service)?.strip_prefix("_PORT_")?;
    let (number, rest) = rest.split_once('_')?;
    let protocol = rest.split('_').next()?;
    let tail = &rest[protocol.len()..];
    let is_link = number.parse::<u16>().is_ok()
        && matches!(protocol, "TCP" | "UDP" | "SCTP")
        && matches!(tail, "" | "_ADDR" | "_PORT" | "_PROTO");
    is_link.then_some(number)
}
