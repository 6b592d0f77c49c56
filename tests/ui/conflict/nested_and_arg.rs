// A section has no argument of its own, and a flattened one nothing that could be skipped.
use confkit::Config;

#[derive(Config)]
struct Pool {
    size: u16,
}

#[derive(Config)]
struct Settings {
    #[config(nested, arg(short = 'p'))]
    pool: Pool,
    #[config(flatten, arg(skip))]
    other: Pool,
}

fn main() {}
