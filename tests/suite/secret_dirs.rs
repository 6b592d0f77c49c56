//! Directories in which each file is one value.

use std::collections::BTreeMap;

use confkit::{Code, Config, Format, Report, Secret, Stack, System, Unknown, Warnings, testing};

#[derive(Debug, Config)]
#[config(env_prefix = "ORDERS", secrets_dir = "/run/secrets", optional_file = "app.toml")]
struct Settings {
    #[config(default = 80)]
    port: u16,
    #[config(default)]
    session_key: Secret<String>,
    #[config(nested)]
    database: Database,
    #[config(default)]
    labels: BTreeMap<String, String>,
    #[config(nested, default)]
    servers: Vec<Server>,
    #[config(default, rename = "tls.crt")]
    certificate: String,
    #[config(env = "DATABASE_URL")]
    url: Option<String>,
}

#[derive(Debug, Config)]
struct Database {
    #[config(default)]
    password: Secret<String>,
    #[config(default = 10)]
    max_conn: u16,
}

#[derive(Debug, Config)]
struct Server {
    host: String,
}

/// A system with files in the declared directory.
fn system(files: &[(&str, &str)]) -> System {
    files
        .iter()
        .fold(System::memory(), |system, (name, text)| system.file(format!("/run/secrets/{name}"), text))
}

fn load(files: &[(&str, &str)]) -> Result<Settings, Report> {
    Settings::loader().system(system(files)).warnings(Warnings::Ignore).declared().load()
}

#[test]
fn a_file_is_called_as_its_setting_or_its_variable() {
    for name in [
        "database.max_conn",
        "database/max_conn",
        "ORDERS_DATABASE_MAX_CONN",
        "orders-database-max-conn",
        "orders_database_max_conn",
        "Orders-Database_Max-Conn",
        "ordersDatabaseMaxConn",
        "database_max_conn",
        "database-max-conn",
        "DATABASE__MAX_CONN",
        "database/max-conn",
    ] {
        let settings = load(&[(name, "5\n")]).unwrap();
        assert_eq!(settings.database.max_conn, 5, "{name}");
    }
    let settings = load(&[
        ("tls.crt", "-----BEGIN\n"),
        ("labels.region", "eu"),
        ("labels-tier", "unknown: a map's key stands behind two underscores"),
        ("ORDERS_LABELS__TIER", "gold"),
        ("servers[0].host", "a"),
        ("database-url", "postgres://db"),
    ])
    .unwrap();
    assert_eq!((settings.certificate.as_str(), settings.servers[0].host.as_str()), ("-----BEGIN", "a"));
    assert_eq!((settings.labels["region"].as_str(), settings.labels["tier"].as_str()), ("eu", "gold"));
    assert_eq!(settings.url.as_deref(), Some("postgres://db"));
}

#[test]
fn without_a_prefix_names_are_looked_up_too() {
    #[derive(Debug, Config)]
    struct Plain {
        api_key: Secret<String>,
    }
    for name in ["api_key", "api-key", "API_KEY", "apiKey"] {
        let system = System::memory().file(format!("s/{name}"), "k");
        let plain = Plain::loader().system(system).secrets_dir("s").load().unwrap();
        assert_eq!(plain.api_key.expose(), "k", "{name}");
    }
}

#[test]
fn text_is_read_as_the_field_s_type_without_one_newline_at_its_end() {
    let settings =
        load(&[("session_key", " k \n\n"), ("port", "8080\r\n"), ("database.password", "")]).unwrap();
    assert_eq!((settings.session_key.expose().as_str(), settings.port), (" k \n", 8080));
    assert_eq!(settings.database.password.expose(), "");
    let result = load(&[("port", "many"), ("database.max_conn", "hunter2")]);
    testing::assert_codes(&result, &[Code::Type, Code::Type]);
    insta::assert_snapshot!(result.unwrap_err());
}

#[test]
fn it_lies_above_files_and_below_variables() {
    let system = system(&[("port", "2"), ("database.max_conn", "2")])
        .file("app.toml", "port = 1\n[database]\nmax_conn = 1\n")
        .var("ORDERS_PORT", "3");
    let loaded = Settings::loader().system(system).declared().load_traced().unwrap();
    assert_eq!((loaded.port, loaded.database.max_conn), (3, 2));
    let port = loaded.explain("port").unwrap();
    let places: Vec<String> = port.shadowed().iter().map(|one| one.origin().to_string()).collect();
    assert_eq!(places, ["/run/secrets/port", "app.toml:1:8", "default"]);
    assert_eq!(
        loaded.explain("database.max_conn").unwrap().origin().to_string(),
        "/run/secrets/max_conn".replace("max", "database.max")
    );
}

#[derive(Debug, Config)]
struct Unclear {
    #[config(default)]
    pool_size: u8,
    #[config(nested)]
    pool: Pool,
}

