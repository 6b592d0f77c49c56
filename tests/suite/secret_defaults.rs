//! Secrets that no layer gives: what a default says is masked in messages as what a file says is.

use std::collections::BTreeMap;

use confkit::live::{Expiry, Hook, Update};
use confkit::write::{Defaults, Secrets};
use confkit::{
    Config, FieldDefault, Format, Loader, Redacted, Secret, SecretBytes, SecretString, System, testing,
};
use secrecy::ExposeSecret as _;
use serde::{Deserialize, Serialize};

/// What is searched for.
const MARKER: &str = "marker-4c1e";

fn secret(of: &str) -> Secret<String> {
    Secret::from(format!("{MARKER}-{of}"))
}

fn token() -> Secret<String> {
    secret("token")
}

fn rest() -> BTreeMap<String, Secret<String>> {
    [("a".to_owned(), secret("map"))].into()
}

fn opaque() -> Opaque {
    Opaque(format!("{MARKER}-opaque"))
}

fn parsed(text: &str) -> Result<Opaque, &'static str> {
    if text.is_empty() { Err("nothing is there") } else { Ok(Opaque(text.to_owned())) }
}

type Alias = Secret<String>;
type Whole = Secret<Account>;

/// Hides itself, by its own means.
#[derive(Serialize)]
struct Opaque(String);

impl Redacted for Opaque {}

#[derive(Serialize, Deserialize)]
struct Plain {
    host: String,
    token: Secret<String>,
}

#[derive(Config, Serialize)]
struct Account {
    #[config(default = format!("{MARKER}-user"))]
    user: String,
    #[config(default = "plain-name")]
    kind: String,
}

#[derive(Config, Serialize)]
#[config(rename_all = "kebab-case")]
struct Keeper {
    #[config(default = "keeper.internal")]
    host_name: String,
    #[config(default_fn = token)]
    api_token: Secret<String>,
    #[config(secret(plain), default = format!("{MARKER}-quiet"))]
    quiet_word: String,
}

#[derive(Config)]
#[config(check_with(shows_all), check(self.port != 7, "port 7 is for marker-4c1e-token"))]
struct Settings {
    #[config(default = 1, validate(custom(shows_token)))]
    port: u16,
    #[config(default_fn = token)]
    token: Secret<String>,
    #[config(default = secret("alias"))]
    alias: Alias,
    #[config(default = secret("optional"))]
    optional: Option<Secret<String>>,
    #[config(default = vec![secret("list"), secret("other")])]
    list: Vec<Secret<String>>,
    #[config(default_fn = rest)]
    map: BTreeMap<String, Secret<String>>,
    #[config(default = SecretString::from(format!("{MARKER}-text")))]
    text: SecretString,
    #[config(default = SecretBytes::from(format!("{MARKER}-bytes").into_bytes()))]
    bytes: SecretBytes,
    #[config(default = Secret::from(73_211_u32))]
    number: Secret<u32>,
    #[config(secret(plain), default = format!("{MARKER}-plain"))]
    plain: String,
    #[config(secret, parse = parsed, default_fn = opaque)]
    opaque: Opaque,
    #[config(secret, default = secrecy::SecretString::from(format!("{MARKER}-boxed")))]
    boxed: secrecy::SecretString,
    #[config(default = Plain { host: "plain.internal".to_owned(), token: secret("inside") })]
    structure: Plain,
    #[config(nested)]
    keeper: Keeper,
    #[config(nested, default = Keeper { host_name: "made.internal".to_owned(), api_token: secret("made"), quiet_word: format!("{MARKER}-made") })]
    made: Keeper,
    #[config(nested, default = vec![Keeper { host_name: String::new(), api_token: secret("element"), quiet_word: String::new() }])]
    many: Vec<Keeper>,
    #[config(nested, default = Secret::from(Account { user: format!("{MARKER}-account"), kind: String::new() }))]
    account: Secret<Account>,
    #[config(nested, default = Secret::from(Account { user: format!("{MARKER}-whole"), kind: String::new() }))]
    whole: Whole,
    #[config(nested)]
    absent: Secret<Account>,
    #[config(nested)]
    hidden: Whole,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "`custom` hands the value over by reference")]
fn shows_token(port: &u16) -> Result<(), String> {
    if *port > 1 { Err(format!("{port} needs {}", token().expose())) } else { Ok(()) }
}

/// Tells everything there is.
fn shows_all(settings: &Settings) -> Result<(), String> {
    if settings.port < 2 {
        return Ok(());
    }
    let Settings { structure, keeper, made, account, absent, .. } = settings;
    let texts: [&str; 25] = [
        settings.token.expose(),
        settings.alias.expose(),
        settings.optional.as_ref().map_or("none", |text| text.expose()),
        settings.list[0].expose(),
        settings.list[1].expose(),
        settings.map["a"].expose(),
        settings.text.expose(),
        std::str::from_utf8(settings.bytes.expose()).unwrap(),
        &settings.number.expose().to_string(),
        &settings.plain,
        &settings.opaque.0,
        settings.boxed.expose_secret(),
        &structure.host,
        structure.token.expose(),
        &keeper.host_name,
        keeper.api_token.expose(),
        &keeper.quiet_word,
        &made.host_name,
        made.api_token.expose(),
        &made.quiet_word,
        settings.many[0].api_token.expose(),
        &account.expose().user,
        &settings.whole.expose().user,
        &absent.expose().user,
        &absent.expose().kind,
    ];
    Err(texts.join(" / "))
}

