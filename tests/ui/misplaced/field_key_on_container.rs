// A key of fields does not stand on a type.
use confkit::Config;

#[derive(Config)]
#[config(default = 80)]
struct Settings {
    port: u16,
}

fn main() {}
