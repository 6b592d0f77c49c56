// A range needs a type that can be compared with numbers.
use std::net::IpAddr;

use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(range(min = 1)))]
    workers: IpAddr,
}

fn main() {}
