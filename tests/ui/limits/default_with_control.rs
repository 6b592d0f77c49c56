// A text default has no control characters where a rule refuses them.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(default = "a\tb", validate(non_control_character))]
    name: String,
}

fn main() {}
