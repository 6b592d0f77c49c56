//! Lists of values: appended, prepended, without repetitions, by position.

use std::collections::{BTreeSet, HashMap};

use confkit::{Code, Config, Merge, Secret, testing};
use serde::Deserialize;

use super::over;

#[derive(Debug, Config)]
#[config(env_prefix = "APP")]
struct Lists {
    #[config(default, merge = "append")]
    append: Vec<String>,
    #[config(default, merge = "prepend")]
    prepend: Vec<String>,
    #[config(default, merge = "unique")]
    unique: Vec<String>,
    #[config(default, merge = "replace")]
    replace: Vec<String>,
    #[config(default, merge = "deep")]
    deep: Vec<String>,
    #[config(default = ["d"], merge = "append")]
    defaulted: Vec<String>,
    #[config(merge = "append")]
    optional: Option<Vec<u8>>,
    #[config(default, merge = "append")]
    set: BTreeSet<u8>,
}

fn all(list: &str) -> String {
    ["append", "prepend", "unique", "replace", "deep"].map(|name| format!("{name} = {list}\n")).concat()
}

#[test]
fn layers_come_together_as_the_field_says() {
    let lists = over::<Lists>(&[&all("['a', 'b']"), &all("['b', 'c', 'c']")]).load().unwrap();
    assert_eq!(lists.append, ["a", "b", "b", "c", "c"]);
    assert_eq!(lists.prepend, ["b", "c", "c", "a", "b"]);
    assert_eq!(lists.unique, ["a", "b", "c"]);
    assert_eq!(lists.replace, ["b", "c", "c"]);
    assert_eq!(lists.deep, ["b", "c", "c"]);
    let lists = over::<Lists>(&[&all("['a', 'b', 'c']"), &all("['x']")]).load().unwrap();
    assert_eq!((lists.deep, lists.replace), (vec!["x".into(), "b".into(), "c".into()], vec!["x".into()]));
}

#[test]
fn one_layer_alone_is_its_list_but_for_repetitions() {
    let lists = over::<Lists>(&[&all("['a', 'a']")]).load().unwrap();
    assert_eq!((lists.append.len(), lists.prepend.len(), lists.unique.len()), (2, 2, 1));
    assert_eq!((lists.deep.len(), lists.replace.len()), (2, 2));
}

#[test]
fn a_default_is_no_layer() {
    assert_eq!(over::<Lists>(&[""]).load().unwrap().defaulted, ["d"]);
    let lists = over::<Lists>(&["defaulted = ['a']", "defaulted = ['b']"]).load().unwrap();
    assert_eq!(lists.defaulted, ["a", "b"]);
    assert_eq!(over::<Lists>(&["defaulted = []"]).load().unwrap().defaulted, [""; 0]);
}

#[test]
fn an_option_and_a_set_come_together_too() {
    assert_eq!(over::<Lists>(&[""]).load().unwrap().optional, None);
    let lists = over::<Lists>(&["optional = [1]\nset = [1, 2]", "optional = [2]\nset = [2, 3]"]).load();
    let lists = lists.unwrap();
    assert_eq!((lists.optional, lists.set), (Some(vec![1, 2]), BTreeSet::from([1, 2, 3])));
}

