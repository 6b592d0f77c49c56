// What a key says of a section is written in one of its forms.
use confkit::Config;

#[derive(Config)]
struct Database {
    port: u16,
}

#[derive(Config)]
struct Settings {
    #[config(nested)]
    one: Database,
    #[config(nested(env_prefix = "DB"))]
    two: Database,
    #[config(nested(env_prefix = "D"))]
    three: Database,
    #[config(nested(env_prefix = "B"))]
    four: Database,
}

fn main() {}
