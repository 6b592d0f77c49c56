//! Declarations and values as nobody would write them.

use std::collections::{BTreeMap, HashMap};

use confkit as renamed;
use confkit::{Code, Config, Secret, System, testing};

use super::{messages, over, refused, rules, told, warned};

#[derive(Debug, Config)]
#[config(
    check(self.r#type != self.r#in, "{type} is {in}"),
    check(self.r#match.r#fn < 9 && !self.r#match.list.iter().any(|it| *it == self.r#match.r#fn), "{match.fn} is in the list"),
    at_most_one_of(r#async, r#await)
)]
struct Raw {
    #[config(default = "a", validate(length(max = 3), must_match(r#use, when = self.r#loop)))]
    r#type: String,
    #[config(default = "b")]
    r#in: String,
    #[config(default = "a")]
    r#use: String,
    #[config(default)]
    r#loop: bool,
    #[config(required_if(r#loop = true), conflicts_with(r#await))]
    r#async: Option<u8>,
    r#await: Option<u8>,
    #[config(nested, refine(r#fn, validate(range(max = 5))))]
    r#match: RawInner,
}

#[derive(Debug, Config)]
struct RawInner {
    #[config(default = 1)]
    r#fn: u8,
    #[config(default)]
    list: Vec<u8>,
}

#[test]
fn raw_identifiers_are_names_as_any() {
    assert_eq!(told::<Raw>(""), Vec::<String>::new());
    let bad = "type = 'b'\nloop = true\nawait = 1\n[match]\nfn = 6\nlist = [6]";
    insta::assert_snapshot!(told::<Raw>(bad).join("\n"));
    assert_eq!(told::<Raw>("async = 1\nawait = 1").len(), 2);
}

#[derive(Debug, Config)]
#[config(check(self.message.len() + self.warn.len() < 9, "{message} and {warn}", when = self.when, warn))]
struct Named {
    #[config(default, validate(length(max = 4, message = "{field} {value}")))]
    message: String,
    #[config(default, validate(must_match(message, when = self.when, warn)))]
    warn: String,
    #[config(default)]
    when: bool,
    #[config(requires(profile), required_with(code, profile))]
    fields: Option<u8>,
    #[config(conflicts_with(code))]
    profile: Option<u8>,
    code: Option<u8>,
    #[config(default = 1, validate(range(min = 1)), validate(|v| *v < 9, "is {value}"))]
    each: u8,
}

#[test]
fn fields_may_have_the_names_of_terms() {
    assert_eq!(told::<Named>(""), Vec::<String>::new());
    assert_eq!(
        told::<Named>("message = 'abcde'\neach = 9\nfields = 1"),
        ["message abcde", "each is 9", "profile is required because fields is set"]
    );
    assert_eq!(told::<Named>("code = 1"), ["fields is required because code is set"]);
    let loader = over::<Named>("message = 'abcd'\nwarn = 'abcdef'\nwhen = true");
    assert_eq!(warned(&loader), ["abcd and abcdef", "warn must be the same as message"]);
}

mod macros {
    macro_rules! settings {
        ($name:ident, $prefix:literal, $field:ident: $ty:ty, $min:expr, $max:literal, $message:literal, $test:expr) => {
            #[derive(Debug, super::Config)]
            #[config(env_prefix = $prefix, check(self.$field < $max, $message))]
            pub(super) struct $name {
                #[config(default = $min, validate(range(min = $min, max = $max)), validate($test, $message))]
                pub(super) $field: $ty,
                #[config(default, validate(each(range(max = $max))))]
                pub(super) list: Vec<$ty>,
            }
        };
    }

    macro_rules! doubled {
        ($name:ident, $half:expr) => {
            #[derive(Debug, super::Config)]
            #[config(check(self.number != $half * 2, "is the limit"))]
            pub(super) struct $name {
                #[config(validate(range(max = $half * 2)), validate(|v| *v <= 2 * $half, "is over"))]
                pub(super) number: u8,
                #[config(default = 1, validate(range(max = $half)))]
                pub(super) half: u8,
            }
        };
    }

    doubled!(Doubled, 1 + 2);

    settings!(Made, "MADE", value: u16, 2, 9, "is too much", |v| *v != 5);
}

#[test]
fn rules_may_come_from_a_macro() {
    assert_eq!(told::<macros::Made>("value = 2\nlist = [9]"), Vec::<String>::new());
    assert_eq!(
        told::<macros::Made>("value = 10\nlist = [10]"),
        ["value must be from 2 to 9, not 10", "is too much", "list[0] must be at most 9, not 10"]
    );
    assert_eq!(told::<macros::Made>("value = 5"), ["value is too much; it is 5"]);
}

#[test]
fn an_operation_that_a_macro_is_given_stays_one_value() {
    assert_eq!(told::<macros::Doubled>("number = 5"), Vec::<String>::new());
    assert_eq!(told::<macros::Doubled>("number = 6"), ["is the limit"]);
    assert_eq!(
        told::<macros::Doubled>("number = 7\nhalf = 4"),
        ["number must be at most 6, not 7", "number is over; it is 7", "half must be at most 3, not 4"]
    );
}

#[derive(Debug, renamed::Config)]
#[config(crate = renamed, check(self.items.len() < 3, "there are too many"))]
struct Generic<T, const N: usize>
where
    T: Clone + PartialEq + serde::de::DeserializeOwned,
{
    #[config(validate(length(max = 2)), validate(|items| !items.is_empty(), "must not be empty"))]
    items: Vec<T>,
    #[config(default_fn = Vec::new, validate(|all| all.len() <= N, "must not be more than the parameter"))]
    more: Vec<T>,
    #[config(validate(must_match(second)))]
    first: Option<T>,
    second: Option<T>,
}

#[test]
fn generic_types_have_rules() {
    let text = "items = [1, 2, 3]\nmore = [1, 2]\nfirst = 1\nsecond = 2";
    assert_eq!(
        told::<Generic<u8, 1>>(text),
        [
            "there are too many",
            "items must have at most 2 elements, not 3",
            "more must not be more than the parameter",
            "first must be the same as second",
        ]
    );
    assert_eq!(told::<Generic<u8, 2>>("items = [1]\nmore = [1, 2]"), Vec::<String>::new());
}

#[derive(Debug, Clone, PartialEq, PartialOrd, Config)]
struct Port(u16);

#[derive(Debug, Clone, PartialEq, Config)]
struct Name(String);

#[derive(Debug, Config)]
struct Names(BTreeMap<String, u8>);

#[derive(Debug, Config)]
struct Token(#[config(secret)] Secret<String>);

#[derive(Debug, Config)]
#[config(check(self.port.0 > self.other.0, "{port} is not above {other}"))]
struct Newtypes {
    #[config(validate(range(min = 1024)), validate(|port| port.0 % 2 == 0, "must be even"))]
    port: Port,
    #[config(default = 1, validate(one_of(1, 2)))]
    other: Port,
    #[config(validate(length(max = 4), regex("^[a-z]+$"), contains("b"), one_of("ab", "cb")))]
    name: Name,
    #[config(validate(length(min = 2), each(range(max = 9)), keys(length(max = 1)), contains("b")))]
    names: Names,
    #[config(validate(length(min = 20), email, does_not_contain("er2")))]
    token: Token,
}

#[test]
fn rules_see_through_newtypes() {
    let bad = "port = 1\nother = 3\nname = 'ABCDE'\nnames = { aa = 10 }\ntoken = 'hunter2'";
    let report = refused::<Newtypes>(bad);
    testing::assert_hidden(&report, "hunter2");
    insta::assert_snapshot!(report);
}

#[derive(Debug, Config)]
#[config(
    check((self.low..=self.high).contains(&self.mid), "{mid} is outside"),
    check((self.low..self.high).len() > 1, "the range is short"),
    check(self.list[self.low as usize..].len() < 3, "the rest is long"),
    check(self.text.trim().to_lowercase().starts_with(char::is_alphabetic), "must start with a letter: {text}"),
    check({ let limit = self.high; self.list.iter().all(|one| *one < limit) }, "one is above the limit"),
    check(if let Some(one) = &self.maybe { *one > self.low } else { true }, "{maybe} is not above {low}"),
    check(matches!(&self.maybe, None | Some(0..=9)), "{maybe} is more than nine"),
    check(self.map.get("a").is_none_or(|it| it < &self.high), "a of {map} is large"),
    check(format!("{}{}", self.low, self.high) != "17", "{{seventeen}} is refused: {low} {high}"),
    check(self.inner.0.saturating_add(1) > 0 && self.is_fine(), "is not fine")
)]
struct Expressions {
    #[config(default = 1)]
    low: u8,
    #[config(default = 5)]
    mid: u8,
    #[config(default = 9)]
    high: u8,
    #[config(default = [0, 1, 2])]
    list: Vec<u8>,
    #[config(default = "a")]
    text: String,
    maybe: Option<u8>,
    #[config(default)]
    map: HashMap<String, u8>,
    #[config(default = 1)]
    inner: Port,
}

