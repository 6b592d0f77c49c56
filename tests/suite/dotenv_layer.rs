//! Files of variables as layers: bound as variables are, shown as files are.

use std::collections::BTreeMap;

use confkit::{Code, Config, Format, OriginKind, Report, Secret, Stack, System, Unknown, Warnings, testing};

#[derive(Debug, Config)]
#[config(env_prefix = "ORDERS", file = "app.toml", dotenv = ".env", args)]
struct Settings {
    #[config(default = 80)]
    port: u16,
    #[config(nested)]
    database: Database,
    #[config(default)]
    hosts: Vec<String>,
    #[config(default)]
    labels: BTreeMap<String, String>,
    #[config(nested, default)]
    servers: Vec<Server>,
    #[config(default, env_alias = "SESSION_KEY")]
    session_key: Secret<String>,
    #[config(env = "REGION")]
    region: Option<String>,
}

#[derive(Debug, Config)]
struct Database {
    #[config(default = 10)]
    max_conn: u16,
    #[config(default = "localhost")]
    host: String,
}

#[derive(Debug, Config)]
struct Server {
    host: String,
    #[config(default = 1)]
    weight: u8,
}

fn system(dotenv: &str) -> System {
    System::memory().file("app.toml", "").file(".env", dotenv)
}

fn load(dotenv: &str) -> Result<Settings, Report> {
    Settings::loader().system(system(dotenv)).warnings(Warnings::Ignore).declared().load()
}

#[test]
fn names_are_bound_as_those_of_variables() {
    let text = "export ORDERS_PORT=8080\n\
                ORDERS_DATABASE__MAX_CONN = 5 # five\n\
                ORDERS_DATABASE_HOST='db.internal'\n\
                ORDERS_HOSTS=a, b\n\
                ORDERS_HOSTS__1=\"c\"\n\
                ORDERS_LABELS__REGION=eu\n\
                ORDERS_SERVERS__0__HOST=one\n\
                SESSION_KEY=\"two\\nlines\"\n\
                REGION=\"eu\nwest\"\n";
    let settings = load(text).unwrap();
    assert_eq!((settings.port, settings.database.max_conn), (8080, 5));
    assert_eq!((settings.database.host.as_str(), settings.hosts.join("+").as_str()), ("db.internal", "a+c"));
    assert_eq!((settings.labels["region"].as_str(), settings.servers[0].host.as_str()), ("eu", "one"));
    assert_eq!(settings.session_key.expose(), "two\nlines");
    assert_eq!(settings.region.as_deref(), Some("eu\nwest"));
}

#[test]
fn text_is_read_as_the_field_s_type_and_nothing_is_expanded() {
    let settings = load("ORDERS_DATABASE_HOST=007\nREGION=${ORDERS_PORT:-x}$HOME\nORDERS_PORT=\n").unwrap();
    assert_eq!(settings.database.host, "007");
    assert_eq!(settings.region.as_deref(), Some("${ORDERS_PORT:-x}$HOME"));
    assert_eq!(settings.port, 80, "empty text is not set");
}

#[test]
fn it_lies_above_files_and_below_variables_and_arguments() {
    let base = system("ORDERS_PORT=2\nORDERS_DATABASE_MAX_CONN=2\nORDERS_DATABASE_HOST=two\nREGION=two")
        .file("app.toml", "port = 1\nregion = 'one'\ndatabase = { host = 'one', max_conn = 1 }")
        .var("ORDERS_DATABASE_MAX_CONN", "3")
        .var("ORDERS_DATABASE_HOST", "three")
        .args(["--database-host", "four"]);
    let loaded = Settings::loader().system(base).declared().load_traced().unwrap();
    assert_eq!((loaded.port, loaded.database.max_conn), (2, 3));
    assert_eq!((loaded.region.as_deref(), loaded.database.host.as_str()), (Some("two"), "four"));
    let host = loaded.explain("database.host").unwrap();
    let places: Vec<String> = host.shadowed().iter().map(|one| one.origin().to_string()).collect();
    assert_eq!(host.origin().to_string(), "--database-host");
    assert_eq!(
        places,
        ["environment variable ORDERS_DATABASE_HOST", ".env:3:22", "app.toml:3:21", "default"]
    );
    let port = loaded.explain("port").unwrap();
    let origin = port.origin();
    assert_eq!((origin.source(), origin.key(), origin.line()), (".env", Some("ORDERS_PORT"), Some(1)));
    assert_eq!(origin.kind(), OriginKind::Variable);
}

#[test]
fn a_declared_one_may_be_absent_and_calls_say_what_they_want() {
    let none = System::memory().file("app.toml", "");
    assert_eq!(Settings::loader().system(none.clone()).declared().load().unwrap().port, 80);
    assert!(Settings::loader().system(none.clone()).optional_dotenv("x.env").load().is_ok());
    let result = Settings::loader().system(none).dotenv("x.env").load();
    testing::assert_codes(&result, &[Code::NotFound]);
    insta::assert_snapshot!(result.unwrap_err());
    let elsewhere = System::memory().file("/etc/orders/vars", "ORDERS_PORT=1");
    let loader = Settings::loader().system(elsewhere).root("/etc").dotenv("orders/vars");
    assert_eq!(loader.load().unwrap().port, 1, "whatever its name is");
}

