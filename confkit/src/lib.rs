//! Loads a program's settings from files, directories, environment variables, arguments and code: one
//! declaration, and one typed value or one report of everything that is wrong.
//!
//! ```
//! use confkit::{Config, Report, Secret, System};
//!
//! /// Settings of the orders service.
//! #[derive(Debug, Config)]
//! #[config(env_prefix = "ORDERS", profile_env = "ORDERS_PROFILE",
//!          file = "config/base.toml", optional_file = "config/{profile}.toml")]
//! struct Settings {
//!     /// Number of worker threads.
//!     #[config(default = 4, validate(range(min = 1, max = 64)))]
//!     workers: u16,
//!     /// Signs session cookies.
//!     #[config(required(profile = "production"))]
//!     session_key: Option<Secret<String>>,
//!     #[config(nested)]
//!     database: Database,
//! }
//!
//! #[derive(Debug, Config)]
//! struct Database {
//!     host: String,
//!     #[config(default = 5432)]
//!     port: u16,
//! }
//!
//! # fn main() -> Result<(), Report> {
//! // A program: `let settings = Settings::load().unwrap_or_else(|report| report.exit());`
//! // Here, as in a test, files and variables are in memory.
//! let system = System::memory()
//!     .file("config/base.toml", "[database]\nhost = 'db.internal'")
//!     .file("config/production.toml", "workers = 16")
//!     .var("ORDERS_PROFILE", "production")
//!     .var("ORDERS_DATABASE_PORT", "6432")
//!     .var("ORDERS_SESSION_KEY", "hunter2");
//! let loader = Settings::loader().system(system).declared();
//! let settings = loader.load_traced()?;
//! assert_eq!((settings.workers, settings.database.port), (16, 6432));
//!
//! // Why has a setting its value?
//! assert_eq!(settings.explain("database.port").unwrap().to_string(), "database.port = 6432\n  \
//!     from environment variable ORDERS_DATABASE_PORT\n  over 5432 from default");
//!
//! // A secret is never shown.
//! assert_eq!(format!("{:?}", settings.session_key), "Some([redacted])");
//!
//! // What is wrong? Everything, in one report.
//! let wrong = "worker = 8\n[database]\nport = 'many'\n";
//! let report = loader.text(confkit::Format::Toml, "wrong.toml", wrong).load().unwrap_err();
//! assert_eq!(report.to_string(), "\
//! settings `Settings` cannot be loaded: 2 problems (profile production)
//!
//! error[unknown_key]: there is no setting `worker`
//!  --> wrong.toml:1:1
//!   |
//! 1 | worker = …
//!   | ^^^^^^ did you mean `workers`?
//! error[type]: database.port must be an integer from 0 to 65535, not the string \"many\"
//!  --> wrong.toml:3:8
//!   |
//! 3 | port = 'many'
//!   |        ^^^^^^");
//! # Ok(())
//! # }
//! ```
//!
//! # Where to go on
//!
//! | to | see |
//! |---|---|
//! | declare settings | [the derive](derive@Config), with every key |
//! | build a stack of layers by hand | [`Loader`], with a call for each kind of layer |
//! | choose a format | [`Format`], [features](#features) |
//! | let modules load their own sections | [`Stack`], [`Layers`] |
//! | know which layer wins, and how variables and arguments are named | [precedence](reference::precedence) |
//! | read a report, or hand it to a machine | [`Report`], [reports](reference::reports) |
//! | ask where values come from | [`Loader::load_traced`], [`Loaded`], [`Explanation`] |
//! | keep values from being shown | [`Secret`], [`SecretString`], [`SecretBytes`] |
//! | set one wrong entry aside and load the rest | [`Lenient`] |
//! | write settings as text | `confkit::write` |
//! | compare two loads, or have the settings in force as one document | `Loaded::diff`, `Loaded::to_document`, with the feature `diff` |
//! | give editors a JSON Schema | `confkit::schema` |
//! | make samples, reference pages and files for platforms | `confkit::generate` |
//! | change settings while the program runs | `Loader::watch` and the module `live`, with the feature `live` |
//! | add settings to a program that uses clap | `confkit::clap` |
//! | see whether a new version breaks old files | `confkit::compat` |
//! | give a program's users commands that show and change settings | `confkit::cli` |
//! | change a file and keep its comments and layout | `Editor`, with the features `edit` and `toml-edit`, `json-edit`, `yaml-edit` |
//! | test without files, variables and arguments | [`System::memory`], `confkit::testing` |
//! | use figment beside it | [`Loader::provider`], [`Loader::figment`], `File`, `Env` |
//! | write a source | [`Source`], in the crate `confkit-sources` |
//! | read a format of your own | [`CustomFormat`], [`Loader::format`] |
//! | give files a version, and migrate old ones | `migrate`, with the feature `migrate` |
//! | understand a compile error | [diagnostics](reference::diagnostics) |
//!
//! The guide is in the folder `docs/` of the repository.
//!
//! # The keys of `#[config(…)]`
//!
//! | on a type | |
//! |---|---|
//! | [`file`](derive@Config#file), [`optional_file`](derive@Config#optional_file), [`dir`](derive@Config#dir), [`optional_dir`](derive@Config#optional_dir) | files, and directories of files, in the order written |
//! | [`secrets_dir`](derive@Config#secrets_dir) | a directory in which each file is one value |
//! | [`dotenv`](derive@Config#dotenv) | a `.env` file of variables |
//! | [`env_prefix`](derive@Config#env_prefix) | environment variables, named after the fields |
//! | [`profile_env`](derive@Config#profile_env), [`profiles`](derive@Config#profiles) | how the profile is chosen, and which there are |
//! | [`args`](derive@Config#args) | command-line arguments, named after the fields |
//! | [`rename_all`](derive@Config#rename_all) | the spelling of keys |
//! | [`version`](derive@Config#version), [`version_key`](derive@Config#version_key), [`migrations`](derive@Config#migrations) | the version of files, and the way from older ones |
//! | [`relaxed_keys`](derive@Config#relaxed_keys) | other spellings of keys that are accepted |
//! | [`unknown_keys`](derive@Config#unknown_keys) | what happens to keys that no field takes |
//! | [`check`](derive@Config#check), [`check_with`](derive@Config#check_with) | a rule over several fields |
//! | [`exactly_one_of`](derive@Config#exactly_one_of), [`at_least_one_of`](derive@Config#at_least_one_of), [`at_most_one_of`](derive@Config#at_most_one_of) | how many of several fields have to be given |
//! | [`json_schema`](derive@Config#json_schema) | a JSON Schema that the settings are held against |
//! | [`context`](derive@Config#context) | facts from outside that rules use |
//! | [`crate`](derive@Config#crate), [`bound`](derive@Config#bound) | where confkit is found, and bounds of parameters |
//!
//! | on a field | |
//! |---|---|
//! | [`default`](derive@Config#default), [`default_fn`](derive@Config#default_fn) | the value where no layer has one |
//! | [`nested`](derive@Config#nested), [`flatten`](derive@Config#flatten) | a section; a section without a key of its own |
//! | [`skip`](derive@Config#skip) | not a setting |
//! | [`with`](derive@Config#with), [`parse`](derive@Config#parse) | a function that reads the value |
//! | [`merge`](derive@Config#merge) | how values of several layers come together |
//! | [`validate`](derive@Config#validate) | rules: `range`, `length`, `email`, a closure and many more |
//! | [`refine`](derive@Config#refine) | rules added to the fields of a section |
//! | [`required`](derive@Config#required), [`required_if`](derive@Config#required_if), [`required_unless`](derive@Config#required_unless), [`required_with`](derive@Config#required_with) | when an optional value has to be given |
//! | [`requires`](derive@Config#requires), [`conflicts_with`](derive@Config#conflicts_with) | what goes together |
//! | [`rename`](derive@Config#rename), [`alias`](derive@Config#alias) | its keys |
//! | [`renamed_from`](derive@Config#renamed_from), [`deprecated`](derive@Config#deprecated) | its old keys; that it is going away |
//! | [`env`](derive@Config#env), [`env_alias`](derive@Config#env_alias), [`env_delimiter`](derive@Config#env_delimiter) | its variables |
//! | [`arg`](derive@Config#arg) | its command-line argument |
//! | [`secret`](derive@Config#secret) | its value is never shown |
//! | [`example`](derive@Config#example), [`hidden`](derive@Config#hidden) | how pages made from the declaration show it |
//!
#![doc = include_str!("../docs/features.md")]
//!
//! # What it is not
//!
//! - **No global settings.** `load` gives a value; who needs it is given it.
//! - **No map of untyped values.** There is no `get("a.b")`: what a program reads is declared, so
//!   that a misspelt key is told.
//! - **No search unless asked.** A relative path starts at the working directory, or where
//!   [`Loader::root`] says. [`Loader::upwards`] and, with the feature `search`, `Loader::search` look
//!   elsewhere.
//! - **No guessing of types.** `0123` in a variable is text for a `String` and 123 for a `u16`. A
//!   file's `"5"` is a string.
//! - **No guessing of secrets** by their names. A value is secret by its type or declaration.
//! - **No `Debug` impl** on your types. A field that would print a secret does not compile instead.
//! - **No writing of files behind your back.** [`mod@write`] and an `Editor` make texts; where they go is
//!   up to the program. `migrate::Plan::write` and the commands of `cli` change files, when asked, and
//!   `live::Audit` writes the log that it is given.

