// What is loaded derives `Config`.
use confkit::Config;

struct Settings {
    port: u16,
}

fn load() {
    let _ = <Settings as Config>::load();
}

fn main() {}
