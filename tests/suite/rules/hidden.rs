//! No output of a rule ever contains a secret value, whatever the rule is and however it is told.

use std::collections::BTreeMap;

use confkit::{Config, Report, Secret, SecretString, Warnings, testing};

use super::over;

/// Stands for a password. It is looked for in every output.
const MARKER: &str = "hunter2-marker-93";

fn text() -> Secret<String> {
    Secret::from("ok@example.com".to_owned())
}

#[derive(Debug, Config)]
#[config(
    env_prefix = "APP",
    check(self.checked.expose().len() < 3, "too long"),
    check(self.checked.expose().parse::<u8>().expect("a number") > 3, "panics with the value"),
    check(self.inner.token.expose() == "x", "another token"),
    check_with(shows),
    check_with(shows_part, fields(user, checked)),
    check_with(panics),
    exactly_one_of(one, two),
    at_most_one_of(one, two, message = "only one")
)]
struct Secrets {
    #[config(default = "me")]
    user: String,
    #[config(default_fn = text, validate(length(max = 2), email, contains("@"), does_not_contain("er2")))]
    text: Secret<String>,
    #[config(default_fn = text, validate(url, ip, ipv4, ipv6, regex("^$"), one_of("a", "b"), non_empty))]
    more: Secret<String>,
    #[config(default_fn = text, validate(credit_card, non_control_character, length(equal = 1, message = "has not {equal}")))]
    card: Secret<String>,
    #[config(default_fn = text, validate(custom(refuses)))]
    custom: Secret<String>,
    #[config(default_fn = text, validate(|v| v.expose().parse::<u8>().expect("a number") > 1, "must be more"))]
    closure: Secret<String>,
    #[config(default_fn = text, validate(must_match(other)))]
    matched: Secret<String>,
    #[config(default_fn = text)]
    other: Secret<String>,
    #[config(default_fn = text)]
    checked: Secret<String>,
    #[config(default, validate(each(length(max = 1), email)))]
    list: Vec<Secret<String>>,
    #[config(default, validate(keys(length(max = 1)), each(length(max = 1), custom(refuses))))]
    map: BTreeMap<String, Secret<String>>,
    #[config(secret(plain), default_fn = String::new, validate(length(max = 1), email, one_of("x"), custom(refuses_plain)))]
    plain: String,
    #[config(secret(plain), default_fn = Vec::new, validate(each(email, custom(refuses_plain)), contains("x")))]
    plains: Vec<String>,
    #[config(default_fn = token, validate(length(max = 1), regex("^x"), contains("zzz"), length(max = 2, warn)))]
    token: SecretString,
    one: Option<Secret<String>>,
    #[config(conflicts_with(one), requires(three))]
    two: Option<Secret<String>>,
    three: Option<String>,
    #[config(required_if(checked = Secret::from(MARKER.to_owned())))]
    four: Option<String>,
    #[config(nested)]
    inner: Inner,
    #[config(nested, refine(token, validate(length(max = 1, message = "`{value}` is too long"), email)))]
    refined: Inner,
}

#[derive(Debug, Config)]
struct Inner {
    #[config(default_fn = text, validate(custom(refuses)), validate(|v| v.expose().is_empty(), "must be empty"))]
    token: Secret<String>,
}

fn token() -> SecretString {
    SecretString::from("ok".to_owned())
}

fn refuses(value: &Secret<String>) -> Result<(), String> {
    if value.expose().contains("marker") { Err(format!("`{}` is refused", value.expose())) } else { Ok(()) }
}

fn refuses_plain(value: &String) -> Result<(), String> {
    if value.contains("marker") { Err(format!("`{value}` is refused")) } else { Ok(()) }
}

fn shows(secrets: &Secrets) -> Result<(), String> {
    Err(format!("`{}` was read", secrets.checked.expose()))
}

/// A part of a value is not known to be secret: only the declared fields say so.
fn shows_part(secrets: &Secrets) -> Result<(), String> {
    Err(format!("`{}…` was read", secrets.checked.expose().to_uppercase().replace("HUNTER2-", "")))
}

fn panics(secrets: &Secrets) -> Result<(), String> {
    panic!("{}", secrets.checked.expose())
}

const FIELDS: [&str; 14] = [
    "text",
    "more",
    "card",
    "custom",
    "closure",
    "matched",
    "checked",
    "token",
    "plain",
    "one",
    "two",
    "inner.token",
    "refined.token",
    "other",
];

fn searched(report: &Report) {
    testing::assert_hidden(report, MARKER);
    // Parts of it as well: what is cut off or split is a leak too.
    testing::assert_hidden(report, "marker-93");
    testing::assert_hidden(report, "MARKER-93");
    assert!(report.problems().len() > 25, "the rules were judged:\n{report}");
    for problem in report.problems() {
        let all =
            format!("{problem:?}{:?}{:?}{:?}", problem.params(), problem.related(), problem.suggestion());
        assert!(!all.contains("marker"), "{all}");
    }
}

