// A context is a type.
use confkit::Config;

#[derive(Config)]
#[config(context)]
struct Word {}

#[derive(Config)]
#[config(context = 5)]
struct Number {}

#[derive(Config)]
#[config(context = "Limits")]
struct Text {}

#[derive(Config)]
#[config(context = Map<String)]
struct Open {}

#[derive(Config)]
#[config(context = ())]
struct Unit {}

fn main() {}
