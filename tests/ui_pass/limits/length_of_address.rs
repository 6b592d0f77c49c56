// A length counts what has several parts.
use std::net::IpAddr;

use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(non_empty))]
    hosts: Vec<IpAddr>,
    verbose: bool,
}

fn main() {}
