// A value implements serde's `Deserialize`.
use confkit::Config;

struct Colour(u32);

#[derive(Config)]
struct Settings {
    colour: Colour,
}

fn main() {}
