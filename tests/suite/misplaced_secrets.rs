//! A secret that stands where the name of a variant, or its table, should be.

use std::collections::BTreeMap;

use confkit::{Config, Format, Loader, Problem, Secret, System, testing};

#[derive(Debug, Config)]
#[expect(dead_code, reason = "only what is said of it matters")]
enum Login {
    Token(Secret<String>),
    Key(#[config(nested)] Key),
    Off,
}

#[derive(Debug, Config)]
#[expect(dead_code, reason = "only what is said of it matters")]
struct Key {
    key: Secret<String>,
}

#[derive(Debug, Config)]
#[expect(dead_code, reason = "only what is said of it matters")]
enum Nested {
    Key(#[config(nested)] Key),
    Off,
}

#[derive(Debug, Config)]
#[serde(tag = "type")]
#[expect(dead_code, reason = "only what is said of it matters")]
enum Tagged {
    Key(#[config(nested)] Key),
    Off,
}

#[derive(Debug, Config)]
#[config(env_prefix = "APP")]
#[expect(dead_code, reason = "only what is said of it matters")]
struct Settings {
    #[config(nested)]
    login: Option<Login>,
    #[config(nested)]
    nested: Option<Nested>,
    #[config(nested)]
    tagged: Option<Tagged>,
    #[config(nested, default)]
    list: Vec<Login>,
}

fn loader() -> Loader<Settings> {
    Settings::loader().system(System::memory())
}

#[test]
fn reports_do_not_show_it() {
    let texts = [
        "login = 'hunter2'",
        "login = 48151623",
        "nested = 'hunter2'",
        "nested = 48151623",
        "list = ['hunter2', 48151623]",
        "tagged = 'hunter2'",
    ];
    let failed = |loader: Loader<Settings>| {
        let report = loader.load().unwrap_err();
        testing::assert_hidden(&report, "hunter2");
        testing::assert_hidden(&report, "48151623");
        report
    };
    for text in texts {
        failed(loader().text(Format::Toml, "app.toml", text));
    }
    for (variable, value) in [("APP_LOGIN", "hunter2"), ("APP_NESTED", r#"{"Key":{"key":"hunter2"}}"#)] {
        failed(loader().env_vars([(variable, value)]));
    }
    let report = failed(loader().args(["--login=hunter2", "--list[0]=hunter2"]));
    assert_eq!(report.problems()[0].message(), "login must be one of `Token`, `Key`, `Off`, not this text");
}

#[test]
fn explanations_do_not_show_what_is_shadowed() {
    let base = loader().text(
        Format::Toml,
        "base.toml",
        "login = 'hunter2'\nnested = 'hunter2'\ntagged = 'hunter2'\nlist = ['hunter2']",
    );
    let top = "login = 'Off'\nnested = 'Off'\ntagged.type = 'Off'\nlist = ['Off']";
    let loaded = base.text(Format::Toml, "top.toml", top).load_traced().unwrap();
    let told = ["login", "nested", "tagged", "list"].map(|path| loaded.explain(path).unwrap().to_string());
    assert_eq!(
        told.join("\n"),
        "login = Off\n  from top.toml:1:9\n  over [redacted] from base.toml:1:9\n\
         nested = Off\n  from top.toml:2:10\n  over [redacted] from base.toml:2:10\n\
         tagged = { type = \"Off\" }\n  from top.toml:3:1\n  over [redacted] from base.toml:3:10\n\
         list = [\"Off\"]\n  from top.toml:4:1\n  over [[redacted]] from base.toml:4:1\n  over [] from default"
    );
    assert!(loaded.explanations().iter().all(|one| !one.to_string().contains("hunter2")));
}

#[test]
fn a_map_key_that_is_a_known_secret_is_hidden_in_paths() {
    #[derive(Debug, Config)]
    #[expect(dead_code, reason = "only its problems matter")]
    struct Settings {
        password: Secret<String>,
        labels: BTreeMap<String, u16>,
        workers: u16,
    }
    let text = "password = 'hunter2'\nlabels.hunter2 = 'x'\nlabels.other = 'y'\nworkers = 'z'";
    let report = Settings::loader().text(Format::Toml, "a.toml", text).load().unwrap_err();
    let paths: Vec<&str> = report.problems().iter().map(Problem::path).collect();
    assert_eq!(paths, ["labels.\"[redacted]\"", "labels.other", "workers"], "{report}");
    testing::assert_hidden(&report, "hunter2");
    // A declared name is no secret, whatever the password is.
    let text = text.replace("hunter2", "workers");
    let report = Settings::loader().text(Format::Toml, "a.toml", text).load().unwrap_err();
    assert_eq!(report.problems()[2].path(), "workers");
}
