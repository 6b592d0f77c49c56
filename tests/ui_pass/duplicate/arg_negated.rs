// A boolean has a second argument, which takes it back.
use confkit::Config;

#[derive(Config)]
#[config(args)]
struct Settings {
    colour: bool,
    #[config(arg(long = "without-colour"))]
    no_colour: Option<String>,
}

fn main() {}
