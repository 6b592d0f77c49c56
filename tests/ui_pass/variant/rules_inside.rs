// Rules and defaults inside a variant are checked as elsewhere.
use confkit::Config;

#[derive(Config)]
enum Store {
    Disk {
        #[config(default = 1, validate(range(min = 1)))]
        limit: u16,
        #[config(default = 1)]
        size: u16,
    },
    Port(#[config(validate(range(min = 1)))] u16),
}

fn main() {}
