// Each flattened setting says itself what is true of it.
use confkit::Config;

#[derive(Config)]
struct Database {
    #[config(default = 80, example = 80)]
    port: u16,
    #[config(required(profile = "production"))]
    token: Option<confkit::Secret<String>>,
}

#[derive(Config)]
struct Settings {
    #[config(flatten)]
    database: Database,
}

fn main() {}
