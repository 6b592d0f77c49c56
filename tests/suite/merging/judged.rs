//! Rules on lists that layers make together.

use confkit::{Config, testing};
use serde::Deserialize;

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

#[test]
fn what_is_no_list_hides_nothing_of_other_layers() {
    #[derive(Debug, Config)]
    struct Lists {
        #[config(default, merge = "append", validate(length(max = 2)))]
        numbers: Vec<u8>,
        #[config(nested, default, merge = "append")]
        servers: Vec<Server>,
        #[config(merge = "append")]
        pair: Option<[u8; 2]>,
    }
    let report = over::<Lists>(&[
        "numbers = [1, 'x', 3]\nservers = [{ name = 'a', port = 1 }]\npair = ['x']",
        "numbers = 5\nservers = 5\npair = 5",
        "numbers = ['y']\nservers = [{ name = 'a' }, { port = 80 }]\npair = [1, 'y']",
    ]);
    insta::assert_snapshot!(report.load().unwrap_err());
}

#[test]
fn every_wrong_key_of_every_layer_is_told() {
    let report = over::<Settings>(&[
        "servers = [{ port = 1 }, { name = 'a' }, { name = 'a' }, { name = [] }]",
        "servers = [{ name = 'b' }, { port = 80 }, { name = 'b', port = 'x' }]",
    ]);
    insta::assert_snapshot!(report.load().unwrap_err());
}

#[test]
fn what_an_element_lacks_is_told_where_the_element_is() {
    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "it is only read")]
    struct Plain {
        name: String,
        #[serde(default)]
        port: u16,
    }
    #[derive(Debug, Config)]
    #[config(env_prefix = "APP")]
    struct Lists {
        #[config(nested, default, merge = "append")]
        appended: Vec<Server>,
        #[config(nested, default)]
        replaced: Vec<Server>,
        #[config(default, merge = "append")]
        plain: Vec<Plain>,
    }
    let loader = over::<Lists>(&[
        "appended = [{ name = 'a' }]\nreplaced = [{ name = 'a' }]\nplain = [{ name = 'a' }]",
        "appended = [{ name = 'b' }, { port = 80 }]\nreplaced = [{ port = 80 }]\nplain = [{ name = 'b' }, { port = 80 }]",
    ]);
    let report = loader.env_vars([("APP_APPENDED__3__PORT", "80")]).load().unwrap_err();
    let help = |path| testing::problem_at(&report, path).help().unwrap();
    assert_eq!(
        help("appended[2].name"),
        "set `name` in `appended[1]` in middle.toml, or APP_APPENDED__2__NAME"
    );
    assert_eq!(help("appended[3].name"), "set APP_APPENDED__3__NAME");
    assert_eq!(
        help("replaced[0].name"),
        "set `name` in `replaced[0]` in middle.toml, or APP_REPLACED__0__NAME"
    );
    assert_eq!(help("plain[2].name"), "add `name` to `plain[1]`");
}
