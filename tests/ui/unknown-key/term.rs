// A key about presence takes terms and nothing else.
use confkit::Config;

#[derive(Config)]
struct Settings {
    tls: bool,
    #[config(required_if(tls = true, mesage = "goes with tls"))]
    key: Option<String>,
    #[config(requires(key, cod = "pair"))]
    other: Option<String>,
}

fn main() {}
