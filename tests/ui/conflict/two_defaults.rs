// A field has one default.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(default, default_fn = port)]
    port: u16,
}

fn main() {}
