// Two members of a group that allows one do not require each other.
use confkit::Config;

#[derive(Config)]
#[config(at_most_one_of(port, socket))]
struct Settings {
    port: Option<u16>,
    socket: Option<String>,
}

fn main() {}
