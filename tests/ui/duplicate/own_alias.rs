// An alias is another name than the key.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(alias = "port")]
    port: u16,
}

fn main() {}
