// A range has one lower and one upper limit.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(range(min = 1, exclusive_min = 0)))]
    port: u16,
}

fn main() {}
