//! What figment and JSON Schemas see of variants: the one that is in force.

use serde_json::{Value, json};

use super::*;

#[derive(Debug, Config)]
enum Outer {
    Off,
    #[serde(alias = "volume")]
    Disk {
        path: String,
        #[config(default = 3)]
        limit: u8,
    },
    S3 {
        bucket: String,
    },
}

#[derive(Debug, Config)]
#[serde(tag = "type")]
enum Inner {
    Disk { path: String, limit: Option<u8> },
    S3 { bucket: String, limit: Option<u8> },
}

#[derive(Debug, Config)]
#[serde(tag = "t", content = "c")]
enum Beside {
    Disk {
        path: String,
        #[config(default = 3)]
        limit: u8,
    },
    Name(String),
}

const IN_FORCE: &str = r#"{"properties": {
    "outer": {"maxProperties": 1},
    "inner": {"properties": {"limit": {"maximum": 9}}},
    "beside": {"properties": {"c": {"required": ["limit"]}}}
}}"#;

#[derive(Debug, Config)]
#[config(json_schema(text = IN_FORCE))]
struct Settings {
    name: Option<String>,
    #[config(nested)]
    outer: Option<Outer>,
    #[config(nested)]
    inner: Option<Inner>,
    #[config(nested)]
    beside: Option<Beside>,
    #[config(nested, default, merge = "deep")]
    list: Vec<Inner>,
    #[config(nested, default)]
    map: BTreeMap<String, Outer>,
}

#[derive(Debug, Config)]
#[config(json_schema(text = r#"{"maxProperties": 2}"#))]
struct Flat {
    name: Option<String>,
    #[config(flatten)]
    outer: Outer,
}

#[derive(Debug, Config)]
#[config(json_schema(text = r#"{"properties": {"path": false}}"#))]
struct FlatInner {
    name: Option<String>,
    #[config(flatten)]
    inner: Inner,
}

fn layered<T: Config>(layers: &[&str]) -> Loader<T> {
    let loader = T::loader().system(System::memory());
    let layers = layers.iter().zip(["base.toml", "middle.toml", "top.toml"]);
    layers.fold(loader, |loader, (text, name)| loader.text(Format::Toml, name, (*text).to_owned()))
}

/// What a stack is as a figment, once it has been loaded.
fn exported<T: Config>(layers: &[&str]) -> Value {
    let loader = layered::<T>(layers);
    if let Err(report) = loader.load() {
        panic!("{report}");
    }
    let extracted: BTreeMap<String, figment::value::Value> = loader.figment().unwrap().extract().unwrap();
    serde_json::to_value(&extracted).unwrap()
}

#[test]
fn keys_of_other_variants_are_left_out() {
    let of = |layers: &[&str]| exported::<Settings>(layers)["outer"].clone();
    assert_eq!(of(&["outer.Disk.path = 'a'", "outer.S3.bucket = 'b'"]), json!({"S3": {"bucket": "b"}}));
    assert_eq!(of(&["outer.volume.path = 'a'", "outer.S3.bucket = 'b'"]), json!({"S3": {"bucket": "b"}}));
    let disk = json!({"Disk": {"path": "a", "limit": 2}});
    assert_eq!(of(&["outer.volume.path = 'a'", "outer.Disk.limit = 2"]), disk);
    assert_eq!(of(&["outer.Disk.path = 'a'", "outer.S3.bucket = 'b'", "outer.volume.limit = 2"]), disk);
    // A name above, or between, says no more than the content does.
    assert_eq!(of(&["outer.Disk = { path = 'a', limit = 2 }", "outer = 'Disk'"]), disk);
    assert_eq!(of(&["outer.Disk.path = 'a'", "outer = 'Disk'", "outer.Disk.limit = 2"]), disk);
    assert_eq!(of(&["outer.Disk.path = 'a'", "outer = 'Off'"]), json!("Off"));
    let map = exported::<Settings>(&["map.a.Disk.path = 'a'", "map.a.S3.bucket = 'b'"]);
    assert_eq!(map["map"], json!({"a": {"S3": {"bucket": "b"}}}));
}

#[test]
fn tables_of_other_tags_are_left_out() {
    let disk = "inner = { type = 'Disk', path = 'a', limit = 5 }";
    let s3 = "inner = { type = 'S3', bucket = 'b' }";
    let of = |layers: &[&str]| exported::<Settings>(layers)["inner"].clone();
    assert_eq!(of(&[disk, s3]), json!({"type": "S3", "bucket": "b"}));
    assert_eq!(of(&[disk, "inner.limit = 6"]), json!({"type": "Disk", "path": "a", "limit": 6}));
    // What is below the layers of another variant belongs to it again.
    let again = of(&[disk, s3, "inner = { type = 'Disk', path = 'c' }"]);
    assert_eq!(again, json!({"type": "Disk", "path": "c", "limit": 5}));
    let list = exported::<Settings>(&[
        "list = [{ type = 'Disk', path = 'a', limit = 5 }]",
        "list = [{ type = 'S3', bucket = 'b' }]",
    ]);
    assert_eq!(list["list"], json!([{"type": "S3", "bucket": "b"}]));
    let beside =
        exported::<Settings>(&["beside = { t = 'Disk', c.path = 'a' }", "beside = { t = 'Name', c = 'n' }"]);
    assert_eq!(beside["beside"], json!({"t": "Name", "c": "n"}));
}

#[test]
fn keys_beside_a_flattened_enum_stay() {
    let flat = exported::<Flat>(&["name = 'n'\nDisk.path = 'a'", "S3.bucket = 'b'"]);
    assert_eq!(flat, json!({"name": "n", "S3": {"bucket": "b"}}));
    let layers = ["name = 'n'\ntype = 'Disk'\npath = 'a'", "type = 'S3'\nbucket = 'b'"];
    assert_eq!(exported::<FlatInner>(&layers), json!({"name": "n", "type": "S3", "bucket": "b"}));
}

#[test]
fn a_schema_judges_the_variant_in_force() {
    let load = |layers: &[&str]| layered::<Settings>(layers).load();
    let disk = |limit: u8| format!("inner = {{ type = 'Disk', path = 'a', limit = {limit} }}");
    let s3 = "inner = { type = 'S3', bucket = 'b' }";
    assert!(load(&["outer.Disk.path = 'a'", "outer.S3.bucket = 'b'"]).is_ok());
    assert!(load(&[&disk(10), s3]).is_ok());
    // So are the defaults.
    assert!(load(&["beside = { t = 'Disk', c.path = 'a' }"]).is_ok());
    // The place is in a layer that belongs to the variant.
    let middle = "inner = { type = 'S3', bucket = 'b', limit = 99 }";
    let report = load(&[&disk(10), middle, "inner = { type = 'Disk', path = 'c' }"]).unwrap_err();
    let problem = &report.problems()[0];
    assert_eq!(problem.message(), "inner.limit must be at most 9, not 10");
    assert_eq!(problem.origin().unwrap().to_string(), "base.toml:1:46");
}
