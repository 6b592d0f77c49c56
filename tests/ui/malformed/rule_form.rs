// A rule is written in one of its forms.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(non_empty(true)))]
    name: String,
    #[config(validate(range = 1))]
    port: u16,
    #[config(validate(length))]
    host: String,
}

fn main() {}
