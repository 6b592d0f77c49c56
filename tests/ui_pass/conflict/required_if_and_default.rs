// What has a default is never absent.
use confkit::Config;

#[derive(Config)]
struct Settings {
    tls: bool,
    #[config(required_if(tls = true))]
    key: Option<String>,
}

fn main() {}
