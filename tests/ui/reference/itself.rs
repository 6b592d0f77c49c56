// A field does not depend on itself.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(required_if(key = 1))]
    key: Option<u8>,
}

fn main() {}
