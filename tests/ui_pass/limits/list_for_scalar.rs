// A list is no value of a single setting.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(default = 80)]
    port: u16,
}

fn main() {}
