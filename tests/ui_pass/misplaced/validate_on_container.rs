// Rules stand on fields.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[validate(range(min = 1))]
    port: u16,
}

fn main() {}
