// Only `{profile}` stands for something in a path.
use confkit::Config;

#[derive(Config)]
#[config(optional_file = "config/{profle}.toml", secrets_dir = "/run/{name}")]
struct Settings {
    port: u16,
}

fn main() {}
