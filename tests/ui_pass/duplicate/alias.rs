// An alias cannot be the key of another field.
use confkit::Config;

#[derive(Config)]
struct Settings {
    host: String,
    #[config(alias = "hostname")]
    name: String,
}

fn main() {}
