//! Rules that are broken in several layers at once: one report, in the order of the layers.

use confkit::{Config, System, testing};

use super::rules;

#[derive(Debug, Config)]
#[config(
    env_prefix = "APP",
    args,
    file = "config/base.toml",
    optional_file = "config/{profile}.toml",
    profiles("production"),
    check(self.pool.min <= self.pool.max, "{pool.min} is above {pool.max}")
)]
struct Settings {
    #[config(default_fn = nobody, validate(non_empty))]
    owner: String,
    #[config(validate(range(min = 1, max = 64)))]
    workers: u16,
    #[config(nested)]
    pool: Pool,
    #[config(validate(each(email)))]
    admins: Vec<String>,
    #[config(validate(one_of("debug", "info", "warn")))]
    level: String,
    #[config(validate(url))]
    home: String,
}

fn nobody() -> String {
    String::new()
}

#[derive(Debug, Config)]
struct Pool {
    min: u16,
    max: u16,
}

/// Every layer gives one value that breaks a rule, and values that upper layers shadow.
fn system() -> System {
    System::memory()
        .file(
            "config/base.toml",
            "workers = 65\nlevel = 'none'\nadmins = []\nhome = 'x'\n[pool]\nmin = 9\nmax = 10\n",
        )
        .file("config/production.toml", "admins = ['ops@example.com', 'ops']\n[pool]\nmax = 8\n")
        .var("APP_LEVEL", "inf")
        .args(["--home", "example"])
}

#[test]
fn five_rules_in_five_layers_are_one_report() {
    let loader = Settings::loader().system(system()).profile("production").declared();
    let report = loader.load().unwrap_err();
    assert_eq!(rules(&report), ["range", "check", "email", "one_of", "url", "non_empty"], "{report}");
    let places: Vec<String> = report
        .problems()
        .iter()
        .map(|problem| problem.origin().map(ToString::to_string).unwrap_or_default())
        .collect();
    assert_eq!(
        places,
        [
            "config/base.toml:1:11",
            "config/base.toml:6:7",
            "config/production.toml:1:30",
            "environment variable APP_LEVEL",
            "--home",
            "",
        ],
        "{report}"
    );
    insta::assert_snapshot!(report);
    assert_eq!(report.to_string(), loader.load().unwrap_err().to_string(), "another run tells the same");
}

#[derive(Debug, Config)]
struct One {
    #[config(
        validate(
            length(max = 5),
            email,
            contains("@"),
            regex("^[a-z@.]+$"),
            does_not_contain(" "),
            non_control_character
        ),
        validate(|v| v.ends_with("com"), "must end with com")
    )]
    mail: String,
}

#[test]
fn one_value_that_breaks_every_rule_is_told_once_for_each_in_their_order() {
    let loader = One::loader()
        .text(confkit::Format::Toml, "a.toml", "mail = 'fine@a.com'")
        .text(confkit::Format::Toml, "b.toml", "mail = 'A B C'")
        .text(confkit::Format::Toml, "c.toml", "\n mail = \"A  B\\u0001 C\"");
    let report = loader.load().unwrap_err();
    assert_eq!(
        rules(&report),
        ["length", "email", "contains", "regex", "does_not_contain", "non_control_character", "closure"],
        "{report}"
    );
    assert!(
        report
            .problems()
            .iter()
            .all(|problem| problem.origin().is_some_and(|origin| origin.to_string() == "c.toml:2:9"))
    );
    insta::assert_snapshot!(report);
    testing::assert_hidden(&report, "fine@");
}
