// A field without a variable has no other one either.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(env(skip), env_alias = "PORT")]
    port: u16,
}

fn main() {}
