// The default of an `Option` is what is inside.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(default = Some(80))]
    port: Option<u16>,
}

fn main() {}
