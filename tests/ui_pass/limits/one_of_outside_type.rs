// The values of `one_of` fit the type of the field.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(one_of(128, 255)))]
    limit: u8,
}

fn main() {}