#[test]
fn what_is_wrong_is_shown_in_its_line_and_no_secret_is() {
    #[derive(Debug, Config)]
    #[config(env_prefix = "A", dotenv = ".env")]
    struct Typed {
        port: u16,
        ratio: f64,
        limit: Secret<u16>,
        hosts: Vec<u8>,
    }
    let text = "A_PORT=many # why\nexport A_RATIO = 'half'\nA_LIMIT=hunter2\nA_HOSTS=1,x,3\n";
    let result = Typed::loader().system(System::memory().file(".env", text)).declared().load();
    testing::assert_codes(&result, &[Code::Type; 4]);
    let report = result.unwrap_err();
    testing::assert_hidden(&report, "hunter2");
    let json = report.to_json();
    assert!(
        json.contains(
            r#""source":".env","line":1,"column":8,"end_line":1,"end_column":12,"variable":"A_PORT""#
        ),
        "{json}"
    );
    insta::assert_snapshot!(report);
}

#[test]
fn conflicts_and_files_of_secrets_are_told_at_their_lines() {
    let text = "ORDERS_DATABASE_HOST=a\nORDERS_DATABASE__HOST=b\nORDERS_SESSION_KEY=hunter2\nORDERS_SESSION_KEY_FILE=/run/key\n";
    let with = |text| Settings::loader().system(system(text).file("/run/key", "hunter3\n")).declared();
    let result = with(text).load();
    testing::assert_codes(&result, &[Code::Conflict, Code::Conflict]);
    let report = result.unwrap_err();
    testing::assert_hidden(&report, "hunter");
    insta::assert_snapshot!(report);

    let loaded = with("ORDERS_SESSION_KEY=\n\nORDERS_SESSION_KEY_FILE=/run/key").load_traced().unwrap();
    assert_eq!(loaded.session_key.expose(), "hunter3");
    assert_eq!(loaded.explain("session_key").unwrap().origin().to_string(), ".env:3:25");

    let result = with("ORDERS_SESSION_KEY_FILE=/run/none").load();
    testing::assert_codes(&result, &[Code::NotFound]);
    insta::assert_snapshot!("file_of_a_secret", result.unwrap_err());
}

#[test]
fn a_layer_above_may_say_the_same_in_another_spelling() {
    let system = system("ORDERS_DATABASE_HOST=a\nORDERS_SESSION_KEY=x")
        .var("ORDERS_DATABASE__HOST", "b")
        .var("ORDERS_SESSION_KEY_FILE", "key")
        .file("key", "y");
    let settings = Settings::loader().system(system).declared().load().unwrap();
    assert_eq!((settings.database.host.as_str(), settings.session_key.expose().as_str()), ("b", "y"));
}

#[test]
fn what_binds_nothing_is_a_warning_with_the_nearest_name() {
    let text = "ORDERS_PROT=hunter2\norders_port=1\nORDERS_DATABASE_HSOT=x\nOTHER=1\n";
    let loader = Settings::loader().system(system(text)).declared();
    let loaded = loader.load_traced().unwrap();
    let told: Vec<_> =
        loaded.warnings().iter().map(|it| (it.suggestion(), it.origin().map(ToString::to_string))).collect();
    let at = |line| Some(format!(".env:{line}:1"));
    assert_eq!(
        told,
        [(Some("ORDERS_PORT"), at(1)), (Some("ORDERS_PORT"), at(2)), (Some("ORDERS_DATABASE_HOST"), at(3))]
    );
    let report = loader.clone().warnings(Warnings::Deny).load().unwrap_err();
    testing::assert_hidden(&report, "hunter2");
    insta::assert_snapshot!(report);
    assert!(loader.clone().unknown_keys(Unknown::Allow).load_traced().unwrap().warnings().len() == 1);
    let result = loader.unknown_keys(Unknown::Deny).load();
    testing::assert_codes(&result, &[Code::UnknownKey, Code::UnknownKey]);
}

#[test]
fn a_misspelt_name_in_both_places_is_told_for_both() {
    let system = system("ORDERS_PROT=1").var("ORDERS_PROT", "2");
    let loaded = Settings::loader().system(system).declared().load_traced().unwrap();
    let places: Vec<_> = loaded.warnings().iter().map(|it| it.origin().unwrap().to_string()).collect();
    assert_eq!(places, [".env:1:1", "environment variable ORDERS_PROT"]);
}

#[test]
fn faults_of_syntax_show_no_value() {
    let text = "ORDERS_PORT=80\nORDERS_DATABASE_HOST: hunter2\nORDERS_SESSION_KEY=\"hunter2\\q\"\nhunter2\nORDERS_PORT=81\n";
    let result = load(text);
    let report = result.unwrap_err();
    testing::assert_hidden(&report, "hunter2");
    insta::assert_snapshot!(report);
}

