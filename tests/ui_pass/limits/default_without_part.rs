// A text default contains what its rule demands.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(default = "postgres://db", validate(contains("://")))]
    url: String,
    #[config(default = ["user", "admin"], validate(contains("admin")))]
    roles: Vec<String>,
}

fn main() {}
