// A literal address is complete.
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddrV4, SocketAddrV6};

use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(default = "localhost")]
    any: IpAddr,
    #[config(default = "::1")]
    four: Ipv4Addr,
    #[config(default = "127.0.0.1")]
    six: Ipv6Addr,
    #[config(default = "127.0.0.1")]
    socket_four: SocketAddrV4,
    #[config(default = "[::1]")]
    socket_six: SocketAddrV6,
}

fn main() {}
