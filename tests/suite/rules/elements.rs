//! Rules on elements and entries: each is told for itself, always in the same order.

use std::collections::{HashMap, HashSet};

use confkit::{Config, Format, System};

#[derive(Debug, Config)]
#[config(env_prefix = "APP")]
struct Settings {
    #[config(default, validate(each(length(max = 1))))]
    tags: HashSet<String>,
    #[config(default, validate(keys(length(max = 1)), each(range(max = 9))))]
    limits: HashMap<String, u16>,
    #[config(default, validate(each(one_of("a", "b"))))]
    list: Vec<String>,
    #[config(default, validate(each(each(range(max = 9)))))]
    grid: Vec<Vec<u8>>,
}

fn report(system: System) -> String {
    Settings::loader().system(system).declared().load().unwrap_err().to_string()
}

#[test]
fn text_of_a_variable_has_no_places_inside_and_an_order() {
    let system = || {
        System::memory()
            .var("APP_TAGS", "aa,bb,cc,dd,ee,ff")
            .var("APP_LIMITS", "xx=10,yy=11,zz=12,uu=13")
            .var("APP_LIST", "a,c")
            .var("APP_GRID", "[[1,10],[11]]")
    };
    let first = report(system());
    insta::assert_snapshot!(first);
    for _ in 0..20 {
        assert_eq!(report(system()), first);
    }
}

#[test]
fn each_element_is_told_at_its_place() {
    let text = "tags = ['a', 'bb']\nlist = ['a', 'c']\ngrid = [[1], [2, 10]]\n[limits]\nx = 1\nyy = 10\n";
    let loader = Settings::loader().text(Format::Toml, "app.toml", text).env_vars([("APP_LIST__0", "d")]);
    insta::assert_snapshot!(loader.load().unwrap_err());
}

#[derive(Debug, Config)]
struct Base {
    #[config(default = 1)]
    low: u16,
    #[config(default = 0)]
    high: u16,
}

#[derive(Debug, Config)]
struct Whole {
    #[config(flatten, validate(|base| base.low < base.high, "must rise"))]
    base: Base,
}

#[test]
fn a_rule_on_a_flattened_section_is_about_the_settings() {
    let report = Whole::loader().load().unwrap_err();
    assert_eq!(report.problems()[0].message(), "the settings must rise");
}
