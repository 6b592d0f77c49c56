// An exact length leaves nothing to limit.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(length(equal = 32)))]
    token: String,
    #[config(validate(length(max = 64)))]
    key: String,
}

fn main() {}
