// Nothing tells whether flattened settings are there.
use confkit::Config;

#[derive(Config)]
struct Logging {
    level: Option<String>,
}

#[derive(Config)]
struct Settings {
    #[config(flatten)]
    logging: Logging,
    #[config(nested)]
    audit: Option<Logging>,
}

fn main() {}
