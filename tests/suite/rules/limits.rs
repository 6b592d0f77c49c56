//! Rules: what they accept, what they refuse, and the place they name.

use std::collections::BTreeMap;

use confkit::{Code, Config, Format, Report, RuleKind, Secret, testing};

#[derive(Debug, Config)]
#[config(env_prefix = "A")]
struct Settings {
    #[config(default = 4, validate(range(min = 1, max = 64)))]
    workers: u16,
    #[config(default = 0.5, validate(range(exclusive_min = 0, exclusive_max = 1)))]
    ratio: f64,
    #[config(default = 5, validate(range(-5..=5)))]
    signed: i8,
    #[config(default = "abc", validate(length(min = 2, max = 4)))]
    name: String,
    #[config(default = [1, 2], validate(length(equal = 2)))]
    pair: Vec<u8>,
    #[config(validate(non_empty))]
    tag: Option<String>,
    #[config(default, validate(length(max = 1)))]
    map: BTreeMap<String, u8>,
    #[config(default = 2, validate(|v| v % 2 == 0, "must be even"))]
    even: u16,
    #[config(default, validate(length(max = 3)))]
    pin: Secret<String>,
}

fn load(text: &str) -> Result<Settings, Report> {
    Settings::loader().text(Format::Toml, "a.toml", text).load()
}

#[test]
fn what_keeps_the_limits_is_read() {
    for good in [
        "workers = 1",
        "workers = 64",
        "ratio = 0.001",
        "signed = -5",
        "name = 'äöüß'",
        "pair = [0, 0]",
        "tag = 'x'",
        "map = { a = 1 }",
        "even = 0",
        "pin = 'abc'",
    ] {
        assert!(load(good).is_ok(), "{good}");
    }
}

#[test]
fn limits_are_kept() {
    let cases = [
        ("workers = 0", "range"),
        ("workers = 65", "range"),
        ("ratio = 0.0", "range"),
        ("ratio = 1", "range"),
        ("signed = -6", "range"),
        ("name = 'a'", "length"),
        ("name = 'abcde'", "length"),
        ("pair = [1]", "length"),
        ("tag = ''", "non_empty"),
        ("map = { a = 1, b = 2 }", "length"),
        ("even = 3", "closure"),
        ("pin = 'hunter2'", "length"),
    ];
    for (bad, rule) in cases {
        let report = load(bad).unwrap_err();
        assert_eq!(report.problems().len(), 1, "{report}");
        let problem = &report.problems()[0];
        assert_eq!((problem.code(), problem.rule()), (Code::Invalid, Some(rule)), "{report}");
        assert_eq!(problem.origin().unwrap().line(), Some(1), "{report}");
        testing::assert_hidden(&report, "hunter2");
    }
}

#[test]
fn a_value_that_is_no_number_breaks_a_range() {
    let report = load("ratio = nan").unwrap_err();
    assert_eq!(report.problems()[0].rule(), Some("range"), "{report}");
}

#[test]
fn all_rules_are_told_with_their_facts() {
    let text = "workers = 65\nratio = 1.5\nsigned = 9\nname = 'abcde'\npair = [1]\ntag = ''\neven = 3\npin = 'hunter2'\n[map]\na = 1\nb = 2\n";
    let report = load(text).unwrap_err();
    assert_eq!(report.problems().len(), 9);
    assert_eq!(report.problems()[0].params(), [("min", "1".to_owned()), ("max", "64".to_owned())]);
    assert_eq!(report.problems()[0].origin().unwrap().to_string(), "a.toml:1:11");
    insta::assert_snapshot!(report);
}

#[test]
fn several_rules_on_one_field_are_all_judged() {
    #[derive(Debug, Config)]
    struct Two {
        #[config(validate(length(min = 5)), validate(|v| v.starts_with('x'), "must start with x"))]
        name: String,
    }
    let report = Two::loader().set("name", "abc").load().unwrap_err();
    let rules: Vec<_> = report.problems().iter().map(confkit::Problem::rule).collect();
    assert_eq!(rules, [Some("length"), Some("closure")], "{report}");
}

#[test]
fn a_variable_that_breaks_a_rule_is_named() {
    let report = Settings::loader().env_vars([("A_WORKERS", "65")]).load().unwrap_err();
    assert_eq!(report.problems()[0].origin().unwrap().to_string(), "environment variable A_WORKERS");
    insta::assert_snapshot!(report);
}

#[test]
fn a_default_is_judged_too() {
    #[derive(Debug, Config)]
    struct Late {
        #[config(default_fn = zero, validate(range(min = 1)))]
        level: u8,
    }
    fn zero() -> u8 {
        0
    }
    assert_eq!(Late::loader().load().unwrap_err().problems().len(), 1);
    assert!(Late::loader().set("level", 1).load().is_ok());
}

#[test]
fn a_value_of_the_wrong_type_is_not_judged_by_rules() {
    testing::assert_codes(&load("workers = 'x'\nname = 1"), &[Code::Type, Code::Type]);
}

#[derive(Debug, Config)]
#[config(
    check(self.min <= self.max, "`min` must not be greater than `max`"),
    check(self.whole(), "the whole is wrong")
)]
struct Limits {
    #[config(default = 1)]
    min: u16,
    #[config(default = 10)]
    max: u16,
    #[config(default = 0)]
    other: u16,
}

impl Limits {
    fn whole(&self) -> bool {
        self.other < 5
    }
}