#[test]
fn a_missing_setting_says_where_it_can_stand() {
    #[derive(Debug, Config)]
    #[config(env_prefix = "A", dotenv = ".env")]
    struct Needs {
        port: u16,
        key: Secret<String>,
    }
    let report = Needs::loader().system(System::memory()).declared().load().unwrap_err();
    assert_eq!(report.problems()[0].help(), Some("set A_PORT in the environment or in .env"));
    assert_eq!(report.problems()[1].help(), Some("set A_KEY, or A_KEY_FILE in the environment or in .env"));
    let loader =
        Needs::loader().system(System::memory().file(".env", "A_KEY=k")).text(Format::Toml, "a.toml", "");
    let report = loader.dotenv(".env").load().unwrap_err();
    assert_eq!(report.problems()[0].help(), Some("set `port` in a.toml, or A_PORT in .env"));
}

#[derive(Debug, Config)]
#[config(
    env_prefix = "A",
    profile_env = "A_PROFILE",
    profiles("dev", "live"),
    optional_file = "{profile}.toml",
    dotenv = ".env",
    dotenv = ".env.{profile}"
)]
struct Profiled {
    #[config(default = 1)]
    port: u16,
    #[config(default = "none")]
    name: String,
}

#[test]
fn it_may_choose_the_profile_but_not_by_a_path_that_depends_on_it() {
    let files = System::memory().file("dev.toml", "port = 2").file("live.toml", "port = 3");
    let load = |system: System| Profiled::loader().system(system).declared().load_traced().unwrap();
    let loaded =
        load(files.clone().file(".env", "A_PROFILE=dev").file(".env.dev", "A_NAME=dev\nA_PROFILE=live"));
    assert_eq!((loaded.profile(), loaded.port, loaded.name.as_str()), ("dev", 2, "dev"));
    assert!(loaded.warnings().is_empty(), "it is known: {:?}", loaded.warnings());
    let loaded = load(files.clone().file(".env", "A_PROFILE=dev").var("A_PROFILE", "live"));
    assert_eq!((loaded.profile(), loaded.port), ("live", 3), "the environment wins");
    let loaded = load(files.clone().file(".env", "A_PROFILE="));
    assert_eq!(loaded.profile(), "default");
    let told = |name: &str| {
        let system = files.clone().file(".env", format!("\nA_PROFILE={name}"));
        let report = Profiled::loader().system(system).declared().load().unwrap_err();
        let problem = &report.problems()[0];
        (problem.code(), problem.origin().unwrap().to_string())
    };
    assert_eq!(told("lvie"), (Code::Profile, ".env:2:1".to_owned()));
    assert_eq!(told("a/b"), (Code::Profile, ".env:2:1".to_owned()));
}

#[test]
fn modules_of_a_stack_share_it() {
    #[derive(Debug, Config)]
    struct Http {
        port: u16,
    }
    let stack =
        |text| Stack::new().system(System::memory().file(".env", text)).env_prefix("APP").dotenv(".env");
    let layers = stack("APP_HTTP_PORT=80").read().unwrap();
    assert_eq!(layers.load::<Http>("http").unwrap().port, 80);
    assert!(layers.finish().is_ok());
    let layers = stack("APP_HTTP_PORT=80\nAPP_HTTP_PROT=81").warnings(Warnings::Deny).read().unwrap();
    assert_eq!(layers.load::<Http>("http").unwrap().port, 80);
    let report = layers.finish().unwrap_err();
    assert_eq!(report.problems()[0].suggestion(), Some("APP_HTTP_PORT"));
    assert_eq!(report.problems()[0].origin().unwrap().to_string(), ".env:2:1");
    assert!(stack("APP_HTTP_PORT").read().is_err());
}

#[test]
fn the_environment_of_the_process_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(".env"), "ORDERS_DATABASE_HOST=from-the-file").unwrap();
    std::fs::write(folder.path().join("app.toml"), "").unwrap();
    let settings = Settings::loader().root(folder.path()).file("app.toml").dotenv(".env").load().unwrap();
    assert_eq!(settings.database.host, "from-the-file");
    assert_eq!(std::env::var_os("ORDERS_DATABASE_HOST"), None);
}

#[test]
fn figment_gets_its_values() {
    let figment =
        Settings::loader().system(system("ORDERS_DATABASE_MAX_CONN=7")).declared().figment().unwrap();
    assert_eq!(figment.extract_inner::<u16>("database.max_conn").unwrap(), 7);
}

#[test]
fn as_a_file_it_is_a_flat_document_still() {
    #[derive(Debug, Config)]
    struct Flat {
        #[config(rename = "PORT")]
        port: u16,
    }
    let settings =
        Flat::loader().system(System::memory().file(".env", "PORT=1")).file(".env").load().unwrap();
    assert_eq!(settings.port, 1);
}
