// A rule has at least one limit.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(range()))]
    port: u16,
    #[config(validate(length()))]
    name: String,
    #[config(validate(length(..)))]
    host: String,
}

fn main() {}
