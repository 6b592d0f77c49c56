// What is flattened has no layers of its own.
use confkit::Config;

#[derive(Config)]
struct Server {
    name: String,
}

#[derive(Config)]
struct Settings {
    #[config(flatten)]
    server: Server,
    #[config(skip)]
    cache: Vec<u8>,
}

fn main() {}
