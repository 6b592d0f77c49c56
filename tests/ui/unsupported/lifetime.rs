// A settings type has no lifetime.
use std::borrow::Cow;

use confkit::Config;

#[derive(Config)]
struct Settings<'a> {
    name: Cow<'a, str>,
}

fn main() {}
