// A group chooses between several fields.
use confkit::Config;

#[derive(Config)]
#[config(exactly_one_of(port))]
struct Settings {
    port: Option<u16>,
}

fn main() {}