impl Expressions {
    fn is_fine(&self) -> bool {
        self.text != "not fine"
    }
}

#[test]
fn checks_are_any_expression() {
    assert_eq!(told::<Expressions>(""), Vec::<String>::new());
    let bad = "low = 1\nmid = 8\nhigh = 7\nlist = [7, 1, 2, 3]\ntext = ' 1'\nmaybe = 1\nmap = { a = 7 }";
    insta::assert_snapshot!(told::<Expressions>(bad).join("\n"));
    assert_eq!(told::<Expressions>("text = 'not fine'"), ["is not fine"]);
    assert_eq!(told::<Expressions>("maybe = 10"), ["10 is more than nine"]);
    // An index outside panics, which is one problem and no end of the program.
    assert_eq!(
        told::<Expressions>("list = []\nlow = 2"),
        ["the rule `self.list[self.low as usize..].len() < 3` panicked"]
    );
}

const LIMIT: usize = 3;

fn limit() -> u8 {
    9
}

#[derive(Debug, Config)]
struct Captured {
    #[config(default = 1, validate(range(min = limit() - 8, max = limit())))]
    number: u8,
    #[config(default = "a", validate(length(max = LIMIT)), validate(|v| v.len() < LIMIT + 9 && { let own = v.clone(); own != "no" }, "is refused"))]
    name: String,
    #[config(default, validate(each(|v| (0..limit()).contains(v), "must be below the limit")))]
    list: Vec<u8>,
    #[config(default = "x", validate(one_of("x", "y", when = self.number > limit() - 2)))]
    letter: String,
    #[config(default = 2, validate(one_of(limit(), 2)))]
    one: u8,
}

