//! Older files as layers.

use confkit::migrate::Migrations;
use confkit::{Code, Config, Format, Stack, System, Warnings, testing};

use super::{Settings, V1, loader, toml};

#[test]
fn an_older_file_is_read_as_what_it_means() {
    let loaded = loader(V1).load_traced().unwrap();
    assert_eq!((loaded.host.as_str(), loaded.port, loaded.timeout.as_secs()), ("localhost", 8080, 30));
    assert_eq!((loaded.pool.size, loaded.servers[0].address.as_str(), loaded.servers[0].weight), (8, "a", 2));
    let places = ["host", "port", "timeout", "pool.size", "servers[0].address"];
    let places = places.map(|path| loaded.explain(path).unwrap().origin().to_string());
    assert_eq!(places, ["app.toml:5:10", "app.toml:5:10", "app.toml:6:11", "app.toml:11:8", "app.toml:14:7"]);
}

#[test]
fn each_file_is_of_a_version_of_its_own() {
    let system = System::memory()
        .file("app.toml", V1)
        .file("dev.toml", "version = 3\ntimeout = '5s'\n[pool]\nsize = 1\n")
        .var("APP_PORT", "81");
    let loader = Settings::loader().declared().system(system).profile("dev").warnings(Warnings::Ignore);
    let settings = loader.load().unwrap();
    assert_eq!((settings.host.as_str(), settings.port), ("localhost", 81));
    assert_eq!((settings.timeout.as_secs(), settings.pool.size), (5, 1));
}

#[test]
fn a_file_without_a_version_is_of_the_first() {
    assert_eq!(toml("listen = 'a:1'").load().unwrap().host, "a");
    assert_eq!(toml("version = 2\nhost = 'a'\ntimeout = 7").load().unwrap().timeout.as_secs(), 7);
    assert_eq!(toml("version = 3\nhost = 'a'\ntimeout = '7s'").load().unwrap().timeout.as_secs(), 7);
}

#[test]
fn there_is_a_warning_if_anything_had_to_change() {
    let warnings = |text| {
        let loaded = loader(text).load_traced().unwrap();
        let told = |problem: &confkit::Problem| (problem.code(), problem.to_string());
        loaded.warnings().iter().map(told).collect::<Vec<_>>()
    };
    let told = warnings(V1);
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].0, Code::Version);
    assert!(
        told[0].1.contains("app.toml is of version 1 and was migrated to version 3 in memory"),
        "{}",
        told[0].1
    );
    assert!(warnings("host = 'a'").is_empty());
    assert!(warnings("version = 3\nhost = 'a'").is_empty());
    assert!(loader(V1).warnings(Warnings::Deny).load().is_err());
}

#[test]
fn text_of_formats_without_types_has_a_version_too() {
    let text = "version = 1\nlisten = a:1\ntimeout = 7\n";
    let settings = Settings::loader().text(Format::Ini, "app.ini", text).warnings(Warnings::Ignore).load();
    let settings = settings.unwrap();
    assert_eq!((settings.host.as_str(), settings.port, settings.timeout.as_secs()), ("a", 1, 7));
}

#[test]
fn what_is_computed_can_be_taken_away() {
    fn migrations() -> Migrations {
        Migrations::new().step(2, |step| {
            step.map_up("port", |port: u16| Ok(Some(port).filter(|port| *port != 80)))
                .remove("old.key")
                .function_up(|values| {
                    for path in values.paths("hosts.<key>.name")? {
                        let name: String = values.get(&path)?.unwrap_or_default();
                        values.set(&path, name.to_uppercase())?;
                    }
                    Ok(())
                })
        })
    }
    #[derive(Debug, Config)]
    #[config(version = 2, migrations = migrations)]
    struct Settings {
        #[config(default = 443)]
        port: u16,
        #[config(nested, default)]
        hosts: std::collections::BTreeMap<String, Host>,
    }
    #[derive(Debug, Config)]
    struct Host {
        name: String,
    }
    let text = "port = 80\n[old]\nkey = 1\n[hosts.a]\nname = 'x'\n[hosts.b]\nname = 'y'\n";
    let settings = Settings::loader().text(Format::Toml, "app.toml", text).load().unwrap();
    assert_eq!(settings.port, 443);
    assert_eq!(settings.hosts.values().map(|host| host.name.as_str()).collect::<Vec<_>>(), ["X", "Y"]);
}

