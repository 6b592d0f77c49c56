// A value follows the sign of equality.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(default = ,)]
    port: u16,
}

fn main() {}
