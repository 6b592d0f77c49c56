// A group chooses between several fields.
use confkit::Config;

#[derive(Config)]
#[config(exactly_one_of(port, socket))]
struct Settings {
    port: Option<u16>,
    socket: Option<String>,
}

fn main() {}
