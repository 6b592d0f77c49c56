// An inline rule is a closure.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(|port| *port > 1024, "must not be privileged"))]
    port: u16,
}

fn main() {}
