// A condition names a profile, or a field with its value.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(required(production))]
    one: Option<u16>,
    #[config(required(profile))]
    two: Option<u16>,
    #[config(required(profile = 1))]
    three: Option<u16>,
    #[config(required("production"))]
    four: Option<u16>,
    #[config(required())]
    five: Option<u16>,
    #[config(required(profile()))]
    six: Option<u16>,
    #[config(required_if(six))]
    seven: Option<u16>,
    #[config(required_if)]
    eight: Option<u16>,
}

fn main() {}
