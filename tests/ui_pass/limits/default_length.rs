// A literal default has a length that its own rule allows.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(default = "abcd", validate(length(equal = 4)))]
    pin: String,
    #[config(default = "abc", validate(length(max = 3)))]
    name: String,
    #[config(default = [1, 2], validate(length(min = 2)))]
    ports: Vec<u16>,
    #[config(default = ["localhost"], validate(non_empty))]
    hosts: Vec<String>,
}

fn main() {}
