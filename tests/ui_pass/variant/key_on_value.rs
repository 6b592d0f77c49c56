// The one value of a variant has the name of the variant.
use confkit::Config;

#[derive(Config)]
enum Store {
    #[config(rename = "file")]
    Disk(String),
}

fn main() {}
