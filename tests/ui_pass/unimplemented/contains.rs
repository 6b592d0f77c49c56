// `contains` needs text, or a collection of text.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(|level| matches!(level, Level::Low), "must be low"))]
    level: Level,
}

#[derive(Config)]
enum Level {
    Low,
    High,
}

fn main() {}
