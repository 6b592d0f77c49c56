//! Keys of fields: what they hold, and what holds for them.

use super::{Key, Page, Place};

/// The keys, in the order of the reference page.
pub(super) const KEYS: &[Key] = &[
    Key {
        name: "default",
        places: &[Place::Field],
        repeat: false,
        forms: &["`default`", "`default = expression`"],
        page: Page {
            does: "Gives the value of an absent setting. A literal (text, number, word, letter, or an array of them) is read like text from a variable, so that it fits any type; any other expression has the field's type, or the type inside its `Option`.",
            absent: "The setting is required, unless it is an `Option`.",
            bare: "The type's own `Default`.",
            excludes: "`default_fn`, `required_if` and `flatten`. A literal is checked when the program is built, as far as the type can be seen. A secret has no literal default.",
            example: r#"use std::net::SocketAddr;
use std::time::Duration;

#[derive(Config)]
struct Settings {
    #[config(default = "127.0.0.1:8080")]
    listen: SocketAddr,
    #[config(default = Duration::from_secs(5))]
    timeout: Duration,
    #[config(default)]
    tags: Vec<String>,
}

let settings = Settings::loader().load()?;
assert_eq!(settings.listen.port(), 8080);
assert_eq!(settings.timeout.as_secs(), 5);
assert!(settings.tags.is_empty());"#,
        },
    },
    Key {
        name: "default_fn",
        places: &[Place::Field],
        repeat: false,
        forms: &["`default_fn = path`"],
        page: Page {
            does: "Calls a function for the value of an absent setting. It gives the field's type, `Option` included.",
            absent: "As for `default`.",
            bare: "",
            excludes: "`default`, `required_if` and `flatten`.",
            example: "fn workers() -> usize {
    4
}

#[derive(Config)]
struct Settings {
    #[config(default_fn = workers)]
    workers: usize,
}

assert_eq!(Settings::loader().load()?.workers, 4);",
        },
    },
    Key {
        name: "nested",
        places: &[Place::Field, Place::Inner],
        repeat: false,
        forms: &["`nested`", r#"`nested(env_prefix = "DB")`"#],
        page: Page {
            does: "Reads a type that derives `Config` as a section, also inside `Option`, `Box`, `Arc`, `Lenient`, lists and maps. With `env_prefix`, variables have this in place of the field's name.",
            absent: "The field is a value, read by serde in one piece.",
            bare: "Variables have the field's key in their names.",
            excludes: "`with`, `parse`, `env_alias`, `env_delimiter` and `example`. A section is made secret by its type, `Secret<…>`.",
            example: r#"#[derive(Config)]
struct Database {
    #[config(default = 5432)]
    port: u16,
}

#[derive(Config)]
#[config(env_prefix = "APP")]
struct Settings {
    #[config(nested(env_prefix = "DB"))]
    database: Database,
}

let system = System::memory().var("APP_DB_PORT", "1");
let settings = Settings::loader().system(system).declared().load()?;
assert_eq!(settings.database.port, 1);"#,
        },
    },
    Key {
        name: "flatten",
        places: &[Place::Field],
        repeat: false,
        forms: &["`flatten`"],
        page: Page {
            does: "Puts the settings of another type beside this type's own. A map takes all keys that no other field takes.",
            absent: "The field has a key of its own.",
            bare: "",
            excludes: "Everything that needs a key or a variable: `rename`, `alias`, `env`, `default`, `required`, `example`. Only one map can take the rest, and an `Option` of settings is refused.",
            example: r#"#[derive(Config)]
struct Pool {
    max_conn: u16,
}

#[derive(Config)]
struct Settings {
    #[config(flatten)]
    pool: Pool,
}

let settings = Settings::loader().text(Format::Toml, "app.toml", "max_conn = 8").load()?;
assert_eq!(settings.pool.max_conn, 8);"#,
        },
    },
    Key {
        name: "skip",
        places: &[Place::Field],
        repeat: false,
        forms: &["`skip`"],
        page: Page {
            does: "Leaves the field out: no source sets it. Its value is that of `default`, or the type's own `Default`.",
            absent: "The field is a setting.",
            bare: "",
            excludes: "Every other key but `default` and `default_fn`.",
            example: "#[derive(Config)]
struct Settings {
    #[config(skip)]
    cache: Vec<u8>,
}

assert!(Settings::loader().load()?.cache.is_empty());",
        },
    },
    Key {
        name: "with",
        places: &[Place::Field],
        repeat: false,
        forms: &["`with = path`"],
        page: Page {
            does: "Reads the value by a function from any serde `Deserializer`.",
            absent: "The type's own `Deserialize` reads it.",
            bare: "",
            excludes: "`parse`, `nested` and `flatten`. For an absent `Option` the function is not called.",
            example: r#"use serde::{Deserialize, Deserializer};

fn doubled<'de, D: Deserializer<'de>>(source: D) -> Result<u16, D::Error> {
    u16::deserialize(source).map(|value| value * 2)
}

#[derive(Config)]
struct Settings {
    #[config(with = doubled)]
    pairs: u16,
}

let settings = Settings::loader().text(Format::Toml, "app.toml", "pairs = 4").load()?;
assert_eq!(settings.pairs, 8);"#,
        },
    },
    Key {
        name: "parse",
        places: &[Place::Field],
        repeat: false,
        forms: &["`parse = path`"],
        page: Page {
            does: "Reads the value by a function from text, `fn(&str) -> Result<T, E>`; the type need not know serde. On an `Option<T>` the function gives the `T`.",
            absent: "The type's own `Deserialize` reads it.",
            bare: "",
            excludes: "`with`, `nested`, `flatten` and `env_delimiter`.",
            example: r#"use std::num::ParseIntError;

fn hex(text: &str) -> Result<u32, ParseIntError> {
    u32::from_str_radix(text, 16)
}

#[derive(Config)]
struct Settings {
    #[config(parse = hex)]
    colour: u32,
}

let settings = Settings::loader().text(Format::Toml, "app.toml", "colour = 'ff'").load()?;
assert_eq!(settings.colour, 255);"#,
        },
    },
    Key {
        name: "validate",
        places: &[Place::Field],
        repeat: true,
        forms: &[
            "`validate(range(min = 1, max = 64))`",
            "`validate(length(1..=64), non_empty)`",
            "`validate(each(email))`",
            r#"`validate(|v| v % 2 == 0, "message")`"#,
        ],
        page: Page {
            does: r#"Demands something of the value; the guide lists the rules. Every rule takes `message`, `code`, `when = expression over self`, `profile = "name"` and `warn`. An absent `Option` is not judged. `#[validate(…)]` means the same, and takes `nested` for a value whose type judges itself."#,
            absent: "Every value of the type is accepted.",
            bare: "",
            excludes: "A rule that never holds, or that does not fit the type, is refused. Several rules go into one list; a closure stands alone with its message.",
            example: r#"#[derive(Debug, Config)]
struct Settings {
    #[config(validate(range(1..=64)))]
    workers: u16,
    #[config(validate(|name| !name.contains(' '), "must be one word"))]
    name: String,
    #[config(validate(each(length(max = 8, warn))))]
    tags: Vec<String>,
}

let text = "workers = 65\nname = 'two words'\ntags = ['a-long-one']";
let report = Settings::loader().text(Format::Toml, "app.toml", text).load().unwrap_err();
assert_eq!((report.problems().len(), report.warnings().len()), (2, 1));"#,
        },
    },
    Key {
        name: "refine",
        places: &[Place::Field],
        repeat: true,
        forms: &["`refine(field, validate(…))`"],
        page: Page {
            does: "Adds rules to a field of the section that this field holds; the section's own rules stay. `field.inner` goes deeper.",
            absent: "The section's own rules are all there are.",
            bare: "",
            excludes: "The field is flattened or nested, and no list or map. A closure gets the inner field as it is, `Option` included.",
            example: r#"#[derive(Debug, Config)]
struct Server {
    #[config(validate(range(min = 1)))]
    port: u16,
}

#[derive(Debug, Config)]
struct Settings {
    #[config(flatten, refine(port, validate(range(min = 1024, profile = "production"))))]
    server: Server,
}

let loader = Settings::loader().text(Format::Toml, "app.toml", "port = 80");
assert_eq!(loader.load()?.server.port, 80);
let report = loader.profile("production").load().unwrap_err();
assert_eq!(report.problems()[0].message(), "port must be at least 1024, not 80");"#,
        },
    },
    Key {
        name: "required_if",
        places: &[Place::Field],
        repeat: true,
        forms: &["`required_if(field = value)`"],
        page: Page {
            does: "Makes an `Option` required if another field of the type has a certain value.",
            absent: "An `Option` may always be absent.",
            bare: "",
            excludes: "`default` and `default_fn`. The field has to be an `Option`; the other one needs `PartialEq`.",
            example: r#"#[derive(Debug, Config)]
struct Settings {
    tls: bool,
    #[config(required_if(tls = true))]
    certificate: Option<String>,
}

let report = Settings::loader().text(Format::Toml, "app.toml", "tls = true").load().unwrap_err();
assert!(report.to_string().contains("certificate"));"#,
        },
    },
    Key {
        name: "required_unless",
        places: &[Place::Field],
        repeat: true,
        forms: &["`required_unless(field = value)`"],
        page: Page {
            does: "Makes an `Option` required unless another field of the type has a certain value.",
            absent: "An `Option` may always be absent.",
            bare: "",
            excludes: "As for `required_if`.",
            example: r#"#[derive(Debug, Config)]
struct Settings {
    mode: String,
    #[config(required_unless(mode = "memory"))]
    path: Option<String>,
}

let loader = Settings::loader();
assert!(loader.clone().set("mode", "memory").load().is_ok());
assert!(loader.set("mode", "file").load().is_err());"#,
        },
    },
    Key {
        name: "required_with",
        places: &[Place::Field],
        repeat: true,
        forms: &["`required_with(field)`", "`required_with(field, other)`"],
        page: Page {
            does: "Makes an `Option` required if one of these other `Option`s is given.",
            absent: "An `Option` may always be absent.",
            bare: "",
            excludes: "As for `required_if`.",
            example: r#"#[derive(Debug, Config)]
struct Settings {
    user: Option<String>,
    #[config(required_with(user))]
    group: Option<String>,
}

assert!(Settings::loader().load().is_ok());
assert!(Settings::loader().set("user", "www").load().is_err());"#,
        },
    },
    Key {
        name: "requires",
        places: &[Place::Field],
        repeat: true,
        forms: &["`requires(field)`", "`requires(field, other)`"],
        page: Page {
            does: "If this `Option` is given, these others have to be.",
            absent: "It stands alone.",
            bare: "",
            excludes: "All of them are `Option`s without a default.",
            example: r#"#[derive(Debug, Config)]
struct Settings {
    #[config(requires(key))]
    certificate: Option<String>,
    key: Option<String>,
}

let report = Settings::loader().set("certificate", "tls.crt").load().unwrap_err();
assert_eq!(report.problems()[0].message(), "key is required because certificate is set");"#,
        },
    },
    Key {
        name: "conflicts_with",
        places: &[Place::Field],
        repeat: true,
        forms: &["`conflicts_with(field)`", "`conflicts_with(field, other)`"],
        page: Page {
            does: "If this `Option` is given, none of these others may be.",
            absent: "It can be given beside any other.",
            bare: "",
            excludes: "All of them are `Option`s without a default.",
            example: r#"#[derive(Debug, Config)]
struct Settings {
    #[config(conflicts_with(socket))]
    port: Option<u16>,
    socket: Option<String>,
}

let report = Settings::loader().set("port", 80).set("socket", "app.sock").load().unwrap_err();
assert_eq!(report.problems()[0].rule(), Some("conflicts_with"));"#,
        },
    },
    Key {
        name: "required",
        places: &[Place::Field],
        repeat: true,
        forms: &[r#"`required(profile = "production")`"#, r#"`required(profile("staging", "production"))`"#],
        page: Page {
            does: "Makes an `Option`, or a setting with a default, required in one profile.",
            absent: "It may be absent in every profile.",
            bare: "",
            excludes: "`flatten`. What is neither an `Option` nor has a default is always required.",
            example: r#"#[derive(Debug, Config)]
struct Settings {
    #[config(required(profile = "production"))]
    key: Option<String>,
}

assert!(Settings::loader().load()?.key.is_none());
assert!(Settings::loader().profile("production").load().is_err());"#,
        },
    },
    Key {
        name: "merge",
        places: &[Place::Field],
        repeat: false,
        forms: &[r#"`merge = "append"`"#, r#"`merge(key = "name")`"#, "`merge(with = path)`"],
        page: Page {
            does: r#"Says how several layers make one value. For lists: `"append"`, `"prepend"`, `"unique"` (append without what is there already), `"deep"` (position by position) and `key`, by which tables of one name combine. For maps and sections: `"replace"`, the topmost layer alone, and `"deep"`. For any value: a function `fn(lower: T, upper: T) -> T`."#,
            absent: "Tables combine key by key; the topmost layer replaces anything else.",
            bare: "",
            excludes: "`flatten` and `skip`. A default is no layer: it stands only where no layer has the setting.",
            example: r#"#[derive(Config)]
struct Settings {
    #[config(merge = "append")]
    tags: Vec<String>,
    #[config(merge(with = std::cmp::max))]
    workers: u16,
}

let loader = Settings::loader()
    .text(Format::Toml, "base.toml", "tags = ['a']\nworkers = 8")
    .text(Format::Toml, "local.toml", "tags = ['b']\nworkers = 2");
let settings = loader.load()?;
assert_eq!((settings.tags, settings.workers), (vec!["a".to_owned(), "b".to_owned()], 8));"#,
        },
    },
];
