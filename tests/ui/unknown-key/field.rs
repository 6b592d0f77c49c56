// A key has to be one of those that a field knows.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(defualt = 80)]
    port: u16,
}

fn main() {}
