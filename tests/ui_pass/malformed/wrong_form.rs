// A key is written in one of its forms.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(rename = "listen")]
    port: u16,
}

fn main() {}
