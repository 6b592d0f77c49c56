//! Each kind of rule on one value: the report when it is broken.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use confkit::{Config, Secret};
use regex::Regex;

use super::{over, refused, rules, told};

static WORD: LazyLock<Regex> = LazyLock::new(|| Regex::new("^[a-z]+$").expect("an expression"));

#[derive(Debug, Config)]
struct Numbers {
    #[config(validate(range(min = 1, max = 64)))]
    workers: u16,
    #[config(validate(range(exclusive_min = 0, exclusive_max = 1)))]
    ratio: f64,
    #[config(validate(one_of(1, 2, 4, 8)))]
    shards: u8,
    #[config(validate(|v| v % 2 == 0, "must be even"))]
    even: i32,
    #[config(validate(custom(no_privileged)))]
    port: u16,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "`custom` hands the value over by reference")]
fn no_privileged(port: &u16) -> Result<(), String> {
    if *port < 1024 { Err(format!("ports below 1024 are the system's, and {port} is one")) } else { Ok(()) }
}

#[test]
fn on_numbers() {
    let good = "workers = 1\nratio = 0.5\nshards = 4\neven = -2\nport = 1024";
    assert!(over::<Numbers>(good).load().is_ok());
    let report = refused::<Numbers>("workers = 65\nratio = 1.0\nshards = 3\neven = 7\nport = 80");
    assert_eq!(rules(&report), ["range", "range", "one_of", "closure", "custom"]);
    insta::assert_snapshot!(report);
}

#[derive(Debug, Config)]
struct Texts {
    #[config(validate(length(min = 2, max = 4)))]
    name: String,
    #[config(validate(non_empty))]
    title: String,
    #[config(validate(one_of("debug", "info", "warn")))]
    level: String,
    #[config(validate(email))]
    admin: String,
    #[config(validate(url))]
    home: String,
    #[config(validate(ip))]
    any: String,
    #[config(validate(ipv4))]
    four: String,
    #[config(validate(ipv6))]
    six: String,
    #[config(validate(regex("^[a-z]+$")))]
    word: String,
    #[config(validate(regex(path = *WORD)))]
    other: String,
    #[config(validate(contains("://")))]
    scheme: String,
    #[config(validate(does_not_contain(" ")))]
    joined: String,
    #[config(validate(non_control_character))]
    plain: String,
    #[config(validate(credit_card))]
    card: String,
}

const GOOD: &str = r#"
name = "äöü"
title = "x"
level = "info"
admin = "ops@example.com"
home = "https://example.com"
any = "::1"
four = "192.0.2.1"
six = "2001:db8::1"
word = "abc"
other = "abc"
scheme = "a://b"
joined = "ab"
plain = "ab"
card = "4539571147647251"
"#;

const BAD: &str = r#"
name = "a"
title = ""
level = "inf"
admin = "ops"
home = "example"
any = "300.1.1.1"
four = "::1"
six = "192.0.2.1"
word = "Abc"
other = "a1"
scheme = "ab"
joined = "a b"
plain = "a\u0007b"
card = "4539571147647252"
"#;

#[test]
fn on_text() {
    assert_eq!(told::<Texts>(GOOD), Vec::<String>::new());
    let report = refused::<Texts>(BAD);
    assert_eq!(report.problems()[2].suggestion(), Some("info"));
    assert!(!report.to_string().contains("4539571147647252"), "a number that is nearly one is not shown");
    insta::assert_snapshot!(report);
}

#[test]
fn rules_have_facts_for_machines() {
    let report = refused::<Texts>(BAD);
    let facts: Vec<String> = report
        .problems()
        .iter()
        .map(|problem| format!("{} {:?}", problem.rule().unwrap_or("-"), problem.params()))
        .collect();
    insta::assert_snapshot!(facts.join("\n"));
}

#[derive(Debug, Config)]
struct Collections {
    #[config(validate(length(max = 2)))]
    list: Vec<u8>,
    #[config(validate(length(equal = 2)))]
    set: BTreeSet<String>,
    #[config(validate(length(min = 2)))]
    map: BTreeMap<String, u8>,
    #[config(validate(non_empty))]
    some: Option<Vec<u8>>,
    #[config(validate(contains("admin")))]
    roles: Vec<String>,
    #[config(validate(does_not_contain("root")))]
    users: BTreeSet<String>,
    #[config(validate(contains("default")))]
    pools: BTreeMap<String, u8>,
    #[config(validate(|pair| pair[0] < pair[1], "must rise"))]
    pair: [u8; 2],
}

#[test]
fn on_collections() {
    let good = "list = [1, 2]\nset = ['a', 'b']\nmap = { a = 1, b = 2 }\nroles = ['admin']\nusers = []\n\
        pools = { default = 1 }\npair = [1, 2]";
    assert_eq!(told::<Collections>(good), Vec::<String>::new());
    let bad = "list = [1, 2, 3]\nset = ['a']\nmap = { a = 1 }\nsome = []\nroles = ['admins']\n\
        users = ['root']\npools = { defaults = 1 }\npair = [2, 1]";
    insta::assert_snapshot!(refused::<Collections>(bad));
}

#[derive(Debug, Config)]
struct Hidden {
    #[config(validate(length(min = 12), email, contains("@"), regex("^x")))]
    mail: Secret<String>,
    #[config(validate(range(max = 9999)))]
    pin: Secret<u32>,
    #[config(validate(one_of("a", "b")))]
    letter: Option<Secret<String>>,
    #[config(secret(plain), validate(|v| v.len() > 20, "must be longer"))]
    plain: String,
}

#[test]
fn on_secrets() {
    let report = refused::<Hidden>("mail = 'hunter2'\npin = 31337\nletter = 'hunter3'\nplain = 'hunter4'");
    for value in ["hunter", "31337"] {
        confkit::testing::assert_hidden(&report, value);
    }
    insta::assert_snapshot!(report);
}

#[derive(Debug, Config)]
struct Optional {
    #[config(validate(range(min = 1)))]
    number: Option<u8>,
    #[config(validate(email))]
    mail: Option<String>,
    #[config(validate(|v| *v != 3, "must not be three"))]
    closure: Option<u8>,
    #[config(validate(custom(no_privileged)))]
    port: Option<u16>,
    #[config(validate(each(range(min = 1))))]
    list: Option<Vec<u8>>,
    #[config(validate(one_of(1, 2)))]
    one: Option<u8>,
}

#[test]
fn what_is_absent_is_not_judged_and_what_is_there_is_seen_through() {
    assert_eq!(told::<Optional>(""), Vec::<String>::new());
    let bad = "number = 0\nmail = 'x'\nclosure = 3\nport = 1\nlist = [0]\none = 3";
    insta::assert_snapshot!(told::<Optional>(bad).join("\n"));
}

#[test]
fn a_rule_on_a_default_says_so() {
    #[derive(Debug, Config)]
    struct Settings {
        #[config(default_fn = none, validate(non_empty))]
        name: String,
        #[config(default_fn = none, validate(email(message = "{value} is no address")))]
        mail: String,
    }
    fn none() -> String {
        String::new()
    }
    insta::assert_snapshot!(refused::<Settings>(""));
}
