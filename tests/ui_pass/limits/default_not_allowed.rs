// A default is one of the values that are allowed.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(default = "debug", validate(one_of("debug", "info")))]
    level: String,
    #[config(default = 4, validate(one_of(1, 2, 4)))]
    shards: u8,
    #[config(default = 'a', validate(one_of('a', 'b')))]
    letter: char,
}

fn main() {}
