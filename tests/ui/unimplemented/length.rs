// A length needs a type that has one.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(length(min = 1)))]
    tag: Tag,
}

#[derive(Config)]
enum Tag {
    One,
}

fn main() {}
