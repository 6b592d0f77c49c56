// The values of `one_of` are of the type of the field.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(one_of("1", "2")))]
    shards: u16,
    #[config(validate(one_of(1, 2)))]
    name: String,
}

fn main() {}
