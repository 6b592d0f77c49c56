// `keys` is for maps.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(keys(length(max = 8))))]
    names: Vec<String>,
}

fn main() {}
