//! What every rule takes: `when`, `profile`, `warn`, `message` and `code`.

use std::collections::BTreeMap;

use confkit::{Code, Config, Secret, Severity, Warnings, testing};

use super::{messages, over, refused, rules, told, warned};

#[derive(Debug, Config)]
struct Tls {
    #[config(default)]
    enabled: bool,
    #[config(default = 12)]
    version: u8,
}

#[derive(Debug, Config)]
#[config(
    profiles("staging", "production"),
    check(self.workers <= self.port, "workers are above the port", when = self.tls.enabled),
    check(self.workers != 7, "seven is refused", profile("production", "staging"), code = "seven"),
    check(self.workers < 50, "{workers} workers are many", warn),
    check_with(whole, when = self.tls.version == 13, profile = "production")
)]
struct Settings {
    #[config(nested)]
    tls: Tls,
    #[config(default = 443, validate(one_of(443, 8443, when = self.tls.enabled)))]
    port: u16,
    #[config(
        default = 1,
        validate(range(min = 2, profile = "production"), range(max = 60), range(max = 30, warn))
    )]
    workers: u16,
    #[config(default, validate(each(length(max = 3, when = self.tls.version >= 13, warn))))]
    tags: Vec<String>,
    #[config(default, validate(|v| v.len() != 4, "must not have four", profile = "staging", code = "four"))]
    name: String,
}

fn whole(settings: &Settings) -> Result<(), &'static str> {
    if settings.port == 8443 { Err("the whole is refused") } else { Ok(()) }
}

#[test]
fn a_condition_decides_whether_a_rule_holds() {
    assert_eq!(told::<Settings>("port = 80"), Vec::<String>::new());
    assert_eq!(
        told::<Settings>("port = 80\ntls.enabled = true"),
        ["port must be one of `443`, `8443`, not 80"]
    );
    let report = refused::<Settings>("port = 8443\nworkers = 9000\ntls.enabled = true");
    assert_eq!(rules(&report), ["range", "check"], "{report}");
    insta::assert_snapshot!(report);
}

#[test]
fn a_condition_that_cannot_be_judged_is_in_a_note() {
    let report = refused::<Settings>("port = 80\ntls.enabled = 3");
    testing::assert_codes(&Err::<(), _>(report.clone()), &[Code::Type]);
    insta::assert_snapshot!(report);
}

#[test]
fn profiles_decide_whether_a_rule_holds() {
    let loader = over::<Settings>("name = 'four'\nworkers = 7");
    assert_eq!(messages(&loader), Vec::<String>::new());
    let in_profile = |name: &str| loader.clone().profile(name).load().unwrap_err();
    assert_eq!(rules(&in_profile("staging")), ["four", "seven"]);
    assert_eq!(rules(&in_profile("production")), ["seven"]);
    let both = over::<Settings>("workers = 1\nport = 8443\ntls.version = 13");
    assert_eq!(messages(&both), Vec::<String>::new());
    insta::assert_snapshot!(both.profile("production").load().unwrap_err());
}

#[test]
fn a_rule_may_warn() {
    let loader = over::<Settings>("workers = 55\ntags = ['long', 'abc']\ntls.version = 13");
    insta::assert_snapshot!(warned(&loader).join("\n"));
    let report = loader.clone().warnings(Warnings::Deny).load().unwrap_err();
    insta::assert_snapshot!(report);
    let broken = over::<Settings>("workers = 61").load().unwrap_err();
    assert_eq!(rules(&broken), ["range"]);
    assert!(broken.warnings().iter().all(|warning| warning.severity() == Severity::Warning));
    assert_eq!(broken.warnings().len(), 2, "{broken}");
}

#[derive(Debug, Config)]
#[config(
    check(self.low <= self.high, "{low} is above {high}", code = "order"),
    check(self.inner.depth < self.high, "{inner.depth} is deeper than {high}, of {{all}}")
)]
struct Messages {
    #[config(
        default = 1,
        validate(range(min = 1, max = 9, message = "{field} is {value}, not {min} to {max}", code = "low"))
    )]
    low: u8,
    #[config(default = 9, validate(range(max = 20, message = "is out of bounds")))]
    high: u8,
    #[config(default = "abc", validate(length(min = 2, message = "needs {min} letters")))]
    name: String,
    #[config(default = "abcd", validate(length(equal = 4, message = "`{value}` has not {equal} letters")))]
    four: String,
    #[config(default = "a", validate(one_of("a", "b", message = "{path}: none of {allowed}")))]
    letter: String,
    #[config(default = "a/b", validate(contains("/", message = "wants a `{pattern}`")))]
    part: String,
    #[config(default = "ab", validate(regex("^[a-z]+$", message = "does not match {pattern}")))]
    word: String,
    #[config(default = "ab", validate(must_match(word, message = "differs from {other}")))]
    again: String,
    #[config(default, validate(each(range(min = 1, message = "{path} in {field} is {value}"))))]
    list: Vec<u8>,
    #[config(default, validate(keys(length(max = 2, message = "{value} is a long key of {field}"))))]
    map: BTreeMap<String, u8>,
    #[config(nested)]
    inner: Inner,
    #[config(default_fn = pin, validate(length(min = 4, message = "the PIN needs {min} digits")))]
    pin: Secret<String>,
}

fn pin() -> Secret<String> {
    Secret::from("1234".to_owned())
}

#[derive(Debug, Config)]
struct Inner {
    #[config(
        default = 1,
        validate(range(max = 30, message = "{path} ({field}) is too deep: {value} > {max}"))
    )]
    depth: u8,
}

#[test]
fn messages_have_their_placeholders_filled() {
    assert_eq!(told::<Messages>(""), Vec::<String>::new());
    let bad = "low = 30\nhigh = 21\nname = 'a'\nfour = 'abc'\nletter = 'c'\npart = 'b'\nword = 'A'\n\
        again = 'B'\nlist = [1, 0]\nmap = { abc = 1 }\npin = '666'\n[inner]\ndepth = 31";
    let report = refused::<Messages>(bad);
    assert_eq!(rules(&report)[..2], ["low", "order"]);
    testing::assert_hidden(&report, "666");
    insta::assert_snapshot!(report);
}

#[test]
fn terms_are_in_the_metadata() {
    let field = |name: &str| {
        let fields = Settings::metadata().fields();
        fields.iter().find(|field| field.name() == name).expect("a field")
    };
    let port = &field("port").rules()[0];
    let when = port.when().expect("a condition");
    assert_eq!((when.source(), when.fields()), ("self.tls.enabled", &["tls.enabled"][..]));
    let workers = field("workers").rules();
    assert_eq!(workers[0].profiles(), ["production"]);
    assert_eq!(workers.iter().map(confkit::Rule::warns).collect::<Vec<_>>(), [false, false, true]);
    assert!(field("tags").rules()[0].inner()[0].warns());
    assert_eq!(field("name").rules()[0].name(), "four");
    let checks = Settings::metadata().checks();
    assert_eq!(checks[1].rule().profiles(), ["production", "staging"]);
    assert_eq!(checks[3].rule().kind().as_str(), "check_with");
}
