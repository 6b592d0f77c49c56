// Each word of `arg` is written once.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(arg(short = 'p', short = 'P'))]
    port: u16,
}

fn main() {}
