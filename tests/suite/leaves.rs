//! Leaves: any type that serde reads, with places down to the inner element that fails.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use confkit::{ByteSize, Code, Config, Content, FieldDefault, Format, Problem, Report, testing};
use serde::Deserialize;

#[derive(Debug, Config)]
struct One<T> {
    value: T,
}

fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Report> {
    One::<T>::loader().text(Format::Toml, "a.toml", text).load().map(|one| one.value)
}

/// The problems as (path, place).
fn places(report: &Report) -> Vec<(&str, String)> {
    let place = |problem: &Problem| problem.origin().map(ToString::to_string).unwrap_or_default();
    report.problems().iter().map(|problem| (problem.path(), place(problem))).collect()
}

#[test]
fn three_bad_elements_are_three_problems() {
    let text = "value = [1, 'a', 3,\n  300, 5, true]";
    let report = read::<Vec<u8>>(text).unwrap_err();
    let expected = [("value[1]", "a.toml:1:13"), ("value[3]", "a.toml:2:3"), ("value[5]", "a.toml:2:11")];
    assert_eq!(places(&report), expected.map(|(path, place)| (path, place.to_owned())));
    insta::assert_snapshot!(report);
}

#[test]
fn every_kind_of_list_and_map_is_read_element_by_element() {
    let list = "value = [1, 'a', 'b', 'c']";
    assert_eq!(read::<Vec<Option<u8>>>(list).unwrap_err().problems().len(), 3);
    assert_eq!(read::<Option<Vec<u8>>>(list).unwrap_err().problems().len(), 3);
    assert_eq!(read::<BTreeSet<u8>>(list).unwrap_err().problems().len(), 3);
    assert_eq!(read::<[u8; 4]>(list).unwrap_err().problems().len(), 3);
    assert_eq!(read::<Box<[u8]>>(list).unwrap_err().problems().len(), 3);
    assert_eq!(read::<std::collections::VecDeque<u8>>(list).unwrap_err().problems().len(), 3);
    let map = "[value]\na = 1\nb = 'x'\nc = 'y'\n\"d.e\" = 'z'\n";
    let paths = |report: Report| report.problems().iter().map(|p| p.path().to_owned()).collect::<Vec<_>>();
    let expected = ["value.b", "value.c", "value.\"d.e\""];
    assert_eq!(paths(read::<BTreeMap<String, u8>>(map).unwrap_err()), expected);
    assert_eq!(paths(read::<HashMap<String, u8>>(map).unwrap_err()), expected);
    let deep = "value = { a = [1, 'x'], b = ['y', 2] }";
    assert_eq!(paths(read::<BTreeMap<String, Vec<u8>>>(deep).unwrap_err()), ["value.a[1]", "value.b[0]"]);
    let nested = "value = [[1, 'x'], ['y']]";
    assert_eq!(paths(read::<Vec<Vec<u8>>>(nested).unwrap_err()), ["value[0][1]", "value[1][0]"]);
}

