// What is neither an `Option` nor has a default is always required.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(default = 80, required(profile = "production"))]
    port: u16,
}

fn main() {}
