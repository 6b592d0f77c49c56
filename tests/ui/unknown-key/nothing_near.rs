// A key that resembles no other gets the list of those that are known.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(colour = "red")]
    port: u16,
}

fn main() {}
