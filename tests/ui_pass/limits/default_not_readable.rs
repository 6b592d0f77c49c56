// A literal default can be read as its type.
use std::net::SocketAddr;

use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(default = "127.0.0.1:80")]
    listen: SocketAddr,
}

fn main() {}
