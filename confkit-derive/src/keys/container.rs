//! Keys of types.

use super::{Key, Page, Place};

/// The keys, in the order of the reference page.
pub(super) const KEYS: &[Key] = &[
    Key {
        name: "env_prefix",
        places: &[Place::Struct],
        repeat: false,
        forms: &[r#"`env_prefix = "APP"`"#],
        page: Page {
            does: "Gives every setting an environment variable: the prefix, `_`, and the path in upper snake case.",
            absent: "Only fields marked `env` have variables.",
            bare: "",
            excludes: r#"Acts on the type being loaded only, not where the type is nested; there, `nested(env_prefix = "…")` changes the field's part of the names. A trailing `_` is tolerated."#,
            example: r#"#[derive(Config)]
#[config(env_prefix = "APP")]
struct Settings {
    max_conn: u16,
}

let system = System::memory().var("APP_MAX_CONN", "8");
let settings = Settings::loader().system(system).declared().load()?;
assert_eq!(settings.max_conn, 8);"#,
        },
    },
    Key {
        name: "file",
        places: &[Place::Struct],
        repeat: true,
        forms: &[r#"`file = "config/base.toml"`"#],
        page: Page {
            does: "Declares a file that has to exist. `{profile}` in the path is replaced by the name of the profile.",
            absent: "No file is read.",
            bare: "",
            excludes: "Acts on the type being loaded only. Several files, `optional_file`s included, are layers in the order written: later ones win.",
            example: r#"#[derive(Config)]
#[config(file = "app.toml")]
struct Settings {
    port: u16,
}

let system = System::memory().file("app.toml", "port = 8080");
let settings = Settings::loader().system(system).declared().load()?;
assert_eq!(settings.port, 8080);"#,
        },
    },
    Key {
        name: "optional_file",
        places: &[Place::Struct],
        repeat: true,
        forms: &[r#"`optional_file = "config/{profile}.toml"`"#],
        page: Page {
            does: "Declares a file that may be absent.",
            absent: "No file is read.",
            bare: "",
            excludes: "As for `file`.",
            example: r#"#[derive(Config)]
#[config(file = "base.toml", optional_file = "local.toml")]
struct Settings {
    port: u16,
}

let system = System::memory().file("base.toml", "port = 8080");
let settings = Settings::loader().system(system).declared().load()?;
assert_eq!(settings.port, 8080);"#,
        },
    },
    Key {
        name: "dir",
        places: &[Place::Struct],
        repeat: true,
        forms: &[r#"`dir = "conf.d"`"#],
        page: Page {
            does: "Declares a directory that has to exist. Each file in it is a layer of its own, in the order of their names, in the format of its extension. Files of other extensions, hidden ones and copies of editors are passed over. `{profile}` in the path is replaced.",
            absent: "No directory is read.",
            bare: "",
            excludes: "Acts on the type being loaded only. Files and directories are layers in the order written.",
            example: r#"#[derive(Config)]
#[config(file = "app.toml", dir = "conf.d")]
struct Settings {
    port: u16,
}

let system = System::memory()
    .file("app.toml", "port = 1")
    .file("conf.d/10-first.toml", "port = 2")
    .file("conf.d/20-second.toml", "port = 3");
let settings = Settings::loader().system(system).declared().load()?;
assert_eq!(settings.port, 3);"#,
        },
    },
    Key {
        name: "optional_dir",
        places: &[Place::Struct],
        repeat: true,
        forms: &[r#"`optional_dir = "conf.d"`"#],
        page: Page {
            does: "Declares a directory that may be absent, each file in which is a layer.",
            absent: "No directory is read.",
            bare: "",
            excludes: "As for `dir`.",
            example: r#"#[derive(Config)]
#[config(file = "app.toml", optional_dir = "conf.d")]
struct Settings {
    port: u16,
}

let system = System::memory().file("app.toml", "port = 1");
let settings = Settings::loader().system(system).declared().load()?;
assert_eq!(settings.port, 1);"#,
        },
    },
    Key {
        name: "secrets_dir",
        places: &[Place::Struct],
        repeat: true,
        forms: &[r#"`secrets_dir = "/run/secrets"`"#],
        page: Page {
            does: "Declares a directory, which may be absent, in which each file is one value. A file is called as the path of its setting (`database.password`), or as its variable in any case, with or without the prefix (`database-password`). Such directories lie above files and below `.env` files and variables. `{profile}` in the path is replaced. Needs the feature `env`.",
            absent: "No such directory is read.",
            bare: "",
            excludes: "Acts on the type being loaded only. `Loader::secrets_dir` asks for a directory that has to exist.",
            example: r#"#[derive(Config)]
#[config(secrets_dir = "/run/secrets")]
struct Settings {
    session_key: Secret<String>,
}

let system = System::memory().file("/run/secrets/session-key", "hunter2
");
let settings = Settings::loader().system(system).declared().load()?;
assert_eq!(settings.session_key.expose(), "hunter2");"#,
        },
    },
    Key {
        name: "dotenv",
        places: &[Place::Struct],
        repeat: true,
        forms: &[r#"`dotenv = ".env"`"#],
        page: Page {
            does: "Declares a file of variables, which may be absent: its names are bound as those of environment variables are, and lie below them. `{profile}` in the path is replaced. Needs the feature `dotenv`.",
            absent: "No such file is read.",
            bare: "",
            excludes: "Acts on the type being loaded only. The environment of the process is not changed. `Loader::dotenv` asks for a file that has to exist.",
            example: r#"#[derive(Config)]
#[config(env_prefix = "APP", dotenv = ".env")]
struct Settings {
    max_conn: u16,
    #[config(default = 80)]
    port: u16,
}

let system = System::memory().file(".env", "APP_MAX_CONN=8
APP_PORT=81").var("APP_PORT", "82");
let settings = Settings::loader().system(system).declared().load()?;
assert_eq!((settings.max_conn, settings.port), (8, 82));"#,
        },
    },
    Key {
        name: "profile_env",
        places: &[Place::Struct],
        repeat: false,
        forms: &[r#"`profile_env = "APP_PROFILE"`"#],
        page: Page {
            does: "Names the variable that chooses the profile.",
            absent: "The profile is `default`, unless the loader is told another one.",
            bare: "",
            excludes: "Acts on the type being loaded only. `Loader::profile` wins over it.",
            example: r#"#[derive(Config)]
#[config(profile_env = "APP_PROFILE", profiles("dev"), optional_file = "{profile}.toml")]
struct Settings {
    #[config(default = 80)]
    port: u16,
}

let system = System::memory().var("APP_PROFILE", "dev").file("dev.toml", "port = 8080");
let settings = Settings::loader().system(system).declared().load()?;
assert_eq!(settings.port, 8080);"#,
        },
    },
    Key {
        name: "profiles",
        places: &[Place::Struct],
        repeat: false,
        forms: &[r#"`profiles("dev", "production")`"#],
        page: Page {
            does: "Names profiles, so that a misspelt one is a problem.",
            absent: "Known are the profiles that files and rules name.",
            bare: "",
            excludes: "Names consist of letters, digits, `_` and `-`.",
            example: r#"#[derive(Debug, Config)]
#[config(profile_env = "APP_PROFILE", profiles("dev", "production"))]
struct Settings {}

let system = System::memory().var("APP_PROFILE", "prodution");
let report = Settings::loader().system(system).declared().load().unwrap_err();
assert!(report.to_string().contains("production"));"#,
        },
    },
    Key {
        name: "args",
        places: &[Place::Struct],
        repeat: false,
        forms: &["`args`"],
        page: Page {
            does: "Reads the program's arguments as the highest declared layer. Every setting has one: its path in lower case, words and steps joined by `-`, or the path as it is. `--help` prints them. Needs the feature `args`.",
            absent: "Arguments are not read, unless the loader is given some.",
            bare: "",
            excludes: "Acts on the type being loaded only. No setting of it can have the argument `--help` or `-h`.",
            example: r#"#[derive(Config)]
#[config(args)]
struct Settings {
    max_conn: u16,
}

let system = System::memory().args(["--max-conn", "8"]);
let settings = Settings::loader().system(system).declared().load()?;
assert_eq!(settings.max_conn, 8);"#,
        },
    },
    Key {
        name: "rename_all",
        places: &[Place::Struct, Place::Enum, Place::Variant],
        repeat: false,
        forms: &[r#"`rename_all = "kebab-case"`"#],
        page: Page {
            does: "Spells the keys of all fields, or the names of all variants, in another way: `lowercase`, `UPPERCASE`, `PascalCase`, `camelCase`, `snake_case`, `SCREAMING_SNAKE_CASE`, `kebab-case` or `SCREAMING-KEBAB-CASE`. On a variant it spells the keys of its fields.",
            absent: "Names are taken as they stand in Rust.",
            bare: "",
            excludes: "`rename` on a single field or variant wins. A different `#[serde(rename_all = …)]` beside it is refused.",
            example: r#"#[derive(Config)]
#[config(rename_all = "kebab-case")]
struct Settings {
    max_conn: u16,
}

let settings = Settings::loader().text(Format::Toml, "app.toml", "max-conn = 8").load()?;
assert_eq!(settings.max_conn, 8);"#,
        },
    },
    Key {
        name: "relaxed_keys",
        places: &[Place::Struct, Place::Enum],
        repeat: false,
        forms: &["`relaxed_keys`"],
        page: Page {
            does: "Accepts other spellings of the type's own keys: in any case, and with `-`, `_`, capitals or nothing between words. `maxConn`, `max-conn`, `MAX_CONN` and `max_conn` are then one setting, in every layer. On an enum it is about the named fields of its variants.",
            absent: "Keys are read letter by letter.",
            bare: "",
            excludes: "Sections inside decide for themselves, as with `rename_all`. Map keys, names of variants, `tag` and `content` are read letter by letter. Two fields whose keys are alike are refused.",
            example: r#"#[derive(Config)]
#[config(relaxed_keys)]
struct Settings {
    max_conn: u16,
}

let settings = Settings::loader().text(Format::Toml, "app.toml", "maxConn = 8").load()?;
assert_eq!(settings.max_conn, 8);"#,
        },
    },
    Key {
        name: "unknown_keys",
        places: &[Place::Struct, Place::Enum],
        repeat: false,
        forms: &[r#"`unknown_keys = "deny"`"#, r#"`unknown_keys = "warn"`"#, r#"`unknown_keys = "allow"`"#],
        page: Page {
            does: "Says what happens to keys that no field takes, here and in sections without a policy of their own.",
            absent: "The policy of the section around it, then the loader's, then that of the source: files and arguments deny, variables warn.",
            bare: "",
            excludes: "`#[serde(deny_unknown_fields)]` means `deny`; this key wins over it.",
            example: r#"#[derive(Config)]
#[config(unknown_keys = "allow")]
struct Settings {
    port: u16,
}

let settings = Settings::loader().text(Format::Toml, "app.toml", "port = 1\nother = 2").load()?;
assert_eq!(settings.port, 1);"#,
        },
    },
    Key {
        name: "check",
        places: &[Place::Struct],
        repeat: true,
        forms: &[r#"`check(self.min <= self.max, "message")`"#],
        page: Page {
            does: "Demands that an expression over several fields is true. It runs once the fields it names were read; if it uses `self` in any other way, once all were. The message can show fields that the expression names, as `{min}` or `{pool.min}`; behind it stand `code`, `when`, `profile` and `warn`.",
            absent: "Fields are only checked one by one.",
            bare: "",
            excludes: "The expression has to use `self`, and the fields have to exist.",
            example: r#"#[derive(Debug, Config)]
#[config(check(self.min <= self.max, "min must not be above max"))]
struct Settings {
    min: u16,
    max: u16,
}

let loader = Settings::loader().text(Format::Toml, "app.toml", "min = 9\nmax = 3");
let report = loader.load().unwrap_err();
assert!(report.to_string().contains("min must not be above max"));"#,
        },
    },
    Key {
        name: "check_with",
        places: &[Place::Struct],
        repeat: true,
        forms: &[
            "`check_with = path`",
            "`check_with(path, fields(min, pool.max))`",
            "`check_with(path, use_context)`",
        ],
        page: Page {
            does: "Has a function judge the whole value, `fn(&Self) -> Result<(), E>`; what `E` displays is the message. The fields named are those that the problem points at. `#[validate(schema(function = path))]` means the same.",
            absent: "Nothing judges the value as a whole.",
            bare: "",
            excludes: "It runs once all fields were read, so that no other problem of the type stands beside its own.",
            example: r#"fn is_sane(settings: &Settings) -> Result<(), String> {
    if settings.min <= settings.max { Ok(()) } else { Err("the range is empty".into()) }
}

#[derive(Debug, Config)]
#[config(check_with(is_sane, fields(min, max)))]
struct Settings {
    min: u16,
    max: u16,
}

let loader = Settings::loader().text(Format::Toml, "app.toml", "min = 9\nmax = 3");
let report = loader.load().unwrap_err();
assert_eq!(report.problems()[0].message(), "the range is empty");
assert_eq!(report.problems()[0].origin().unwrap().to_string(), "app.toml:1:7");"#,
        },
    },
    Key {
        name: "exactly_one_of",
        places: &[Place::Struct],
        repeat: true,
        forms: &["`exactly_one_of(port, socket)`"],
        page: Page {
            does: "Demands that exactly one of these `Option`s is given.",
            absent: "Any of them can be given.",
            bare: "",
            excludes: "All of them are `Option`s without a default.",
            example: r#"#[derive(Debug, Config)]
#[config(exactly_one_of(port, socket))]
struct Settings {
    port: Option<u16>,
    socket: Option<String>,
}

let report = Settings::loader().load().unwrap_err();
assert_eq!(report.problems()[0].message(), "one of `port`, `socket` is required");"#,
        },
    },
    Key {
        name: "at_least_one_of",
        places: &[Place::Struct],
        repeat: true,
        forms: &["`at_least_one_of(file, url)`"],
        page: Page {
            does: "Demands that at least one of these `Option`s is given.",
            absent: "None has to be given.",
            bare: "",
            excludes: "All of them are `Option`s without a default.",
            example: r#"#[derive(Debug, Config)]
#[config(at_least_one_of(file, url))]
struct Settings {
    file: Option<String>,
    url: Option<String>,
}

assert!(Settings::loader().load().is_err());
assert!(Settings::loader().set("file", "a").set("url", "b").load().is_ok());"#,
        },
    },
    Key {
        name: "at_most_one_of",
        places: &[Place::Struct],
        repeat: true,
        forms: &["`at_most_one_of(port, socket)`"],
        page: Page {
            does: "Demands that not more than one of these `Option`s is given.",
            absent: "All of them can be given.",
            bare: "",
            excludes: "All of them are `Option`s without a default.",
            example: r#"#[derive(Debug, Config)]
#[config(at_most_one_of(port, socket))]
struct Settings {
    port: Option<u16>,
    socket: Option<String>,
}

assert!(Settings::loader().load().is_ok());
let report = Settings::loader().set("port", 80).set("socket", "app.sock").load().unwrap_err();
assert_eq!(report.problems()[0].code().as_str(), "conflict");"#,
        },
    },
    Key {
        name: "json_schema",
        places: &[Place::Struct],
        repeat: true,
        forms: &[r#"`json_schema("schemas/app.json")`"#, "`json_schema(text = TEXT)`"],
        page: Page {
            does: "Holds the whole value against a JSON Schema, as all layers and the literal defaults make it. The file's path starts at the package, and its text becomes part of the program. `validate(json_schema(…))` does the same for one field. Needs the feature `json-schema`.",
            absent: "No schema is looked at.",
            bare: "",
            excludes: "The schema cannot refer to other files or addresses. Defaults that are expressions are not seen.",
            example: r##"#[derive(Debug, Config)]
#[config(json_schema(text = r#"{"properties": {"port": {"multipleOf": 10}}}"#))]
struct Settings {
    port: u16,
}

let loader = Settings::loader().text(Format::Toml, "app.toml", "port = 8081");
let report = loader.load().unwrap_err();
assert_eq!(report.problems()[0].message(), "port must be a multiple of 10, not 8081");
assert_eq!(report.problems()[0].origin().unwrap().to_string(), "app.toml:1:8");"##,
        },
    },
    Key {
        name: "context",
        places: &[Place::Struct, Place::Enum],
        repeat: false,
        forms: &["`context = Type`"],
        page: Page {
            does: "Names the type of the facts from outside that rules use. `Loader::context` hands them over. A settings type inside gets the same context, or none if it needs none, or by `AsRef` the part that it asks for.",
            absent: "There is no context, and no type inside can need one.",
            bare: "",
            excludes: "An enum without data. The type has to be `Send`, `Sync`, `'static` and as visible as the settings type. Type parameters that stand for settings types, and settings types that have parameters, must need none, unless `bound` says what they need.",
            example: r#"struct Machine {
    cores: u16,
}

#[derive(Config)]
#[config(context = Machine)]
struct Settings {
    workers: u16,
}

let loader = Settings::loader().text(Format::Toml, "app.toml", "workers = 4");
assert_eq!(loader.context(Machine { cores: 8 }).load()?.workers, 4);"#,
        },
    },
    Key {
        name: "crate",
        places: &[Place::Struct, Place::Newtype, Place::Enum],
        repeat: false,
        forms: &["`crate = path::to::confkit`", r#"`crate = "path::to::confkit"`"#],
        page: Page {
            does: "Says where the `confkit` crate is found, for macros and renamed dependencies.",
            absent: "`::confkit`.",
            bare: "",
            excludes: "",
            example: r#"mod reexport {
    pub mod confkit {
        pub use ::confkit::*;
    }
}

#[derive(Config)]
#[config(crate = reexport::confkit)]
struct Settings {
    port: u16,
}

let settings = Settings::loader().text(Format::Toml, "app.toml", "port = 1").load()?;
assert_eq!(settings.port, 1);"#,
        },
    },
    Key {
        name: "bound",
        places: &[Place::Struct, Place::Newtype, Place::Enum],
        repeat: false,
        forms: &[r#"`bound = "T: Trait"`"#],
        page: Page {
            does: "Replaces the bounds on type parameters.",
            absent: "A parameter in the type of a value has to be `DeserializeOwned`, one in the type of a section `Config<Context = ()>`.",
            bare: "",
            excludes: "",
            example: r#"use std::collections::HashMap;
use std::hash::Hash;

#[derive(Config)]
#[config(bound = "K: Eq + Hash + serde::de::DeserializeOwned")]
struct Settings<K> {
    limits: HashMap<K, u16>,
}

let loader = Settings::<String>::loader().text(Format::Toml, "app.toml", "limits.a = 1");
assert_eq!(loader.load()?.limits["a"], 1);"#,
        },
    },
];