#[test]
fn nothing_hides_what_is_below_and_stands_only_where_it_is_on_top() {
    let json = |loader: confkit::Loader<Lists>, text: &str| {
        loader.text(confkit::Format::Json, "null.json", text.to_owned())
    };
    let base = || over::<Lists>(&["optional = [1]"]);
    assert_eq!(json(base(), r#"{"optional": null}"#).load().unwrap().optional, None);
    let above = json(base(), r#"{"optional": null}"#).set("optional", [2]);
    assert_eq!(above.load().unwrap().optional, Some(vec![2]));
    let report = json(over::<Lists>(&[&all("['a']")]), r#"{"append": null}"#).load().unwrap_err();
    assert_eq!(testing::problem_at(&report, "append").code(), Code::Type);
}

#[test]
fn text_is_a_list_among_others() {
    let base = || over::<Lists>(&[&all("['a', 'b']")]);
    let vars = ["APPEND", "PREPEND", "UNIQUE", "DEEP"].map(|name| (format!("APP_{name}"), "b,c".to_owned()));
    let lists = base().env_vars(vars).load().unwrap();
    assert_eq!(lists.append, ["a", "b", "b", "c"]);
    assert_eq!(lists.prepend, ["b", "c", "a", "b"]);
    assert_eq!(lists.unique, ["a", "b", "c"], "text is equal to the string of the same letters");
    assert_eq!(lists.deep, ["b", "c"]);
    let json = base().env_vars([("APP_APPEND", r#"["c, d"]"#), ("APP_UNIQUE", "")]).load().unwrap();
    assert_eq!((json.append.len(), json.append[2].as_str(), json.unique.len()), (3, "c, d", 2));
    let arguments = base().args(["--append", "c", "--append=d"]).load().unwrap();
    assert_eq!(arguments.append, ["a", "b", "c", "d"]);
}

#[test]
fn positions_count_in_what_the_layers_below_make() {
    let base = || over::<Lists>(&[&all("['a']"), &all("['b']")]);
    let vars = |index: usize| {
        ["APPEND", "PREPEND", "UNIQUE", "DEEP"].map(|name| (format!("APP_{name}__{index}"), "x".to_owned()))
    };
    let lists = base().env_vars(vars(0)).load().unwrap();
    assert_eq!((lists.append, lists.prepend), (vec!["x".into(), "b".into()], vec!["x".into(), "a".into()]));
    let lists = base().env_vars(vars(1)).load().unwrap();
    assert_eq!((lists.append, lists.prepend), (vec!["a".into(), "x".into()], vec!["b".into(), "x".into()]));
    assert_eq!((lists.unique, lists.deep), (vec!["a".into(), "x".into()], vec!["b".into(), "x".into()]));
    // One behind the end adds an element; what a higher layer adds comes behind it.
    let lists = base().set("append[2]", "c").set("append", ["d"]).set("append[0]", "A").load().unwrap();
    assert_eq!(lists.append, ["A", "b", "c", "d"]);
    // A replaced element may be a repetition, and goes.
    assert_eq!(base().set("unique[1]", "a").load().unwrap().unique, ["a"]);
    let report = base().set("append[3]", "x").load().unwrap_err();
    assert_eq!(report.problems()[0].message(), "append[3] is set, but the list has only 2 elements");
}

#[test]
fn a_bad_element_is_told_at_its_place_by_its_position_in_the_whole() {
    let loader = over::<Lists>(&["optional = [1, 'x']", "optional = [3, 400]"]);
    let report = loader.env_vars([("APP_OPTIONAL", "5,six")]).load().unwrap_err();
    insta::assert_snapshot!(report);
}

#[test]
fn a_layer_without_a_list_is_told_wherever_it_lies() {
    let report = over::<Lists>(&["append = 1", "append = ['a']"]).load().unwrap_err();
    let problem = testing::problem_at(&report, "append");
    assert_eq!(problem.message(), "append must be a list, not 1");
    assert_eq!(problem.origin().unwrap().to_string(), "base.toml:1:10");
    // Where only the topmost counts, the others are not looked at.
    assert!(over::<Lists>(&["replace = 1", "replace = ['a']"]).load().is_ok());
}

#[test]
fn how_layers_come_together_is_data() {
    let ways = Lists::metadata().fields().iter().map(|field| field.merge().map(Merge::as_str));
    let ways: Vec<&str> = ways.flatten().collect();
    assert_eq!(ways, ["append", "prepend", "unique", "replace", "deep", "append", "append", "append"]);
    assert!(Kinds::metadata().fields().iter().all(|field| field.merge() == Some(Merge::Unique)));
}

#[derive(Debug, Config)]
struct Kinds {
    #[config(default, merge = "unique")]
    any: Vec<serde_json::Value>,
    #[config(default, merge = "unique")]
    numbers: Vec<f64>,
    #[config(default, merge = "unique")]
    tables: Vec<HashMap<String, u8>>,
}

#[test]
fn elements_are_equal_by_what_they_are_not_by_how_they_are_written() {
    let kinds = over::<Kinds>(&[
        "any = [1, '1', true, 'true', [1], { a = 1 }]\nnumbers = [16, 1.50]",
        "any = [0x1, [1, 2], [0b1], { a = 0o1 }, 1.0]\nnumbers = [0x10, 1.5]",
        "tables = [{ a = 1, b = 2 }, { b = 2, a = 1 }, { a = 1 }]",
    ]);
    let kinds = kinds.load().unwrap();
    assert_eq!(serde_json::to_string(&kinds.any).unwrap(), r#"[1,"1",true,"true",[1],{"a":1},[1,2],1.0]"#);
    assert_eq!((kinds.numbers, kinds.tables.len()), (vec![16.0, 1.5], 2));
}

#[derive(Debug, Deserialize, PartialEq)]
struct Plain {
    name: String,
    #[serde(default)]
    port: u16,
}

#[derive(Debug, Config)]
struct Plains {
    #[config(merge = "deep")]
    deep: Vec<Plain>,
}

#[test]
fn by_position_tables_combine_and_forms_must_agree() {
    let plains = over::<Plains>(&[
        "deep = [{ name = 'a', port = 1 }, { name = 'b', port = 2 }]",
        "deep = [{ port = 9 }]",
        "deep = [{ name = 'A' }, { port = 8 }, { name = 'c' }]",
    ]);
    let plain = |name: &str, port| Plain { name: name.into(), port };
    assert_eq!(plains.load().unwrap().deep, [plain("A", 9), plain("b", 8), plain("c", 0)]);
    let report = over::<Plains>(&["deep = ['a']", "deep = [{ name = 'a' }]"]).load().unwrap_err();
    insta::assert_snapshot!(report);
}

#[derive(Debug, Config)]
#[config(env_prefix = "APP")]
struct Tokens {
    #[config(merge = "unique")]
    tokens: Vec<Secret<String>>,
    #[config(secret(plain), merge = "append")]
    numbers: Vec<u8>,
}

#[test]
fn secrets_are_compared_and_never_shown() {
    let base = "tokens = ['marker-one', 'marker-two']\nnumbers = [1]";
    let loader = over::<Tokens>(&[base, "tokens = ['marker-two']\nnumbers = [2]"]);
    let loaded = loader.clone().env_vars([("APP_TOKENS", "marker-one,marker-three")]).load_traced().unwrap();
    let tokens: Vec<&str> = loaded.tokens.iter().map(|token| token.expose().as_str()).collect();
    assert_eq!((tokens, &*loaded.numbers), (vec!["marker-one", "marker-two", "marker-three"], &[1, 2][..]));
    for path in ["tokens", "tokens[0]", "tokens[2]", "numbers"] {
        let shown = loaded.explain(path).unwrap().to_string();
        assert!(shown.contains("[redacted]") && !shown.contains("marker"), "{shown}");
    }
    let report = loader.text(confkit::Format::Toml, "bad.toml", "tokens = [7]\nnumbers = ['marker-four']");
    let report = report.load().unwrap_err();
    for marker in ["marker-one", "marker-two", "marker-four"] {
        testing::assert_hidden(&report, marker);
    }
    assert_eq!(testing::problem_at(&report, "tokens[2]").origin().unwrap().to_string(), "bad.toml:1:11");
}

#[test]
fn a_key_that_is_twice_in_an_element_of_a_text_is_told() {
    #[derive(Debug, Config)]
    #[config(env_prefix = "APP")]
    struct Tables {
        #[config(default, merge = "append")]
        tables: Vec<HashMap<String, u8>>,
    }
    let loader = over::<Tables>(&["tables = [{ a = 1 }]"]);
    let report = loader.env_vars([("APP_TABLES", r#"[{"a": 1, "a": 2}]"#)]).load().unwrap_err();
    let problem = testing::problem_at(&report, "tables[1]");
    assert_eq!((problem.code(), problem.message()), (Code::Duplicate, "tables[1] has `a` twice"));
}