fn of(text: &str) -> Loader<Settings> {
    Settings::loader().text(Format::Toml, "app.toml", text)
}

#[test]
fn a_rule_does_not_tell_the_secrets_of_defaults() {
    let report = of("port = 7").load().map(|_| ()).unwrap_err();
    testing::assert_hidden(&report, MARKER);
    testing::assert_hidden(&report, "73211");
    insta::assert_snapshot!(report);
}

#[test]
fn a_rule_on_another_field_does_not_tell_them() {
    let report = of("port = 2").load().map(|_| ()).unwrap_err();
    assert_eq!(report.problems()[0].message(), "port is not valid: 2 needs [redacted]");
}

#[test]
fn a_warning_does_not_tell_them() {
    #[derive(Config)]
    #[config(check_with(tells, warn))]
    struct Warned {
        #[config(default_fn = token)]
        token: Secret<String>,
        #[config(nested)]
        keeper: Option<Keeper>,
    }
    fn tells(settings: &Warned) -> Result<(), String> {
        let kept = settings.keeper.as_ref().map_or("nothing", |keeper| keeper.quiet_word.as_str());
        Err(format!("{} and {kept}", settings.token.expose()))
    }
    let warned = |text: &str| {
        let loaded = Warned::loader().text(Format::Toml, "app.toml", text).load_traced().unwrap();
        loaded.warnings()[0].message().to_owned()
    };
    assert_eq!(warned(""), "[redacted] and nothing");
    assert_eq!(warned("keeper.host-name = 'h'"), "[redacted] and [redacted]");
    // A default that a layer replaces is made for nobody.
    assert_eq!(warned("token = 'x'"), "x and nothing");
}

#[test]
fn a_default_that_is_not_in_force_is_not_made() {
    #[derive(Config)]
    struct Given {
        #[config(default_fn = nobody_calls)]
        token: Secret<String>,
        port: u16,
    }
    fn nobody_calls() -> Secret<String> {
        panic!("the file gives it")
    }
    let text = "token = 'hunter2'\nport = 'x'\n";
    let report = Given::loader().text(Format::Toml, "app.toml", text).load().map(|it| (it.token, it.port));
    assert_eq!(report.unwrap_err().problems().len(), 1);
}

#[test]
fn no_other_output_has_them() {
    let loaded = of("").load_traced().unwrap();
    let mut all =
        format!("{:?} {:?}", loaded.explanations(), loaded.diff(&of("port = 1").load_traced().unwrap()));
    all.extend(loaded.explanations().iter().map(ToString::to_string));
    for defaults in [Defaults::Include, Defaults::Omit] {
        match loaded.to_document(defaults, Secrets::Omit) {
            Ok(document) => all.push_str(&Format::Toml.write(&document).unwrap()),
            Err(report) => all.push_str(&report.to_string()),
        }
    }
    for field in Settings::metadata().fields().iter().filter(|field| field.is_secret()) {
        if let FieldDefault::Expression { shown, .. } = field.default() {
            all.push_str(&shown().unwrap_or_default());
        }
    }
    let shown: Vec<&str> = all.lines().filter(|line| line.contains(MARKER)).collect();
    assert!(shown.is_empty(), "{shown:#?}");
}

#[test]
fn a_part_of_a_section_s_default_is_what_that_says() {
    let explain = |text: &str, path: &str| {
        let loaded = of(text).load_traced().unwrap();
        loaded.explain(path).unwrap().value().unwrap().to_owned()
    };
    assert_eq!(explain("", "made.host-name"), "made.internal");
    assert_eq!(explain("", "made.api-token"), "[redacted]");
    assert_eq!(explain("", "whole.user"), "[redacted]");
    assert_eq!(explain("", "hidden.kind"), "[redacted]");
    // A section that a layer begins has the defaults of its own settings.
    assert_eq!(explain("made.quiet-word = 'x'", "made.host-name"), "keeper.internal");
}

#[test]
fn a_hook_does_not_tell_them() {
    struct Talkative;

    impl Hook<Settings> for Talkative {
        fn prepare(&self, update: &Update<Settings>) -> Result<(), String> {
            let Settings { token, keeper, .. } = &**update.new();
            Err(format!("no to {} and {}", token.expose(), keeper.quiet_word))
        }
    }

    let live = Settings::loader().system(System::memory()).live().start_by(|_, _| false).unwrap();
    live.hook("talkative", Talkative).detach();
    let refused = live.set_override("keeper.host-name", "other", Expiry::Never).unwrap_err();
    testing::assert_hidden(&refused, MARKER);
    assert!(refused.to_string().contains("no to [redacted] and [redacted]"), "{refused}");
}
