// A condition uses fields.
use confkit::Config;

#[derive(Config)]
struct Settings {
    tls: bool,
    #[config(validate(non_empty(when = self.is_secure())))]
    host: String,
}

impl Settings {
    fn is_secure(&self) -> bool {
        self.tls
    }
}

fn main() {}
