// Rules stand on what a variant holds, or on the fields that use a newtype.
use confkit::Config;

#[derive(Config)]
enum Store {
    #[validate(range(min = 1))]
    Memory(u16),
}

#[derive(Config)]
struct Port(#[validate(range(min = 1))] u16);

fn main() {}
