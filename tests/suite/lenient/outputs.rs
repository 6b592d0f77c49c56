//! What is shown of settings that are set aside, and of the declaration.

use std::collections::BTreeMap;

use confkit::cli::Status;
use confkit::generate::{Reference, Sample};
use confkit::schema::Schema;
use confkit::write::{self, Defaults, Secrets};
use confkit::{Config, Format, Lenient, System};

use super::{Banner, Flag, MANY, Settings, Upstream, loaded, loader};
use crate::cli::{run, shown};

/// The same declaration without it.
mod plain {
    use super::{BTreeMap, Banner, Config, Flag, Upstream};

    #[derive(Debug, Config)]
    #[config(env_prefix = "APP")]
    pub(super) struct Settings {
        #[config(default = 80)]
        port: u16,
        #[config(nested, default)]
        flags: BTreeMap<String, Flag>,
        #[config(nested, default)]
        upstreams: Vec<Upstream>,
        #[config(nested)]
        banner: Banner,
    }
}

#[test]
fn a_declaration_is_the_same_with_it() {
    assert_eq!(Schema::of::<Settings>().to_json(), Schema::of::<plain::Settings>().to_json());

    let sample = |sample: Sample| sample.text(Format::Yaml).unwrap();
    assert_eq!(sample(Sample::of::<Settings>()), sample(Sample::of::<plain::Settings>()));
    assert_eq!(Reference::of::<Settings>().markdown(), Reference::of::<plain::Settings>().markdown());
    assert_eq!(confkit::testing::paths::<Settings>(), confkit::testing::paths::<plain::Settings>());
    confkit::testing::check_declaration::<Settings>().unwrap();
}

#[test]
fn what_is_set_aside_is_not_said_to_be_in_force() {
    let loaded = loaded(MANY);
    let explained = [
        "flags.rule.percent",
        "flags.type",
        "flags",
        "upstreams[1].url",
        "upstreams[2].url",
        "banner.colour",
    ];
    let explained = explained.map(|path| loaded.explain(path).unwrap().to_string());
    insta::assert_snapshot!(explained.join("\n"));
    assert_eq!(loaded.explain("flags.rule.percent").unwrap().value(), None);
    assert_eq!(
        loaded.explain("flags.omega.percent").unwrap().to_string(),
        "flags.omega.percent = 7\n  from app.toml:8:43\n  over 100 from default"
    );
}

#[test]
fn it_is_left_out_of_the_settings_in_force() {
    let loaded = loaded(MANY);
    let document = loaded.to_document(Defaults::Omit, Secrets::Omit).unwrap();
    insta::assert_snapshot!(Format::Toml.write(&document).unwrap());
    let filled = loaded.to_document(Defaults::Include, Secrets::Omit).unwrap();
    let filled = Format::Toml.write(&filled).unwrap();
    assert!(!filled.contains("banner") && filled.contains("percent = 100"), "{filled}");
    // An element stays at its position, and the values of the program have nothing there.
    let again = loader(&filled).load_traced().unwrap();
    assert_eq!(again.upstreams, loaded.upstreams);
    let written = write::to_string(&*loaded, Format::Json, Secrets::Omit).unwrap();
    let written: serde_json::Value = serde_json::from_str(&written).unwrap();
    assert_eq!(
        (&written["flags"]["rule"], &written["upstreams"][1]),
        (&serde_json::Value::Null, &serde_json::Value::Null)
    );
    assert_eq!(written["flags"]["omega"]["percent"], 7);
    let report = write::to_string(&*loaded, Format::Toml, Secrets::Omit).unwrap_err();
    let paths: Vec<&str> = report.problems().iter().map(confkit::Problem::path).collect();
    assert_eq!(paths, ["upstreams[1]"]);
}

#[test]
fn a_section_of_a_larger_document_is_told_with_its_path() {
    let text = "[orders]\nflags.a.enabled = 1\nflags.b.enabled = true\nbanner.text = 'x'\n";
    let loaded = loader(text).section("orders").load_traced().unwrap();
    assert!(loaded.warnings()[0].help().unwrap().ends_with("orders.flags.a alone is set aside"));
    assert_eq!(loaded.explain("orders.flags.a.enabled").unwrap().value(), None);
    let document = loaded.to_document(Defaults::Omit, Secrets::Omit).unwrap();
    let written = Format::Toml.write(&document).unwrap();
    assert!(written.contains("flags.b") && !written.contains("flags.a"), "{written}");
}

#[test]
fn differences_are_of_what_is_in_force() {
    let one = loader("banner.text = 'x'\nflags.a = { enabled = true }\n").load_traced().unwrap();
    let other = loader("banner.text = 'x'\nflags.a = { enabled = 1, percent = 7 }\n").load_traced().unwrap();
    let differences = one.diff(&other);
    let paths: Vec<&str> = differences.iter().map(confkit::Difference::path).collect();
    assert_eq!(paths, ["flags.a.enabled", "flags.a.percent"]);
}

