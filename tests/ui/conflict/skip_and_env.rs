// A skipped field is never read.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(skip, env = "PORT")]
    port: u16,
}

fn main() {}
