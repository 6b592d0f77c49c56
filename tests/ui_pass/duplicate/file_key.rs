// Two fields cannot have one key.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(rename = "listen_port")]
    listen: u16,
    port: u16,
}

fn main() {}
