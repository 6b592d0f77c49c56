// A key of types does not stand on a field.
use confkit::Config;

#[derive(Config)]
#[config(rename_all = "kebab-case")]
struct Settings {
    port: u16,
}

fn main() {}
