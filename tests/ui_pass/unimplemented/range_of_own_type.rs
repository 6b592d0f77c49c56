// A range needs a number or a duration.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(range(min = 1)))]
    level: Port,
}

#[derive(Config)]
struct Port(u16);

fn main() {}
