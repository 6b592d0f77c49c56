// An alias of a variant is another name.
use confkit::Config;

#[derive(Config)]
enum Mode {
    #[config(alias = "Dev")]
    Dev,
    Production,
}

fn main() {}
