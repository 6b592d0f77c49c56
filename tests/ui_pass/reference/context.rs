// A rule that takes a context needs a type that has one.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(custom(in_region)))]
    region: String,
}

fn in_region(region: &str) -> Result<(), String> {
    if region.is_empty() { Err("is no region".into()) } else { Ok(()) }
}

fn main() {}
