// Elements of a literal default keep the rules on elements.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(default = [1, 0], validate(each(range(min = 1))))]
    sizes: Vec<u16>,
}

fn main() {}
