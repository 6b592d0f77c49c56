// Messages and codes are texts.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(non_empty(message = "needs a name")))]
    name: String,
    #[config(validate(non_empty(code = "empty")))]
    host: String,
}

fn main() {}
