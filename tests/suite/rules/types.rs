//! Rules on every type that can have them: what each counts or compares, and how its limits are told.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::convert::Infallible;
use std::num::{NonZeroI8, NonZeroU64, ParseIntError};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use confkit::{ByteSize, Code, Config, Format, Report, Secret, SecretBytes, SecretString};
use indexmap::IndexMap;

/// The messages of a load of TOML; the last is without its problems.
fn told<T: Config>(text: &str) -> Vec<String> {
    fn messages(report: &Report) -> Vec<String> {
        assert!(report.problems().iter().all(|problem| problem.code() == Code::Invalid), "{report}");
        report.problems().iter().map(|problem| problem.message().to_owned()).collect()
    }
    let load = T::loader().text(Format::Toml, "a.toml", text).load();
    load.map_or_else(|report| messages(&report), |_| Vec::new())
}

#[derive(Config)]
struct Port(u16);

#[derive(Config)]
struct Ranges {
    #[config(validate(range(min = 'b', max = 'd')))]
    letter: Option<char>,
    #[config(validate(range(min = -3, exclusive_max = 3)))]
    signed: Option<NonZeroI8>,
    #[config(validate(range(max = 18_446_744_073_709_551_614)))]
    large: Option<NonZeroU64>,
    #[config(validate(range(min = Duration::from_secs(1), max = Duration::from_secs(90))))]
    wait: Option<Duration>,
    #[config(validate(range(exclusive_min = ByteSize::new(1024), max = ByteSize::new(1 << 20))))]
    size: Option<ByteSize>,
    #[config(validate(range(min = 1000, max = 9999)))]
    pin: Option<Secret<u16>>,
    #[config(parse = shared_number, validate(range(max = 5)))]
    shared: Option<Arc<i64>>,
    #[config(validate(range(min = 1024)))]
    port: Option<Port>,
    #[config(validate(range(exclusive_min = 0.0, exclusive_max = 1.0)))]
    ratio: Option<f32>,
}

fn shared_number(text: &str) -> Result<Arc<i64>, ParseIntError> {
    text.parse().map(Arc::new)
}

#[test]
fn every_type_with_an_order_has_ranges() {
    let inside = "letter = 'b'\nsigned = 2\nlarge = 18446744073709551614\nwait = '90s'\nsize = '1MiB'\n\
        pin = 1000\nshared = '5'\nport = 1024\nratio = 0.5\n";
    assert!(told::<Ranges>("").is_empty(), "nothing is judged where nothing is");
    assert_eq!(told::<Ranges>(inside), Vec::<String>::new());
    let outside = "letter = 'e'\nsigned = 3\nlarge = 18446744073709551615\nwait = '91s'\nsize = '1KiB'\n\
        pin = 10000\nshared = '6'\nport = 80\nratio = 1.0\n";
    insta::assert_snapshot!(told::<Ranges>(outside).join("\n"));
}

#[derive(Config)]
struct Tag(String);

#[derive(Config)]
struct Lengths {
    #[config(default, validate(length(max = 2)))]
    boxed: Box<str>,
    #[config(default = "", parse = shared_text, validate(length(max = 2)))]
    shared: Arc<str>,
    #[config(default, validate(length(max = 2)))]
    either: Cow<'static, str>,
    #[config(default, validate(length(max = 2)))]
    path: PathBuf,
    #[config(default, validate(length(max = 2)))]
    queue: VecDeque<u8>,
    #[config(default, validate(length(max = 2)))]
    sorted: BTreeSet<u8>,
    #[config(default, validate(length(max = 2)))]
    set: HashSet<u8>,
    #[config(default, validate(length(max = 2)))]
    map: HashMap<String, u8>,
    #[config(default, validate(length(max = 2)))]
    ordered: IndexMap<String, u8>,
    #[config(default, validate(length(max = 2)))]
    tree: BTreeMap<String, u8>,
    #[config(default, validate(length(max = 2)))]
    secret: Secret<Vec<u8>>,
    #[config(validate(length(min = 1, max = 2)))]
    token: Option<SecretString>,
    #[config(validate(length(equal = 2)))]
    key: Option<SecretBytes>,
    #[config(validate(non_empty, length(max = 2)))]
    tag: Option<Tag>,
}

#[expect(clippy::unnecessary_wraps, reason = "`parse` asks for it")]
fn shared_text(text: &str) -> Result<Arc<str>, Infallible> {
    Ok(text.into())
}

#[test]
fn every_type_with_parts_has_a_length() {
    let short = "boxed = 'äö'\nshared = 'äö'\neither = 'äö'\npath = 'äö'\nqueue = [1, 2]\nsorted = [1, 1, 2]\n\
        set = [1, 1, 2]\nmap = { a = 1 }\nordered = { a = 1, b = 2 }\ntree = {}\nsecret = [1]\n\
        token = 'äö'\nkey = 'ab'\ntag = 'äö'\n";
    assert_eq!(told::<Lengths>(short), Vec::<String>::new());
    let long = "boxed = 'abc'\nshared = 'abc'\neither = 'abc'\npath = 'a/c'\nqueue = [1, 2, 3]\n\
        sorted = [1, 2, 3]\nset = [1, 2, 3]\nmap = { a = 1, b = 2, c = 3 }\n\
        ordered = { a = 1, b = 2, c = 3 }\ntree = { a = 1, b = 2, c = 3 }\nsecret = [1, 2, 3]\n\
        token = 'abc'\nkey = 'abc'\ntag = 'abc'\n";
    insta::assert_snapshot!(told::<Lengths>(long).join("\n"));
    assert_eq!(told::<Lengths>("tag = ''"), ["tag must not be empty"]);
}

#[test]
fn an_array_has_the_length_of_its_type() {
    #[derive(Config)]
    struct Fixed {
        #[config(validate(length(max = 2)))]
        three: [u8; 3],
    }
    assert_eq!(told::<Fixed>("three = [1, 2, 3]"), ["three must have at most 2 elements, not 3"]);
}

#[derive(Config)]
struct Panics {
    #[config(default = 1)]
    low: u8,
    #[config(nested)]
    inner: Inner,
}

#[derive(Config)]
#[config(check(self.low / self.step > 0, "low must be a multiple of step"))]
struct Inner {
    #[config(default = 1)]
    low: u8,
    #[config(default = 1)]
    step: u8,
}

#[test]
fn a_check_that_panics_is_a_problem_of_the_section() {
    assert!(told::<Panics>("").is_empty());
    assert_eq!(told::<Panics>("inner.step = 2"), ["inner: low must be a multiple of step"]);
    assert_eq!(
        told::<Panics>("inner.step = 0"),
        ["inner: the rule `self.low / self.step > 0` panicked"],
        "the text of the panic may hold values, and is not shown"
    );
}

#[derive(Config)]
struct Conditions {
    #[config(default)]
    list: Vec<u8>,
    #[config(default)]
    password: Secret<u8>,
    #[config(required_if(list = vec![1]))]
    of_list: Option<u8>,
    #[config(required_if(password = Secret::from(7)))]
    of_secret: Option<u8>,
}

#[test]
fn a_condition_is_told_without_what_it_may_not_show() {
    let missing = |text: &str| {
        let report = Conditions::loader().text(Format::Toml, "a.toml", text).load().err().unwrap();
        report.problems()[0].message().to_owned()
    };
    let messages = [missing("list = [1]"), missing("password = 7")];
    assert!(!messages[1].contains('7'), "{messages:?}");
    insta::assert_snapshot!(messages.join("\n"));
}