#[test]
fn a_section_of_a_stack_has_a_version_of_its_own() {
    fn migrations() -> Migrations {
        Migrations::new().step(2, |step| step.move_to("server.host", "host"))
    }
    #[derive(Debug, Config)]
    #[config(version = 2, migrations = migrations)]
    struct Database {
        host: String,
    }
    #[derive(Debug, Config)]
    struct Http {
        version: String,
    }
    let text = "[db]\nversion = 1\nserver = { host = 'a' }\n[http]\nversion = 'beta'\n";
    let layers = Stack::new().text(Format::Toml, "app.toml", text).warnings(Warnings::Ignore).read().unwrap();
    assert_eq!(layers.load::<Database>("db").unwrap().host, "a");
    assert_eq!(layers.load::<Http>("http").unwrap().version, "beta");
    layers.finish().unwrap();
    let loader = Database::loader().section("db").text(Format::Toml, "app.toml", text);
    assert_eq!(loader.warnings(Warnings::Ignore).load().unwrap().host, "a");
}

#[test]
fn a_figment_has_the_settings_of_the_newest_version() {
    let figment = loader(V1).figment().unwrap();
    assert_eq!(figment.extract_inner::<u16>("port").unwrap(), 8080);
    assert_eq!(figment.extract_inner::<u16>("pool.size").unwrap(), 8);
    assert!(figment.find_value("version").is_err());
}

#[test]
fn steps_that_are_declared_wrongly_are_told() {
    fn wrong() -> Migrations {
        Migrations::new()
            .step(3, |step| step.rename("a..b", "c").move_to("a[].x", "b[].x"))
            .step(3, |step| step.move_to("a[0]", "b"))
            .step(5, |step| {
                step.split::<String, Vec<String>, 0>("a", [], |_| Ok(vec![]), |_| Ok(String::new()))
            })
    }
    #[derive(Debug, Config)]
    #[config(version = 4, migrations = wrong)]
    struct Settings {}
    let report = testing::check_declaration::<Settings>().unwrap_err();
    insta::assert_snapshot!(report);
    let report = Settings::loader().text(Format::Toml, "app.toml", "").load().unwrap_err();
    testing::assert_codes::<()>(&Err(report), &[Code::Declaration]);
    testing::check_declaration::<super::Settings>().unwrap();
}

#[test]
fn settings_that_are_written_say_their_version() {
    use confkit::write::{self, Secrets};
    #[derive(Debug, PartialEq, Config, serde::Serialize)]
    #[config(version = 2, version_key = "format", migrations = migrations)]
    struct Settings {
        port: u16,
        #[config(nested)]
        log: Log,
    }
    #[derive(Debug, PartialEq, Config, serde::Serialize)]
    struct Log {
        level: String,
    }
    fn migrations() -> Migrations {
        Migrations::new().step(2, |step| step.map_up("port", |port: u16| Ok(port + 1)))
    }
    let settings = Settings { port: 80, log: Log { level: "info".to_owned() } };
    for format in [Format::Toml, Format::Yaml, Format::Json, Format::Ini] {
        let text = write::to_string(&settings, format, Secrets::Omit).unwrap();
        assert!(text.contains("format"), "{text}");
        let again = Settings::loader().text(format, "app", text).load().unwrap();
        assert_eq!(again, settings);
    }
    let text = "format = 1\nport = 80\n".to_owned();
    let document = confkit::Document::toml("app.toml", text.clone()).unwrap();
    assert_eq!(write::document::<Settings>(&document, Format::Toml, Secrets::Omit).unwrap(), text);
}
