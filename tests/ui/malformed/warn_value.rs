// `warn` has no value.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(non_empty(warn = true)))]
    name: String,
}

fn main() {}
