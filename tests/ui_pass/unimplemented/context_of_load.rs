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
    let limits = || Limits { connections: 100 };
    let _ = Database::loader().declared().context(limits()).load();
    let _ = layers.load_with::<Database>("database", limits());
}

fn main() {}
