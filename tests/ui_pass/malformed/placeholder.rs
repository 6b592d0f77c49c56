// Only `{profile}` stands for something in a path.
use confkit::Config;

#[derive(Config)]
#[config(optional_file = "config/{profile}.toml", secrets_dir = "/run/{}")]
struct Settings {
    port: u16,
}

fn main() {}
