// A boolean has a second argument, which takes it back.
use confkit::Config;

#[derive(Config)]
#[config(args)]
struct Settings {
    colour: bool,
    no_colour: Option<String>,
}

fn main() {}
