// A text default is an address where a rule demands one.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(default = "localhost", validate(ip))]
    listen: String,
    #[config(default = "::1", validate(ipv4))]
    old: String,
    #[config(default = "127.0.0.1", validate(ipv6))]
    new: String,
}

fn main() {}
