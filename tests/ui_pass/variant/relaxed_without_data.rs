// Names of variants are exact; other names are aliases.
use confkit::Config;

#[derive(Config)]
#[config(rename_all = "kebab-case")]
enum Mode {
    #[config(alias = "ReadOnly")]
    ReadOnly,
    #[config(alias = "ReadWrite")]
    ReadWrite,
}
