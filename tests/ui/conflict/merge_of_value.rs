// Only lists and tables can be put together; a function can do it with any value.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(merge = "append")]
    port: u16,
    #[config(merge = "deep")]
    name: String,
    #[config(merge = "replace")]
    share: f64,
}

fn main() {}
