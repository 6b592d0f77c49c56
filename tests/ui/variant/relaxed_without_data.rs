// Names of variants are exact; other names are aliases.
use confkit::Config;

#[derive(Config)]
#[config(relaxed_keys, rename_all = "kebab-case")]
enum Mode {
    ReadOnly,
    ReadWrite,
}

fn main() {}
