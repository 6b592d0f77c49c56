// `validate` holds at least one rule.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate())]
    port: u16,
}

fn main() {}
