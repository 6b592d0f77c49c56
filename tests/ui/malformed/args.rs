// `args` is a word alone.
use confkit::Config;

#[derive(Config)]
#[config(args = true)]
struct Settings {
    port: u16,
}

fn main() {}
