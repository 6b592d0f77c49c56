// Rules stand on what a variant holds, or on the fields that use a newtype.
use confkit::Config;

#[derive(Config)]
enum Store {
    Memory(#[validate(range(min = 1))] u16),
}

#[derive(Config)]
struct Port(u16);

#[derive(Config)]
struct Settings {
    #[validate(range(min = 1))]
    port: Port,
}

fn main() {}
