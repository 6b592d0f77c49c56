// How the value of a newtype is read is said by its type.
use confkit::Config;

#[derive(Config)]
struct Port(#[serde(default)] u16);

fn main() {}
