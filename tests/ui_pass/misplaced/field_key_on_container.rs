// A key of fields does not stand on a type.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(default = 80)]
    port: u16,
}

fn main() {}
