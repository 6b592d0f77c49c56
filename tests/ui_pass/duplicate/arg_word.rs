// Each word of `arg` is written once.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(arg(short = 'p'))]
    port: u16,
}

fn main() {}
