// A context is a type.
use std::collections::HashMap;

use confkit::Config;

struct Limits;

#[derive(Config)]
#[config(context = Limits)]
struct Word {}

#[derive(Config)]
#[config(context = (u8, Vec<Limits>), file = "app.toml")]
struct Number {}

#[derive(Config)]
#[config(context = HashMap<String, Limits>)]
struct Text {}

#[derive(Config)]
#[config(context = Vec<Limits>, file = "app.toml")]
struct Open {}

#[derive(Config)]
struct Unit {}

fn main() {}
