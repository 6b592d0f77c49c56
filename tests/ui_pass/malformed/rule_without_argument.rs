// A rule has at least one limit.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(range(min = 1)))]
    port: u16,
    #[config(validate(length(min = 1)))]
    name: String,
    #[config(validate(length(1..)))]
    host: String,
}

fn main() {}
