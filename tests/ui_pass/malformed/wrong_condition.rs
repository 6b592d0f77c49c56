// A condition names a profile, or a field with its value.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(required(profile = "production"))]
    one: Option<u16>,
    #[config(required(profile("production", "test")))]
    two: Option<u16>,
    #[config(required(profile = "test"))]
    three: Option<u16>,
    four: Option<u16>,
    five: Option<u16>,
    six: Option<u16>,
    #[config(required_if(six = 6))]
    seven: Option<u16>,
    #[config(required_if(seven = 7))]
    eight: Option<u16>,
}

fn main() {}
