// A rule on text is put on a field, not on a section.
use confkit::Config;

#[derive(Config)]
struct Server {
    host: String,
}

#[derive(Config)]
struct Settings {
    #[config(nested, validate(non_control_character))]
    server: Server,
}

fn main() {}
