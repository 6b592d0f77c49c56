//! Sections, maps and structures: the topmost alone, or all together.

use std::collections::BTreeMap;

use confkit::{Config, testing};
use serde::Deserialize;

use super::over;

#[derive(Debug, Config, PartialEq)]
struct Database {
    #[config(default = "localhost")]
    host: String,
    #[config(default = 5432)]
    port: u16,
    #[config(nested)]
    pool: Option<Pool>,
}

#[derive(Debug, Config, PartialEq)]
struct Pool {
    size: u8,
}

#[derive(Debug, Deserialize, PartialEq, Default)]
#[serde(default)]
struct Plain {
    a: u8,
    b: u8,
}

#[derive(Debug, Config)]
#[config(env_prefix = "APP")]
struct Tables {
    #[config(nested, merge = "replace")]
    database: Database,
    #[config(nested, merge = "deep")]
    deep: Database,
    #[config(default, merge = "replace")]
    labels: BTreeMap<String, String>,
    #[config(default, merge = "replace")]
    plain: Plain,
    #[config(nested, default, merge = "replace")]
    tenants: BTreeMap<String, Pool>,
}

#[test]
fn the_topmost_layer_gives_all_and_defaults_fill_in() {
    let tables = over::<Tables>(&[
        "database = { host = 'db', port = 1, pool = { size = 3 } }\nlabels = { a = '1', b = '2' }\nplain.a = 1",
        "database.port = 2\nlabels = { b = '3' }\nplain.b = 2\ndeep.port = 1",
        "deep.host = 'deep'",
    ]);
    let tables = tables.load().unwrap();
    assert_eq!(tables.database, Database { host: "localhost".into(), port: 2, pool: None });
    assert_eq!(tables.labels, BTreeMap::from([("b".to_owned(), "3".to_owned())]));
    assert_eq!(tables.plain, Plain { a: 0, b: 2 });
    assert_eq!((tables.deep.host.as_str(), tables.deep.port), ("deep", 1));
}

#[test]
fn what_is_hidden_is_neither_unknown_nor_judged() {
    let hidden = "database = { prot = 1, port = 'x' }\nlabels.a = 1\ntenants.a.size = 'x'";
    let tables =
        over::<Tables>(&[hidden, "database.port = 2\nlabels = {}\ntenants.b.size = 1"]).load().unwrap();
    assert_eq!((tables.database.port, tables.labels.len(), tables.tenants.len()), (2, 0, 1));
    let report = over::<Tables>(&[hidden]).load().unwrap_err();
    assert_eq!(report.problems().len(), 4, "{report}");
}

#[test]
fn all_variables_are_one_layer() {
    let base = "database = { host = 'db', port = 1 }\nlabels.a = '1'";
    let vars = [
        ("APP_DATABASE_HOST", "x"),
        ("APP_DATABASE_PORT", "7"),
        ("APP_LABELS", "b=2"),
        ("APP_LABELS__C", "3"),
    ];
    let tables = over::<Tables>(&[base]).env_vars(vars).load().unwrap();
    assert_eq!((tables.database.host.as_str(), tables.database.port), ("x", 7));
    assert_eq!(tables.labels.keys().collect::<Vec<_>>(), ["b", "c"]);
    // Empty text says nothing, and replaces nothing.
    let tables =
        over::<Tables>(&[base]).env_vars([("APP_DATABASE_PORT", ""), ("APP_LABELS", "")]).load().unwrap();
    assert_eq!((tables.database.host.as_str(), tables.labels.len()), ("db", 1));
}

#[test]
fn explanations_show_what_was_hidden_and_by_what() {
    let base = "database = { host = 'db', port = 1 }\nlabels = { a = '1' }";
    let top = "database.port = 2\nlabels = { b = '3' }";
    let loaded = over::<Tables>(&[base, top]).load_traced().unwrap();
    let explained = ["database.host", "database.port", "labels", "labels.b"];
    let explained = explained.map(|path| loaded.explain(path).unwrap().to_string());
    insta::assert_snapshot!(explained.join("\n\n"));
    assert!(loaded.explain("labels.a").is_none(), "no layer that counts has it");
}

#[derive(Debug, Config, PartialEq)]
enum Store {
    Memory,
    Disk {
        path: String,
        #[config(default = 1)]
        copies: u8,
    },
}

#[derive(Debug, Config)]
struct Stores {
    #[config(nested, merge = "replace")]
    replaced: Store,
    #[config(nested)]
    usual: Store,
    #[config(nested, default, merge = "append")]
    all: Vec<Store>,
}

#[test]
fn enums_are_replaced_and_appended_too() {
    let disk = |path: &str, copies| Store::Disk { path: path.into(), copies };
    let stores = over::<Stores>(&[
        "replaced.Disk = { path = 'a', copies = 3 }\nusual.Disk = { path = 'a', copies = 3 }\nall = ['Memory']",
        "replaced.Disk.path = 'b'\nusual.Disk.path = 'b'\nall = [{ Disk = { path = 'c' } }]",
    ]);
    let stores = stores.load().unwrap();
    assert_eq!((stores.replaced, stores.usual), (disk("b", 1), disk("b", 3)));
    assert_eq!(stores.all, [Store::Memory, disk("c", 1)]);
}

#[derive(Debug, Config)]
struct Plugins {
    #[config(default, merge = "append")]
    map: BTreeMapOfNumbers,
    #[config(nested, merge = "unique")]
    section: Pool,
    #[config(nested, default, merge(key = "sise"))]
    pools: Vec<Pool>,
    #[config(default, merge(key = "name"))]
    texts: Texts,
    #[config(default = 1, merge = "deep")]
    number: Number,
}

type Texts = Vec<String>;
type Number = u8;
type BTreeMapOfNumbers = BTreeMap<String, u8>;

#[test]
fn a_way_of_lists_on_something_else_is_told_where_the_compiler_cannot_see_it() {
    let report = over::<Plugins>(&["map.a = 1\nsection.size = 1\npools = []\ntexts = []\nnumber = 1"])
        .load()
        .unwrap_err();
    insta::assert_snapshot!(report);
    let declared = testing::check_declaration::<Plugins>().unwrap_err();
    assert_eq!(declared.problems().len(), 5, "{declared}");
}
