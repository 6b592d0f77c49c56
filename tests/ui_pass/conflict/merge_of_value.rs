// Only lists and tables can be put together; a function can do it with any value.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(merge(with = std::cmp::max))]
    port: u16,
    name: String,
    share: f64,
}

fn main() {}
