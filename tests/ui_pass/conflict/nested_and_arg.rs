// A section has no argument of its own, and a flattened one nothing that could be skipped.
use confkit::Config;

#[derive(Config)]
struct Pool {
    #[config(arg(short = 's'))]
    size: u16,
}

#[derive(Config)]
struct Settings {
    #[config(nested, arg(skip))]
    pool: Pool,
    #[config(flatten)]
    other: Pool,
}

fn main() {}
