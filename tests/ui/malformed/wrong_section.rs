// What a key says of a section is written in one of its forms.
use confkit::Config;

#[derive(Config)]
struct Database {
    port: u16,
}

#[derive(Config)]
struct Settings {
    #[config(nested = true)]
    one: Database,
    #[config(nested(prefix = "DB"))]
    two: Database,
    #[config(nested(env_prefix))]
    three: Database,
    #[config(nested("DB"))]
    four: Database,
}

fn main() {}
