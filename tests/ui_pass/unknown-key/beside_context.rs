// A mistake beside a context is told alone.
use confkit::Config;

struct Limits {
    connections: u16,
}

#[derive(Config)]
#[config(context = Limits, env_prefix = "APP")]
struct Settings {
    port: u16,
}

fn load(limits: Limits) {
    let _ = Settings::loader().context(limits).load();
}

fn main() {}
