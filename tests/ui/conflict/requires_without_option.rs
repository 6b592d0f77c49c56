// Only what can be absent requires other fields.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(requires(key))]
    certificate: String,
    key: Option<String>,
}

fn main() {}
