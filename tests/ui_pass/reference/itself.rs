// A field does not depend on itself.
use confkit::Config;

#[derive(Config)]
struct Settings {
    mode: u8,
    #[config(required_if(mode = 1))]
    key: Option<u8>,
}

fn main() {}
