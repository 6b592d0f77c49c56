// What a variant holds is found under the name of the variant.
use confkit::Config;

#[derive(Config)]
enum Store {
    #[config(alias = "file")]
    Disk(String),
    Memory(u16),
    Cache {
        size: Option<u16>,
    },
    #[serde(skip)]
    Remote(u16),
    Other(#[config(nested)] Rest),
}

#[derive(Config)]
struct Rest {}

fn main() {}
