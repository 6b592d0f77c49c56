// A variable's name has no sign of equality in it.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(env = "PORT=80")]
    port: u16,
}

fn main() {}
