// A type that needs a context is given one.
use confkit::{Config, Layers};

struct Limits {
    connections: u16,
}

#[derive(Config)]
#[config(context = Limits)]
struct Database {
    port: u16,
}

fn load(layers: &Layers) {
    let _ = Database::load();
    let _ = layers.load::<Database>("database");
}

fn main() {}
