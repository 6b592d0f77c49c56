// An absent `Option` is `None` without saying so.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(default)]
    port: Option<u16>,
}

fn main() {}
