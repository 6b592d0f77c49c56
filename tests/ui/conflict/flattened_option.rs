// Nothing tells whether flattened settings are there.
use confkit::Config;

#[derive(Config)]
struct Logging {
    level: String,
}

#[derive(Config)]
struct Settings {
    #[config(flatten)]
    logging: Option<Logging>,
}

fn main() {}
