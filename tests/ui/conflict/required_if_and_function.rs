// What has a default is never absent, also if a function makes it.
use confkit::Config;

#[derive(Config)]
struct Settings {
    tls: bool,
    #[config(default_fn = key, required_if(tls = true))]
    key: Option<String>,
}

fn main() {}
