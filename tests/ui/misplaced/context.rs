// A newtype has the context of the type inside, and a value has none.
use confkit::Config;

struct Limits {
    connections: u16,
}

#[derive(Config)]
#[config(context = Limits)]
struct Wrapper(#[config(nested)] Database);

#[derive(Config)]
struct Database {
    #[config(context = Limits)]
    port: u16,
}

#[derive(Config)]
#[config(context = Limits)]
enum Level {
    Low,
    High,
}

#[derive(Config)]
#[config(context = Limits)]
#[serde(from = "Database")]
struct Converted {
    port: u16,
}

impl From<Database> for Converted {
    fn from(database: Database) -> Self {
        Self { port: database.port }
    }
}

fn main() {}
