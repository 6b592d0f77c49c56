// An enum has a variant that can be read.
use confkit::Config;

#[derive(Config)]
enum Mode {}

fn main() {}
