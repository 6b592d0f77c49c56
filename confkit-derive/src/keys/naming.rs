//! Keys of fields and variants: how they are named and shown.

use super::{Key, Page, Place};

/// The keys, in the order of the reference page.
pub(super) const KEYS: &[Key] = &[
    Key {
        name: "rename",
        places: &[Place::Field, Place::Variant],
        repeat: false,
        forms: &[r#"`rename = "name"`"#],
        page: Page {
            does: "Gives the field another key, or the variant another name. The variable follows the key.",
            absent: "The Rust name, spelt as `rename_all` says.",
            bare: "",
            excludes: "`flatten`. A different `#[serde(rename = …)]` beside it is refused.",
            example: r#"#[derive(Config)]
struct Settings {
    #[config(rename = "listen-port")]
    port: u16,
}

let settings = Settings::loader().text(Format::Toml, "app.toml", "listen-port = 80").load()?;
assert_eq!(settings.port, 80);"#,
        },
    },
    Key {
        name: "alias",
        places: &[Place::Field, Place::Variant],
        repeat: true,
        forms: &[r#"`alias = "name"`"#],
        page: Page {
            does: "Accepts another key for the field, or another name for the variant.",
            absent: "Only one name is accepted.",
            bare: "",
            excludes: "`flatten`. No other field may have the key.",
            example: r#"#[derive(Config)]
struct Settings {
    #[config(alias = "bind_port")]
    port: u16,
}

let settings = Settings::loader().text(Format::Toml, "app.toml", "bind_port = 80").load()?;
assert_eq!(settings.port, 80);"#,
        },
    },
    Key {
        name: "renamed_from",
        places: &[Place::Field],
        repeat: true,
        forms: &[r#"`renamed_from = "old_key"`"#],
        page: Page {
            does: "Says which key the field had before. The old key is read in every layer, with a warning that names the new one; so are the variable and the argument that were named after it. Both in one layer are a conflict.",
            absent: "The field has not been called otherwise.",
            bare: "",
            excludes: "`flatten` and `skip`. It is a key of the same section, not a path; no other field may have it.",
            example: r#"#[derive(Config)]
struct Settings {
    #[config(renamed_from = "pool")]
    max_connections: u16,
}

let loaded = Settings::loader().text(Format::Toml, "app.toml", "pool = 8").load_traced()?;
assert_eq!(loaded.max_connections, 8);
assert_eq!(loaded.warnings()[0].message(), "`pool` is now `max_connections`");"#,
        },
    },
    Key {
        name: "deprecated",
        places: &[Place::Field],
        repeat: false,
        forms: &["`deprecated`", r#"`deprecated = "use this"`"#],
        page: Page {
            does: "Warns wherever a layer sets the field, with what to do instead. Its default says nothing.",
            absent: "The field may be set.",
            bare: "The warning gives no advice.",
            excludes: "`flatten` and `skip`.",
            example: r#"#[derive(Config)]
struct Settings {
    #[config(deprecated = "use `listen`")]
    port: Option<u16>,
}

let loaded = Settings::loader().text(Format::Toml, "app.toml", "port = 80").load_traced()?;
assert_eq!(loaded.warnings()[0].message(), "`port` is deprecated: use `listen`");"#,
        },
    },
    Key {
        name: "env",
        places: &[Place::Field],
        repeat: false,
        forms: &["`env`", r#"`env = "NAME"`"#, "`env(skip)`"],
        page: Page {
            does: "Decides about the field's variable: there is one also without a prefix; it has this name whatever the prefix; or there is none.",
            absent: "With a prefix there is a variable named after the path, without one there is none.",
            bare: "The variable is named after the path, also where there is no prefix.",
            excludes: "`flatten`. A section has no variable of its own: only `env(skip)` goes with `nested`, and takes all variables from the section.",
            example: r#"#[derive(Config)]
struct Settings {
    #[config(env = "DATABASE_URL")]
    url: String,
}

let system = System::memory().var("DATABASE_URL", "postgres://db");
let settings = Settings::loader().system(system).env().load()?;
assert_eq!(settings.url, "postgres://db");"#,
        },
    },
    Key {
        name: "env_alias",
        places: &[Place::Field],
        repeat: true,
        forms: &[r#"`env_alias = "NAME"`"#],
        page: Page {
            does: "Accepts another variable, by its whole name.",
            absent: "Only one variable is accepted.",
            bare: "",
            excludes: "`env(skip)`, `nested` and `flatten`.",
            example: r#"#[derive(Config)]
#[config(env_prefix = "APP")]
struct Settings {
    #[config(env_alias = "PORT")]
    port: u16,
}

let system = System::memory().var("PORT", "80");
assert_eq!(Settings::loader().system(system).declared().load()?.port, 80);"#,
        },
    },
    Key {
        name: "env_delimiter",
        places: &[Place::Field],
        repeat: false,
        forms: &["`env_delimiter = ';'`"],
        page: Page {
            does: "Separates the elements of a list, or the entries of a map, in text. One character, also as a string.",
            absent: "`,`.",
            bare: "",
            excludes: "`env(skip)`, `parse`, `nested` and `flatten`.",
            example: r#"#[derive(Config)]
#[config(env_prefix = "APP")]
struct Settings {
    #[config(env_delimiter = ';')]
    hosts: Vec<String>,
}

let system = System::memory().var("APP_HOSTS", "a;b");
assert_eq!(Settings::loader().system(system).declared().load()?.hosts, ["a", "b"]);"#,
        },
    },
    Key {
        name: "arg",
        places: &[Place::Field],
        repeat: false,
        forms: &[
            r#"`arg(long = "name")`"#,
            "`arg(short = 'p')`",
            "`arg(short)`",
            r#"`arg(long = "name", short = 'p')`"#,
            "`arg(skip)`",
            "`arg(secret_on_command_line)`",
        ],
        page: Page {
            does: "Decides about the field's argument: it has this name wherever the type stands; a letter stands for it, the first of the key if none is written; there is none; or there is one although the value is secret, so that other users of the machine can see it. Needs the feature `args`.",
            absent: "The argument is named after the path. A secret has none.",
            bare: "",
            excludes: "`flatten`. A section has no argument of its own: only `arg(skip)` goes with `nested`, and takes all arguments from the section. `--help` and `-h` are taken.",
            example: r#"#[derive(Config)]
#[config(args)]
struct Settings {
    #[config(arg(long = "listen", short = 'p'))]
    port: u16,
}

let system = System::memory().args(["-p", "80"]);
assert_eq!(Settings::loader().system(system).declared().load()?.port, 80);"#,
        },
    },
    Key {
        name: "secret",
        places: &[Place::Field, Place::Inner],
        repeat: false,
        forms: &["`secret`", "`secret(plain)`"],
        page: Page {
            does: "Keeps the value out of everything confkit prints. The type has to hide it too, as `Secret<…>` does, or the program does not compile; `secret(plain)` leaves that to you.",
            absent: "Fields whose type is `Secret<…>` are secret anyway; all others are shown.",
            bare: "The type has to redact itself.",
            excludes: "A literal default, `nested` and `skip`. On the field of a newtype it says that the newtype hides its value.",
            example: r#"#[derive(Config)]
struct Settings {
    #[config(secret)]
    token: Secret<String>,
}

let settings = Settings::loader().text(Format::Toml, "app.toml", "token = 'hunter2'").load()?;
assert_eq!(settings.token.expose(), "hunter2");
assert_eq!(format!("{:?}", settings.token), "[redacted]");"#,
        },
    },
    Key {
        name: "example",
        places: &[Place::Field],
        repeat: false,
        forms: &["`example = literal`"],
        page: Page {
            does: "Gives a value to show in samples and reference pages.",
            absent: "The default is shown, or nothing.",
            bare: "",
            excludes: "`nested`, `flatten` and `skip`.",
            example: r#"#[derive(Config)]
struct Settings {
    #[config(example = "postgres://localhost/orders")]
    url: String,
}

let field = &Settings::metadata().fields()[0];
assert_eq!(field.example(), Some("postgres://localhost/orders"));"#,
        },
    },
    Key {
        name: "unit",
        places: &[Place::Field],
        repeat: false,
        forms: &[r#"`unit = "ms"`"#],
        page: Page {
            does: "Says what a number counts. It is shown wherever the setting is described; the value is read as it is.",
            absent: "Nothing is said. A `Duration` and a `ByteSize` are written with their units.",
            bare: "",
            excludes: "`nested`, `flatten` and `skip`.",
            example: r#"#[derive(Config)]
struct Settings {
    #[config(unit = "requests per second", default = 100)]
    limit: u32,
}

assert_eq!(Settings::metadata().fields()[0].unit(), Some("requests per second"));"#,
        },
    },
    Key {
        name: "hidden",
        places: &[Place::Field],
        repeat: false,
        forms: &["`hidden`"],
        page: Page {
            does: "Leaves the field out of samples and reference pages. It is still read.",
            absent: "The field is shown.",
            bare: "",
            excludes: "`skip`.",
            example: "#[derive(Config)]
struct Settings {
    #[config(hidden, default = false)]
    experimental: bool,
}

assert!(Settings::metadata().fields()[0].is_hidden());",
        },
    },
];
