// A literal is not a key.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(env = "PORT")]
    port: u16,
}

fn main() {}
