// A newtype is configured where it is used.
use confkit::Config;

#[derive(Config)]
struct Port(u16);

#[derive(Config)]
struct Settings {
    #[config(default = 80)]
    port: Port,
}

fn main() {}
