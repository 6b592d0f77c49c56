// A rule on text is put on a field, not on a section.
use confkit::Config;

#[derive(Config)]
struct Server {
    #[config(validate(non_control_character))]
    host: String,
}

#[derive(Config)]
struct Settings {
    #[config(nested)]
    server: Server,
}

fn main() {}
