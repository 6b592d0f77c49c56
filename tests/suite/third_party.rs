//! Types of other crates, by feature: `IndexMap` as a container, secrecy's boxes as secrets.

use confkit::{Code, Config, Format, testing};
use indexmap::IndexMap;
use secrecy::ExposeSecret as _;

#[derive(Debug, Config)]
#[config(env_prefix = "APP")]
struct Settings {
    #[config(nested, default)]
    regions: IndexMap<String, Region>,
    #[config(secret)]
    token: secrecy::SecretString,
}

#[derive(Debug, Config)]
struct Region {
    host: String,
    #[config(default = 1, validate(range(max = 9)))]
    weight: u8,
}

#[test]
fn an_index_map_keeps_the_order_of_the_lowest_layer() {
    let base = "token = 't'\n[regions.west]\nhost = 'w'\n[regions.east]\nhost = 'e'\n";
    let settings = Settings::loader()
        .text(Format::Toml, "base", base)
        .text(Format::Toml, "over", "regions.north.host = 'n'\nregions.west.weight = 3\n")
        .env_vars([("APP_REGIONS__EAST__WEIGHT", "5")])
        .load()
        .unwrap();
    let regions: Vec<_> =
        settings.regions.iter().map(|(key, region)| (key.as_str(), region.weight)).collect();
    assert_eq!(regions, [("west", 3), ("east", 5), ("north", 1)]);
}

#[test]
fn an_entry_of_an_index_map_has_its_path() {
    let text = "token = 't'\nregions.west.weight = 10\n";
    let result = Settings::loader().text(Format::Toml, "a.toml", text).load();
    testing::assert_codes(&result, &[Code::Invalid, Code::Missing]);
    let report = result.unwrap_err();
    assert_eq!(
        testing::problem_at(&report, "regions.west.weight").origin().unwrap().to_string(),
        "a.toml:2:23"
    );
    assert_eq!(testing::problem_at(&report, "regions.west.host").code(), Code::Missing);
}

#[test]
fn a_secret_of_secrecy_is_read_and_never_shown() {
    let load = |text: &str| Settings::loader().text(Format::Toml, "a.toml", text).load_traced();
    let loaded = load("token = 'hunter2'").unwrap();
    assert_eq!(loaded.token.expose_secret(), "hunter2");
    assert!(!format!("{loaded:?}").contains("hunter2"));
    assert_eq!(loaded.explain("token").unwrap().value(), Some("[redacted]"));
    for wrong in ["token = ['hunter2']", "token = { a = 'hunter2' }", "token = hunter2"] {
        testing::assert_hidden(&load(wrong).unwrap_err(), "hunter2");
    }
    let masked = load("token = '[redacted]'").unwrap_err();
    assert_eq!(masked.problems()[0].path(), "token");
}
