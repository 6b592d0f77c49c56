// A length counts what has several parts.
use std::net::IpAddr;

use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(non_empty))]
    host: IpAddr,
    #[config(validate(length(min = 1)))]
    verbose: bool,
}

fn main() {}
