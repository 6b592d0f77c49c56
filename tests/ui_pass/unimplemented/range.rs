// A range needs a type that can be compared with numbers.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(range(min = 1)))]
    workers: u16,
}

fn main() {}
