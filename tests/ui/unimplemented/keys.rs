// `keys` needs a map.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(keys(non_empty)))]
    level: Level,
}

#[derive(Config)]
enum Level {
    Low,
    High,
}

fn main() {}