#[cfg(feature = "clap")]
pub mod clap;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "compat")]
pub mod compat;
mod config;
#[cfg(any(feature = "args", feature = "generate"))]
mod defaults;
#[cfg(feature = "diff")]
mod diff;
#[cfg(feature = "diff")]
mod effective;
mod explain;
mod figment;
#[cfg(feature = "generate")]
pub mod generate;
#[cfg(feature = "args")]
mod help;
mod lenient;
#[cfg(feature = "live")]
pub mod live;
mod loader;
#[cfg(feature = "migrate")]
pub mod migrate;
mod relative_path;
mod report;
mod resolve;
mod rules;
#[cfg(feature = "schema")]
pub mod schema;
mod secret;
#[cfg(any(feature = "generate", feature = "schema"))]
#[allow(dead_code, reason = "which parts are used depends on the features")]
mod settings;
#[cfg(feature = "testing")]
pub mod testing;
mod units;
#[cfg(feature = "write")]
pub mod write;

#[doc(hidden)]
pub mod __private;

/// Pages to look things up in. The module is there in the documentation alone.
#[cfg(any(doc, doctest))]
pub mod reference {
    #[doc = include_str!("../docs/diagnostics.md")]
    pub mod diagnostics {}
    #[doc = include_str!("../docs/precedence.md")]
    pub mod precedence {}
    #[doc = include_str!("../docs/reports.md")]
    pub mod reports {}
}

