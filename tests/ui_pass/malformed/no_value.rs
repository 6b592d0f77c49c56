// A value follows the sign of equality.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(default = 80)]
    port: u16,
}

fn main() {}
