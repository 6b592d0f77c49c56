// A key of fields does not stand on a variant.
use confkit::Config;

#[derive(Config)]
enum Mode {
    Dev,
    #[config(alias = "prod")]
    Production,
}

fn main() {}
