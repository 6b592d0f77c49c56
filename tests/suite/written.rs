//! Values that a program hands over: whatever serde can write is read back as it was.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use confkit::{Config, Report, testing};
use serde::de::DeserializeOwned;
use serde::ser::{Serialize, SerializeMap as _, Serializer};
use serde::{Deserialize, Serialize as DeriveSerialize};

#[derive(Debug, Config)]
struct One<T> {
    value: T,
}

fn read<T: DeserializeOwned>(value: impl Serialize) -> Result<T, Report> {
    One::<T>::loader().set("value", value).load().map(|one| one.value)
}

/// Hands a value over and reads it again.
#[track_caller]
fn comes_back<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: T) {
    let read = read::<T>(&value).unwrap_or_else(|report| panic!("{value:?}: {report}"));
    assert_eq!(read, value);
}

#[derive(Debug, PartialEq, DeriveSerialize, Deserialize)]
struct Pair(u8, String);

#[derive(Debug, PartialEq, DeriveSerialize, Deserialize)]
struct Wrapper(i64);

#[derive(Debug, PartialEq, DeriveSerialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Shape {
    Nothing,
    Size(u32),
    Point(i8, i8),
    Area { width: u16, height: Option<u16> },
}

#[test]
fn numbers_of_every_width() {
    comes_back((i8::MIN, i16::MIN, i32::MIN, i64::MIN));
    comes_back((u8::MAX, u16::MAX, u32::MAX, u64::MAX));
    comes_back((i128::MIN, u128::MAX, usize::MAX, isize::MIN));
    comes_back((f32::MIN_POSITIVE, f64::MAX, 0.1_f32, -0.0_f64));
    assert!(read::<f32>(f32::NAN).unwrap().is_nan());
    comes_back(f64::INFINITY);
}

#[test]
fn structures_of_every_form() {
    comes_back(Pair(1, "a".to_owned()));
    comes_back(Wrapper(-1));
    comes_back([1_u8, 2, 3]);
    comes_back((1_u8, 'x', true));
    comes_back(BTreeSet::from(["a".to_owned(), "b".to_owned()]));
    for shape in [
        Shape::Nothing,
        Shape::Size(5),
        Shape::Point(-1, 1),
        Shape::Area { width: 1, height: Some(2) },
        Shape::Area { width: 1, height: None },
    ] {
        comes_back(shape);
    }
    comes_back(vec![Shape::Nothing, Shape::Point(0, 0)]);
}

#[test]
fn keys_are_written_as_text() {
    comes_back(BTreeMap::from([(-5_i32, 'a'), (7, 'b')]));
    comes_back(BTreeMap::from([('k', 1_u8), ('ß', 2)]));
    comes_back(BTreeMap::from([("a.b".to_owned(), vec![1_u8]), (String::new(), Vec::new())]));
    let by_truth = read::<BTreeMap<String, u8>>(BTreeMap::from([(true, 1), (false, 0)])).unwrap();
    assert_eq!(by_truth, BTreeMap::from([("false".to_owned(), 0), ("true".to_owned(), 1)]));
}

/// What serde writes for `serde_bytes` and its like.
struct Bytes(&'static [u8]);

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0)
    }
}

#[test]
fn bytes_are_a_list_of_numbers() {
    assert_eq!(read::<Vec<u8>>(Bytes(&[0, 127, 255])).unwrap(), [0, 127, 255]);
}

#[test]
fn what_is_nothing_sets_nothing() {
    #[derive(DeriveSerialize)]
    struct Nothing;
    let with = |loader: confkit::Loader<One<Option<u8>>>| loader.set("value", 5);
    assert_eq!(with(One::loader()).set("value", ()).load().unwrap().value, Some(5));
    assert_eq!(with(One::loader()).set("value", Nothing).load().unwrap().value, Some(5));
    assert_eq!(with(One::loader()).set("value", None::<u8>).load().unwrap().value, Some(5));
}

