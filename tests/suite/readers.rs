//! What types ask of a value: every question serde has, answered from files, text and several layers.

use std::collections::BTreeMap;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddrV4, SocketAddrV6};
use std::time::Duration;

use confkit::write::{Defaults, Secrets};
use confkit::{ByteSize, Code, Config, Format, Loader, Report, Secret, testing};
use serde::de::{DeserializeOwned, Deserializer, Error, Visitor};
use serde::{Deserialize, Serialize};

#[derive(Debug, Config)]
#[config(env_prefix = "A")]
struct One<T> {
    value: T,
}

fn file<T: DeserializeOwned>(value: &str) -> Result<T, Report> {
    One::<T>::loader().text(Format::Toml, "a.toml", format!("value = {value}")).load().map(|one| one.value)
}

fn text<T: DeserializeOwned>(value: &str) -> Result<T, Report> {
    One::<T>::loader().env_vars([("A_VALUE", value)]).load().map(|one| one.value)
}

/// What is said of the one problem.
fn said<T>(result: Result<T, Report>) -> String {
    let report = result.err().expect("there is a problem");
    assert_eq!(report.problems().len(), 1, "{report}");
    let problem = &report.problems()[0];
    format!("{}: {}", problem.code().as_str(), problem.message())
}

/// Bytes, as `serde_bytes` and its like ask for them.
#[derive(Debug, PartialEq)]
struct Raw(Vec<u8>);

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bytes;
        impl<'de> Visitor<'de> for Bytes {
            type Value = Raw;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("bytes")
            }
            fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Raw, E> {
                Ok(Raw(bytes.to_vec()))
            }
            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut access: A) -> Result<Raw, A::Error> {
                let mut bytes = Vec::new();
                while let Some(byte) = access.next_element()? {
                    bytes.push(byte);
                }
                Ok(Raw(bytes))
            }
        }
        deserializer.deserialize_bytes(Bytes)
    }
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Unit;

#[derive(Debug, PartialEq, Deserialize)]
struct Pair(u8, String);

