// A key of types does not stand on a field.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(rename_all = "kebab-case")]
    port: u16,
}

fn main() {}
