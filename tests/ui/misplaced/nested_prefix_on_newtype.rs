// A newtype has no variables of its own.
use confkit::Config;

#[derive(Config)]
struct Section {}

#[derive(Config)]
struct Wrapper(#[config(nested(env_prefix = "DB"))] Section);

fn main() {}
