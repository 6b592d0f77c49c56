// Where a value is masked is said where the newtype is used.
use confkit::Config;

#[derive(Config)]
struct Token(String);

#[derive(Config)]
struct Settings {
    #[config(secret(plain))]
    token: Token,
}

fn main() {}
