// A struct of several fields names them.
use confkit::Config;

#[derive(Config)]
struct Range(u16, u16);

fn main() {}
