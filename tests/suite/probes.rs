//! The probes of everyday mistakes: what people set wrongly, and what they are told.

use std::collections::BTreeMap;

use confkit::{Code, Config, Format, Report, Secret, System, testing};

#[derive(Debug, Config)]
#[config(env_prefix = "ORDERS", file = "base.toml")]
struct Settings {
    name: String,
    #[config(nested)]
    database: Database,
    #[config(nested, default)]
    servers: Vec<Server>,
}

#[derive(Debug, Config)]
struct Database {
    host: String,
    port: u16,
}

#[derive(Debug, Config)]
struct Server {
    addr: String,
    weight: u32,
}

fn places(report: &Report) -> Vec<(String, String)> {
    let place = |problem: &confkit::Problem| problem.origin().map(ToString::to_string).unwrap_or_default();
    report.problems().iter().map(|problem| (problem.path().to_owned(), place(problem))).collect()
}

#[test]
fn four_faults_in_one_file_are_four_problems() {
    let base = "name = 3\n[database]\nport = 70000\n\n[[servers]]\naddr = 'a'\nweight = 1\n\n[[servers]]\naddr = 'b'\nweight = \"heavy\"\n";
    let system = System::memory().file("base.toml", base);
    let report = Settings::loader().system(system).declared().load().unwrap_err();
    insta::assert_snapshot!(report);
    assert_eq!(
        places(&report),
        [
            ("name".to_owned(), "base.toml:1:8".to_owned()),
            ("database.port".to_owned(), "base.toml:3:8".to_owned()),
            ("servers[1].weight".to_owned(), "base.toml:11:10".to_owned()),
            ("database.host".to_owned(), String::new()),
        ],
    );
    let help = testing::problem_at(&report, "database.host").help().unwrap();
    assert_eq!(help, "set `host` under `[database]` in base.toml, or ORDERS_DATABASE_HOST");
}

#[test]
fn a_wrong_typed_variable_names_itself() {
    let text = "name = 'x'\n[database]\nhost = 'db'\nport = 1\n";
    let result = Settings::loader()
        .text(Format::Toml, "base.toml", text)
        .env_vars([("ORDERS_DATABASE_PORT", "many")])
        .load();
    testing::assert_codes(&result, &[Code::Type]);
    insta::assert_snapshot!(result.unwrap_err());
}

#[derive(Debug, Config)]
#[config(env_prefix = "APP", file = "app.toml")]
struct Secrets {
    password: Secret<String>,
    #[config(nested)]
    database: Credentials,
    #[config(default = 1)]
    port: u16,
}

#[derive(Debug, Config)]
struct Credentials {
    #[config(default = "app")]
    user: String,
    #[config(secret, validate(length(min = 12)), validate(|v| v.expose() != "hunter2", "must not be a well-known password"))]
    token: Secret<String>,
}

#[test]
fn a_secret_is_never_shown_whatever_is_wrong_with_it() {
    let faults = [
        "password = hunter2\n",
        "password = 'hunter2\n",
        "password = { value = 'hunter2' }\n[database]\ntoken='x'\n",
        "password = ['hunter2']\n",
        "port = = 1 # hunter2\npassword = 'hunter2'\n",
        "hunter2\n",
        "password 'hunter2'\n",
        "passwrod = 'hunter2'\n",
        "database = { token = 'hunter2', user = 3 }\npassword = 'x'\n",
        "database = { user = 3, token = 'hunter2' }\npassword = 'x'\n",
        "password = 'x'\nport = 'hunter2'\n[database]\ntoken = 'hunter2'\n",
        "password = 'x'\ndatabase.tokn = 'hunter2'\n",
        "password = 'a'\npassword = 'hunter2'\n",
        "[database]\ntoken = 'hunter2'\nport = 'x'\n",
    ];
    for fault in faults {
        let result = Secrets::loader().text(Format::Toml, "app.toml", fault).load();
        let report = result.unwrap_err();
        assert!(!report.problems().is_empty(), "{fault}");
        testing::assert_hidden(&report, "hunter2");
    }
}

#[test]
fn a_wrong_argument_names_itself() {
    let text = "name = 'x'\n[database]\nhost = 'db'\nport = 1\n";
    let loader = Settings::loader().text(Format::Toml, "base.toml", text);
    let result = loader.args(["--database-port", "many", "--databse-host=x", "--name"]).load();
    testing::assert_codes(&result, &[Code::UnknownKey, Code::Syntax, Code::Type]);
    insta::assert_snapshot!(result.unwrap_err());
}

#[test]
fn text_keeps_its_zeros() {
    #[derive(Debug, Config)]
    #[config(env_prefix = "A")]
    struct Text {
        code: String,
        agent: String,
        flag: String,
        password: Secret<String>,
        #[config(default)]
        labels: BTreeMap<String, String>,
        #[config(default)]
        listen: Vec<std::net::SocketAddr>,
    }
    let text = Text::loader()
        .env_vars([
            ("A_CODE", "0123"),
            ("A_AGENT", "007"),
            ("A_FLAG", "true"),
            ("A_PASSWORD", "123456"),
            ("A_LABELS__REGION", "eu"),
            ("A_LISTEN", "[::1]:80,[::2]:80"),
        ])
        .load()
        .unwrap();
    assert_eq!((text.code.as_str(), text.agent.as_str(), text.flag.as_str()), ("0123", "007", "true"));
    assert_eq!(text.password.expose(), "123456");
    assert_eq!(text.labels["region"], "eu");
    assert_eq!(text.listen.len(), 2);
}

#[test]
fn a_broken_file_and_a_wrong_type_in_another_are_two_problems_and_a_note() {
    let system = System::memory().file("base.toml", "name = \n");
    let result = Settings::loader()
        .system(system)
        .declared()
        .text(Format::Toml, "over.toml", "[database]\nport = 'x'\n")
        .load();
    testing::assert_codes(&result, &[Code::Syntax, Code::Type]);
    let report = result.unwrap_err();
    assert_eq!(report.notes(), ["2 required settings were not checked because base.toml could not be read"]);
    insta::assert_snapshot!(report);
}

#[test]
fn a_missing_required_file_is_told_with_its_root() {
    let system = System::memory().root("/srv/orders");
    let report = Settings::loader().system(system).declared().load().unwrap_err();
    insta::assert_snapshot!(report);
}