#[test]
fn values_of_files_are_never_shown() {
    let lines: Vec<String> = FIELDS.iter().map(|field| format!("{field} = '{MARKER}'")).collect();
    let lists = format!("list = ['{MARKER}']\nplains = ['{MARKER}']\nmap = {{ key = '{MARKER}' }}");
    let report = over::<Secrets>(&format!("{}\n{lists}", lines.join("\n"))).load().unwrap_err();
    searched(&report);
    insta::assert_snapshot!(report);
}

#[test]
fn values_of_variables_are_never_shown() {
    let vars: Vec<(String, String)> = FIELDS
        .iter()
        .map(|field| (format!("APP_{}", field.to_uppercase().replace('.', "_")), MARKER.to_owned()))
        .chain([("APP_LIST".to_owned(), MARKER.to_owned()), ("APP_PLAINS__0".to_owned(), MARKER.to_owned())])
        .chain([("APP_MAP__KEY".to_owned(), MARKER.to_owned())])
        .collect();
    let loader = over::<Secrets>("").env_vars(vars);
    searched(&loader.load().unwrap_err());
    let denied = loader.warnings(Warnings::Deny).load().unwrap_err();
    searched(&denied);
}

#[test]
fn values_of_programs_are_never_shown() {
    let loader = FIELDS.iter().fold(over::<Secrets>(""), |loader, field| loader.set(field, MARKER));
    let loader = loader.set("list", vec![MARKER]).set("plains", vec![MARKER]);
    let report = loader.set("map", BTreeMap::from([("key", MARKER)])).load().unwrap_err();
    searched(&report);
}

#[test]
fn an_explanation_of_a_value_that_broke_a_rule_hides_it() {
    #[derive(Debug, Config)]
    struct Warned {
        #[config(validate(
            length(max = 2, warn),
            email(warn),
            regex("^x", warn, message = "{path} is odd")
        ))]
        token: Secret<String>,
    }
    let loaded = over::<Warned>(&format!("token = '{MARKER}'")).load_traced().unwrap();
    assert_eq!(loaded.warnings().len(), 3);
    let explained = loaded.explain("token").expect("an explanation");
    let all = format!("{explained}{explained:?}{:?}{:?}", loaded.warnings(), loaded.explanations());
    assert!(!all.contains("marker"), "{all}");
}

/// Names under which a declaration does not look secret.
type Pin = Secret<u16>;

#[derive(Debug, Config)]
#[config(env_prefix = "APP", check_with(tells_pins, fields(pins)))]
struct Pins {
    #[config(default_fn = pins, validate(each(range(max = 9), one_of(1), custom(tells_pin)), custom(tells_all)))]
    pins: Vec<Pin>,
    #[config(default, validate(each(range(max = 9), custom(tells_pin))))]
    by_number: BTreeMap<u8, Pin>,
}

fn pins() -> Vec<Pin> {
    vec![Pin::from(4242)]
}

/// What it says is not the value, but gives it away.
fn tells_pin(pin: &Pin) -> Result<(), String> {
    Err(format!("one less than {}", pin.expose() + 1))
}

fn tells_all(pins: &[Pin]) -> Result<(), String> {
    pins.first().map_or(Ok(()), tells_pin)
}

fn tells_pins(pins: &Pins) -> Result<(), String> {
    tells_all(&pins.pins)
}

#[test]
fn secrets_without_a_place_of_their_own_are_never_shown() {
    let shows = |report: &Report| {
        let all = format!("{report}{report:?}{}", report.to_json());
        ["4242", "4243"].iter().any(|pin| all.contains(pin))
    };
    let of_program = over::<Pins>("").load().unwrap_err();
    assert_eq!(of_program.problems().len(), 5, "{of_program}");
    assert!(!shows(&of_program), "{of_program}");
    let of_text = over::<Pins>("").env_vars([("APP_PINS", "4242,1"), ("APP_BY_NUMBER", "1=4242")]);
    let of_text = of_text.load().unwrap_err();
    assert!(!shows(&of_text), "{of_text}");
    // The key is not the text that stands in the file.
    let by_number = over::<Pins>("pins = []\nby_number.01 = 4242").load().unwrap_err();
    assert_eq!(by_number.problems().len(), 2, "{by_number}");
    assert!(!shows(&by_number), "{by_number}");
}

#[derive(Debug, Config)]
struct Door {
    #[config(default = "front")]
    name: String,
    #[config(secret(plain))]
    code: String,
}

#[derive(Debug, Config)]
enum Lock {
    Coded {
        #[config(secret(plain))]
        code: String,
    },
}

#[derive(Debug, Config)]
#[config(json_schema(text = DOORS))]
struct Doors {
    #[config(nested)]
    doors: BTreeMap<String, Door>,
    #[config(nested)]
    lock: Lock,
}

const DOORS: &str = r#"{"properties": {
    "doors": {"additionalProperties": {"properties": {"code": {"const": "x"}}}},
    "lock": {"properties": {"Coded": {"properties": {"code": {"const": "x"}}}}}
}}"#;

#[test]
fn a_schema_does_not_show_short_secrets_wherever_they_are() {
    // An entry with the name of a field is not that field.
    let report = over::<Doors>("doors.name.code = 'abc'\ndoors.other.code = 'abc'\nlock.Coded.code = 'abc'");
    let report = report.load().unwrap_err();
    assert_eq!(report.problems().len(), 3);
    testing::assert_hidden(&report, "abc");
}
