// Nothing of the prelude is needed.
#![no_implicit_prelude]

use ::confkit::Config;
use ::std::option::Option;
use ::std::string::String;

#[derive(Config)]
#[config(check(self.port > 0, "must not be zero"))]
struct Settings {
    #[config(default = 80, validate(range(min = 1)), validate(|port| *port > 0, "must not be zero"))]
    port: u16,
    #[config(required_if(port = 80), validate(non_empty))]
    name: Option<String>,
    mode: Mode,
    id: Id,
    #[config(nested)]
    inner: Option<Inner>,
}

#[derive(Config)]
enum Mode {
    Dev,
    Production,
}

#[derive(Config)]
struct Id(String);

#[derive(Config)]
struct Inner {
    #[config(skip)]
    seen: bool,
}

fn main() {}
