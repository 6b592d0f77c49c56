// `bound` holds predicates of a `where` clause.
use confkit::Config;

#[derive(Config)]
#[config(bound = "T: serde::de::DeserializeOwned")]
struct Settings<T> {
    value: T,
}

fn main() {}
