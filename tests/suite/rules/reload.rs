//! Judging again after a change: only what the change concerns, with the outcome of a whole load.

use std::cell::RefCell;
use std::collections::BTreeMap;

use confkit::{Config, Format, Loaded, Loader, Problem, Report, Secret};
use proptest::prelude::*;

thread_local! {
    /// The rules that were judged, each test on its own thread.
    static JUDGED: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
}

fn judged(rule: &'static str) {
    JUDGED.with_borrow_mut(|judged| judged.push(rule));
}

fn judged_since() -> Vec<&'static str> {
    let mut judged = JUDGED.with_borrow_mut(std::mem::take);
    judged.sort_unstable();
    judged
}

struct Machine {
    cores: u16,
}

#[derive(Debug, PartialEq, Config)]
struct Pool {
    #[config(default = 1)]
    min: u16,
    #[config(default = 8, validate(|max| { judged("pool.max"); *max < 90 }, "must be small"))]
    max: u16,
}

fn short(tag: &str) -> Result<(), String> {
    judged("tags");
    if tag.len() < 4 { Ok(()) } else { Err("too long".into()) }
}

fn whole(settings: &Settings) -> Result<(), String> {
    judged("whole");
    if settings.name == "broken" { Err("the name is not allowed".into()) } else { Ok(()) }
}

#[derive(Debug, Config)]
#[config(
    context = Machine,
    profiles("live"),
    check({ judged("min <= max"); self.pool.min <= self.pool.max }, "{pool.min} is above {pool.max}"),
    check_with = whole
)]
struct Settings {
    #[config(validate(|name| { judged("name"); name != "nobody" }, "must be somebody"), validate(contains("o", warn)))]
    name: String,
    #[config(nested)]
    pool: Pool,
    #[config(default, validate(each(custom(short))))]
    tags: Vec<String>,
    #[config(default, validate(keys(|key| { judged("limits"); key != "none" }, "must be a name")))]
    limits: BTreeMap<String, u16>,
    #[config(default = 1, validate(|workers, machine| { judged("workers"); *workers <= machine.cores }, "must fit"))]
    workers: u16,
    #[config(validate(|key| { judged("key"); key.expose().is_some() }, "must be given"))]
    key: Secret<Option<String>>,
    #[config(validate(|again| { judged("again"); !again.is_empty() }, "must be given", when = self.workers > 1))]
    again: Option<String>,
}

const TEXT: &str = "\
name = 'somebody'
workers = 2
again = 'x'
key = 'k'
tags = ['a', 'b']
pool.min = 1
pool.max = 2
limits.a = 1
";

fn loader(text: &str) -> Loader<Settings> {
    Settings::loader().text(Format::Toml, "app.toml", text)
}

#[test]
fn only_what_a_change_concerns_is_judged_again() {
    let with = loader(TEXT).context(Machine { cores: 8 });
    let first = with.load_traced().expect("all is well");
    assert_eq!(
        judged_since(),
        ["again", "key", "limits", "min <= max", "name", "pool.max", "tags", "tags", "whole", "workers"]
    );

    // The same loader has the same context.
    let second = with.reload(&first).expect("all is well");
    assert_eq!(judged_since(), [""; 0]);

    let next = |before: &Loaded<Settings>, from: &str, to: &str| {
        let text = TEXT.replace(from, to);
        assert_ne!(text, TEXT);
        let loaded = with.clone().text(Format::Toml, "more.toml", to).reload(before);
        loaded.map(|_| judged_since())
    };
    assert_eq!(next(&second, "workers = 2", "workers = 3").unwrap(), ["whole", "workers"]);
    assert_eq!(next(&second, "pool.max = 2", "pool.max = 3").unwrap(), ["min <= max", "pool.max", "whole"]);
    assert_eq!(next(&second, "tags = ['a', 'b']", "tags = ['c']").unwrap(), ["tags", "whole"]);
    assert_eq!(next(&second, "limits.a = 1", "limits.b = 1").unwrap(), ["limits", "limits", "whole"]);
}

#[test]
fn another_context_judges_everything() {
    let first = loader(TEXT).context(Machine { cores: 8 }).load_traced().expect("all is well");
    judged_since();
    let report = loader(TEXT).context(Machine { cores: 1 }).reload(&first).unwrap_err();
    assert_eq!(report.problems()[0].path(), "workers");
    assert!(judged_since().len() > 8);
}

