// Only named fields can be spelled in another way.
use confkit::Config;

#[derive(Config)]
enum Store {
    #[config(rename_all = "camelCase")]
    Memory,
    Disk { path: String },
}

fn main() {}
