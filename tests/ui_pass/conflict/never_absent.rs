// A rule about absence names fields that can be absent.
use confkit::Config;

#[derive(Config)]
#[config(at_least_one_of(port, socket))]
struct Settings {
    port: Option<u16>,
    #[config(conflicts_with(port))]
    socket: Option<String>,
}

fn main() {}
