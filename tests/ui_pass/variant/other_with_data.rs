// An unknown name holds nothing that could be read.
use confkit::Config;

#[derive(Config)]
#[serde(tag = "type")]
enum Store {
    Disk {
        path: String,
    },
    #[serde(other)]
    Unknown,
}

fn main() {}
