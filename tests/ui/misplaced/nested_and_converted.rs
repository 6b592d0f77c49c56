// A newtype that is converted is not read as what it holds.
use confkit::Config;

#[derive(Config)]
struct Database {
    port: u16,
}

#[derive(Config)]
#[serde(from = "u16")]
struct Wrapper(#[config(nested)] Database);

impl From<u16> for Wrapper {
    fn from(port: u16) -> Self {
        Self(Database { port })
    }
}

fn main() {}
