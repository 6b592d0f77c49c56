// A rule is written in one of its forms.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(non_empty))]
    name: String,
    #[config(validate(range(min = 1)))]
    port: u16,
    #[config(validate(length(max = 64)))]
    host: String,
}

fn main() {}
