// A literal address is complete.
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddrV4, SocketAddrV6};

use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(default = "127.0.0.1")]
    any: IpAddr,
    #[config(default = "127.0.0.1")]
    four: Ipv4Addr,
    #[config(default = "::1")]
    six: Ipv6Addr,
    #[config(default = "127.0.0.1:80")]
    socket_four: SocketAddrV4,
    #[config(default = "[::1]:80")]
    socket_six: SocketAddrV6,
}

fn main() {}
