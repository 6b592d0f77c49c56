//! Secrets in what is told of migrations.

use std::fmt::Write as _;

use confkit::migrate::{Files, Migrations};
use confkit::{Config, Format, Report, Secret, System, with_exposed};

/// The value that is searched for.
const MARKER: &str = "marker-7f3a";

fn migrations() -> Migrations {
    Migrations::new()
        .step(2, |step| {
            step.move_to("db.pass", "password").split(
                "url",
                ["user", "token"],
                |url: String| {
                    let (user, token) = url.split_once('@').ok_or(format!("{url} has no user"))?;
                    Ok((user.to_owned(), token.to_owned()))
                },
                |(user, token): (String, String)| Ok(format!("{user}@{token}")),
            )
        })
        .step(3, |step| {
            step.map(
                "password",
                |password: Secret<String>| Ok(password),
                |password: Secret<String>| Ok(password),
            )
            .map_up("pin", |pin: u16| Ok(pin.to_string()))
        })
}

#[derive(Debug, Config)]
#[config(file = "app.toml", version = 3, migrations = migrations)]
struct Settings {
    #[config(default)]
    password: Secret<String>,
    #[config(default)]
    token: Secret<String>,
    #[config(default)]
    pin: Secret<String>,
    #[config(default, validate(length(max = 3)))]
    user: String,
    #[config(default = 1)]
    port: u16,
}

/// Files in which the marker is where a value is, was or could be.
fn texts() -> Vec<String> {
    [
        "version = 1\n[db]\npass = '@'\n",
        "# the old one was @\nversion = 1\nport = 2 # @\n[db]\npass = '@' # @\n",
        "url = 'somebody@@'\n",
        "url = '@'\n",
        "url = 'a@@'\nport = 'x'\n",
        "url = 'a@@'\ntoken = '@'\n",
        "pin = '@'\n",
        "version = '@'\n",
        "version = 9\npassword = '@'\n",
        "version = 3\npassword = '@'\nport = 'x'\n",
        "version = 2\npassword = '@'\nport = 2\n",
        "version = 2\npassword = ['@']\n",
        "passwrod = '@'\nurl = 'a@b'\n",
        "db = '@'\n",
        "[db]\npass = { a = '@' }\n",
        "[db]\npass = '''\n@\n@'''\n",
    ]
    .map(|text| {
        text.replace("@@", &format!("@{MARKER}"))
            .replace("'@'", &format!("'{MARKER}'"))
            .replace("# @", &format!("# {MARKER}"))
            .replace("was @", &format!("was {MARKER}"))
            .replace("\n@", &format!("\n{MARKER}"))
    })
    .to_vec()
}

fn of_report(report: &Report) -> String {
    let mut all = format!("{report}\n{report:?}\n{}\n", report.to_json());
    for problem in report.problems().iter().chain(report.warnings()) {
        let _ =
            writeln!(all, "{problem:?} {:?} {:?} {:?}", problem.params(), problem.related(), problem.help());
    }
    all
}

/// Everything that is told of a file.
fn outputs(text: &str) -> String {
    let system = System::memory().file("app.toml", text);
    let loader = Settings::loader().declared().system(system);
    let mut all = String::new();
    match loader.load_traced() {
        Ok(loaded) => {
            let _ = write!(all, "{loaded:?} {:?}", loaded.warnings());
            for explanation in loaded.explanations() {
                let _ = write!(all, "{explanation} {explanation:?}");
            }
        }
        Err(report) => all += &of_report(&report),
    }
    let files = Files::of(&loader);
    for plan in [files.up(), files.down(1), files.down(2)] {
        match plan {
            Ok(plan) => {
                let _ = write!(all, "{plan} {plan:?} {}", plan.diff());
            }
            Err(report) => all += &of_report(&report),
        }
    }
    match files.status() {
        Ok(status) => {
            let _ = write!(all, "{status:?}");
        }
        Err(report) => all += &of_report(&report),
    }
    all
}

#[test]
fn no_output_of_a_migration_has_the_marker() {
    for text in texts() {
        assert!(text.contains(MARKER), "{text}");
        let told = outputs(&text);
        let shown: Vec<&str> = told.lines().filter(|line| line.contains(MARKER)).collect();
        assert!(shown.is_empty(), "the marker is shown for {text:?}:\n{}", shown.join("\n"));
    }
}

#[test]
fn the_diff_shows_what_is_no_secret() {
    let text = "# ours\nversion = 1\nport = 2\nurl = 'me@hunter2'\n\n[db]\npass = 'hunter2'\n";
    let loader = Settings::loader().declared().system(System::memory().file("app.toml", text));
    let plan = Files::of(&loader).up().unwrap();
    insta::assert_snapshot!(plan.diff());
    assert!(with_exposed(|| plan.diff()).contains("+password = 'hunter2'"));
    let settings = loader.warnings(confkit::Warnings::Ignore).load().unwrap();
    assert_eq!(
        (settings.password.expose(), settings.token.expose()),
        (&"hunter2".to_owned(), &"hunter2".to_owned())
    );
    assert_eq!((settings.user.as_str(), settings.port, settings.pin.expose().as_str()), ("me", 2, ""));
    let _ = Format::Toml;
}
