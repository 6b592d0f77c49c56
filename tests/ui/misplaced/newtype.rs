// A newtype is configured where it is used.
use confkit::Config;

#[derive(Config)]
struct Port(#[config(default = 80)] u16);

fn main() {}
