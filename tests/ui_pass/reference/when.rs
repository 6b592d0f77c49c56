// A condition names fields that exist.
use confkit::Config;

#[derive(Config)]
struct Settings {
    tls: bool,
    #[config(validate(non_empty(when = self.tls)))]
    host: String,
}

fn main() {}
