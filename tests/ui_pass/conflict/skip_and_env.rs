// A skipped field is never read.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(skip, default = 80)]
    port: u16,
}

fn main() {}
