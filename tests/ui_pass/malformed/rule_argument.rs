// The argument of a rule has a name.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(range(min = 1, max = 64)))]
    port: u16,
    #[config(validate(length(equal = 32)))]
    token: String,
}

fn main() {}