#[derive(Debug, Config)]
struct Pool {
    #[config(default)]
    size: u8,
}

#[test]
fn two_files_for_one_setting_and_one_for_two_are_conflicts() {
    let result = load(&[("session_key", "hunter2"), ("SESSION-KEY", "hunter2")]);
    testing::assert_codes(&result, &[Code::Conflict]);
    let report = result.unwrap_err();
    testing::assert_hidden(&report, "hunter2");
    insta::assert_snapshot!(report);

    let load = |name: &str| {
        let system = System::memory().file(format!("s/{name}"), "3");
        Unclear::loader().system(system).secrets_dir("s").load()
    };
    assert_eq!(load("pool_size").unwrap().pool_size, 3, "a path as it is written is clear");
    assert_eq!(load("pool.size").unwrap().pool.size, 3);
    let result = load("pool-size");
    testing::assert_codes(&result, &[Code::Conflict]);
    insta::assert_snapshot!("one_for_two", result.unwrap_err());
}

#[test]
fn what_is_called_as_no_setting_is_a_warning_with_the_nearest_name() {
    let files = [
        ("database-pasword", "hunter2"),
        ("session_kye", "hunter2"),
        ("ORDERS_PROT", "x"),
        ("databse.password", "x"),
        ("database/pasword", "x"),
        ("token", "x"),
        (".hidden", "x"),
        ("..data_tmp", "x"),
    ];
    let loader = Settings::loader().system(system(&files)).declared();
    let loaded = loader.load_traced().unwrap();
    let told: Vec<_> =
        loaded.warnings().iter().map(|it| (it.origin().unwrap().source(), it.suggestion())).collect();
    assert_eq!(
        told,
        [
            ("/run/secrets/ORDERS_PROT", Some("ORDERS_PORT")),
            ("/run/secrets/database/pasword", Some("database/password")),
            ("/run/secrets/database-pasword", Some("database-password")),
            ("/run/secrets/databse.password", Some("database.password")),
            ("/run/secrets/session_kye", Some("session_key")),
            ("/run/secrets/token", None),
        ]
    );
    let report = loader.clone().warnings(Warnings::Deny).load().unwrap_err();
    testing::assert_hidden(&report, "hunter2");
    insta::assert_snapshot!(report);
    assert!(loader.clone().unknown_keys(Unknown::Allow).load_traced().unwrap().warnings().is_empty());
    assert_eq!(loader.unknown_keys(Unknown::Deny).load().unwrap_err().problems().len(), 6);
}

#[test]
fn files_that_cannot_be_used_are_told_if_they_are_called_as_a_setting() {
    let big = vec![b'x'; (1 << 20) + 1];
    let system = System::memory()
        .file("/run/secrets/session_key", b"hunter2\xff")
        .file("/run/secrets/database.password", &big)
        .file("/run/secrets/other", &big);
    let result = Settings::loader().system(system).warnings(Warnings::Ignore).declared().load();
    testing::assert_codes(&result, &[Code::Limit, Code::Encoding]);
    let report = result.unwrap_err();
    testing::assert_hidden(&report, "hunter2");
    insta::assert_snapshot!(report);
    let most = System::memory().file("/run/secrets/session_key", &big[1..]);
    assert_eq!(
        Settings::loader().system(most).declared().load().unwrap().session_key.expose().len(),
        1 << 20
    );
}

#[test]
fn a_declared_one_may_be_absent_and_calls_say_what_they_want() {
    let none = || Settings::loader().system(System::memory());
    assert_eq!(none().declared().load().unwrap().port, 80);
    assert!(none().optional_secrets_dir("keys").load().is_ok());
    let result = none().secrets_dir("keys").load();
    testing::assert_codes(&result, &[Code::NotFound]);
    insta::assert_snapshot!(result.unwrap_err());
    let file = Settings::loader().system(System::memory().file("keys", "")).secrets_dir("keys").load();
    testing::assert_codes(&file, &[Code::Source]);
    let system = System::memory().file("/srv/dev/keys/port", "1");
    let loader = Settings::loader().system(system).root("/srv").secrets_dir("{profile}/keys");
    assert_eq!(loader.clone().profile("dev").load().unwrap().port, 1);
    assert!(loader.load().is_err());
    let many = (0..1001).fold(System::memory(), |system, n| system.file(format!("keys/{n}"), ""));
    let report = Settings::loader().system(many).secrets_dir("keys").load().unwrap_err();
    assert_eq!(report.problems()[0].message(), "keys cannot be read: it has more than 1000 files");
}

