// A key about presence takes terms and nothing else.
use confkit::Config;

#[derive(Config)]
struct Settings {
    tls: bool,
    #[config(required_if(tls = true, message = "goes with tls"))]
    key: Option<String>,
    #[config(requires(key, code = "pair"))]
    other: Option<String>,
}

fn main() {}
