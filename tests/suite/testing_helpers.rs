//! What `confkit::testing` gives to tests of users: it has to fail when they should.

use std::collections::BTreeMap;
use std::panic::catch_unwind;

use confkit::{Code, Config, Report, Secret, testing};

#[derive(Debug, Config)]
struct Settings {
    port: u16,
    #[config(default)]
    password: Secret<String>,
}

fn load(port: &str) -> Result<Settings, Report> {
    Settings::loader().set("port", port).load()
}

/// The text of a panic.
fn panics(test: impl FnOnce() + std::panic::UnwindSafe) -> String {
    let panic = catch_unwind(test).expect_err("the assertion holds");
    panic
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| panic.downcast_ref::<&str>().map(|&text| text.to_owned()))
        .unwrap()
}

#[test]
fn codes_are_asserted_with_the_report_beside_them() {
    testing::assert_codes(&load("x"), &[Code::Type]);
    let text = panics(|| testing::assert_codes(&load("x"), &[Code::Missing]));
    assert!(text.contains("port must be an integer"), "{text}");
    let none = panics(|| testing::assert_codes(&Settings::loader().set("port", 1).load(), &[Code::Type]));
    assert!(none.contains("[Type]"), "{none}");
}

#[test]
fn a_problem_that_is_not_there_fails_with_the_report() {
    let report = load("x").unwrap_err();
    assert_eq!(testing::problem_at(&report, "port").code(), Code::Type);
    let text = panics(|| {
        testing::problem_at(&load("x").unwrap_err(), "host");
    });
    assert!(text.contains("no problem is about `host`") && text.contains("port must be"), "{text}");
}

#[test]
fn a_shown_text_fails_without_being_shown_again() {
    let report = load("hunter2").unwrap_err();
    testing::assert_hidden(&report, "hunter3");
    let text = panics(|| testing::assert_hidden(&load("hunter2").unwrap_err(), "hunter2"));
    assert_eq!(text, "the secret is shown");
}

#[derive(Config)]
struct Leaf {
    host: String,
    #[config(skip)]
    cache: u8,
}

#[derive(Config)]
struct Tree {
    name: String,
    #[config(flatten)]
    leaf: Leaf,
    #[config(nested)]
    maybe: Option<Leaf>,
    #[config(nested)]
    by_name: BTreeMap<String, Vec<Leaf>>,
    #[config(nested)]
    children: Vec<Tree>,
    #[config(flatten)]
    rest: BTreeMap<String, u8>,
}

#[test]
fn paths_lead_through_everything_that_holds_sections_and_end() {
    let paths = testing::paths::<Tree>();
    assert_eq!(paths[..4], ["name", "host", "maybe.host", "by_name.<key>[].host"]);
    assert!(paths.contains(&"children[].children[].name".to_owned()));
    assert!(paths.iter().all(|path| !path.contains("cache")), "what is skipped has no path");
    let deepest = paths.iter().map(|path| path.matches("children").count()).max();
    assert_eq!(deepest, Some(16), "a type that holds itself ends somewhere");
}

#[test]
fn a_sound_declaration_passes_though_a_setting_is_missing() {
    testing::check_declaration::<Settings>().unwrap();
}