/// Entries as they are, also two with one key.
struct Entries(Vec<(String, Option<u32>)>);

impl Serialize for Entries {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (key, value) in &self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

fn numbered(count: u32) -> Vec<(String, Option<u32>)> {
    (0..count).map(|number| (format!("k{number}"), Some(number))).collect()
}

#[test]
fn entries_that_are_nothing_leave_no_hole() {
    for count in [0, 1, 2, 11, 12, 13, 14, 40] {
        let mut entries = numbered(count);
        for (_, value) in entries.iter_mut().step_by(3) {
            *value = None;
        }
        let expected: BTreeMap<_, _> =
            entries.iter().filter_map(|(key, value)| Some((key.clone(), (*value)?))).collect();
        assert_eq!(read::<BTreeMap<String, u32>>(Entries(entries)).unwrap(), expected, "{count}");
    }
}

#[test]
fn a_key_is_written_once() {
    for count in [1, 12, 13, 40] {
        let mut twice = numbered(count);
        twice.push(("k0".to_owned(), Some(9)));
        let report = read::<BTreeMap<String, u32>>(Entries(twice)).unwrap_err();
        assert!(report.to_string().contains("the key k0 is written twice"), "{report}");
    }
}

#[test]
fn a_key_may_be_nothing_before() {
    for count in [1, 12, 13, 40] {
        let mut nothing_before = numbered(count);
        nothing_before.push(("x".to_owned(), None));
        nothing_before.push(("x".to_owned(), Some(9)));
        let read = read::<BTreeMap<String, u32>>(Entries(nothing_before)).unwrap();
        assert_eq!((read.len(), read["x"]), (count as usize + 1, 9));
    }
}

/// As deep as it is told to be.
struct Nested(usize, fn(u8) -> Shape);

impl Serialize for Nested {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            0 => (self.1)(0).serialize(serializer),
            depth => [Nested(depth - 1, self.1)].serialize(serializer),
        }
    }
}

#[test]
fn what_cannot_be_written_says_why() {
    let refused = |path: &str, value: &dyn Fn(confkit::Loader<One<u8>>, &str) -> confkit::Loader<One<u8>>| {
        let report = value(One::loader(), path).load().unwrap_err();
        report.problems()[0].message().to_owned()
    };
    let deep = refused("value", &|loader, path| loader.set(path, Nested(500, |_| Shape::Nothing)));
    let long = refused(&format!("{}a", "a.".repeat(128)), &|loader, path| loader.set(path, 1));
    let keys = refused("value", &|loader, path| loader.set(path, BTreeMap::from([((1, 2), 3)])));
    let index = refused("[0]", &|loader, path| loader.set(path, 1));
    let long = long.replace("a.a.", "");
    insta::assert_snapshot!([deep, long, keys, index].join("\n"));
    testing::assert_codes(&read::<Shape>(Nested(3, |_| Shape::Point(1, 1))), &[confkit::Code::Type]);
}

#[test]
fn only_a_table_stands_at_the_root() {
    use confkit_sources::{Document, OriginKind};
    fn at_root(value: impl Serialize) -> Result<Option<Document>, String> {
        Document::serialized(OriginKind::Code, "set", &[], &value).map_err(|error| error.to_string())
    }
    for refused in [
        at_root(5),
        at_root("text"),
        at_root(1.5),
        at_root(true),
        at_root('c'),
        at_root([1]),
        at_root((1, 2)),
        at_root(Pair(1, String::new())),
        at_root(Shape::Nothing),
    ] {
        assert_eq!(refused.unwrap_err(), "only a table can stand at the root");
    }
    let document = at_root(Shape::Area { width: 1, height: None }).unwrap().unwrap();
    let area = document.root().get("area").unwrap();
    assert_eq!(area.entries().map(|(key, node)| (key, node.text())).collect::<Vec<_>>(), [("width", "1")]);
    assert!(at_root(()).unwrap().is_none());
}
