//! Enums with data, in each of serde's four representations.

mod adjacent;
mod attacked;
mod explained;
mod exported;
mod external;
mod from_arguments;
mod inside_itself;
mod internal;
mod untagged;

use std::collections::BTreeMap;

use confkit::{Code, Config, Format, Loader, Report, Secret, System, Warnings, testing};

fn load<T: Config>(text: &str) -> Result<T, Report> {
    T::loader().system(System::memory()).text(Format::Toml, "app.toml", text).load()
}

/// Loads from several texts, the topmost last.
fn over<T: Config>(texts: &[&str]) -> Result<T, Report> {
    let loader = T::loader().system(System::memory()).warnings(Warnings::Deny);
    let layers = texts.iter().enumerate();
    layers.fold(loader, |loader, (at, text)| loader.text(Format::Toml, &format!("{at}.toml"), *text)).load()
}

fn env<T: Config>(text: &str, vars: &[(&str, &str)]) -> Result<T, Report> {
    let loader = T::loader().system(System::memory()).warnings(Warnings::Deny);
    loader.text(Format::Toml, "app.toml", text).env_vars(vars.iter().copied()).load()
}

#[derive(Debug, PartialEq, Config)]
struct Disk {
    path: String,
    #[config(default = 10)]
    limit: u16,
}

#[test]
fn secrets_in_variants_are_hidden() {
    #[derive(Debug, Config)]
    #[expect(dead_code, reason = "only its problems matter")]
    enum Login {
        Password {
            user: String,
            #[config(secret)]
            password: Secret<String>,
        },
        Token(#[config(secret)] Secret<String>),
    }
    #[derive(Debug, Config)]
    #[serde(untagged)]
    #[expect(dead_code, reason = "only its problems matter")]
    enum Key {
        Text(Secret<String>),
        Parts { a: Secret<u32>, b: u32 },
    }
    #[derive(Debug, Config)]
    #[config(env_prefix = "APP")]
    #[expect(dead_code, reason = "only its problems matter")]
    struct Settings {
        #[config(nested)]
        login: Login,
        #[config(nested)]
        key: Key,
    }
    let wrong = [
        "login.token = ['hunter2']\nkey = ['hunter2']",
        "login.Token = ['hunter2']\nkey = ['hunter2']",
        "login.Token = 'a'\nkey = { a = 'hunter2', b = 'hunter2' }",
        "login.Password = { user = 1, password = { x = 'hunter2' } }\nkey = 'hunter2'",
        "login.Password = { user = 1, password = 'hunter2' }\nkey = 'hunter2'",
    ];
    for text in wrong {
        let report = load::<Settings>(text).unwrap_err();
        testing::assert_hidden(&report, "hunter2");
    }
    let vars = [("APP_LOGIN_TOKEN", "hunter2"), ("APP_KEY_A", "hunter2"), ("APP_KEY_B", "1")];
    let report = env::<Settings>("", &vars).unwrap_err();
    testing::assert_hidden(&report, "hunter2");
    let system = System::memory().file("token", "hunter2");
    let vars = [("APP_LOGIN_TOKEN_FILE", "token"), ("APP_KEY", "hunter2")];
    let loaded = Settings::loader().system(system).env_vars(vars).load_traced().unwrap();
    for explanation in loaded.explanations() {
        assert!(!explanation.to_string().contains("hunter2"), "{explanation}");
    }
}

#[test]
fn a_choice_is_in_the_metadata() {
    use confkit::Tagging;
    #[derive(Config)]
    #[serde(tag = "t", content = "c")]
    #[expect(dead_code, reason = "only what it declares matters")]
    enum It {
        /// The first.
        A(u16),
        #[serde(other)]
        B,
    }
    let variants = It::metadata().variants().unwrap();
    assert_eq!(variants.tagging(), Tagging::Adjacent { tag: "t", content: "c" });
    assert_eq!(variants.list()[0].metadata().docs(), "The first.");
    testing::check_declaration::<It>().unwrap();
    testing::assert_codes(&load::<It>("c = 1"), &[Code::Missing]);
}

#[test]
fn an_argument_leads_into_any_variant_with_the_same_key() {
    #[derive(Debug, PartialEq, Config)]
    #[serde(tag = "type", content = "with", rename_all = "lowercase")]
    enum Store {
        Port(u16),
        Disk(#[config(nested)] Disk),
    }
    #[derive(Debug, Config)]
    struct Settings {
        #[config(nested)]
        store: Store,
    }
    let words = ["--store-type=disk", "--store-with-path=/d", "--store.with.limit=3"];
    let settings = Settings::loader().system(System::memory()).args(words).load();
    let store = settings.unwrap_or_else(|report| panic!("{report}")).store;
    assert_eq!(store, Store::Disk(Disk { path: "/d".into(), limit: 3 }));
}

#[test]
fn a_flattened_enum_is_named_by_a_key_of_the_settings() {
    #[derive(Debug, PartialEq, Config)]
    enum Store {
        Memory,
        Disk(#[config(nested)] Disk),
    }
    #[derive(Debug, Config)]
    struct Settings {
        #[config(flatten)]
        store: Store,
    }
    assert_eq!(load::<Settings>("Memory = {}").unwrap().store, Store::Memory);
    let report = load::<Settings>("").unwrap_err();
    let problem = &report.problems()[0];
    assert_eq!(problem.message(), "one of the variants is required");
    assert_eq!(problem.help(), Some("set one of `Memory`, `Disk`"));
    let report = load::<Store>("Dsk = {}").unwrap_err();
    assert_eq!(report.problems()[0].message(), "the settings must be one of `Memory`, `Disk`, not `Dsk`");
}

#[test]
fn a_value_that_may_be_absent_needs_no_content() {
    #[derive(Debug, PartialEq, Config)]
    #[serde(tag = "t", content = "c")]
    enum Store {
        Limit(Option<u16>),
        Port(u16),
    }
    assert_eq!(load::<Store>("t = 'Limit'").unwrap(), Store::Limit(None));
    assert_eq!(load::<Store>("t = 'Limit'\nc = 3").unwrap(), Store::Limit(Some(3)));
    testing::assert_codes(&load::<Store>("t = 'Port'"), &[Code::Missing]);
}
