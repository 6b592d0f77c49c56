// What is neither an `Option` nor has a default is always required.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(required(profile = "production"))]
    port: u16,
}

fn main() {}
