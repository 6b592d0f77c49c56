// A range has one lower and one upper limit.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(range(exclusive_min = 0)))]
    port: u16,
}

fn main() {}
