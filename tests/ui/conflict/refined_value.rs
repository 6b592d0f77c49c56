// `refine` is for sections.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(refine(host, validate(non_empty)))]
    host: String,
}

fn main() {}
