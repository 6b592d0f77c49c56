//! How broken rules are worded.

use std::collections::BTreeMap;

use confkit::{Config, Format, SecretBytes, testing};

#[derive(Debug, Config)]
#[config(env_prefix = "A")]
struct Settings {
    #[config(default = "aa", validate(contains("a"), does_not_contain("b")))]
    part: String,
    #[config(default = 2, validate(|value| value % 2 == 0, "must be even"))]
    even: u16,
    #[config(default = "eu", validate(|name| name != "mars", "is no region"))]
    region: String,
    #[config(default = "a", validate(length(max = 3, message = "is too long")))]
    short: String,
    #[config(
        default = "a",
        validate(length(max = 3, message = "must not be that long: {value}, not {max}"))
    )]
    told: String,
    #[config(validate(length(min = 1, max = 1)))]
    one: Option<Vec<u8>>,
    #[config(default, validate(length(max = 1)))]
    map: BTreeMap<String, u8>,
    #[config(validate(length(max = 2)))]
    key: Option<SecretBytes>,
    #[config(validate(credit_card))]
    card: Option<String>,
}

fn messages(text: &str) -> String {
    let report = Settings::loader().text(Format::Toml, "a.toml", text).load().unwrap_err();
    let messages: Vec<&str> = report.problems().iter().map(confkit::Problem::message).collect();
    messages.join("\n")
}

#[test]
fn a_value_is_told_without_contradicting_the_rule() {
    let text = "part = 'xb'\neven = 3\nregion = 'mars'\nshort = 'abcd'\ntold = 'abcd'\n";
    insta::assert_snapshot!(messages(text));
}

#[test]
fn what_is_counted_has_its_name() {
    insta::assert_snapshot!(messages("one = [1, 2]\nmap = { a = 1, b = 2 }\nkey = 'abc'\n"));
    // A list in text is still one of elements.
    let report = Settings::loader().env_vars([("A_ONE", "1,2")]).load().unwrap_err();
    assert_eq!(report.problems()[0].message(), "one must have exactly 1 element, not 2");
}

#[test]
fn what_is_nearly_the_number_of_a_card_is_not_shown() {
    let loader = Settings::loader().text(Format::Toml, "a.toml", "card = '4111111111111112'");
    testing::assert_hidden(&loader.load().unwrap_err(), "4111111111111112");
}

#[test]
fn a_condition_is_told_by_the_value_that_is_there() {
    #[derive(Debug, Config)]
    #[config(at_least_one_of(mail, chat))]
    struct Rules {
        #[config(default = true)]
        enabled: bool,
        #[config(required_unless(enabled = true))]
        reason: Option<String>,
        #[config(required_unless(pin = 1234))]
        owner: Option<String>,
        #[config(secret(plain), default_fn = pin)]
        pin: u16,
        mail: Option<String>,
        chat: Option<String>,
    }
    fn pin() -> u16 {
        1234
    }
    let report =
        Rules::loader().text(Format::Toml, "a.toml", "enabled = false\npin = 4321").load().unwrap_err();
    insta::assert_snapshot!(report);
}

#[test]
fn a_rule_that_was_not_judged_names_what_stood_in_the_way() {
    #[derive(Debug, Config)]
    #[config(check(self.min <= self.max, "min must not be above max"), check_with(is_sane, fields(min, max)))]
    struct Pool {
        #[config(validate(range(max = 9)))]
        min: u16,
        max: u16,
        name: String,
        #[config(required_if(name = "x"))]
        more: Option<String>,
    }
    fn is_sane(pool: &Pool) -> Result<(), String> {
        if pool.name.is_empty() { Err("the name is empty".to_owned()) } else { Ok(()) }
    }
    #[derive(Debug, Config)]
    struct Outer {
        #[config(nested)]
        pools: Vec<Pool>,
    }
    let notes = |text: &str| {
        let report = Pool::loader().text(Format::Toml, "a.toml", text).load().unwrap_err();
        report.notes().join("\n")
    };
    // A broken rule on `min` does not keep anybody from reading it.
    let both = "2 rules were not checked because max could not be read";
    assert_eq!(notes("min = 99\nmax = 'x'\nname = 'x'\nmore = 'y'"), both);
    let whole = "1 rule was not checked because name could not be read";
    assert_eq!(notes("min = 1\nmax = 2\nname = 3\nmore = 'y'"), whole);
    let condition = "2 rules were not checked because name could not be read";
    assert_eq!(notes("min = 1\nmax = 2\nname = 3"), condition);

    let text = "pools = [{ min = 'x', max = 1, name = 'a' }, { min = 1, max = 2, name = 3, more = 'y' }]";
    let report = Outer::loader().text(Format::Toml, "a.toml", text).load().unwrap_err();
    let inner = "3 rules were not checked because pools[0].min, pools[1].name could not be read";
    assert_eq!(report.notes(), [inner]);
}
