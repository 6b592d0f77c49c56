// Names of the prelude may mean something else.
use confkit::Config;

struct Option;
struct Some;
struct None;
struct Result;
struct Ok;
struct Err;
struct Default;
struct From;

#[derive(Config)]
struct Settings {
    #[config(default = 80, validate(range(1..=64000)))]
    port: u16,
    #[config(default)]
    names: Vec<String>,
}

fn main() {}
