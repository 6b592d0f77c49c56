// An absent `Option` is `None` without saying so.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(alias = "listen")]
    port: Option<u16>,
}

fn main() {}
