// A list is merged by a key or by a function.
use confkit::Config;

#[derive(Config)]
struct Server {
    name: String,
}

#[derive(Config)]
struct Settings {
    #[config(nested, merge(key = "name"))]
    servers: Vec<Server>,
}

fn main() {}