#[test]
fn limits_and_closures_use_what_is_in_scope() {
    assert_eq!(
        told::<Captured>("number = 9\nname = 'abc'\nlist = [8]\nletter = 'y'\none = 9"),
        Vec::<String>::new()
    );
    insta::assert_snapshot!(
        told::<Captured>("number = 10\nname = 'no'\nlist = [9]\nletter = 'z'\none = 3").join("\n")
    );
    assert_eq!(told::<Captured>("letter = 'z'"), Vec::<String>::new());
}

#[derive(Debug, Config)]
#[config(env_prefix = "APP")]
struct Keys {
    #[config(default, validate(keys(regex("^[a-z]+$")), each(range(min = 1))))]
    map: HashMap<String, u8>,
    #[config(nested, default)]
    servers: BTreeMap<String, Server>,
}

#[derive(Debug, Config)]
struct Server {
    #[config(default = 1, validate(range(min = 1)))]
    port: u16,
    #[config(default, validate(each(each(range(min = 1)))))]
    weights: BTreeMap<String, Vec<u8>>,
}

#[test]
fn keys_may_be_any_text() {
    let bad = "[map]\n'a.b' = 0\n'' = 0\n'[0]' = 0\n\"\\u202e\\n\" = 0\n'\"' = 0\n[servers.'x.y']\nport = 0\nweights = { 'a b' = [1, 0] }";
    insta::assert_snapshot!(refused::<Keys>(bad));
    let loader =
        over::<Keys>("map = { a = 1 }").env_vars([("APP_MAP__A", "0"), ("APP_SERVERS__X_Y__PORT", "0")]);
    insta::assert_snapshot!(messages(&loader).join("\n"));
}

#[derive(Debug, Config)]
struct Lists {
    #[config(default, validate(length(max = 1000), each(range(max = 9))))]
    list: Vec<u16>,
    #[config(default, validate(non_empty, each(non_empty, each(non_empty))))]
    nested: Vec<Vec<String>>,
}

#[test]
fn lists_may_be_empty_or_huge() {
    assert_eq!(told::<Lists>("nested = []"), ["nested must not be empty"]);
    assert_eq!(
        told::<Lists>("nested = [[], ['', 'a']]"),
        ["nested[0] must not be empty", "nested[1][0] must not be empty"]
    );
    let huge: Vec<String> = (0..20_000).map(|at| (at % 11).to_string()).collect();
    let report = refused::<Lists>(&format!("nested = [['a']]\nlist = [{}]", huge.join(", ")));
    assert_eq!(report.problems().len(), 1 + 20_000 / 11);
    assert_eq!(report.problems()[1].path(), "list[10]");
    assert_eq!(report.problems()[2].path(), "list[21]");
    let text = report.to_string();
    assert!(text.len() < 100_000, "the report is cut to a readable length: {}", text.len());
}