#[derive(Debug, Deserialize)]
struct Plain {
    host: String,
    #[serde(default)]
    ports: Vec<u16>,
    inner: Option<Inner>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Inner {
    weight: u32,
}

#[test]
fn a_plain_structure_keeps_inner_places() {
    let text = "[value]\nhost = 'a'\nports = [1, 'x']\n[value.inner]\nweight = 1\n";
    let report = read::<Plain>(text).unwrap_err();
    assert_eq!(places(&report), [("value.ports[1]", "a.toml:3:13".to_owned())]);
    let weight = read::<Plain>("[value]\nhost = 'a'\ninner.weight = 'x'\n").unwrap_err();
    assert_eq!(places(&weight), [("value.inner.weight", "a.toml:3:16".to_owned())]);
    let missing = read::<Plain>("[value]\nports = [1]\n").unwrap_err();
    let problem = &missing.problems()[0];
    assert_eq!((problem.code(), problem.path()), (Code::Missing, "value.host"), "{missing}");
    insta::assert_snapshot!(missing);
}

#[test]
fn what_a_plain_structure_ignores_is_unknown_only_where_it_says_so() {
    // serde ignores `other` without `deny_unknown_fields`; with it, it is an error.
    let denied = read::<Plain>("[value]\nhost = 'a'\ninner = { weight = 1, wieght = 2 }\n").unwrap_err();
    let problem = &denied.problems()[0];
    assert_eq!((problem.code(), problem.path()), (Code::UnknownKey, "value.inner.wieght"), "{denied}");
    assert_eq!(problem.suggestion(), Some("weight"));
}

#[test]
fn a_plain_structure_is_read_over_all_layers() {
    let base = "[value]\nhost = 'base'\nports = [1]\ninner.weight = 1\n";
    let over = "[value]\nports = [2, 3]\n";
    let loader = One::<Plain>::loader().text(Format::Toml, "base", base).text(Format::Toml, "over", over);
    let value = loader.load().unwrap().value;
    assert_eq!((value.host.as_str(), value.ports, value.inner.unwrap().weight), ("base", vec![2, 3], 1));
}

#[test]
fn a_map_of_leaves_is_read_over_all_layers() {
    let loader = One::<BTreeMap<String, u8>>::loader();
    let loader = loader.text(Format::Toml, "base", "value = { a = 1, b = 2 }").text(
        Format::Toml,
        "over",
        "value = { b = 3, c = 4 }",
    );
    let value = loader.load().unwrap().value;
    assert_eq!(value.into_iter().collect::<Vec<_>>(), [("a".into(), 1), ("b".into(), 3), ("c".into(), 4)]);
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Store {
    Memory,
    File { path: PathBuf },
    S3 { bucket: String, region: Option<String> },
    Pair(u8, u8),
    Single(String),
}

#[test]
fn the_topmost_layer_that_names_a_variant_decides() {
    let load = |layers: &[&str]| {
        let loader = One::<Store>::loader();
        let add = |loader: confkit::Loader<One<Store>>, (n, text): (usize, &&str)| {
            loader.text(Format::Toml, &format!("l{n}"), *text)
        };
        layers.iter().enumerate().fold(loader, add).load().map(|one| one.value)
    };
    let file = "value.file.path = 'a'";
    let s3 = "value.s3.bucket = 'b'";
    let region = "value.s3.region = 'eu'";
    assert_eq!(load(&[file]).unwrap(), Store::File { path: "a".into() });
    assert_eq!(load(&[file, s3]).unwrap(), Store::S3 { bucket: "b".into(), region: None });
    assert_eq!(load(&[s3, region]).unwrap(), Store::S3 { bucket: "b".into(), region: Some("eu".into()) });
    assert_eq!(load(&[s3, file]).unwrap(), Store::File { path: "a".into() });
    assert_eq!(load(&[file, "value = 'memory'"]).unwrap(), Store::Memory);
    assert_eq!(load(&["value = 'memory'", file]).unwrap(), Store::File { path: "a".into() });
    assert_eq!(load(&["value.pair = [1, 2]"]).unwrap(), Store::Pair(1, 2));
    assert_eq!(load(&["value.single = 'x'"]).unwrap(), Store::Single("x".into()));
    assert!(
        load(&["value = { file = { path = 'a' }, s3 = { bucket = 'b' } }"]).is_err(),
        "two variants in one layer"
    );
}

#[test]
fn a_wrong_variant_has_the_near_name() {
    let report = read::<Store>("value.flie.path = 'a'").unwrap_err();
    let problem = &report.problems()[0];
    assert!(problem.message().contains("flie"), "{report}");
    assert_eq!(problem.origin().unwrap().to_string(), "a.toml:1:7");
    assert_eq!((problem.code(), problem.suggestion()), (Code::UnknownVariant, Some("file")), "{report}");
    insta::assert_snapshot!(report);
    let inner = read::<Store>("value.s3.bucket = 3").unwrap_err();
    assert_eq!(places(&inner), [("value.s3.bucket", "a.toml:1:19".to_owned())]);
}

#[test]
fn types_that_parse_themselves_say_what_they_expect() {
    let cases: [(fn() -> Report, &str); 3] = [
        (|| read::<SocketAddr>("value = 'nowhere'").unwrap_err(), "value"),
        (|| read::<IpAddr>("value = '1.2.3'").unwrap_err(), "value"),
        (|| read::<std::num::NonZeroU8>("value = 0").unwrap_err(), "value"),
    ];
    for (report, path) in cases {
        let report = report();
        assert_eq!(report.problems().len(), 1, "{report}");
        assert_eq!(places(&report), [(path, "a.toml:1:9".to_owned())]);
        insta::assert_snapshot!(report);
    }
}

#[test]
fn a_leaf_that_takes_anything() {
    let text = "value = { a = [1, 'x', 1.5, true], when = 1979-05-27T07:32:00Z, big = 9223372036854775807 }";
    let value: serde_json::Value = read(text).unwrap();
    assert_eq!(value["a"], serde_json::json!([1, "x", 1.5, true]));
    assert_eq!(value["when"], "1979-05-27T07:32:00Z");
    assert_eq!(value["big"], i64::MAX);
}

#[test]
fn an_untagged_leaf_is_told_at_its_whole_value() {
    #[derive(Debug, Deserialize)]
    #[serde(untagged)]
    enum Either {
        Number(u16),
        Text { text: String },
    }
    assert!(matches!(read::<Either>("value = 5").unwrap(), Either::Number(5)));
    assert!(matches!(read::<Either>("value.text = 'x'").unwrap(), Either::Text { .. }));
    let report = read::<Either>("value = 'hunter2'").unwrap_err();
    assert_eq!(places(&report), [("value", "a.toml:1:9".to_owned())]);
    insta::assert_snapshot!(report);
}

#[test]
fn a_tagged_leaf_of_several_layers() {
    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(tag = "kind", rename_all = "lowercase")]
    enum Tagged {
        File { path: String },
        Memory,
    }
    let loader = One::<Tagged>::loader().text(Format::Toml, "base", "value = { kind = 'file', path = 'a' }");
    assert_eq!(loader.load().unwrap().value, Tagged::File { path: "a".into() });
    let over = loader.text(Format::Toml, "over", "value.path = 'b'").load().unwrap();
    assert_eq!(over.value, Tagged::File { path: "b".into() });
}

#[test]
fn a_custom_error_is_shown_with_its_place() {
    #[derive(Debug)]
    struct Even(u8);
    impl<'de> Deserialize<'de> for Even {
        fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let number = u8::deserialize(deserializer)?;
            if number.is_multiple_of(2) {
                Ok(Self(number))
            } else {
                Err(serde::de::Error::custom("must be even"))
            }
        }
    }
    assert_eq!(read::<Even>("value = 2").unwrap().0, 2);
    let report = read::<Vec<Even>>("value = [1, 2, 3]").unwrap_err();
    assert_eq!(
        places(&report),
        [("value[0]", "a.toml:1:10".to_owned()), ("value[2]", "a.toml:1:16".to_owned())]
    );
    assert!(report.problems()[0].message().contains("must be even"), "{report}");
    insta::assert_snapshot!(report);
}

