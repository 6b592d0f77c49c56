// A name that follows from the key, and the key itself, may be taken too.
use confkit::Config;

#[derive(Config)]
#[config(args)]
struct Settings {
    max_conn: u16,
    #[config(arg(long = "max-conn"))]
    connections: u16,
    #[config(arg(long = "connections"))]
    limit: u16,
}

fn main() {}
