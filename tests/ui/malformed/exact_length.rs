// An exact length leaves nothing to limit.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(length(min = 1, equal = 32)))]
    token: String,
    #[config(validate(length(equal = 32, max = 64)))]
    key: String,
}

fn main() {}