#[test]
fn a_panic_free_reader_of_bytes_and_borrowed_text() {
    #[derive(Debug, Deserialize)]
    struct Owned {
        text: std::borrow::Cow<'static, str>,
        unit: (),
    }
    // A unit has no value in TOML; serde's own answer is an error and no panic.
    assert!(read::<Owned>("value = { text = 'x', unit = 1 }").is_err());
    assert_eq!(read::<String>("value = \"a\\tb\\u00e9\"").unwrap(), "a\tbé");
    assert_eq!(read::<String>("value = '''\nline\n'''").unwrap(), "line\n");
}

#[test]
fn an_absent_leaf_uses_nothing_of_serde() {
    #[derive(Debug, Config)]
    struct Settings {
        list: Vec<u8>,
        map: BTreeMap<String, u8>,
        optional: Option<Vec<u8>>,
    }
    let result = Settings::loader().load();
    testing::assert_codes(&result, &[Code::Missing, Code::Missing]);
    insta::assert_snapshot!(result.unwrap_err());
}

/// Many kinds.
#[derive(Debug, Config)]
struct Kinds {
    /// The first.
    ///
    /// In two parts.
    flag: bool,
    number: u8,
    float: f32,
    text: Option<String>,
    address: SocketAddr,
    wait: std::time::Duration,
    size: ByteSize,
    list: Vec<u8>,
    map: HashMap<String, u8>,
    plain: Plain,
    store: Store,
    any: serde_json::Value,
    #[config(default = 5, example = 6, alias = "old", hidden)]
    more: u16,
}

#[test]
fn the_metadata_tells_what_a_value_accepts() {
    let metadata = Kinds::metadata();
    assert_eq!((metadata.name(), metadata.docs()), ("Kinds", "Many kinds."));
    let kind = |field: &confkit::Field| match field.content() {
        Content::Value(kind) => kind().kind().as_str(),
        _ => "-",
    };
    let kinds: Vec<_> = metadata.fields().iter().map(kind).collect();
    let expected = "bool integer float text parsed duration bytes list map structure choice any integer";
    assert_eq!(kinds.join(" "), expected);
    let more = metadata.fields().last().unwrap();
    assert!(matches!(more.default(), FieldDefault::Text("5")));
    assert_eq!((more.example(), more.aliases(), more.is_hidden()), (Some("6"), &["old"][..], true));
    assert!(metadata.fields()[3].is_optional());
    assert!(metadata.fields()[0].docs().starts_with("The first."));
}
