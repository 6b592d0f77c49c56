// What has no default and is no `Option` is required already.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(required))]
    port: u16,
}

fn main() {}
