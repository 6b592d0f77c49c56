// Two spellings of one name exclude each other.
use confkit::Config;

#[derive(Config)]
#[config(rename_all = "kebab-case")]
enum Store {
    OnDisk { path: String },
}

fn main() {}
