// A limit fits the type.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(range(max = 7000)))]
    port: u16,
}

fn main() {}
