// A settings type has no lifetime.
use std::borrow::Cow;

use confkit::Config;

#[derive(Config)]
struct Settings {
    name: Cow<'static, str>,
}

fn main() {}
