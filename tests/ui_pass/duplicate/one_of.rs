// A value of `one_of` is named once.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(one_of("debug", "info")))]
    level: String,
}

fn main() {}
