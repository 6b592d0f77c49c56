// A rule names a field that exists.
use confkit::Config;

#[derive(Config)]
struct Settings {
    tls: bool,
    #[config(required_if(tsl = true))]
    key: Option<String>,
}

fn main() {}
