// What stands for one value has one field.
use confkit::Config;

#[derive(Config)]
#[serde(transparent)]
struct Settings {
    port: u16,
    host: String,
}

fn main() {}
