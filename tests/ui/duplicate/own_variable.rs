// Another variable is not the one that sets the field anyway.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(env = "PORT", env_alias = "PORT")]
    port: u16,
}

fn main() {}
