// A section is put together field by field.
use confkit::Config;

#[derive(Config)]
struct Server {
    name: String,
}

#[derive(Config)]
struct Settings {
    #[config(nested, merge(with = later))]
    server: Server,
}

fn main() {}