/// Makes a type loadable as settings: implements [`Config`](trait@Config) for it.
///
/// A struct with named fields becomes a section, an enum with data a section in several forms. An enum
/// without data and a struct with one unnamed field become values.
///
/// ```
/// use confkit::{Config, Format};
///
/// #[derive(Config)]
/// struct Settings {
///     port: u16,
/// }
///
/// let settings = Settings::loader().text(Format::Toml, "app.toml", "port = 80").load()?;
/// assert_eq!(settings.port, 80);
/// # Ok::<(), confkit::Report>(())
/// ```
///
/// # What a field can be
///
/// | written | read as |
/// |---|---|
/// | any type with serde's `Deserialize` | a value; elements of lists and entries of maps one by one |
/// | `Option` of it | a value that may be absent |
/// | `nested` and a type that derives `Config` | a section |
/// | `nested` and an enum with data that derives `Config` | a section in one of several forms, named as serde's `tag`, `content` and `untagged` say |
/// | `nested` and `Option`, `Box`, `Arc`, `Vec`, an array, `HashMap`, `BTreeMap` of it, also inside each other | sections; with the feature `indexmap` also in `IndexMap` |
/// | `nested` and `Secret` of it | a section that is secret as a whole |
/// | `nested` and [`Lenient`] of it | a section that is set aside, alone, where it is wrong |
/// | `flatten` and such a type | a section whose fields stand beside the type's own |
/// | `flatten` and a map | every key that no field takes |
/// | `skip` | nothing: the default, always |
///
/// # What is generated
///
/// `impl Config`, and a constant with everything the declaration says, which
/// [`Config::metadata`](Config::metadata()) returns. For an enum without data and a newtype it
/// is serde's `Deserialize` instead, so that they can be values; a newtype with `nested` is a section
/// again. Nothing else is
/// added to the module, and no `Debug` is written.
///
/// # Known limits
///
/// - Unions, unit structs, structs and variants with several unnamed fields, and borrowed fields are
///   refused; so are serde keys that are read and not followed here.
/// - A value's type that itself uses serde's `flatten`, `untagged` or `tag` hides the places of its
///   parts: a problem inside is told at the whole value.
/// - A type of your own that is called `Duration` and has the fields `secs` and `nanos` is read as
///   the standard library's.
///
/// Every mistake of a declaration is told in one build, with what to write instead: see
/// [diagnostics](reference::diagnostics).
///
/// # Keys
#[doc = include_str!("../docs/attributes.md")]
#[cfg(feature = "derive")]
pub use confkit_derive::Config;
pub use confkit_sources::declared::{
    ArgName, Check, Condition, Content, DeclaredFile, EnvName, Field, FieldDefault, Holds, Kind, Loading,
    Merge, Metadata, Refinement, Rule, RuleKind, Shape, Tagging, Unknown, ValueKind, Variant, Variants,
    Versioned,
};
pub use confkit_sources::{
    CustomFormat, Document, File, Format, FormatText, Nesting, NodeKind, NodeRef, Origin, OriginKind,
    Position, Read, ReadContext, Revision, Signal, Source, SourceError, SyntaxError, System, Watch,
    WatchContext,
};
#[cfg(feature = "edit")]
pub use confkit_sources::{EditError, EditErrorKind, Editor};

pub use crate::relative_path::RelativePath;
pub use config::Config;
#[cfg(feature = "diff")]
pub use diff::{Change, Difference, Differences};
pub use explain::{Candidate, Explanation, Loaded};
#[cfg(feature = "env")]
pub use figment::Env;
pub use lenient::Lenient;
#[cfg(feature = "live")]
pub use live::Live;
pub use loader::{Layers, Loader, Stack, Warnings};
pub use report::{Code, Problem, Related, Report, Severity};
pub use secret::{Redacted, Secret, SecretBytes, SecretEq, SecretString, with_exposed};
pub use units::ByteSize;
