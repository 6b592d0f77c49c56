//! Rules on lists that layers make together.

use confkit::{Config, testing};

use super::over;

#[derive(Debug, Config)]
struct Server {
    name: String,
    #[config(default = 80, validate(range(min = 10)))]
    port: u16,
}

#[derive(Debug, Config)]
#[config(env_prefix = "APP")]
struct Settings {
    #[config(default, merge = "append", validate(length(max = 3), each(range(max = 9))))]
    numbers: Vec<u8>,
    #[config(default, merge = "prepend", validate(each(length(min = 2))))]
    words: Vec<String>,
    #[config(nested, default, merge(key = "name"), validate(length(max = 2)))]
    servers: Vec<Server>,
}

#[test]
fn rules_see_the_whole_and_tell_the_place_of_each_layer() {
    let report = over::<Settings>(&[
        "numbers = [1, 10]\nwords = ['a', 'bc']\nservers = [{ name = 'a' }, { name = 'b', port = 1 }]",
        "numbers = [11, 2]\nwords = ['de', 'f']\nservers = [{ name = 'c' }, { name = 'a', port = 2 }]",
    ]);
    let report = report.env_vars([("APP_NUMBERS", "3,12")]).load().unwrap_err();
    insta::assert_snapshot!(report);
    assert_eq!(testing::problem_at(&report, "words[1]").origin().unwrap().to_string(), "middle.toml:2:16");
}

#[test]
fn a_reload_judges_again_when_a_lower_layer_changes() {
    let loader = |base: &str| over::<Settings>(&[base, "numbers = [2]"]);
    let first = loader("numbers = [1]").load_traced().unwrap();
    let again = loader("numbers = [1]").reload(&first).unwrap();
    let report = loader("numbers = [99]").reload(&again).unwrap_err();
    assert_eq!(testing::problem_at(&report, "numbers[0]").origin().unwrap().to_string(), "base.toml:1:12");
}
