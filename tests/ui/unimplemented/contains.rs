// `contains` needs text, or a collection of text.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(contains("low")))]
    level: Level,
}

#[derive(Config)]
enum Level {
    Low,
    High,
}

fn main() {}
