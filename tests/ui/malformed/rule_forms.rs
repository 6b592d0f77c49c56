// Each rule has its form.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(one_of))]
    level: String,
    #[config(validate(regex))]
    word: String,
    #[config(validate(contains(1)))]
    part: String,
    #[config(validate(does_not_contain(1)))]
    other: String,
    #[config(validate(must_match(1)))]
    again: String,
    #[config(validate(custom(|v| true)))]
    own: String,
    #[config(validate(each))]
    list: Vec<u8>,
    #[config(validate(keys))]
    map: std::collections::BTreeMap<String, u8>,
    #[config(validate(ip(v5)))]
    address: String,
    #[config(validate(email = "x"))]
    mail: String,
}

fn main() {}
