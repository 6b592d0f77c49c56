// Each rule has its form.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(one_of("debug", "info")))]
    level: String,
    #[config(validate(regex("^[a-z]+$")))]
    word: String,
    #[config(validate(contains("/")))]
    part: String,
    #[config(validate(does_not_contain(" ")))]
    other: String,
    #[config(validate(must_match(other)))]
    again: String,
    #[config(validate(custom(is_fine)))]
    own: String,
    #[config(validate(each(range(min = 1))))]
    list: Vec<u8>,
    #[config(validate(keys(length(max = 8))))]
    map: std::collections::BTreeMap<String, u8>,
    #[config(validate(ip(v4)))]
    address: String,
    #[config(validate(email))]
    mail: String,
}

fn is_fine(own: &str) -> Result<(), String> {
    if own.is_empty() { Err("is empty".into()) } else { Ok(()) }
}

fn main() {}
