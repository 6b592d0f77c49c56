//! The settings in force as one document: written in any format and loaded again, they are the same.

use std::collections::BTreeMap;

use confkit::write::{self, Defaults, Secrets};
use confkit::{Code, Config, Document, Format, Loaded, Loader, Secret, System, testing};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

use crate::everything::{Everything, LEAST};
use crate::writing;

/// Formats in which sections stand.
const TYPED: [Format; 7] =
    [Format::Toml, Format::Json, Format::Jsonc, Format::Json5, Format::Yaml, Format::Ron, Format::Hcl];

/// Asserts that what is in force is loaded again from every format, with defaults and without.
fn assert_same<T: Config + PartialEq + std::fmt::Debug>(loaded: &Loaded<T>, formats: &[Format]) {
    for defaults in [Defaults::Omit, Defaults::Include] {
        let document = loaded.to_document(defaults, Secrets::Expose).unwrap();
        for format in formats {
            let text = match format.write(&document) {
                Ok(text) => text,
                Err(errors) => panic!("{format:?}: {errors:?}"),
            };
            let again = T::loader().text(*format, "again", &*text).profile(loaded.profile()).load();
            let again = again.unwrap_or_else(|report| panic!("{format:?} {defaults:?}\n{text}\n{report}"));
            assert_eq!(again, **loaded, "{format:?} {defaults:?}\n{text}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn settings_of_every_kind_are_loaded_again(whole in writing::any_settings()) {
        let text = write::to_string(&whole, Format::Toml, Secrets::Expose).unwrap();
        let loaded = writing::Settings::loader().text(Format::Toml, "app.toml", text).load_traced().unwrap();
        assert_same(&loaded, &TYPED);
    }
}

const MORE: &str = r#"
workers = 8
hosts = ["a", "b"]
weights = [3, 2, 1]
labels = { a = "x", b = "y" }
payments = true
provider = "pay"
session_key = "a key of sixteen"
extra = { a = [1, { b = 1.5 }], c = "d" }
shape = { width = 3 }
max_tries = 5
traces = "https://traces.example"
reports = { host = "r", password = "p", replicas = 1, reader = "q", pool = { max = 20 } }
servers = [{ host = "a", access-key = "k" }, { host = "b" }]
shops = { north = { host = "n" }, "so.uth" = { host = "s" } }
channels = ["nobody", { mail = "a@b.example" }, { call = { url = "https://c.example", secret = "s" } }]
payment = { by = "card", with = { brands = ["v", "m"] } }
fallback = { tries = 3 }
menu = [{ title = "a", entries = [{ title = "b" }] }]
plugins = { searchPath = "p", other = { on = true }, more = 3 }
"#;

/// The large type, from files, variables and code.
fn everything() -> Loader<Everything> {
    let upper = "timeout = '1m'\nhosts = ['b', 'c']\nservers = [{ host = 'b', is-backup = true }, { host = 'c' }]\n\
                 store = { type = 'folder', path = 'd' }\nlabels = { b = 'z' }\nfallback = 'word'\nreports.port = 1\n";
    Everything::loader()
        .text(Format::Toml, "least.toml", LEAST)
        .text(Format::Toml, "more.toml", MORE)
        .text(Format::Toml, "upper.toml", upper)
        .env_prefix("ORDERS")
        .env_vars([
            ("ORDERS_WORKERS", "0_9"),
            ("ORDERS_CACHE", "20MB"),
            ("ORDERS_SHARE", "1"),
            ("ORDERS_LETTER", "B"),
            ("ORDERS_WEIGHTS", "1, 2, 3"),
            ("ORDERS_WITHOUT", "a;b,c"),
            ("ORDERS_EXTRA", r#"{"x": [1, "y"]}"#),
            ("ORDERS_LABELS__C", "w"),
            ("ORDERS_SERVERS__0__ACCESS_KEY", "from a variable"),
            ("ORDERS_VERBOSE", "yes"),
            ("ORDERS_SHAPE", r#"{"height": 4}"#),
            ("ORDERS_PROVIDER", ""),
            ("REGION", "0123"),
        ])
        .set("listen", "[::1]:80")
}

#[test]
fn everything_is_loaded_again() {
    assert_same(&Everything::loader().text(Format::Toml, "least.toml", LEAST).load_traced().unwrap(), &TYPED);
    let loaded = everything().load_traced().unwrap();
    assert_eq!((loaded.hosts.len(), loaded.servers.len(), loaded.shops.len()), (3, 3, 2));
    assert_same(&loaded, &TYPED);
}

#[test]
fn it_is_one_document_under_declared_keys() {
    let loaded = everything().load_traced().unwrap();
    let document = loaded.to_document(Defaults::Omit, Secrets::Omit).unwrap();
    insta::assert_snapshot!("given", Format::Toml.write(&document).unwrap());
    let document = loaded.to_document(Defaults::Include, Secrets::Expose).unwrap();
    insta::assert_snapshot!("with_defaults", Format::Toml.write(&document).unwrap());
}

#[test]
fn nodes_know_where_they_come_from() {
    let document =
        everything().load_traced().unwrap().to_document(Defaults::Include, Secrets::Expose).unwrap();
    let origin = |path: &[&str]| {
        let node = path.iter().fold(document.root(), |node, key| node.get(key).unwrap());
        node.origin().to_string()
    };
    assert_eq!(origin(&["name"]), "least.toml:2:8");
    assert_eq!(origin(&["workers"]), "environment variable ORDERS_WORKERS");
    assert_eq!(origin(&["labels", "b"]), "upper.toml:5:16");
    assert_eq!(origin(&["limits", "orders"]), "default");
}

/// A type whose layers come together in every way.
#[derive(Debug, PartialEq, Config)]
#[config(env_prefix = "APP")]
struct Merged {
    #[config(default, merge = "append")]
    append: Vec<u8>,
    #[config(default = [9], merge = "prepend")]
    prepend: Vec<u8>,
    #[config(default, merge = "unique")]
    unique: Vec<String>,
    #[config(default, merge = "deep")]
    deep: Vec<Plain>,
    #[config(nested, default, merge(key = "name"))]
    keyed: Vec<Named>,
    #[config(default, merge = "replace")]
    labels: BTreeMap<String, String>,
    #[config(default)]
    map: BTreeMap<String, BTreeMap<String, u8>>,
    #[config(nested)]
    store: Option<Store>,
    maybe: Option<u8>,
    #[config(default = 3)]
    three: Option<u8>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Plain {
    a: Option<u8>,
    b: Option<u8>,
}

#[derive(Debug, PartialEq, Config)]
struct Named {
    name: u8,
    #[config(default, merge = "append")]
    tags: Vec<u8>,
    #[config(default = 1)]
    level: u8,
}

#[derive(Debug, PartialEq, Config)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Store {
    One { size: u8 },
    Two { size: String, other: Option<u8> },
}

fn layer() -> impl Strategy<Value = String> {
    let lines = [
        "append = [1, 2]",
        "append = []",
        "prepend = [3]",
        "unique = ['a', 'b']",
        "unique = ['b', 'c']",
        "deep = [{ a = 1 }, { b = 2 }]",
        "deep = [{ b = 3 }]",
        "keyed = [{ name = 1, tags = [1] }, { name = 2 }]",
        "keyed = [{ name = 2, tags = [2], level = 5 }]",
        "labels = { a = 'x' }",
        "labels = { b = 'y' }",
        "map = { a = { x = 1 }, b = {} }",
        "map = { a = { y = 2 } }",
        "store = { type = 'one', size = 1 }",
        "store = { type = 'two', size = 'x', other = 2 }",
        "store = { type = 'two', size = 'y' }",
        "maybe = 4",
        "three = 5",
    ];
    proptest::sample::subsequence(lines.to_vec(), 0..8).prop_map(|lines| {
        let mut keys = Vec::new();
        let key = |line: &str| line.split(' ').next().unwrap_or_default().to_owned();
        let once = lines.into_iter().filter(|line| {
            let is_new = !keys.contains(&key(line));
            keys.push(key(line));
            is_new
        });
        once.collect::<Vec<_>>().join("\n")
    })
}

fn variables() -> impl Strategy<Value = Vec<(&'static str, &'static str)>> {
    let all = [
        ("APP_APPEND", "7,8"),
        ("APP_APPEND__0", "6"),
        ("APP_UNIQUE", "[\"c\", \"d\"]"),
        ("APP_KEYED__0__LEVEL", "9"),
        ("APP_LABELS", "k=v,l=w"),
        ("APP_MAP__A__Z", "3"),
        ("APP_STORE__SIZE", "5"),
        ("APP_MAYBE", ""),
        ("APP_THREE", "1"),
    ];
    proptest::sample::subsequence(all.to_vec(), 0..5)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn what_layers_make_together_is_loaded_again(layers in proptest::collection::vec(layer(), 1..4), variables in variables()) {
        let mut loader = Merged::loader();
        for (number, text) in layers.iter().enumerate() {
            loader = loader.text(Format::Toml, &format!("{number}.toml"), &**text);
        }
        // Some variables have nothing to stand over.
        if let Ok(loaded) = loader.env_vars(variables).load_traced() {
            assert_same(&loaded, &TYPED);
        }
    }
}

#[test]
fn nothing_over_a_default_is_kept() {
    let loaded = Merged::loader().text(Format::Json, "app.json", r#"{"three": null, "maybe": null}"#);
    let loaded = loaded.load_traced().unwrap();
    assert_eq!(loaded.three, None);
    assert_same(&loaded, &[Format::Json, Format::Yaml]);
    let document = loaded.to_document(Defaults::Omit, Secrets::Expose).unwrap();
    assert_eq!(Format::Json.write(&document).unwrap(), "{\n  \"three\": null\n}\n");
}

#[test]
fn what_a_function_makes_is_told() {
    fn sum(lower: u8, upper: u8) -> u8 {
        lower + upper
    }
    #[derive(Debug, Config)]
    struct Sum {
        #[config(default, merge(with = sum))]
        sum: u8,
    }
    let one = Sum::loader().set("sum", 1).load_traced().unwrap();
    assert_eq!(
        one.to_document(Defaults::Omit, Secrets::Omit).unwrap().root().get("sum").unwrap().text(),
        "1"
    );
    let both = Sum::loader().set("sum", 1).set("sum", 2).load_traced().unwrap();
    let report = both.to_document(Defaults::Omit, Secrets::Omit).unwrap_err();
    insta::assert_snapshot!(report);
}

#[test]
fn a_string_with_a_secret_in_it_is_not_written_without_the_secret() {
    #[derive(Debug, Config)]
    struct Leaky {
        password: Secret<String>,
        url: String,
    }
    let loader = Leaky::loader().set("password", "hunter2").set("url", "postgres://app:hunter2@db");
    let loaded = loader.load_traced().unwrap();
    let report = loaded.to_document(Defaults::Omit, Secrets::Omit).unwrap_err();
    testing::assert_hidden(&report, "hunter2");
    assert_eq!((report.problems()[0].code(), report.problems()[0].path()), (Code::Unwritable, "url"));
    assert!(loaded.to_document(Defaults::Omit, Secrets::Expose).is_ok());
}

#[test]
fn a_section_stands_where_it_was_loaded_from() {
    let text = "[a.b]\nname = 1\n";
    let loader = Named::loader().text(Format::Toml, "app.toml", text).section("a.b");
    let document = loader.load_traced().unwrap().to_document(Defaults::Omit, Secrets::Omit).unwrap();
    assert_eq!(Format::Toml.write(&document).unwrap(), text);
}

#[test]
fn relative_paths_keep_the_folder_of_their_files() {
    let system =
        System::memory().file("/etc/app/base.toml", LEAST).file("/etc/app/more.toml", "templates = 'pages'");
    let loader = Everything::loader().system(system).file("/etc/app/base.toml").file("/etc/app/more.toml");
    let loaded = loader.load_traced().unwrap();
    let document = loaded.to_document(Defaults::Omit, Secrets::Expose).unwrap();
    assert_eq!(document.folder(), Some(std::path::Path::new("/etc/app")));
    assert_eq!(document.root().get("templates").unwrap().text(), "pages");
    let text = Format::Toml.write(&document).unwrap();
    let again = Document::toml("again.toml", text).unwrap().in_folder("/etc/app");
    assert_eq!(again.root().get("templates").unwrap().text(), "pages");
}
