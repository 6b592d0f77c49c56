// A newtype has no variables of its own.
use confkit::Config;

#[derive(Config)]
struct Section {}

#[derive(Config)]
struct Wrapper(#[config(nested)] Section);

fn main() {}
