//! Values that a function makes of those of all layers.

use std::collections::BTreeMap;

use confkit::{Code, Config, Secret, testing};

use super::over;

fn longer(lower: Option<String>, upper: Option<String>) -> Option<String> {
    [lower, upper].into_iter().flatten().max_by_key(String::len)
}

fn sum(lower: BTreeMap<String, u32>, upper: BTreeMap<String, u32>) -> BTreeMap<String, u32> {
    let mut sum = lower;
    for (key, count) in upper {
        *sum.entry(key).or_default() += count;
    }
    sum
}

fn joined(lower: Vec<u8>, upper: Vec<u8>) -> Vec<u8> {
    [lower, vec![0], upper].concat()
}

fn both(lower: Secret<String>, upper: Secret<String>) -> Secret<String> {
    Secret::from(format!("{}{}", lower.expose(), upper.expose()))
}

fn hex(text: &str) -> Result<u32, std::num::ParseIntError> {
    u32::from_str_radix(text, 16)
}

#[derive(Debug, Config)]
#[config(env_prefix = "APP")]
struct Settings {
    #[config(default = 4, merge(with = std::cmp::max), validate(range(max = 64)))]
    workers: u16,
    #[config(merge(with = longer))]
    name: Option<String>,
    #[config(default, merge(with = sum))]
    counts: BTreeMap<String, u32>,
    #[config(default, merge(with = joined))]
    list: Vec<u8>,
    #[config(default = "0", parse = hex, merge(with = std::ops::BitOr::bitor))]
    flags: u32,
    #[config(merge(with = both))]
    token: Option2,
}

type Option2 = Secret<String>;

#[test]
fn the_function_is_called_from_the_lowest_layer_up() {
    let settings = over::<Settings>(&[
        "workers = 8\nname = 'long one'\ncounts = { a = 1, b = 2 }\nlist = [1]\nflags = '1'\ntoken = 'x'",
        "workers = 2\nname = 'b'\ncounts = { b = 3 }\nlist = [2, 3]\nflags = '10'\ntoken = 'y'",
        "list = [4]\nflags = '11'",
    ]);
    let settings =
        settings.env_vars([("APP_WORKERS", ""), ("APP_COUNTS", "c=5"), ("APP_LIST__0", "9")]).load();
    let settings = settings.unwrap();
    assert_eq!((settings.workers, settings.name.as_deref(), settings.flags), (8, Some("long one"), 0x11));
    let counts = [("a", 1), ("b", 5), ("c", 5)].map(|(key, count)| (key.to_owned(), count));
    assert_eq!(settings.counts, BTreeMap::from(counts));
    assert_eq!(settings.list, [1, 0, 2, 3, 0, 9], "an element is replaced in the list below it");
    assert_eq!(settings.token.expose(), "xy");
}

#[test]
fn a_default_is_handed_to_no_function() {
    assert_eq!(over::<Settings>(&["workers = 2\ntoken = 'x'"]).load().unwrap().workers, 2);
    assert_eq!(over::<Settings>(&["token = 'x'"]).load().unwrap().workers, 4);
}

#[test]
fn every_layer_is_read_as_a_value_of_its_own() {
    let layers = ["workers = 'a'\nlist = [300]\ntoken = 'x'", "workers = 70\nlist = ['b']", "workers = -1"];
    let report = over::<Settings>(&layers).load().unwrap_err();
    insta::assert_snapshot!(report);
}

#[test]
fn a_rule_judges_what_the_function_made() {
    let report = over::<Settings>(&["workers = 70\ntoken = 'x'", "workers = 2"]).load().unwrap_err();
    let problem = testing::problem_at(&report, "workers");
    assert_eq!((problem.code(), problem.message()), (Code::Invalid, "workers must be at most 64, not 70"));
    assert_eq!(problem.origin().unwrap().to_string(), "middle.toml:1:11");
}

#[test]
fn an_explanation_tells_what_the_function_was_given() {
    let loaded = over::<Settings>(&["workers = 8\ntoken = 'marker-a'", "workers = 2\ntoken = 'marker-b'"]);
    let loaded = loaded.load_traced().unwrap();
    let explained = ["workers", "token", "counts"].map(|path| loaded.explain(path).unwrap().to_string());
    insta::assert_snapshot!(explained.join("\n\n"));
}
