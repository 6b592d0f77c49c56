// A rule on text needs a type that is text.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(email))]
    level: Level,
}

#[derive(Config)]
enum Level {
    Low,
    High,
}

fn main() {}
