//! Rules over several fields: `check`, `check_with` and `must_match`.

use std::fmt;

use confkit::{Config, Secret, System, testing};

use super::{messages, over, refused, rules, told, warned};

#[derive(Debug, Config)]
struct Pool {
    #[config(default = 1)]
    min: u16,
    #[config(default = 8)]
    max: u16,
    #[config(default_fn = weight)]
    weight: Secret<u16>,
    #[config(nested)]
    limits: Limits,
}

fn weight() -> Secret<u16> {
    Secret::from(1)
}

#[derive(Debug, Config)]
struct Limits {
    #[config(default = 10)]
    soft: u16,
    #[config(default)]
    names: Vec<String>,
}

#[derive(Debug, Config)]
#[config(
    env_prefix = "APP",
    check(self.pool.min <= self.pool.max, "{pool.min} is above {pool.max}"),
    check(self.pool.limits.soft >= self.total, "the total of {total} is above {pool.limits.soft}"),
    check(self.pool.weight.expose() < &self.total, "the weight is above the total"),
    check(self.pool.limits.names.len() < 3, "there are many names: {pool.limits.names}"),
    check((self.low..=self.high).contains(&self.total), "{total} is not from {low} to {high}"),
    check(!matches!(self.word.as_deref(), Some("no")), "{word} is refused"),
    check([self.low, self.high].iter().all(|limit| *limit < 1000 && self.total < 1000), "a limit of thousands"),
)]
struct Settings {
    #[config(nested)]
    pool: Pool,
    #[config(default = 5)]
    total: u16,
    #[config(default = 0)]
    low: u16,
    #[config(default = 100)]
    high: u16,
    word: Option<String>,
}

#[test]
fn a_check_reaches_nested_fields_and_names_their_places() {
    assert_eq!(told::<Settings>(""), Vec::<String>::new());
    let bad = "total = 101\nlow = 1000\nword = 'no'\n[pool]\nmin = 9\nweight = 31337\n\
        [pool.limits]\nsoft = 7\nnames = ['a', 'b', 'c']";
    let report = refused::<Settings>(bad);
    testing::assert_hidden(&report, "31337");
    assert_eq!(report.problems().len(), 7, "{report}");
    insta::assert_snapshot!(report);
}

#[test]
fn a_check_across_layers_shows_each() {
    let system = System::memory().file("base.toml", "[pool]\nmin = 4\n").file("over.toml", "pool.max = 6\n");
    let loader = Settings::loader()
        .system(system)
        .file("base.toml")
        .file("over.toml")
        .env_vars([("APP_POOL_MIN", "7")]);
    insta::assert_snapshot!(loader.load().unwrap_err());
}

#[test]
fn checks_on_defaults_alone_have_no_place() {
    #[derive(Debug, Config)]
    #[config(check(self.a < self.b, "{a} is not below {b}"))]
    struct Wrong {
        #[config(default = 2)]
        a: u8,
        #[config(default = 1)]
        b: u8,
    }
    insta::assert_snapshot!(refused::<Wrong>(""));
}

struct Refused(String);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the service refused {}", self.0)
    }
}

#[derive(Debug, Config)]
#[config(
    check_with(by_error, fields(name, inner.depth)),
    check_with(by_validator, message = "of its own: {name}", fields(name), code = "own"),
    check_with = by_text,
    check_with(Whole::quiet, warn)
)]
struct Whole {
    #[config(default = "a")]
    name: String,
    #[config(nested)]
    inner: Deep,
    #[config(default_fn = secret)]
    token: Secret<String>,
}

fn secret() -> Secret<String> {
    Secret::from("short".to_owned())
}

#[derive(Debug, Config)]
struct Deep {
    #[config(default = 1)]
    depth: u8,
}

impl Whole {
    fn quiet(&self) -> Result<(), &'static str> {
        if self.inner.depth > 8 { Err("depth is odd") } else { Ok(()) }
    }
}

fn by_error(whole: &Whole) -> Result<(), Refused> {
    if whole.name.len() > 3 { Err(Refused(whole.name.clone())) } else { Ok(()) }
}

fn by_validator(whole: &Whole) -> Result<(), validator::ValidationError> {
    if whole.name.contains('x') { Err(validator::ValidationError::new("no_x")) } else { Ok(()) }
}

fn by_text(whole: &Whole) -> Result<(), String> {
    match whole.token.expose().as_str() {
        "short" => Ok(()),
        other => Err(format!("{other} is no token")),
    }
}

#[test]
fn a_function_over_the_whole_says_what_is_wrong() {
    assert_eq!(told::<Whole>(""), Vec::<String>::new());
    let report = refused::<Whole>("name = 'four'\ninner.depth = 2");
    assert_eq!(rules(&report), ["check_with"]);
    insta::assert_snapshot!(report);
    insta::assert_snapshot!(refused::<Whole>("name = 'x'"));
    assert_eq!(warned(&over::<Whole>("inner.depth = 9")), ["depth is odd"]);
}

#[test]
fn a_function_over_the_whole_cannot_show_a_secret() {
    let report = refused::<Whole>("token = 'hunter2'");
    testing::assert_hidden(&report, "hunter2");
    insta::assert_snapshot!(report);
}

#[test]
fn a_function_over_the_whole_waits_for_the_whole() {
    let report = refused::<Whole>("name = 'four'\ninner.depth = 'x'");
    assert_eq!(report.problems().len(), 1, "{report}");
    insta::assert_snapshot!(report);
}

#[derive(Debug, Config)]
#[config(env_prefix = "APP")]
struct Twice {
    #[config(default)]
    name: String,
    #[config(default, validate(must_match(name)))]
    again: String,
    #[config(default_fn = secret, validate(must_match(r#type, message = "is another one")))]
    password: Secret<String>,
    #[config(default_fn = secret)]
    r#type: Secret<String>,
    #[config(validate(must_match(second)))]
    first: Option<u8>,
    second: Option<u8>,
}

#[test]
fn two_fields_have_to_be_the_same() {
    assert_eq!(told::<Twice>("name = 'a'\nagain = 'a'\nfirst = 1\nsecond = 1"), Vec::<String>::new());
    let loader = over::<Twice>("name = 'a'\nagain = 'b'\npassword = 'hunter2'\nfirst = 1\nsecond = 2")
        .env_vars([("APP_NAME", "c")]);
    let report = loader.load().unwrap_err();
    testing::assert_hidden(&report, "hunter2");
    insta::assert_snapshot!(report);
}

#[test]
fn an_absent_field_is_the_same_as_none() {
    // As validator's derive has it: an absent field is not judged, a given one is compared.
    assert_eq!(told::<Twice>("second = 1"), Vec::<String>::new());
    assert_eq!(told::<Twice>("first = 1"), ["first must be the same as second"]);
}

#[test]
fn a_field_that_cannot_be_read_is_not_compared() {
    let loader = over::<Twice>("again = 'b'\nname = 1");
    let report = loader.load().unwrap_err();
    assert_eq!(messages(&loader).len(), 1, "{report}");
    insta::assert_snapshot!(report);
}
