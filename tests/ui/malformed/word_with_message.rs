// A rule that is one word says itself what is wrong, too.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(non_empty, "must be given"))]
    name: String,
}

fn main() {}
