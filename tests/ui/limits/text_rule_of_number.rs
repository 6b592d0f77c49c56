// A rule on text reads text.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(email))]
    port: u16,
    #[config(validate(regex("^[a-z]+$")))]
    address: std::net::IpAddr,
}

fn main() {}
