// The type of a secret hides its value.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(secret)]
    password: String,
}

fn main() {}