#[derive(Debug, PartialEq, Deserialize)]
struct Named {
    #[serde(alias = "other")]
    host: String,
    #[serde(default)]
    port: u16,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Mode {
    Plain,
    Sized(u8),
}

#[test]
fn bytes_are_text_or_a_list() {
    assert_eq!(file::<Raw>("'ab'").unwrap(), Raw(b"ab".to_vec()));
    assert_eq!(file::<Raw>("[1, 255]").unwrap(), Raw(vec![1, 255]));
    assert_eq!(text::<Raw>("a,b").unwrap(), Raw(b"a,b".to_vec()));
    testing::assert_codes(&file::<Raw>("5"), &[Code::Type]);
}

#[test]
fn numbers_are_read_in_every_radix_into_every_type() {
    assert!((file::<f64>("0x10").unwrap() - 16.0).abs() < f64::EPSILON);
    assert!((file::<f64>("7").unwrap() - 7.0).abs() < f64::EPSILON);
    assert_eq!(file::<i8>("-0").unwrap(), 0);
    assert_eq!(file::<u128>("0b101").unwrap(), 5);
    assert_eq!(file::<ByteSize>("0x400").unwrap(), ByteSize::new(1024));
    assert!(text::<f64>("nan").unwrap().is_nan());
}

#[test]
fn tuples_have_as_many_elements_as_they_say() {
    assert_eq!(file::<(u8, char)>("[1, 'x']").unwrap(), (1, 'x'));
    assert_eq!(text::<(u8, char)>("1, x").unwrap(), (1, 'x'));
    assert_eq!(file::<Pair>("[1, 'x']").unwrap(), Pair(1, "x".to_owned()));
    insta::assert_snapshot!(
        [
            said(file::<(u8, char)>("[1, 'x', 2]")),
            said(file::<Pair>("[1]")),
            said(file::<[u8; 2]>("[1, 2, 3]")),
            said(file::<(u8, char)>("5")),
            said(text::<Pair>("1,x,y")),
        ]
        .join("\n")
    );
}

#[test]
fn structures_and_variants_in_text() {
    let named = Named { host: "h".to_owned(), port: 5 };
    assert_eq!(text::<Named>("host=h, port=5").unwrap(), named);
    assert_eq!(text::<Named>(r#"{"host": "h", "port": 5}"#).unwrap(), named);
    assert_eq!(text::<Vec<Named>>(r#"[{"host": "h", "port": 5}]"#).unwrap(), [named]);
    assert_eq!(text::<Mode>(" plain ").unwrap(), Mode::Plain);
    assert_eq!(text::<Vec<Mode>>(r#"["plain", {"sized": 5}]"#).unwrap(), [Mode::Plain, Mode::Sized(5)]);
    let twice = file::<Named>("{ host = 'a', other = 'b' }");
    insta::assert_snapshot!(
        [
            said(twice),
            said(text::<Named>("host")),
            said(file::<Named>("5")),
            said(file::<Mode>("5")),
            said(file::<Mode>("[]")),
            said(file::<Mode>("{ sized = 'x' }")),
            said(file::<Mode>("{ size = 1 }")),
            said(file::<Mode>("{}")),
            said(file::<BTreeMap<u8, u8>>("{ x = 1 }")),
        ]
        .join("\n")
    );
}

#[test]
fn what_is_empty_is_not_set() {
    fn is_missing<T: DeserializeOwned>() {
        for empty in ["", " "] {
            testing::assert_codes(&text::<T>(empty), &[Code::Missing]);
            assert!(text::<Option<T>>(empty).unwrap().is_none());
        }
    }
    is_missing::<u8>();
    is_missing::<bool>();
    is_missing::<f32>();
    is_missing::<Vec<u8>>();
    is_missing::<BTreeMap<String, u8>>();
    is_missing::<Duration>();
    is_missing::<ByteSize>();
    is_missing::<IpAddr>();
    is_missing::<Mode>();
    is_missing::<Named>();
}

#[test]
fn a_value_of_no_use_is_told_with_what_is_expected() {
    insta::assert_snapshot!(
        [
            said(file::<bool>("1")),
            said(file::<f32>("'1'")),
            said(file::<char>("5")),
            said(file::<char>("'ab'")),
            said(file::<()>("5")),
            said(file::<Unit>("'x'")),
            said(file::<Duration>("5")),
            said(file::<ByteSize>("true")),
            said(file::<ByteSize>("-1")),
            said(file::<Ipv4Addr>("'x'")),
            said(file::<Ipv6Addr>("5")),
            said(file::<SocketAddrV4>("'x'")),
            said(file::<SocketAddrV6>("'x'")),
            said(file::<Odd>("2")),
            said(file::<Odd>("'x'")),
        ]
        .join("\n")
    );
}

/// A type whose words have no article.
#[derive(Debug)]
struct Odd;

impl<'de> Deserialize<'de> for Odd {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Words;
        impl Visitor<'_> for Words {
            type Value = Odd;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("odd number in words")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Odd, E> {
                Err(E::invalid_value(serde::de::Unexpected::Str(text), &self))
            }
        }
        deserializer.deserialize_str(Words)
    }
}

#[test]
fn a_list_in_one_variable_has_its_elements_replaced() {
    let list = |text: &str| {
        let loader = One::<Vec<String>>::loader().env_vars([("A_VALUE", text)]).set("value[1]", "z");
        loader.load().unwrap().value
    };
    assert_eq!(list("a,b,c"), ["a", "z", "c"]);
    assert_eq!(list(r#"["a", "b,", "c"]"#), ["a", "z", "c"]);
    assert_eq!(list("a"), ["a", "z"]);
    let numbers = One::<Vec<u8>>::loader().env_vars([("A_VALUE", "[1, 2]")]).set("value[0]", 9);
    assert_eq!(numbers.load().unwrap().value, [9, 2]);
    let hole = One::<Vec<u8>>::loader().env_vars([("A_VALUE", "[1]")]).set("value[5]", 9).load();
    assert_eq!(said(hole), "invalid: value has element 5, but only 1 before it");
}

#[test]
fn a_key_that_is_twice_in_one_variable_is_told() {
    let map = |text: &str| said(One::<BTreeMap<String, u8>>::loader().env_vars([("A_VALUE", text)]).load());
    assert_eq!(map("a=1,b=2,a=3"), "duplicate: value has `a` twice");
    let secret = One::<Secret<BTreeMap<String, u8>>>::loader().env_vars([("A_VALUE", "hunter2=1,hunter2=2")]);
    assert_eq!(said(secret.load()), "duplicate: value has a key twice");
    let same = One::<BTreeMap<String, u8>>::loader().env_vars([("A_VALUE", "a=1,a=1")]).load();
    assert_eq!(same.unwrap().value, BTreeMap::from([("a".to_owned(), 1)]));

    assert_eq!(map(r#"{"a": 1, "b": 2, "a": 3}"#), "duplicate: value has `a` twice");
    let same = One::<BTreeMap<String, u8>>::loader().env_vars([("A_VALUE", r#"{"a": 1, "a": 1}"#)]).load();
    assert_eq!(same.unwrap().value, BTreeMap::from([("a".to_owned(), 1)]));
}

#[test]
fn every_key_that_is_twice_is_told_and_what_else_is_wrong() {
    type Table = BTreeMap<String, BTreeMap<String, u8>>;
    let told = |loader: Loader<One<Table>>| {
        let report = loader.load().unwrap_err();
        let problems = report.problems().iter().map(|problem| {
            assert_eq!(problem.origin().unwrap().to_string(), "environment variable A_VALUE");
            problem.message().to_owned()
        });
        problems.collect::<Vec<_>>()
    };
    let vars = [("A_VALUE", r#"{"x": {"a": 1, "b": "z", "a": 3}, "y": {"c": 1, "c": 2, "c": 3}}"#)];
    let expected = [
        "value.x has `a` twice",
        "value.y has `c` twice",
        "value.x.b must be an integer from 0 to 255, not the string \"z\"",
    ];
    assert_eq!(told(One::loader().env_vars(vars)), expected);

    // The same between other layers, at the place of the text.
    let expected = [
        "value.x has `a` twice",
        "value.x.b must be an integer from 0 to 255, not the string \"z\"",
        "value.y has `c` twice",
    ];
    let file = "value.w.a = 1";
    assert_eq!(told(One::loader().text(Format::Toml, "a", file).env_vars(vars)), expected);
    assert_eq!(told(One::loader().env_vars(vars).text(Format::Toml, "a", file)), expected);
    for text in ["a=1,a=2,b=1,b=2", r#"{"a": 1, "a": 2, "b": 1, "b": 2}"#] {
        let expected = ["value has `a` twice", "value has `b` twice"];
        assert_eq!(told(One::loader().text(Format::Toml, "a", file).env_vars([("A_VALUE", text)])), expected);
        assert_eq!(told(One::loader().env_vars([("A_VALUE", text)]).text(Format::Toml, "a", file)), expected);
    }
}

#[test]
fn keys_that_are_twice_in_any_json_are_told() {
    assert_eq!(
        said(text::<Vec<Named>>(r#"[{"host": "a", "host": "b"}]"#)),
        "duplicate: value[0] has `host` twice"
    );
    assert_eq!(said(text::<Named>(r#"{"host": "a", "host": "b"}"#)), "duplicate: value has `host` twice");
    // What takes anything may hold a secret.
    let any = said(text::<serde_json::Value>(r#"{"a": 1, "a": 2}"#));
    assert_eq!(any, "duplicate: value has a key twice");
}

#[test]
fn keys_in_json_keep_their_order() {
    let map = text::<indexmap::IndexMap<String, u8>>(r#"{"z": 1, "a": 2}"#).unwrap();
    assert_eq!(map.into_iter().collect::<Vec<_>>(), [("z".to_owned(), 1), ("a".to_owned(), 2)]);
}

#[test]
fn a_map_in_one_variable_stands_between_its_layers() {
    let map = |text: &str| {
        let loader = One::<BTreeMap<String, String>>::loader()
            .text(Format::Toml, "a", "value = { a = '1', b = '2' }")
            .env_vars([("A_VALUE", text)])
            .set("value.c", "5");
        loader.load().unwrap().value
    };
    let expected = BTreeMap::from([("a", "1"), ("b", "3"), ("c", "5")].map(|(k, v)| (k.into(), v.into())));
    assert_eq!(map("b=3,c=4"), expected);
    assert_eq!(map(r#"{"b": "3", "c": "4"}"#), expected);
    assert_eq!(map(r#"{"b": 3}"#), expected, "text takes a number as it is written");
}

#[test]
fn texts_of_a_table_combine_with_what_is_below() {
    let map = |values: [(&str, u8); 3]| BTreeMap::from(values.map(|(key, value)| (key.to_owned(), value)));
    let loader = One::<BTreeMap<String, u8>>::loader()
        .text(Format::Toml, "a", "value = { a = 1, b = 1 }")
        .env_vars([("A_VALUE", "b=2,c=2")])
        .args(["--value", "c=3"]);
    assert_eq!(loader.load().unwrap().value, map([("a", 1), ("b", 2), ("c", 3)]));

    // What the text does not name combines over it.
    let nested = One::<BTreeMap<String, BTreeMap<String, u8>>>::loader()
        .text(Format::Toml, "a", "value.x.a = 1")
        .env_vars([("A_VALUE", r#"{"y": {"a": 1}}"#)])
        .set("value.x.b", 2)
        .load_traced()
        .unwrap();
    assert_eq!(nested.value["x"].len() + nested.value["y"].len(), 3);
    let document = nested.to_document(Defaults::Omit, Secrets::Omit).unwrap();
    assert_eq!(document.root().get("value").unwrap().get("x").unwrap().items().count(), 2);
}

#[test]
fn text_that_is_no_table_is_told_over_and_under_one() {
    let loader = One::<BTreeMap<String, u8>>::loader;
    let over = loader().text(Format::Toml, "a", "value.a = 1").env_vars([("A_VALUE", "garbage")]);
    assert_eq!(said(over.load()), "type: value must be a table, not \"garbage\"");
    let under = loader().env_vars([("A_VALUE", "garbage")]).text(Format::Toml, "a", "value.a = 1");
    let report = under.load().unwrap_err();
    assert_eq!(report.problems()[0].code(), Code::Conflict);
    let related = report.problems()[0].related()[0].origin().to_string();
    assert_eq!(related, "environment variable A_VALUE");
}

#[test]
fn secrets_inside_of_text_are_known() {
    #[derive(Debug, Config)]
    #[config(env_prefix = "A")]
    struct Keys {
        keys: BTreeMap<String, Secret<u32>>,
        #[config(default)]
        port: u16,
    }
    let vars = [("A_KEYS", r#"{"a": "hunter2x", "b": 7}"#), ("A_PORT", "not hunter2x")];
    let report = Keys::loader().env_vars(vars).load().unwrap_err();
    assert_eq!(report.problems().len(), 2, "{report}");
    testing::assert_hidden(&report, "hunter2x");
}

#[test]
fn secrets_inside_of_texts_are_known_that_combine_or_cannot_be_read() {
    #[derive(Debug, Config)]
    #[config(env_prefix = "A")]
    struct Keys {
        all: Secret<BTreeMap<String, String>>,
        each: BTreeMap<String, Secret<String>>,
        #[config(default)]
        list: Secret<Vec<String>>,
        #[config(default)]
        port: u16,
    }
    let file = "all.z = 'x'\neach.z = 'x'";
    let json = r#"{"a": "hunter1x", "a": "hunter2x"}"#;
    for all in ["a=hunter2x", "a=hunter1x,a=hunter2x", json, r#"{"a": ["hunter2x"]}"#] {
        let vars = [("A_ALL", all), ("A_EACH", all), ("A_LIST", all), ("A_PORT", "not hunter2x or hunter1x")];
        let report = Keys::loader().text(Format::Toml, "a", file).env_vars(vars).load().unwrap_err();
        testing::assert_hidden(&report, "hunter2x");
        if all.contains("hunter1x") {
            testing::assert_hidden(&report, "hunter1x");
        }
    }
}

#[test]
fn a_place_that_shows_a_secret_is_masked_too() {
    #[derive(Debug, Config)]
    struct Keyed {
        password: Secret<String>,
        #[config(default)]
        labels: BTreeMap<String, u8>,
    }
    let loader = Keyed::loader().set("password", "hunter2x").set("labels.hunter2x", "x");
    let report = loader.load().unwrap_err();
    for text in [report.to_string(), format!("{:?}", report.problems()[0].origin())] {
        assert!(!text.contains("hunter2x"), "{text}");
    }
}

#[test]
fn an_explanation_shows_values_as_they_are_written() {
    #[derive(Debug, Config)]
    struct Any {
        hex: u8,
        octal: u8,
        binary: u8,
        list: Vec<serde_json::Value>,
    }
    let toml = "hex = 0xff\noctal = 0o17\nbinary = 0b11\nlist = [0x1, 'x', { a = [1.5], b = true }]\n";
    let loaded = Any::loader().text(Format::Toml, "a", toml).load_traced().unwrap();
    let shown = |path: &str| loaded.explain(path).unwrap().value().unwrap().to_owned();
    assert_eq!(["hex", "octal", "binary"].map(shown), ["0xff", "0o17", "0b11"]);
    assert_eq!(shown("list"), r#"[0x1, "x", { a = [1.5], b = true }]"#);
}