#[test]
fn credentials_are_where_systemd_says() {
    let system = System::memory().file("/run/credentials/orders/port", "1");
    let load = |system: System| Settings::loader().system(system).credentials().load();
    assert_eq!(load(system.clone()).unwrap().port, 80, "there is no such layer");
    assert_eq!(load(system.clone().var("CREDENTIALS_DIRECTORY", "")).unwrap().port, 80);
    let there = system.clone().var("CREDENTIALS_DIRECTORY", "/run/credentials/orders");
    assert_eq!(load(there).unwrap().port, 1);
    testing::assert_codes(&load(system.var("CREDENTIALS_DIRECTORY", "/none")), &[Code::NotFound]);
}

#[test]
fn files_that_everybody_may_read_are_refused_on_demand() {
    let open = |mode| {
        system(&[("session_key", "hunter2"), ("other", "x")])
            .mode("/run/secrets/session_key", mode)
            .mode("/run/secrets/other", 0o666)
    };
    for (mode, refused) in
        [(0o600, false), (0o640, false), (0o660, false), (0o644, true), (0o602, true), (0o601, false)]
    {
        let loader = Settings::loader().system(open(mode)).warnings(Warnings::Ignore).declared();
        assert!(loader.load().is_ok(), "not by default");
        assert_eq!(loader.private_secrets(true).load().is_err(), refused, "{mode:o}");
    }
    let file = open(0o644)
        .file("/keys/db", "hunter3")
        .mode("/keys/db", 0o604)
        .var("ORDERS_DATABASE_PASSWORD_FILE", "/keys/db");
    let result =
        Settings::loader().system(file).warnings(Warnings::Ignore).declared().private_secrets(true).load();
    testing::assert_codes(&result, &[Code::Permission, Code::Permission]);
    let report = result.unwrap_err();
    testing::assert_hidden(&report, "hunter");
    insta::assert_snapshot!(report);
}

#[test]
fn a_missing_secret_says_which_file_may_hold_it() {
    #[derive(Debug, Config)]
    #[config(env_prefix = "A", secrets_dir = "/run/secrets")]
    struct Needs {
        port: u16,
        key: Secret<String>,
    }
    let report = Needs::loader().system(System::memory()).declared().load().unwrap_err();
    assert_eq!(report.problems()[0].help(), Some("set A_PORT"));
    assert_eq!(
        report.problems()[1].help(),
        Some("set A_KEY, or A_KEY_FILE, or the file `key` in /run/secrets")
    );
    let loader = Needs::loader().system(System::memory()).optional_secrets_dir("keys");
    let report = loader.text(Format::Toml, "a.toml", "").load().unwrap_err();
    assert_eq!(report.problems()[0].help(), Some("set `port` in a.toml"));
    assert_eq!(report.problems()[1].help(), Some("set the file `key` in keys"));
}

#[test]
fn modules_of_a_stack_share_it() {
    let stack =
        |files| Stack::new().system(system(files)).secrets_dir("/run/secrets").warnings(Warnings::Deny);
    let layers = stack(&[("database.max_conn", "3"), ("db.password", "x")]).read().unwrap();
    assert_eq!(layers.load::<Database>("database").unwrap().max_conn, 3);
    assert_eq!(layers.load::<Database>("db").unwrap().password.expose(), "x");
    assert!(layers.finish().is_ok());
    let layers = stack(&[("database.max_conn", "3"), ("database-pasword", "x")]).read().unwrap();
    assert!(layers.load::<Database>("database").is_ok());
    let report = layers.finish().unwrap_err();
    assert_eq!(report.problems()[0].suggestion(), Some("database-password"));
    assert_eq!(report.problems().len(), 1);
}

#[test]
fn one_section_does_not_mind_the_files_of_others() {
    let system =
        System::memory().file("s/database-password", "x").file("s/http-port", "1").file("s/database-x", "1");
    let loaded =
        Database::loader().system(system).secrets_dir("s").section("database").load_traced().unwrap();
    assert_eq!(loaded.password.expose(), "x");
    let told: Vec<_> = loaded.warnings().iter().map(|it| it.origin().unwrap().source()).collect();
    assert_eq!(told, ["s/database-x"]);
}

/// A folder as Kubernetes mounts it, and what Kubernetes does with it.
#[cfg(unix)]
mod kubernetes {
    use std::fs;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::path::{Path, PathBuf};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    struct Volume(tempfile::TempDir);

    impl Volume {
        fn new() -> Self {
            Self(tempfile::tempdir().unwrap())
        }

        fn path(&self) -> PathBuf {
            self.0.path().join("volume")
        }

        /// Writes a new folder and turns `..data` to it, at once; the old one goes away.
        fn publish(folder: &Path, stamp: &str, files: &[(&str, &str)]) {
            let own = folder.join(format!("..{stamp}"));
            for (name, text) in files {
                let path = own.join(name);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(&path, text).unwrap();
            }
            let old = fs::read_link(folder.join("..data")).ok();
            symlink(format!("..{stamp}"), folder.join("..data_tmp")).unwrap();
            fs::rename(folder.join("..data_tmp"), folder.join("..data")).unwrap();
            for (name, _) in files {
                let first = name.split('/').next().unwrap();
                let _ = symlink(format!("..data/{first}"), folder.join(first));
            }
            if let Some(old) = old {
                fs::remove_dir_all(folder.join(old)).unwrap();
            }
        }
    }