fn system() -> System {
    System::memory().file("app.toml", MANY)
}

#[test]
fn commands_say_what_is_set_aside() {
    let loader = Settings::loader().system(system()).file("app.toml");
    let words = [
        "show",
        "show --format toml",
        "get flags.rule.percent",
        "get flags.omega.percent",
        "explain flags.table",
    ];
    let told = words.map(|words| format!("$ {words}\n{}", shown(&run(&loader, words))));
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn a_value_that_would_be_set_aside_is_not_written() {
    let system = system();
    let loader = Settings::loader().system(system.clone()).file("app.toml");
    let ran = run(&loader, "set app.toml flags.omega.percent 101");
    assert_eq!(ran.status, Status::Config);
    insta::assert_snapshot!(shown(&ran));
    // What is set aside already does not stand in the way, and may be mended.
    assert_eq!(run(&loader, "set app.toml flags.omega.percent 8").status, Status::Done);
    assert_eq!(run(&loader, "set app.toml flags.rule.percent 9").status, Status::Done);
    let loaded = loader.load_traced().unwrap();
    assert_eq!(loaded.flags["rule"].get().map(|flag| flag.percent), Some(9));
}

#[test]
fn figment_gets_what_is_written() {
    let figment = loader(MANY).figment().unwrap();
    assert_eq!(figment.extract_inner::<u8>("flags.rule.percent").unwrap(), 101);
}

/// All kinds of secrets, in entries that are wrong in all kinds of ways.
mod secrets {
    use confkit::{Secret, testing};

    use super::{BTreeMap, Config, Defaults, Format, Lenient, Secrets, run, shown, write};

    const MARKER: &str = "marker-7f3a";

    #[derive(Debug, Config, serde::Serialize)]
    struct Account {
        user: String,
        #[config(default, validate(length(max = 3)), validate(|v| v.expose().is_empty(), "must be empty"))]
        token: Secret<String>,
        #[config(default)]
        pin: Secret<u16>,
    }

    #[derive(Debug, Config, serde::Serialize)]
    struct Accounts {
        #[config(nested)]
        accounts: BTreeMap<String, Lenient<Account>>,
        #[config(nested)]
        whole: Option<Lenient<Secret<Account>>>,
        #[config(nested, default)]
        list: Vec<Lenient<Account>>,
    }

    #[test]
    fn no_output_has_the_marker() {
        let text = format!(
            "accounts.rule = {{ user = 'a', token = '{MARKER}' }}\n\
             accounts.missing = {{ token = '{MARKER}' }}\n\
             accounts.type = {{ user = 'a', pin = '{MARKER}' }}\n\
             accounts.table = '{MARKER}'\n\
             accounts.list = ['{MARKER}']\n\
             accounts.unknown = {{ user = 'a', tokn = 1, token = '{MARKER}' }}\n\
             whole = {{ user = '{MARKER}', pin = 'x' }}\n\
             list = [{{ user = 1, token = '{MARKER}' }}, '{MARKER}']\n"
        );
        let system = confkit::System::memory().file("app.toml", &text);
        let loader = Accounts::loader().system(system).file("app.toml");
        let loaded = loader.load_traced().unwrap();
        assert!(loaded.accounts.values().chain(&loaded.list).all(Lenient::is_set_aside));
        let mut all = format!("{:?} {:?} {:?}", loaded.warnings(), loaded.explanations(), *loaded);
        for explanation in loaded.explanations() {
            all += &format!("{explanation}\n");
        }
        for path in ["accounts", "accounts.table", "whole", "whole.user", "list", "list[1]"] {
            all += &loaded.explain(path).map(|one| format!("{one}\n")).unwrap_or_default();
        }
        for defaults in [Defaults::Omit, Defaults::Include] {
            let document = loaded.to_document(defaults, Secrets::Expose).unwrap();
            all += &Format::Yaml.write(&document).unwrap();
        }
        all += &write::to_string(&*loaded, Format::Json, Secrets::Omit).unwrap();
        let words = [
            "check",
            "check --output github",
            "check --output sarif",
            "show",
            "show --defaults",
            "get accounts",
            "explain accounts.table",
        ];
        words.iter().for_each(|words| all += &shown(&run(&loader, words)));
        let shown: Vec<&str> = all.lines().filter(|line| line.contains(MARKER)).collect();
        assert!(shown.is_empty(), "{shown:#?}");
        let denied = loader.warnings(confkit::Warnings::Deny).load().unwrap_err();
        testing::assert_hidden(&denied, MARKER);
    }
}
