//! Documents that load, and documents that must not, from declarations alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::net::SocketAddr;
use std::time::Duration;

use confkit::testing::{self, FaultKind, Generated};
use confkit::{Config, Format, Report, Secret};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use crate::everything::Everything;

const CASES: usize = 1000;

/// So many documents, the same in every run.
fn generated<S: Strategy<Value = Generated>>(strategy: &S) -> Vec<Generated> {
    let mut runner = TestRunner::deterministic();
    (0..CASES).map(|_| strategy.new_tree(&mut runner).unwrap().current()).collect()
}

fn load<T: Config>(generated: &Generated) -> Result<T, Report> {
    T::loader().text(Format::Json, "generated.json", generated.text(Format::Json)).load()
}

/// All load, and they differ.
fn all_load<T: Config<Context = ()> + Debug>() {
    let mut different = BTreeSet::new();
    for generated in generated(&testing::documents::<T>()) {
        let text = generated.text(Format::Json);
        let settings = load::<T>(&generated).unwrap_or_else(|report| panic!("{text}\n{report}"));
        different.insert(format!("{settings:?}"));
    }
    assert!(different.len() > CASES / 10, "only {} are different", different.len());
}

/// None loads, and each is told where it is wrong, by the code that belongs to it.
fn none_loads<T: Config<Context = ()> + Debug>() -> BTreeMap<FaultKind, usize> {
    let mut counts = BTreeMap::new();
    for generated in generated(&testing::broken_documents::<T>()) {
        let (fault, text) = (generated.fault().unwrap(), generated.text(Format::Json));
        let report = load::<T>(&generated).expect_err(&format!("{fault:?}\n{text}"));
        let is_told =
            |problem: &confkit::Problem| problem.path() == fault.path() && problem.code() == fault.code();
        assert!(report.problems().iter().any(is_told), "{fault:?}\n{text}\n{report}");
        *counts.entry(fault.kind()).or_default() += 1;
    }
    counts
}

#[test]
fn documents_of_the_large_type_load() {
    all_load::<Everything>();
}

#[test]
fn broken_documents_of_the_large_type_do_not() {
    let counts = none_loads::<Everything>();
    assert_eq!(counts.len(), 6, "{counts:?}");
    assert!(counts.values().all(|count| *count > CASES / 20), "{counts:?}");
}

#[derive(Debug, Config)]
#[config(check(self.min <= self.max, "`min` must not be above `max`"), exactly_one_of(left, right))]
struct Small {
    min: u8,
    max: u8,
    left: Option<u8>,
    right: Option<String>,
    #[config(validate(length(min = 2, max = 4), each(range(min = 1, max = 9))))]
    list: Vec<u8>,
    listen: SocketAddr,
    #[config(default = "1s")]
    wait: Duration,
    #[config(validate(email))]
    mail: String,
    #[config(validate(must_match(mail)))]
    again: String,
    secret: Secret<String>,
    #[config(nested)]
    inner: BTreeMap<String, Vec<Inner>>,
}

#[derive(Debug, Config)]
#[config(unknown_keys = "warn")]
struct Inner {
    #[config(validate(regex("^[a-z]{3}$")))]
    word: String,
    #[config(nested)]
    next: Option<Box<Inner>>,
    #[config(nested)]
    form: Option<Form>,
}

#[derive(Debug, Config)]
enum Form {
    Nothing,
    Number(#[config(validate(range(min = 5)))] u8),
    Both { one: u8, two: Option<String> },
}

#[test]
fn documents_of_a_small_type_load() {
    all_load::<Small>();
}

#[test]
fn broken_documents_of_a_small_type_do_not() {
    none_loads::<Small>();
}

#[test]
fn a_property_that_fails_comes_down_to_the_plainest_document() {
    let mut runner =
        TestRunner::new(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() });
    let result = runner.run(&testing::documents::<Small>(), |generated| {
        let settings = load::<Small>(&generated).unwrap();
        prop_assert!(settings.wait == Duration::from_secs(1), "another");
        Ok(())
    });
    let proptest::test_runner::TestError::Fail(_, smallest) = result.unwrap_err() else { panic!() };
    let plainest = Small::test().document().nodes().count();
    let nodes = smallest.document().nodes().count();
    assert!(nodes <= plainest + 3, "{nodes} and not {plainest}: {smallest:?}");
}
