// The one value of a variant has the name of the variant.
use confkit::Config;

#[derive(Config)]
enum Store {
    Disk(#[config(rename = "file", default = "/tmp")] String),
}

fn main() {}
