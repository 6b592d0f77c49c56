// A range holds for some value.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(range(min = 1, max = 5)))]
    port: u16,
}

fn main() {}
