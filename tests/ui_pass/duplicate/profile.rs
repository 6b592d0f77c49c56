// A profile is named once.
use confkit::Config;

#[derive(Config)]
#[config(profiles("dev", "production"))]
struct Settings {
    port: u16,
}

fn main() {}
