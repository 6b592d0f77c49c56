// A struct without fields has braces.
use confkit::Config;

#[derive(Config)]
struct Settings;

fn main() {}
