//! Keys that say which version of its files a type reads.

use super::{Key, Page, Place};

/// The keys, in the order of the reference page.
pub(super) const KEYS: &[Key] = &[
    Key {
        name: "version",
        places: &[Place::Struct],
        repeat: false,
        forms: &["`version = 3`"],
        page: Page {
            does: "Says which version of its files the type reads. A file says its own under the key `version` at its root; one that does not is of version 1. A newer file is a problem; an older one is migrated in memory before it becomes a layer. Needs the feature `migrate`.",
            absent: "Files have no version, and `version` is a key like others.",
            bare: "",
            excludes: "Acts on the type being loaded only; in a section of a stack, the key stands in that section. It is about files and texts, not about variables and arguments. No field of the type can have the key.",
            example: r#"#[derive(Debug, Config)]
#[config(version = 1)]
struct Settings {
    port: u16,
}

let load = |text| Settings::loader().text(Format::Toml, "app.toml", text).load();
assert_eq!(load("version = 1\nport = 80")?.port, 80);
let report = load("version = 2\nport = 80").unwrap_err();
assert_eq!(report.problems()[0].code(), confkit::Code::Version);"#,
        },
    },
    Key {
        name: "version_key",
        places: &[Place::Struct],
        repeat: false,
        forms: &[r#"`version_key = "config_version"`"#],
        page: Page {
            does: "Names the key under which a file says its version.",
            absent: "The key is `version`.",
            bare: "",
            excludes: "Stands beside `version = N`.",
            example: r#"#[derive(Config)]
#[config(version = 1, version_key = "config_version")]
struct Settings {
    version: String,
}

let text = "config_version = 1\nversion = 'beta'";
let settings = Settings::loader().text(Format::Toml, "app.toml", text).load()?;
assert_eq!(settings.version, "beta");"#,
        },
    },
    Key {
        name: "migrations",
        places: &[Place::Struct],
        repeat: false,
        forms: &["`migrations = path::to::function`"],
        page: Page {
            does: "Names a function that returns the steps from older versions to that of the type, as `confkit::migrate::Migrations`.",
            absent: "Files of older versions are a problem.",
            bare: "",
            excludes: "Stands beside `version = N`.",
            example: r#"use confkit::migrate::Migrations;

fn migrations() -> Migrations {
    Migrations::new().step(2, |step| step.move_to("db.host", "host"))
}

#[derive(Config)]
#[config(version = 2, migrations = migrations)]
struct Settings {
    host: String,
}

let text = "[db]\nhost = 'replica'";
let settings = Settings::loader().text(Format::Toml, "app.toml", text).load_traced()?;
assert_eq!(settings.host, "replica");
assert_eq!(settings.explain("host").unwrap().origin().to_string(), "app.toml:2:8");"#,
        },
    },
];
