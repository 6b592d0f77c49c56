// A text default contains what its rule demands.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(default = "db", validate(contains("://")))]
    url: String,
    #[config(default = ["user"], validate(contains("admin")))]
    roles: Vec<String>,
}

fn main() {}
