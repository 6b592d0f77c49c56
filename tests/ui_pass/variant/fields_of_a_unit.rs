// Only named fields can be spelled in another way.
use confkit::Config;

#[derive(Config)]
enum Store {
    Memory,
    #[config(rename_all = "camelCase")]
    Disk {
        path: String,
    },
}

fn main() {}
