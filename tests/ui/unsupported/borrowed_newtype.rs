// A newtype owns its value.
use confkit::Config;

#[derive(Config)]
struct Name(&'static str);

fn main() {}
