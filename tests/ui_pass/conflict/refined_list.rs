// `refine` is for one section.
use confkit::Config;

#[derive(Config)]
struct Server {
    host: String,
}

#[derive(Config)]
struct Settings {
    #[config(nested, validate(each(|server| !server.host.is_empty(), "needs a host")))]
    servers: Vec<Server>,
}

fn main() {}
