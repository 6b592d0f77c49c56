// A rule has to be one of those that there are.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(range(min = 1)))]
    port: u16,
}

fn main() {}
