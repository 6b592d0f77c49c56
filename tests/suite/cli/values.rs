//! `show`, `explain` and `env`.

use super::*;

#[test]
fn show_lists_what_layers_give() {
    insta::assert_snapshot!(shown(&run(&loader(&system()), "show")));
}

#[test]
fn show_lists_defaults_on_demand() {
    insta::assert_snapshot!(shown(&run(&loader(&system()), "show --defaults")));
}

#[test]
fn show_lists_one_section() {
    let ran = run(&loader(&system()), "show database --defaults");
    assert!(ran.out.lines().skip(1).all(|line| line.starts_with("database.")), "{}", ran.out);
    let ran = run(&loader(&system()), "show databse");
    assert_eq!(ran.status, Status::Usage);
    assert_eq!(
        ran.err,
        "error[unknown_key]: there is no setting `databse`\n  = help: did you mean `database`?\n"
    );
}

/// Elements and entries, of values and of sections.
#[derive(Debug, Config)]
#[config(env_prefix = "APP", optional_file = "app.toml", dotenv = ".env")]
struct Parts {
    #[config(default)]
    hosts: Vec<String>,
    #[config(default)]
    labels: std::collections::BTreeMap<String, String>,
    #[config(nested, default)]
    servers: Vec<Server>,
    #[config(nested, default)]
    regions: std::collections::BTreeMap<String, Server>,
}

#[derive(Debug, Config)]
struct Server {
    host: String,
    #[config(default = 80)]
    port: u16,
    token: Option<Secret<String>>,
}

fn parts() -> Loader<Parts> {
    let file = "hosts = ['a', 'b']\nlabels = { 'x.y' = '1' }\n\
                servers = [{ host = 'one', token = 'hunter2-long' }, { host = 'two' }]\n\
                [regions.eu-west]\nhost = 'eu'\n[regions.'x.y']\nhost = 'xy'\n";
    let system = System::memory()
        .file("app.toml", file)
        .file(".env", "APP_SERVERS__1__PORT=81\n")
        .var("APP_REGIONS__EU_WEST__PORT", "82");
    Parts::loader().system(system).declared()
}

