// `each` is for what has elements or entries.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(each(range(min = 1))))]
    port: u16,
}

fn main() {}
