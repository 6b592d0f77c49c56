// Two variants cannot have one name.
use confkit::Config;

#[derive(Config)]
enum Mode {
    Dev,
    #[config(rename = "Dev")]
    Production,
}

fn main() {}
