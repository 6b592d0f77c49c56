// An absent `Option` is `None`, whatever the default says.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(env = "PORT")]
    port: Option<u16>,
}

fn main() {}