#[test]
fn a_check_runs_once_its_fields_were_read() {
    let load = |text: &str| Limits::loader().text(Format::Toml, "a.toml", text).load();
    assert!(load("min = 3\nmax = 3").is_ok());
    testing::assert_codes(&load("min = 30"), &[Code::Invalid]);
    // `other` cannot be read: the first check runs, the second cannot and is in a note.
    let report = load("min = 30\nother = 'x'").unwrap_err();
    let codes: Vec<_> = report.problems().iter().map(confkit::Problem::code).collect();
    assert_eq!(codes, [Code::Invalid, Code::Type], "{report}");
    assert_eq!(report.notes().len(), 1, "{report}");
    assert_eq!(report.problems()[0].rule(), Some("check"));
    insta::assert_snapshot!(report);
}

#[test]
fn a_check_names_the_places_of_its_fields() {
    let report = Limits::loader().text(Format::Toml, "a.toml", "min = 30\nmax = 20\n").load().unwrap_err();
    let text = report.to_string();
    assert!(text.contains("a.toml:1:7") || text.contains("a.toml:2:7"), "{text}");
    insta::assert_snapshot!(report);
}

#[test]
fn a_check_of_a_nested_section_has_its_path() {
    #[derive(Debug, Config)]
    struct Outer {
        #[config(nested)]
        pool: Limits,
        #[config(nested, default)]
        many: Vec<Limits>,
    }
    let text = "pool = { min = 30 }\nmany = [{ min = 1 }, { min = 40 }]\n";
    let report = Outer::loader().text(Format::Toml, "a.toml", text).load().unwrap_err();
    let paths: Vec<_> = report.problems().iter().map(confkit::Problem::path).collect();
    assert_eq!(paths, ["pool", "many[1]"], "{report}");
}

#[derive(Debug, Config)]
#[config(env_prefix = "A", file = "a.toml")]
struct Tls {
    #[config(default = false)]
    tls: bool,
    #[config(required_if(tls = true))]
    certificate: Option<String>,
    #[config(required_if(mode = Mode::Strict), required_if(tls = true))]
    key: Option<Secret<String>>,
    #[config(default = "lax")]
    mode: Mode,
}

#[derive(Debug, PartialEq, Config)]
#[config(rename_all = "lowercase")]
enum Mode {
    Lax,
    Strict,
}

#[test]
fn required_if_looks_at_the_other_field() {
    let load = |text: &str| Tls::loader().text(Format::Toml, "a.toml", text).load();
    assert!(load("").is_ok());
    testing::assert_codes(&load("tls = true"), &[Code::Missing, Code::Missing]);
    testing::assert_codes(&load("mode = 'strict'"), &[Code::Missing]);
    assert!(load("tls = true\ncertificate = 'c'\nkey = 'k'").is_ok());
    // What the rule looks at cannot be read: nothing is said about the absent field.
    testing::assert_codes(&load("tls = 'x'"), &[Code::Type]);
    insta::assert_snapshot!(load("tls = true").unwrap_err());
}

#[test]
fn a_closure_that_panics_does_not_take_the_program_with_it_nor_show_a_secret() {
    #[derive(Debug, Config)]
    struct Panics {
        #[config(validate(|v| v.expose().parse::<u32>().map(|n| n > 0).expect("not a number"), "must be a number"))]
        pin: Secret<String>,
    }
    let loader = Panics::loader().set("pin", "hunter2");
    // The contract replaces "a panic's" text for a secret field, so it has to be caught.
    let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| loader.load()));
    testing::assert_hidden(&result.expect("the panic of a rule went through").unwrap_err(), "hunter2");
}

#[test]
fn rules_are_in_the_metadata() {
    let fields = Settings::metadata().fields();
    let RuleKind::Range { min, max, .. } = fields[0].rules()[0].kind() else { panic!("no range") };
    assert_eq!((*min, *max), (Some("1"), Some("64")));
    let names: Vec<_> = fields.iter().map(|field| field.rules()[0].kind().as_str()).collect();
    assert_eq!(
        names,
        ["range", "range", "range", "length", "length", "non_empty", "length", "closure", "length"]
    );
    assert_eq!(Limits::metadata().checks()[0].rule().message(), Some("`min` must not be greater than `max`"));
    assert_eq!(Limits::metadata().checks()[0].fields(), ["min", "max"]);
    assert!(Limits::metadata().checks()[1].fields().is_empty());
}

#[test]
fn validators_attribute_means_the_same() {
    #[derive(Debug, Config)]
    struct Both {
        #[validate(range(min = 1, max = 3))]
        level: u8,
        #[validate(length(min = 1))]
        #[config(validate(length(max = 2)))]
        names: Vec<String>,
    }
    let load = |text: &str| Both::loader().text(Format::Toml, "a", text).load();
    assert!(load("level = 3\nnames = ['a']").is_ok());
    testing::assert_codes(&load("level = 4\nnames = []"), &[Code::Invalid, Code::Invalid]);
    testing::assert_codes(&load("level = 1\nnames = ['a', 'b', 'c']"), &[Code::Invalid]);
}

#[test]
fn a_default_that_cannot_be_read_is_a_mistake_of_the_declaration() {
    // Behind an alias the derive cannot see the type.
    type Address = std::net::SocketAddr;
    #[derive(Debug, Config)]
    struct Wrong {
        #[config(default = "nowhere")]
        address: Address,
        #[config(default = "a", validate(length(min = 1), non_empty))]
        name: String,
    }
    let result = Wrong::loader().load();
    testing::assert_codes(&result, &[Code::Declaration]);
    testing::assert_codes(&testing::check_declaration::<Wrong>(), &[Code::Declaration]);
    insta::assert_snapshot!(result.unwrap_err());
    assert!(Wrong::loader().set("address", "127.0.0.1:80").load().is_ok());
}
