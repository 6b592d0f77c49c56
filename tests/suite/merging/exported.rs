//! figment and JSON Schemas see what the load makes.

use std::collections::BTreeMap;

use confkit::Config;
use serde::Deserialize;

use super::over;

#[derive(Debug, Config, Deserialize, PartialEq)]
struct Server {
    name: String,
    #[config(default = 80)]
    port: u16,
    #[config(default, merge = "append")]
    tags: Vec<String>,
}

#[derive(Debug, Config, Deserialize, PartialEq)]
struct Database {
    #[config(default = "localhost")]
    host: String,
    #[config(default = 5432)]
    port: u16,
}

#[derive(Debug, Config, Deserialize, PartialEq)]
#[config(env_prefix = "APP")]
struct Settings {
    #[config(default, merge = "append")]
    append: Vec<u8>,
    #[config(default, merge = "prepend")]
    prepend: Vec<String>,
    #[config(default, merge = "unique")]
    unique: Vec<u8>,
    #[config(nested, default, merge(key = "name"))]
    servers: Vec<Server>,
    #[config(nested, default, merge = "deep")]
    deep: Vec<Server>,
    #[config(nested, merge = "replace")]
    database: Database,
    #[config(default, merge = "replace")]
    labels: BTreeMap<String, String>,
}

const LAYERS: [&str; 2] = [
    "append = [1]\nprepend = ['a']\nunique = [1, 1, 2]\nlabels = { a = '1' }\ndatabase.host = 'db'
     servers = [{ name = 'a', port = 1, tags = ['x'] }, { name = 'b', tags = [] }]
     deep = [{ name = 'a', port = 1, tags = ['x'] }]",
    "append = [2]\nprepend = ['b']\nunique = [2, 3]\nlabels = { b = '2' }\ndatabase.port = 1
     servers = [{ name = 'a', tags = ['y'] }, { name = 'c', port = 3, tags = [] }]
     deep = [{ port = 2, tags = ['y'] }, { name = 'b', port = 1, tags = [] }]",
];

#[test]
fn an_exported_figment_extracts_to_what_is_loaded() {
    let mut loader = over::<Settings>(&LAYERS).env_vars([
        ("APP_APPEND", "3,4"),
        ("APP_APPEND__0", "9"),
        ("APP_SERVERS__1__PORT", "7"),
    ]);
    for _ in 0..2 {
        let loaded = loader.load().unwrap();
        let extracted: BTreeMap<String, figment::value::Value> = loader.figment().unwrap().extract().unwrap();
        let mut text = serde_json::to_value(&extracted).unwrap();
        // Literal defaults of elements are the program's to fill in.
        for list in ["servers", "deep"] {
            for server in text[list].as_array_mut().unwrap() {
                let server = server.as_object_mut().unwrap();
                server.entry("port").or_insert(80.into());
            }
        }
        let exported: Settings = serde_json::from_value(text).unwrap();
        assert_eq!(exported, loaded);
        loader = loader.set("unique", [5]).set("labels.c", "3").set("prepend", ["c"]);
    }
}

const SMALL: &str = r#"{"properties": {"append": {"items": {"maximum": 9}, "maxItems": 3}}}"#;

#[derive(Debug, Config)]
#[config(json_schema(text = SMALL))]
struct Judged {
    #[config(default, merge = "append")]
    append: Vec<u8>,
}

#[test]
fn a_schema_judges_the_list_that_layers_make() {
    assert_eq!(over::<Judged>(&["append = [1]", "append = [2]"]).load().unwrap().append, [1, 2]);
    let report = over::<Judged>(&["append = [1, 50]", "append = [2, 60]"]).load().unwrap_err();
    insta::assert_snapshot!(report);
}
