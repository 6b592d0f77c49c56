//! Types that judge themselves through `validator::Validate`.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use confkit::{Config, Secret, Warnings, testing};
use serde::Deserialize;
use validator::{Validate, ValidationError};

use super::{over, refused, rules, told, warned};

#[derive(Debug, Clone, Default, Deserialize, Validate)]
#[validate(schema(function = "in_order"))]
struct Account {
    #[validate(length(min = 2, max = 4))]
    name: String,
    #[validate(email(message = "is no address at all"))]
    #[serde(default = "mail")]
    mail: String,
    #[validate(range(min = 1))]
    #[serde(default = "one")]
    level: u8,
    #[validate(nested)]
    #[serde(default)]
    inner: Inner,
    #[validate(nested)]
    #[serde(default)]
    list: Vec<Inner>,
    #[validate(nested)]
    #[serde(default)]
    map: HashMap<String, Inner>,
}

fn mail() -> String {
    "a@example.com".to_owned()
}

fn one() -> u8 {
    1
}

fn in_order(account: &Account) -> Result<(), ValidationError> {
    if account.name == "odd" {
        let mut error = ValidationError::new("in_order").with_message(Cow::from("is odd as a whole"));
        error.add_param(Cow::from("value"), &account.mail);
        return Err(error);
    }
    Ok(())
}

#[derive(Debug, Clone, Default, Deserialize, Validate)]
struct Inner {
    #[validate(range(max = 9), custom(function = "no_seven"))]
    depth: u16,
    #[validate(url)]
    #[serde(default)]
    home: Option<String>,
}

fn no_seven(depth: u16) -> Result<(), ValidationError> {
    if depth == 7 { Err(ValidationError::new("no_seven")) } else { Ok(()) }
}

#[derive(Debug, Config)]
struct Settings {
    #[config(validate(validator))]
    account: Account,
    #[config(validate(validator))]
    perhaps: Option<Account>,
    #[config(default, validate(each(validator)))]
    many: Vec<Account>,
    #[config(default, validate(validator))]
    named: HashMap<String, Inner>,
    #[config(default, validate(each(validator(warn))))]
    sorted: BTreeMap<String, Inner>,
}

#[test]
fn what_a_type_finds_is_told_at_its_place() {
    assert_eq!(told::<Settings>("account.name = 'abc'"), Vec::<String>::new());
    let bad = "\
[account]\nname = 'a'\nmail = 'x'\nlevel = 0\n[account.inner]\ndepth = 10\nhome = 'x'\n\
[[account.list]]\ndepth = 1\n[[account.list]]\ndepth = 7\n\
[perhaps]\nname = 'odd'\n\
[[many]]\nname = 'abc'\n[[many]]\nname = 'abcde'\n\
[named.zeta]\ndepth = 10\n[named.alpha]\ndepth = 7\nhome = 'y'\n";
    let report = refused::<Settings>(bad);
    assert!(rules(&report).iter().all(|rule| *rule == "validator"), "{report}");
    insta::assert_snapshot!(report);
    for _ in 0..4 {
        assert_eq!(report.to_string(), refused::<Settings>(bad).to_string(), "the order depends on a hash");
    }
}

#[test]
fn a_map_inside_the_type_is_told_as_a_whole() {
    let bad = "[account]\nname = 'abc'\n[account.map.b]\ndepth = 10\n[account.map.a]\ndepth = 1";
    insta::assert_snapshot!(refused::<Settings>(bad));
}

#[test]
fn what_a_type_finds_can_be_a_warning() {
    let loader = over::<Settings>("account.name = 'abc'\nsorted = { a = { depth = 10 } }");
    insta::assert_snapshot!(warned(&loader).join("\n"));
    let report = loader.warnings(Warnings::Deny).load().unwrap_err();
    assert_eq!(report.problems().len() + report.warnings().len(), 1, "{report}");
}

#[test]
fn facts_of_a_type_have_no_value() {
    let report = refused::<Settings>("[account]\nname = 'hunter2'\n");
    let problem = &report.problems()[0];
    assert_eq!(
        problem.params(),
        [("code", "length".to_owned()), ("min", "2".to_owned()), ("max", "4".to_owned())]
    );
}

#[derive(Debug, Clone, Deserialize, Validate)]
struct Login {
    #[validate(length(min = 20, message = "is too short"), does_not_contain(pattern = "hunter"))]
    password: Secretive,
    #[serde(default)]
    #[validate(must_match(other = "password"))]
    again: Secretive,
}

/// Text that tells serde that it is secret, as `Secret` does.
type Secretive = String;

#[derive(Debug, Config)]
struct Guarded {
    #[config(secret(plain), validate(validator))]
    login: Login,
    #[config(validate(|login| Validate::validate(login.expose()).is_ok(), "is no login"))]
    wrapped: Option<Secret<Login>>,
}

#[test]
fn a_secret_that_judges_itself_is_not_shown() {
    let bad = "login = { password = 'hunter2', again = 'hunter3' }\nwrapped = { password = 'hunter4' }";
    let report = refused::<Guarded>(bad);
    testing::assert_hidden(&report, "hunter");
    insta::assert_snapshot!(report);
}

#[derive(Debug, Deserialize)]
struct Fierce;

impl Validate for Fierce {
    fn validate(&self) -> Result<(), validator::ValidationErrors> {
        panic!("hunter2")
    }
}

#[test]
fn a_type_that_panics_is_one_problem() {
    #[derive(Debug, Config)]
    struct Panics {
        #[config(validate(validator))]
        fierce: Fierce,
    }
    let report = Panics::loader().set("fierce", ()).load().unwrap_err();
    testing::assert_hidden(&report, "hunter2");
    assert_eq!(report.problems().len(), 1, "{report}");
}
