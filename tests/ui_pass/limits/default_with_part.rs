// A text default does not contain what its rule refuses.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(default = "a-b", validate(does_not_contain(" ")))]
    name: String,
}

fn main() {}