#[test]
fn a_broken_rule_is_told_by_every_load() {
    let with = loader(TEXT).context(Machine { cores: 8 });
    let first = with.load_traced().expect("all is well");
    let broken = with.clone().set("name", "nobody");
    let one = broken.reload(&first).unwrap_err();
    let again = broken.reload(&first).unwrap_err();
    assert_eq!(one.to_json(), again.to_json());
    assert_eq!(one.problems()[0].message(), "name must be somebody, not \"nobody\"");
    // So is a warning, although the load succeeds.
    let warned = with.clone().set("name", "ann");
    let second = warned.reload(&first).expect("a warning");
    assert_eq!(warned.reload(&second).expect("a warning").warnings().len(), 1);
}

#[test]
fn another_profile_judges_again() {
    let with = loader(TEXT).context(Machine { cores: 8 });
    let first = with.load_traced().expect("all is well");
    judged_since();
    with.clone().profile("live").reload(&first).expect("all is well");
    assert_eq!(judged_since().len(), 10);
}

#[test]
fn a_condition_inside_another_rule_is_an_input() {
    #[derive(Debug, Config)]
    struct Ports {
        strict: bool,
        most: u16,
        #[config(validate(each(range(min = 1024, when = self.strict))))]
        list: Vec<u16>,
        #[config(validate(keys(length(max = 1, when = self.strict))))]
        map: BTreeMap<String, u16>,
        #[config(validate(each(each(must_match(most)))))]
        nested: Vec<Vec<u16>>,
    }
    let text = "strict = false\nmost = 1\nlist = [80]\nnested = [[1]]\nmap.aa = 1\n";
    let loader = |text: &str| Ports::loader().text(Format::Toml, "app.toml", text);
    let first = loader(text).load_traced().expect("all is well");
    let report = loader(&text.replace("false", "true")).reload(&first).unwrap_err();
    let paths: Vec<&str> = report.problems().iter().map(Problem::path).collect();
    assert_eq!(paths, ["list[0]", "map.aa"]);
    let report = loader(&text.replace("most = 1", "most = 2")).reload(&first).unwrap_err();
    assert_eq!(report.problems()[0].path(), "nested[0][0]");
}

/// What a load says, all of it.
fn outcome(result: Result<Loaded<Settings>, Report>) -> String {
    match result {
        Ok(loaded) => {
            let warnings: Vec<String> = loaded.warnings().iter().map(ToString::to_string).collect();
            format!("{:?} {warnings:?}", Loaded::into_inner(loaded))
        }
        Err(report) => report.to_json(),
    }
}

fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec!["somebody", "nobody", "ann", "broken"])
            .prop_map(|it| format!("name = '{it}'")),
        (0..12_u16).prop_map(|it| format!("workers = {it}")),
        (0..100_u16).prop_map(|it| format!("pool.min = {it}")),
        (0..100_u16).prop_map(|it| format!("pool.max = {it}")),
        prop::collection::vec("[a-z]{1,4}", 0..3).prop_map(|it| format!("tags = {it:?}")),
        prop::sample::select(vec!["a", "none", "\"b.c\""]).prop_map(|it| format!("limits.{it} = 1")),
        prop::sample::select(vec!["''", "'x'", "3"]).prop_map(|it| format!("again = {it}")),
        Just("key = 'k'".to_owned()),
    ]
}

/// A document in which each key stands once.
fn document() -> impl Strategy<Value = String> {
    prop::collection::vec(line(), 0..7).prop_map(|lines| {
        let mut seen = BTreeMap::new();
        for line in lines {
            let key = line.split(" = ").next().unwrap_or_default().to_owned();
            seen.insert(key, line);
        }
        seen.into_values().map(|line| line + "\n").collect()
    })
}

proptest! {
    #[test]
    fn judging_again_is_judging_all(texts in prop::collection::vec((document(), document()), 1..6)) {
        let base = Settings::loader().context(Machine { cores: 6 });
        let with = |(low, high): &(String, String)| {
            base.clone()
                .text(Format::Toml, "low.toml", "name = 'somebody'\nkey = 'k'\n[pool]\n")
                .text(Format::Toml, "mid.toml", low.clone())
                .text(Format::Toml, "high.toml", high.clone())
        };
        let mut before: Option<Loaded<Settings>> = None;
        for pair in &texts {
            let loader = with(pair);
            let after = match &before {
                Some(before) => loader.reload(before),
                None => loader.load_traced(),
            };
            let kept = match &before {
                Some(before) => loader.reload(before).ok(),
                None => loader.load_traced().ok(),
            };
            prop_assert_eq!(outcome(after), outcome(loader.load_traced()));
            before = kept.or(before);
        }
    }
}
