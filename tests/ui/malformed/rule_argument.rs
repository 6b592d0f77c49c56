// The argument of a rule has a name.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(range(1, 64)))]
    port: u16,
    #[config(validate(length(32)))]
    token: String,
}

fn main() {}
