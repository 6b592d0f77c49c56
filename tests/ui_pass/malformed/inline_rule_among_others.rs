// An inline rule stands alone.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(range(max = 9000)), validate(|port| *port > 1024, "must not be privileged"))]
    port: u16,
}

fn main() {}
