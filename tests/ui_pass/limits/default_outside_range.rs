// A literal default keeps the field's own rules.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(default = 4, validate(range(min = 1, max = 64)))]
    port: u16,
}

fn main() {}