#[test]
fn show_and_explain_tell_of_single_elements_and_entries() {
    let words = [
        "show labels.\"x.y\"",
        "show hosts[1]",
        "show hosts[2]",
        "show servers[1]",
        "show servers[7]",
        "show regions.nowhere.host",
        "show --format json servers[1]",
        "show --format toml hosts[1]",
        "explain hosts[1]",
        "explain hosts[2]",
        "explain servers[7]",
        "explain labels.nothing",
    ];
    let told = words.map(|words| format!("$ {words}\n{}", shown(&run(&parts(), words))));
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn variables_of_single_elements_and_entries() {
    let told = ["env", "env --export"].map(|words| shown(&run(&parts(), words)));
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn show_of_another_profile() {
    let system = system().var("ORDERS_SESSION_KEY", "hunter2-long");
    let ran = run(&loader(&system), "show --profile production database.host");
    assert_eq!(
        ran.out,
        "SETTING        VALUE          FROM\ndatabase.host  db.production  config/production.toml:2:8\n"
    );
}

#[test]
fn narrow_tables_break_cells() {
    insta::assert_snapshot!(shown(&run(&loader(&system()), "show --width 50")));
}

#[test]
fn settings_that_cannot_be_loaded_are_told() {
    let broken = system().file("config/base.toml", "workers = 0\n");
    for words in ["show", "explain workers"] {
        let ran = run(&loader(&broken), words);
        assert_eq!((ran.status, ran.out.as_str()), (Status::Config, ""));
        assert!(ran.err.contains("workers must be from 1 to 64"), "{}", ran.err);
    }
}

#[test]
fn explain_tells_why() {
    let loader = loader(&system());
    insta::assert_snapshot!(shown(&run(&loader, "explain database.port")));
    let ran = run(&loader, "explain database.password");
    assert!(
        ran.out.starts_with("database.password = [redacted]\n  from config/base.toml:7:12\n"),
        "{}",
        ran.out
    );
    let ran = run(&loader, "explain databse.port");
    assert_eq!((ran.status, ran.out.as_str()), (Status::Usage, ""));
    let ran = run(&loader, "explain hosts..x");
    assert_eq!(ran.status, Status::Usage);
}

#[test]
fn env_lists_variables() {
    insta::assert_snapshot!(shown(&run(&loader(&system()), "env")));
}

#[test]
fn env_of_a_type_without_variables() {
    #[derive(Config)]
    struct Settings {
        #[config(default = 80)]
        port: u16,
    }
    let ran = run(&Settings::loader().declared(), "env");
    assert_eq!((ran.status, ran.out.as_str()), (Status::Done, ""));
    assert!(ran.err.starts_with("note: no setting has a variable"));
}

#[test]
fn show_as_a_document() {
    let loader = loader(&system());
    insta::assert_snapshot!("show_toml", shown(&run(&loader, "show --format toml")));
    insta::assert_snapshot!("show_yaml_with_defaults", shown(&run(&loader, "show --format yaml --defaults")));
    let json: serde_json::Value =
        serde_json::from_str(&run(&loader, "show --format json database").out).unwrap();
    assert_eq!(
        json,
        serde_json::json!({ "database": { "host": "db.internal", "port": 6432, "timeout": "5s" } })
    );
}

#[test]
fn get_prints_a_bare_value() {
    let loader = loader(&system());
    let get = |words: &str| shown(&run(&loader, words));
    assert_eq!(get("get workers"), "16\n");
    assert_eq!(get("get database.host"), "db.internal\n");
    assert_eq!(get("get database.host --format json"), "\"db.internal\"\n");
    assert_eq!(get("get database.port"), "6432\n");
    assert_eq!(get("get database.timeout"), "5s\n");
    assert_eq!(get("get hosts"), "[\"a\",\"b\"]\n");
    assert_eq!(get("get hosts[1]"), "b\n");
    assert_eq!(get("get hosts[1] --format json"), "\"b\"\n");
    assert_eq!(get("get session_key"), "note: session_key is not set\nexit code 1\n");
    assert_eq!(get("get hosts[7]"), "note: hosts[7] is not set\nexit code 1\n");
    let told = "error[unknown_key]: there is no setting `prot`\nexit code 64\n";
    assert_eq!(get("get prot"), told);
}

#[test]
fn get_prints_defaults() {
    let loader = loader(&system().file("config/base.toml", "[database]\nhost = 'db'\n"));
    assert_eq!(run(&loader, "get workers").out, "4\n");
    assert_eq!(run(&loader, "get hosts").out, "[]\n");
}

#[test]
fn get_refuses_secrets_until_they_are_asked_for() {
    let loader = loader(&system());
    insta::assert_snapshot!(shown(&run(&loader, "get database.password")));
    assert_eq!(run(&loader, "get database").status, Status::Usage);
    assert_eq!(shown(&run(&loader, "get database.password --expose")), "hunter2\n");
    let json: serde_json::Value = serde_json::from_str(&run(&loader, "get database --expose").out).unwrap();
    assert_eq!(json["password"], "hunter2");
}

#[test]
fn diff_of_two_profiles() {
    let system = system().var("ORDERS_SESSION_KEY", "hunter2-long");
    insta::assert_snapshot!(shown(&run(&loader(&system), "diff default production")));
    let ran = run(&loader(&system), "diff default production --format json");
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((ran.status, &json["differences"][0]["path"]), (Status::No, &"database.host".into()));
    let ran = run(&loader(&system), "diff default default");
    assert_eq!(shown(&ran), "no setting differs\n");
    let ran = run(&loader(&system), "diff default staging");
    assert_eq!((ran.status, ran.out.as_str()), (Status::Config, ""));
    assert!(ran.err.contains("staging"), "{}", ran.err);
}

#[test]
fn diff_of_a_file_and_another_in_its_place() {
    let system =
        system().file("config/new.yaml", "workers: 32\nhosts: [a, c]\ndatabase: {host: db2, password: x}\n");
    insta::assert_snapshot!(shown(&run(&loader(&system), "diff config/base.toml config/new.yaml")));
    let ran = run(&loader(&system), "diff config/base.toml config/none.toml");
    assert_eq!(shown(&ran), "error[not_found]: config/none.toml is not there\nexit code 66\n");
    let ran = run(&loader(&system), "diff config/base.txt config/base.toml");
    assert_eq!(ran.status, Status::Usage);
    let ran = run(&loader(&system.file(".env.new", "ORDERS_DATABASE_PORT=1\n")), "diff .env .env.new");
    assert_eq!(ran.status, Status::No);
    assert!(ran.out.contains("database.port\n  - 6432  (.env:1:22)\n  + 1  (.env.new:1:22)"), "{}", ran.out);
}

#[test]
fn variables_for_a_shell() {
    let system = system().file("config/base.toml", BASE.replace("'db.internal'", "\"it's\""));
    insta::assert_snapshot!(shown(&run(&loader(&system), "env --export")));
}

#[test]
fn samples_in_every_format() {
    let loader = loader(&system());
    let sample = confkit::generate::Sample::of::<Settings>().text(confkit::Format::Toml).unwrap();
    assert_eq!(run(&loader, "sample toml").out, sample);
    for format in ["toml", "yaml", "json5", "ini", "env"] {
        let ran = run(&loader, &format!("sample {format}"));
        assert_eq!((ran.status, ran.err.as_str()), (Status::Done, ""), "{format}");
        assert!(run(&loader, &format!("sample --brief {format}")).out.len() < ran.out.len());
    }
}

#[test]
fn explain_tells_what_a_setting_is() {
    #[derive(Config)]
    #[config(env_prefix = "APP")]
    struct Settings {
        /// Servers that answer.
        ///
        /// The first one is asked first.
        #[config(nested, default)]
        servers: Vec<Server>,
    }

    #[derive(Config)]
    struct Server {
        /// Where it is.
        #[config(validate(range(min = 1)), unit = "ms")]
        delay: u16,
        labels: std::collections::BTreeMap<String, String>,
    }

    let text = "servers = [{ delay = 3, labels = { zone = 'a' } }]\n";
    let loader = Settings::loader().text(confkit::Format::Toml, "app.toml", text);
    insta::assert_snapshot!("explain_element", shown(&run(&loader, "explain servers[0].delay")));
    insta::assert_snapshot!("explain_entry", shown(&run(&loader, "explain servers[0].labels.zone")));
}

#[test]
fn schema_is_that_of_the_type() {
    use confkit::schema::Schema;

    let loader = loader(&system());
    let schema = Schema::of::<Settings>;
    assert_eq!(run(&loader, "schema").out, format!("{}\n", schema()));
    assert_eq!(run(&loader, "schema --partial").out, format!("{}\n", schema().partial()));
    let production = run(&loader, "schema --profile production");
    assert_eq!(production.out, format!("{}\n", schema().profile("production")));
}

#[test]
fn schema_is_compared_with_a_kept_one() {
    use confkit::schema::Schema;

    let now = Schema::of::<Settings>().to_json();
    let narrower = now.replace("\"maximum\":64", "\"maximum\":100");
    assert_ne!(now, narrower);
    let system = system().file("now.json", &now).file("before.json", narrower).file("broken.json", "{");
    let loader = loader(&system);
    let same = run(&loader, "schema --compare now.json");
    assert_eq!(same.status, Status::Done, "{}", same.err);
    let broken = run(&loader, "schema --compare before.json");
    assert_eq!(broken.status, Status::No);
    insta::assert_snapshot!(broken.out);
    let machine = run(&loader, "schema --compare before.json --output json");
    assert!(machine.out.starts_with('{'), "{}", machine.out);
    assert_eq!(run(&loader, "schema --compare broken.json").status, Status::Data);
    assert_eq!(run(&loader, "schema --compare absent.json").status, Status::NoInput);
}

#[test]
fn docs_in_every_form() {
    let loader = loader(&system());
    let begins = [
        ("markdown", "#"),
        ("html", "<!"),
        ("man", ".S"),
        ("kubernetes", "ORDERS_WORKERS"),
        ("helm", "ORDERS_WORKERS"),
        ("systemd", "ORDERS_WORKERS"),
        ("compose", "ORDERS_WORKERS"),
    ];
    for (form, part) in begins {
        let ran = run(&loader, &format!("docs --format {form}"));
        assert_eq!((ran.status, ran.err.as_str()), (Status::Done, ""), "{form}");
        assert!(ran.out.contains(part), "{form}: {}", ran.out);
    }
    assert_eq!(run(&loader, "docs").out, run(&loader, "docs --format markdown").out);
}
