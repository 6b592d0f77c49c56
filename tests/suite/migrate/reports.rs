//! What is told of files of other versions.

use confkit::migrate::{Files, Migrations};
use confkit::{Config, Format, Warnings};

use super::{Settings, V1, loader, toml};

fn report(text: &str) -> String {
    toml(text).load().unwrap_err().to_string()
}

#[test]
fn a_newer_file() {
    insta::assert_snapshot!(report("# new\nversion = 4\nhost = 'a'\n"));
}

#[test]
fn versions_that_are_none() {
    let all = ["version = 0", "version = 'new'", "version = -1", "version = 99999999999", "[version]\na = 1"];
    insta::assert_snapshot!(all.map(report).join("\n\n"));
}

#[test]
fn every_file_whose_version_is_none_is_told() {
    let loader = toml("version = 0\nhost = 'a'").text(Format::Toml, "local.toml", "version = 'new'");
    let report = loader.load().unwrap_err();
    let places: Vec<_> = report.problems().iter().map(|one| one.origin().unwrap().to_string()).collect();
    assert_eq!(places, ["app.toml:1:1", "local.toml:1:1"]);
}

#[test]
fn old_keys_are_named() {
    let text = "nodes = [{ adr = 5, wieght = 1 }]\ntimeout = 7\n[db.pool]\nsize = 'many'\n";
    insta::assert_snapshot!(report(&format!("listen = 'a:1'\n{text}")));
}

#[test]
fn a_computed_value_is_not_the_text() {
    #[derive(Debug, Config)]
    #[config(version = 2, migrations = migrations)]
    struct Settings {
        #[config(validate(range(max = 10)))]
        count: u32,
    }
    fn migrations() -> Migrations {
        Migrations::new()
            .step(2, |step| step.rename("number", "count").map_up("count", |count: u32| Ok(count * 2)))
    }
    let loader = Settings::loader().text(Format::Toml, "app.toml", "number = 6");
    insta::assert_snapshot!(loader.warnings(Warnings::Ignore).load().unwrap_err());
}

#[test]
fn steps_that_cannot_be_made() {
    let texts = [
        "listen = 'nowhere'\n",
        "listen = 80\n",
        "listen = 'a:b'\n",
        "listen = 'a:1'\nhost = 'b'\n",
        "listen = 'a:1'\nport = 2\n",
        "nodes = []\nservers = []\n",
        "pool = 1\n[db.pool]\nsize = 1\n",
        "version = 2\nhost = 'a'\ntimeout = '7s'\n",
    ];
    insta::assert_snapshot!(texts.map(report).join("\n\n"));
}

#[test]
fn a_file_older_than_all_steps() {
    #[derive(Debug, Config)]
    #[config(version = 5, migrations = migrations)]
    struct Settings {
        port: u16,
    }
    fn migrations() -> Migrations {
        Migrations::new().step(4, |step| step).step(5, |step| step.rename("prot", "port"))
    }
    #[derive(Debug, Config)]
    #[config(version = 2)]
    struct Strict {}
    let load = |text| Settings::loader().text(Format::Toml, "app.toml", text).load();
    assert_eq!(load("version = 5\nport = 1").unwrap().port, 1);
    let report = load("version = 2\nprot = 1").unwrap_err();
    let strict = Strict::loader().text(Format::Toml, "strict.toml", "").load().unwrap_err();
    insta::assert_snapshot!(format!("{report}\n\n{strict}"));
}

#[test]
fn files_that_cannot_be_migrated() {
    let texts =
        [V1.replace("'localhost:8080'", "'nowhere'"), "version = 9\n".to_owned(), "version = \n".to_owned()];
    let told = texts.map(|text| Files::of(&loader(&text)).up().unwrap_err().to_string());
    insta::assert_snapshot!(told.join("\n\n"));
}

#[test]
fn steps_without_a_way_back() {
    #[derive(Debug, Config)]
    #[config(version = 2, migrations = migrations)]
    struct Settings {}
    fn migrations() -> Migrations {
        Migrations::new().step(2, |step| step.rename("a", "b").remove("c"))
    }
    let system = confkit::System::memory().file("app.toml", "version = 2\nb = 1\n");
    let files = Files::of(&Settings::loader().system(system)).file("app.toml");
    insta::assert_snapshot!(files.down(1).unwrap_err());
}

#[test]
fn a_type_without_a_version_has_nothing_to_migrate() {
    #[derive(Debug, Config)]
    #[config(optional_file = "app.toml")]
    struct Plain {}
    let loader = Plain::loader().declared().system(confkit::System::memory().file("app.toml", ""));
    assert!(Files::of(&loader).up().unwrap().is_empty());
    assert!(Files::of(&loader).status().unwrap().is_empty());
    let _ = Settings::metadata();
}