    fn load(folder: &Path) -> confkit::Loaded<Settings> {
        Settings::loader().secrets_dir(folder).load_traced().unwrap_or_else(|report| panic!("{report}"))
    }

    #[test]
    fn links_are_followed_and_shown_as_they_are_called() {
        let volume = Volume::new();
        let folder = volume.path();
        fs::create_dir(&folder).unwrap();
        Volume::publish(
            &folder,
            "1",
            &[("database.max_conn", "1"), ("database/password", "one"), ("port", "1")],
        );
        fs::write(folder.join("session-key"), "beside the links").unwrap();
        let loaded = load(&folder);
        assert_eq!((loaded.database.max_conn, loaded.database.password.expose().as_str()), (1, "one"));
        assert_eq!(loaded.session_key.expose(), "beside the links");
        assert!(loaded.warnings().is_empty(), "{:?}", loaded.warnings());
        let origin = loaded.explain("port").unwrap().origin().to_string();
        assert_eq!(origin, format!("{}/port", folder.display()));

        // What is taken away leaves a link that leads nowhere.
        Volume::publish(&folder, "2", &[("database.max_conn", "2")]);
        let loaded = load(&folder);
        assert_eq!((loaded.database.max_conn, loaded.port), (2, 80));
        assert!(loaded.warnings().is_empty(), "{:?}", loaded.warnings());
    }

    #[test]
    fn all_files_are_of_one_moment() {
        let volume = Volume::new();
        let folder = volume.path();
        fs::create_dir(&folder).unwrap();
        let publish = |folder: &Path, n: u16| {
            let text = n.to_string();
            Volume::publish(
                folder,
                &text,
                &[("port", &text), ("database.max_conn", &text), ("session-key", &text)],
            );
        };
        publish(&folder, 1);
        let ended = Arc::new(AtomicBool::new(false));
        let (writes, to) = (Arc::clone(&ended), folder.clone());
        let writer = std::thread::spawn(move || {
            let mut n = 1;
            while !writes.load(Ordering::Relaxed) && n < 2000 {
                n += 1;
                publish(&to, n);
                std::thread::sleep(std::time::Duration::from_micros(300));
            }
            n
        });
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..300 {
            let Ok(loaded) = Settings::loader().secrets_dir(&folder).load_traced() else { continue };
            let text = loaded.port.to_string();
            assert_eq!((loaded.database.max_conn, loaded.session_key.expose()), (loaded.port, &text));
            seen.insert(loaded.port);
        }
        ended.store(true, Ordering::Relaxed);
        assert!(writer.join().unwrap() > 1);
        assert!(seen.len() > 1, "it was changed meanwhile: {seen:?}");
    }

    #[test]
    fn rights_loops_and_pipes_of_the_real_system() {
        let folder = tempfile::tempdir().unwrap();
        let key = folder.path().join("session-key");
        fs::write(&key, "k").unwrap();
        fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
        symlink(folder.path(), folder.path().join("database")).unwrap();
        let loader = Settings::loader().secrets_dir(folder.path()).warnings(Warnings::Ignore);
        assert_eq!(loader.load().unwrap().session_key.expose(), "k");
        let result = loader.clone().private_secrets(true).load();
        testing::assert_codes(&result, &[Code::Permission]);
        let help = format!("chmod 600 {}", key.display());
        assert_eq!(result.unwrap_err().problems()[0].help(), Some(help.as_str()));
        fs::set_permissions(&key, fs::Permissions::from_mode(0o640)).unwrap();
        assert!(loader.private_secrets(true).load().is_ok());
        let pipe = folder.path().join("port");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        if made.is_ok_and(|status| status.success()) {
            let loader = Settings::loader().secrets_dir(folder.path()).warnings(Warnings::Ignore);
            assert_eq!(loader.load().unwrap().port, 80, "a pipe is not waited for");
        }
    }
}

#[test]
fn a_file_is_not_told_its_own_name() {
    // `SESSION_KEY_FILE` is a variable, and no file of the directory.
    let loader = Settings::loader()
        .system(system(&[("session_key", "k"), ("session_key_file", "/run/key")]))
        .declared();
    let loaded = loader.load_traced().unwrap();
    let told: Vec<_> =
        loaded.warnings().iter().map(|it| (it.origin().unwrap().source(), it.suggestion())).collect();
    assert_eq!(told, [("/run/secrets/session_key_file", None)]);
}
