// A range holds for some value.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(range(min = 5, max = 1)))]
    port: u16,
}

fn main() {}
