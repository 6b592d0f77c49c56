// What a variant holds is found under the name of the variant.
use confkit::Config;

#[derive(Config)]
enum Store {
    Disk(#[config(alias = "file", env = "FILE")] String),
    Memory(#[config(env_alias = "SIZE", default_fn = size)] u16),
    Cache(#[config(required(profile = "test"))] Option<u16>),
    Remote(#[config(skip)] u16),
    Other(#[config(flatten)] Rest),
}

fn main() {}
