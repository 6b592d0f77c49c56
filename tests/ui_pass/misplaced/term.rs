// A message, a condition and their like stand inside one rule.
use confkit::Config;

#[derive(Config)]
struct Settings {
    tls: bool,
    #[config(validate(non_empty(message = "needs a name")))]
    name: String,
    #[config(validate(non_empty(when = self.tls)))]
    host: String,
    #[config(validate(non_empty(profile = "production", warn)))]
    owner: String,
}

fn main() {}
