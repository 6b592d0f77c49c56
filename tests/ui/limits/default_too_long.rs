// A literal default keeps the field's own length.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(default = "", validate(non_empty))]
    name: String,
}

fn main() {}
