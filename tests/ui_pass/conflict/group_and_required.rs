// A member of a group that allows one is not always required.
use confkit::Config;

#[derive(Config)]
#[config(exactly_one_of(port, socket))]
struct Settings {
    port: Option<u16>,
    socket: Option<String>,
}

fn main() {}
