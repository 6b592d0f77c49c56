//! Whatever is made for a file says the version that the program reads.

use confkit::cli::Status;
use confkit::generate::Sample;
use confkit::schema::Schema;
use confkit::write::{Defaults, Secrets};
use confkit::{Config, Format, System, Warnings};

use super::{Settings, V1, content, loader, on_disk, toml};
use crate::cli::{run, shown};

const TYPED: [Format; 5] = [Format::Toml, Format::Yaml, Format::Json5, Format::Jsonc, Format::Ini];

fn load(format: Format, text: &str) -> Settings {
    let loader = Settings::loader().text(format, "app", text).warnings(Warnings::Deny);
    loader.load().unwrap_or_else(|report| panic!("{format:?}\n{text}\n{report}"))
}

#[test]
fn a_sample_is_of_the_version_that_is_read() {
    let sample = Sample::of::<Settings>().with("host", "a").with("timeout", "5s");
    for format in TYPED {
        let settings = load(format, &sample.text(format).unwrap());
        assert_eq!((settings.host.as_str(), settings.timeout.as_secs()), ("a", 5), "{format:?}");
    }
    let brief = Sample::of::<Settings>().brief().text(Format::Toml).unwrap();
    assert!(brief.starts_with("version = 3\n"), "{brief}");
    let variables = Sample::of::<Settings>().text(Format::Dotenv).unwrap();
    assert!(!variables.contains("version ="), "{variables}");
}

#[test]
fn a_file_that_fills_a_sample_may_say_its_version() {
    let document = confkit::Document::toml("app.toml", "version = 3\nhost = 'a'".to_owned()).unwrap();
    let sample = Sample::of::<Settings>().brief().filled(document).text(Format::Toml).unwrap();
    assert_eq!(sample.matches("version").count(), 1, "{sample}");
}

#[test]
fn settings_in_force_are_loaded_again_as_they_are() {
    let loaded = loader(V1).load_traced().unwrap();
    let document = loaded.to_document(Defaults::Omit, Secrets::Expose).unwrap();
    for format in [Format::Toml, Format::Yaml, Format::Json] {
        assert_eq!(load(format, &format.write(&document).unwrap()), *loaded);
    }
    let shown = run(&loader(V1), "show --format toml");
    assert_eq!(load(Format::Toml, &shown.out), *loaded);
}

#[test]
fn the_version_stands_in_the_section_that_is_loaded() {
    let text = "[app]\nversion = 3\nhost = 'a'\ntimeout = '5s'\n";
    let loaded = toml(text).section("app").load_traced().unwrap();
    let document = loaded.to_document(Defaults::Omit, Secrets::Expose).unwrap();
    let again = Format::Toml.write(&document).unwrap();
    assert_eq!(toml(&again).section("app").load().unwrap(), *loaded, "{again}");
}

#[test]
fn test_values_are_not_migrated() {
    let settings = Settings::test().set("timeout", "5s").build();
    assert_eq!(settings.timeout.as_secs(), 5);
    assert_eq!(load(Format::Toml, &Settings::test().set("timeout", "5s").text(Format::Toml)), settings);
}

#[test]
fn the_schema_takes_the_versions_that_a_load_takes() {
    let schema = serde_json::to_value(Schema::of::<Settings>()).unwrap();
    let judge = jsonschema::validator_for(&schema).unwrap();
    for version in ["0", "1", "2", "3", "4", "true", "1.5"] {
        let text = format!("{{\"version\": {version}, \"host\": \"a\"}}");
        let loads = Settings::loader().text(Format::Json, "app.json", &*text);
        let loads = loads.warnings(Warnings::Ignore).load().is_ok();
        assert_eq!(judge.is_valid(&serde_json::from_str(&text).unwrap()), loads, "{text}");
    }
}

#[test]
fn a_setting_is_set_in_files_of_the_version_that_is_read() {
    let set = |text: &str| {
        let system = on_disk(text);
        let loader = Settings::loader().declared().system(system.clone());
        let ran = run(&loader, "set app.toml timeout 5s");
        (ran.status, shown(&ran), content(&system, "app.toml"))
    };
    let (status, _, text) = set("version = 3\nhost = 'a'\n");
    assert_eq!((status, text.as_str()), (Status::Done, "version = 3\nhost = 'a'\ntimeout = \"5s\"\n"));
    for text in [V1, "host = 'a'\n", "version = 4\nhost = 'a'\n", "version = 'x'\n"] {
        let (status, told, after) = set(text);
        assert_eq!((status, after.as_str()), (Status::Data, text), "{told}");
    }
    insta::assert_snapshot!(set(V1).1);
}

#[test]
fn a_new_file_begins_with_its_version() {
    let system = System::memory().file("app.toml", "host = 'a'\nversion = 3\n");
    let loader = Settings::loader().declared().system(system.clone()).profile("dev");
    let ran = run(&loader, "set dev.toml timeout 5s");
    assert_eq!(ran.status, Status::Done, "{}", ran.err);
    assert_eq!(content(&system, "dev.toml"), "version = 3\ntimeout = \"5s\"\n");
    assert_eq!(loader.load().unwrap().timeout.as_secs(), 5);
}
