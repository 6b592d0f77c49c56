// `refine` is for one section.
use confkit::Config;

#[derive(Config)]
struct Server {
    host: String,
}

#[derive(Config)]
struct Settings {
    #[config(nested, refine(host, validate(non_empty)))]
    servers: Vec<Server>,
}

fn main() {}
