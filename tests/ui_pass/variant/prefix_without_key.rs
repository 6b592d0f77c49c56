// Without a key there is nothing that a prefix could replace.
use confkit::Config;

#[derive(Config)]
enum Store {
    Disk(#[config(nested(env_prefix = "D"))] Disk),
}

#[derive(Config)]
struct Disk {
    path: String,
}

fn main() {}
