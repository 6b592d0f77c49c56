// A length needs a type that has one.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(|tag| matches!(tag, Tag::One), "only one"))]
    tag: Tag,
}

#[derive(Config)]
enum Tag {
    One,
}

fn main() {}
