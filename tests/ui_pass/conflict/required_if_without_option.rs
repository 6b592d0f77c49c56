// Only an `Option` can be absent.
use confkit::Config;

#[derive(Config)]
struct Settings {
    tls: bool,
    #[config(required_if(tls = true))]
    key: Option<String>,
}

fn main() {}
