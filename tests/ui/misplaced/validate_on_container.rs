// Rules stand on fields.
use confkit::Config;

#[derive(Config)]
#[validate(range(min = 1))]
struct Settings {
    port: u16,
}

fn main() {}