#[derive(Debug, Config)]
#[config(
    check(self.low <= self.high, "{low} is above {high}"),
    check_with(of_whole, fields(low)),
    exactly_one_of(one, two)
)]
struct Partial {
    low: u8,
    #[config(validate(range(max = 9)))]
    high: u8,
    one: Option<u8>,
    two: Option<u8>,
    #[config(required_with(one))]
    three: Option<u8>,
    #[config(default, validate(each(range(max = 9, when = self.high > 3))))]
    list: Vec<u8>,
}

fn of_whole(_: &Partial) -> Result<(), String> {
    Err("is wrong as a whole".into())
}

#[test]
fn a_broken_layer_leaves_rules_on_several_fields_unjudged() {
    let system = System::memory()
        .file("base.toml", "low = 1\nhigh = [")
        .file("over.toml", "high = 10\nlow = 20\none = 1\nlist = [11]");
    let report = Partial::loader().system(system).file("base.toml").file("over.toml").load().unwrap_err();
    insta::assert_snapshot!(report);
}

#[test]
fn an_unreadable_field_leaves_its_rules_unjudged() {
    let report = refused::<Partial>("low = 1\nhigh = 'x'\none = 'y'\nlist = [11]");
    testing::assert_codes(&Err::<(), _>(report.clone()), &[Code::Type, Code::Type]);
    insta::assert_snapshot!(report);
}

struct Shown(String);

impl std::fmt::Display for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line\n\u{1b}[31mred\u{202e} {}", self.0)
    }
}

struct Panics;

impl std::fmt::Display for Panics {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        panic!("in the words of an error")
    }
}

#[derive(Debug, Config)]
struct Errors {
    #[config(validate(custom(shown)))]
    shown: Option<String>,
    #[config(validate(custom(panics)))]
    panics: Option<String>,
    #[config(validate(|v| v.len() > usize::MAX - v.len(), "line\n\u{1b}[31m{value}\u{202e}"))]
    message: Option<String>,
    #[config(validate(custom(empty)))]
    empty: Option<u8>,
}

fn shown(value: &str) -> Result<(), Shown> {
    Err(Shown(value.to_owned()))
}

fn panics(_: &str) -> Result<(), Panics> {
    Err(Panics)
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "`custom` hands the value over by reference")]
fn empty(_: &u8) -> Result<(), String> {
    Err(String::new())
}

#[test]
fn words_of_errors_are_cleaned() {
    let report = refused::<Errors>("shown = \"a\\u0007\\u202e\"\nmessage = \"\\u001b\"");
    assert!(!report.to_string().contains(['\u{1b}', '\u{7}', '\u{202e}']), "{report:?}");
    insta::assert_snapshot!(report);
    assert_eq!(told::<Errors>("empty = 1"), ["empty is not valid"]);
}

#[test]
fn an_error_whose_words_panic_is_one_problem() {
    let report =
        std::panic::catch_unwind(|| refused::<Errors>("panics = 'a'")).expect("no panic goes through");
    assert_eq!(rules(&report), ["custom"], "{report}");
}

#[derive(Debug, Config)]
#[config(profiles("default"))]
struct Profiled {
    #[config(nested)]
    store: Option<Store>,
}

#[derive(Debug, Config)]
enum Store {
    Disk {
        #[config(validate(non_empty(profile = "field-of-variant")))]
        path: String,
    },
    Remote(#[config(validate(non_empty(profile("value-of-variant"))))] String),
}

#[test]
fn profiles_of_rules_inside_variants_are_known() {
    for profile in ["field-of-variant", "value-of-variant"] {
        let loader = over::<Profiled>("").profile(profile);
        assert_eq!(messages(&loader), Vec::<String>::new());
    }
    let loader = over::<Profiled>("store = { Remote = '' }");
    assert_eq!(messages(&loader), Vec::<String>::new());
    assert_eq!(messages(&loader.profile("value-of-variant")), ["store.Remote must not be empty"]);
}

#[derive(Debug, Config)]
struct Outer {
    #[config(nested, default, validate(each(|server| server.port != 2, "must not have port two")))]
    list: Vec<Server>,
    #[config(nested, default, validate(keys(one_of("a", "b")), each(|server| server.port != 2, "must not have port two")))]
    map: BTreeMap<String, Server>,
}

#[test]
fn sections_inside_containers_are_judged_as_elements() {
    insta::assert_snapshot!(refused::<Outer>("[[list]]\nport = 1\n[[list]]\nport = 2\n[map.c]\nport = 2"));
}
