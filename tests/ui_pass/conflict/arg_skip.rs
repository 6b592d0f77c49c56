// What has no argument has no name for it.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(arg(skip))]
    port: u16,
}

fn main() {}
