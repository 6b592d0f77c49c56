// `keys` needs a map.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(keys(non_empty)))]
    levels: std::collections::BTreeMap<String, u8>,
}

fn main() {}
