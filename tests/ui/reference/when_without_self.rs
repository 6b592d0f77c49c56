// A condition uses `self`.
use confkit::Config;

#[derive(Config)]
struct Settings {
    tls: bool,
    #[config(validate(non_empty(when = tls)))]
    host: String,
}

fn main() {}
