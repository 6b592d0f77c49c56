// A rule names a field once.
use confkit::Config;

#[derive(Config)]
#[config(exactly_one_of(a, b))]
struct Settings {
    a: Option<u8>,
    b: Option<u8>,
    #[config(requires(a))]
    c: Option<u8>,
}

fn main() {}
