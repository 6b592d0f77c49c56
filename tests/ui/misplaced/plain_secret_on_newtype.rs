// Where a value is masked is said where the newtype is used.
use confkit::Config;

#[derive(Config)]
struct Token(#[config(secret(plain))] String);

fn main() {}
