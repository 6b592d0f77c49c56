// A rule on text reads text.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(range(min = 1)))]
    port: u16,
    #[config(validate(|address| !address.is_loopback(), "must not be this machine"))]
    address: std::net::IpAddr,
}

fn main() {}
