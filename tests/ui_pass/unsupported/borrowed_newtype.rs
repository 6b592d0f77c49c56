// A newtype owns its value.
use confkit::Config;

#[derive(Config)]
struct Name(String);

fn main() {}
