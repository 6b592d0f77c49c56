// `each` needs a collection.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(each(|v| *v > 0, "must not be zero")))]
    level: Level,
}

#[derive(Config)]
enum Level {
    Low,
    High,
}

fn main() {}
