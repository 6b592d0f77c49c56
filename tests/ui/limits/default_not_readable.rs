// A literal default can be read as its type.
use std::net::SocketAddr;

use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(default = "localhost")]
    listen: SocketAddr,
}

fn main() {}
