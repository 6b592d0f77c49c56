// A spelling has to be one of serde's.
use confkit::Config;

#[derive(Config)]
#[config(rename_all = "kebabcase")]
struct Settings {
    port: u16,
}

fn main() {}
