//! Properties: what each line means, what is refused, and what is said.

use std::collections::BTreeMap;

use confkit::{Config, Secret, System};
use confkit_sources::{Format, NodeKind};

use super::{mistakes, read, read_as};

const PROPERTIES: Format = Format::Properties;

#[test]
fn lines_are_read_as_the_guide_says() {
    for (text, expected) in [
        ("", "{}"),
        ("\n \t\u{c}\r\n# a = 1\n  ! b\n", "{}"),
        (
            "a=1\nb:2\nc 3\nd\t4\n  e = 5\nf : 6\ng   7",
            "{a: \"1\", b: \"2\", c: \"3\", d: \"4\", e: \"5\", f: \"6\", g: \"7\"}",
        ),
        ("a \nb=\nc =\n", "{a: \"\", b: \"\", c: \"\"}"),
        ("a==b", "{a: \"=b\"}"),
        ("a : = b", "{a: \"= b\"}"),
        ("a = b # c ! d ", "{a: \"b # c ! d \"}"),
        ("a = 'b'\nc = \"d\"", "{a: \"'b'\", c: \"\\\"d\\\"\"}"),
        ("a=b\\\n   c\\\r\n\td\ne=1", "{a: \"bcd\", e: \"1\"}"),
        ("a=b\\\\\nc=1", "{a: \"b\\\\\", c: \"1\"}"),
        ("a=b\\\n# c\nd=1", "{a: \"b# c\", d: \"1\"}"),
        ("a \\\n  = \\\n  b", "{a: \"b\"}"),
        ("a\\\nb=1", "{ab: \"1\"}"),
        ("# a \\\nb=1", "{b: \"1\"}"),
        ("a=\\t\\n\\r\\f\\\\\\:\\=\\#\\!\\ \\\"\\'", "{a: \"\\t\\n\\r\\u{c}\\\\:=#! \\\"'\"}"),
        ("a=\\u00e9\\uD83D\\uDE00\\u0041", "{a: \"é😀A\"}"),
        ("a\\ b\\=c\\:d=1", "{a b=c:d: \"1\"}"),
        ("\\#a=1\n\\!b=2\n\\u0063=3", "{#a: \"1\", !b: \"2\", c: \"3\"}"),
        ("a.b.c=1\na.d=2\ne=3\na.b.f=4", "{a: {b: {c: \"1\", f: \"4\"}, d: \"2\"}, e: \"3\"}"),
        ("a.b\\.c=1", "{a: {b.c: \"1\"}}"),
        (".level=a\n.b\\ c.d=e", "{.level: \"a\", .b c: {d: \"e\"}}"),
        ("a=${b}", "{a: \"${b}\"}"),
        ("\u{feff}a=é\r\nb=😀\r\n", "{a: \"é\", b: \"😀\"}"),
    ] {
        assert_eq!(read_as(PROPERTIES, text), expected, "{text:?}");
    }
}

#[test]
fn what_cannot_be_meant_is_refused_in_words() {
    for (text, expected) in [
        ("=1", "1:1 the key is missing"),
        (": 1", "1:1 the key is missing"),
        ("a.b", "1:1 the value is missing"),
        ("a..b=1", "1:3 a name is missing between the dots of the key"),
        (".=1", "1:2 a name is missing between the dots of the key"),
        ("..a=1", "1:2 a name is missing between the dots of the key"),
        ("a.=1", "1:3 a name is missing between the dots of the key"),
        ("a.\\\n.b=1", "2:1 a name is missing between the dots of the key"),
        ("\"a\"=1", "1:1 keys stand without quotation marks"),
        ("a=C:\\dir", "1:5 there is no such escape sequence"),
        ("a=\\u12", "1:3 there is no such escape sequence"),
        ("a=\\u+123", "1:3 there is no such escape sequence"),
        ("a=\\ud800", "1:3 this is half of a character"),
        ("a=\\ud800\\u0041", "1:3 this is half of a character"),
        ("a=\\ude00", "1:3 this is half of a character"),
        ("a=b\\", "1:4 the line goes on in the next one, and there is none"),
        ("a=x\u{7}y", "1:4 a control character stands here"),
        ("a=x\ry", "1:4 a control character stands here"),
        ("a=1\na.b=2\na\\.b=3", "3:1 `\"a.b\"` is set twice"),
        ("a\\.b=3\na.b=2\na=1", "2:1 `\"a.b\"` is set twice"),
        ("a.b=2\na.b=3\na=1", "2:1 `\"a.b\"` is set twice"),
        ("a=1\na.b=2\na=3", "3:1 `a` is set twice"),
        ("a.b=2\na=1\na=3", "3:1 `a` is set twice"),
        ("a=1\na.b=2\na\\.b.c=3", "3:1 `\"a.b\"` is a value already and cannot hold settings"),
        ("a\\.b.c=3\na.b=2\na=1", "2:1 `\"a.b\"` holds settings already and cannot be a value"),
        ("a.b=2\na.b=1", "2:3 `a.b` is set twice"),
    ] {
        assert_eq!(mistakes(PROPERTIES, text)[0], expected, "{text:?}");
    }
}

#[test]
fn several_mistakes_are_told_at_once_and_the_rest_is_read_on() {
    let text = "a=\\q\\q\nb=\\\n  \\u1\nc..d=1\ne=1\ne=2\n=x\nf=\\";
    assert_eq!(
        mistakes(PROPERTIES, text),
        [
            "1:3 there is no such escape sequence",
            "3:3 there is no such escape sequence",
            "4:3 a name is missing between the dots of the key",
            "6:1 `e` is set twice",
            "7:1 the key is missing",
            "8:3 the line goes on in the next one, and there is none",
        ]
    );
}

#[test]
fn a_key_may_be_there_twice_with_one_value() {
    for (text, expected) in [
        ("a=1\na=1", "{a: \"1\"}"),
        ("a=1\n\\u0061 : \\u0031", "{a: \"1\"}"),
        ("a.b=1\na.b=1\na=1\na=1", "{a.b: \"1\", a: \"1\"}"),
        ("a=1\na.b=1\na.b=1", "{a: \"1\", a.b: \"1\"}"),
    ] {
        assert_eq!(read_as(PROPERTIES, text), expected, "{text:?}");
    }
}

#[test]
fn what_comes_behind_a_key_with_a_value_stays_in_its_name() {
    for (text, expected) in [
        ("a=1\na.b=2\na.b.c=3", "{a: \"1\", a.b: \"2\", a.b.c: \"3\"}"),
        ("a.b.c=3\na.b=2\na=1", "{a.b.c: \"3\", a.b: \"2\", a: \"1\"}"),
        ("a.b.c=3\nd=4\na=1", "{a.b.c: \"3\", d: \"4\", a: \"1\"}"),
        ("x.a.b=2\nx.c.d=3\nx.a=1", "{x: {a.b: \"2\", c: {d: \"3\"}, a: \"1\"}}"),
        ("x.a=1\nx.a.b=2", "{x: {a: \"1\", a.b: \"2\"}}"),
        ("a=1\na\\.b=2\na.b.c=3", "{a: \"1\", a.b: \"2\", a.b.c: \"3\"}"),
        ("a=1\na\\ .\\u0062\\\n  .c=3\na.\\u0062=2", "{a: \"1\", a : {b: {c: \"3\"}}, a.b: \"2\"}"),
        ("b=1\n\\\n .a=2\n.a=2", "{b: \"1\", .a: \"2\"}"),
        (".a.b=2\n.a=1", "{.a.b: \"2\", .a: \"1\"}"),
        (
            "log4j.appender.A1.layout=Y\nlog4j.appender.A1=X\nlog4j.rootLogger=A1",
            "{log4j: {appender: {A1.layout: \"Y\", A1: \"X\"}, rootLogger: \"A1\"}}",
        ),
    ] {
        assert_eq!(read_as(PROPERTIES, text), expected, "{text:?}");
    }
}

#[test]
fn a_joined_name_has_the_place_of_its_whole_part_of_the_key() {
    let document = read(PROPERTIES, "x.a.\\u0062 = 2\nx.a = 1\n").unwrap();
    let joined = document.root().get("x").unwrap().get("a.b").unwrap();
    assert_eq!(joined.key_origin().to_string(), "case:1:3");
    assert_eq!((joined.key_span(), joined.span()), (Some(2..10), Some(13..14)));
    let errors = read(PROPERTIES, "a.b=1\na=2\na\\.b=3\n").unwrap_err();
    assert_eq!((errors[0].span.clone(), errors[0].related.clone()), (10..14, Some(0..3)));
    assert_eq!((errors[0].key.as_deref(), errors[0].is_duplicate), (Some("\"a.b\""), true));
}

/// What keys mean, done the slow way: the steps of each up to the shortest one that is a key too.
fn steps_of<'k>(key: &'k str, keys: &[String]) -> Vec<&'k str> {
    let dots = || key.match_indices('.').map(|(at, _)| at);
    let stem = dots().find(|at| keys.iter().any(|stem| *stem == key[..*at]));
    let ends = dots().take_while(|at| stem.is_none_or(|stem| *at < stem)).chain([key.len()]);
    let mut start = 0;
    ends.map(|end| &key[std::mem::replace(&mut start, end + 1)..end]).collect()
}

proptest::proptest! {
    /// Keys mean the same in every order of their lines.
    #[test]
    fn stems_are_found_wherever_they_stand(
        keys in proptest::collection::hash_set("[ab](\\.[ab]){0,4}", 1..12),
    ) {
        let keys: Vec<String> = keys.into_iter().collect();
        let lines: Vec<String> = keys.iter().map(|key| format!("{key}={key}")).collect();
        let text = lines.join("\n");
        let document = read(PROPERTIES, &text).unwrap();
        for key in &keys {
            let steps = steps_of(key, &keys);
            let node = steps.iter().try_fold(document.root(), |node, step| node.get(step));
            proptest::prop_assert_eq!(node.map(confkit_sources::NodeRef::text), Some(&**key), "{:?} in {:?}", steps, text);
        }
        let values = document.nodes().filter(|node| !node.is_container()).count();
        proptest::prop_assert_eq!(values, keys.len());
    }
}

#[test]
fn places_are_those_of_keys_and_values_as_written() {
    let text = "\u{feff}# é\r\na.b\\ c = x\\\r\n  y\r\nd=\r\n";
    let document = read(PROPERTIES, text).unwrap();
    let places: Vec<String> =
        document.nodes().skip(1).map(|node| format!("{} {}", node.key_origin(), node.origin())).collect();
    assert_eq!(places, ["case:2:1 case:2:1", "case:2:3 case:2:10", "case:4:1 case:4:3"]);
    let spans = |span: Option<std::ops::Range<usize>>| &document.text()[span.unwrap()];
    let nodes: Vec<_> = document.nodes().skip(2).collect();
    assert_eq!((spans(nodes[0].key_span()), spans(nodes[0].span())), ("b\\ c", "x\\\r\n  y"));
    assert_eq!((spans(nodes[1].key_span()), spans(nodes[1].span())), ("d", ""));
    assert!(nodes.iter().all(|node| node.kind() == NodeKind::Text));
}

#[test]
fn limits_are_problems() {
    let deep = format!("{}=1", vec!["a"; 129].join("."));
    assert_eq!(mistakes(PROPERTIES, &deep), ["1:1 values are nested deeper than 128 levels"]);
    let shallow = format!("{}=1", vec!["a"; 128].join("."));
    assert!(read(PROPERTIES, &shallow).is_ok());
    let below_stem = format!("{deep}\na=1");
    assert_eq!(mistakes(PROPERTIES, &below_stem), ["1:1 values are nested deeper than 128 levels"]);
    let many: Vec<String> = (0..20_000).map(|at| format!("{at:x}{}=\n", ".a".repeat(126))).collect();
    assert!(
        mistakes(PROPERTIES, &many.concat())[0].ends_with("the document holds too many values for its size")
    );
}

#[derive(Debug, Config)]
struct Settings {
    name: String,
    #[config(nested)]
    server: Server,
    #[config(default)]
    labels: BTreeMap<String, u8>,
}

#[derive(Debug, Config)]
struct Server {
    port: u16,
    #[config(default)]
    hosts: Vec<String>,
    password: Option<Secret<String>>,
}

#[test]
fn values_are_read_by_the_type_of_the_field() {
    let text = "name = 007\nserver.port = 0080 \nserver.hosts = a,\\\n  b\nlabels.example\\.com = 1\n";
    let system = System::memory().file("app.properties", text);
    let loaded = Settings::loader().system(system).file("app.properties").load_traced().unwrap();
    assert_eq!((loaded.name.as_str(), loaded.server.port), ("007", 80));
    assert_eq!((loaded.server.hosts.len(), loaded.labels["example.com"]), (2, 1));
    assert_eq!(loaded.explain("server.port").unwrap().origin().to_string(), "app.properties:2:15");
}

#[test]
fn what_is_wrong_with_settings_is_told_at_its_place() {
    let text = "# hunter2\nname x\nserver.port many\nserver.pasword hunter2\nserver.password=hunter2\\\n  hunter2\nsever.port=1\nlabels.a=x\n";
    let report = Settings::loader().text(PROPERTIES, "app.properties", text).load().unwrap_err();
    insta::assert_snapshot!(report);
    confkit::testing::assert_hidden(&report, "hunter2");
}

#[test]
fn a_value_where_settings_are_wanted_is_told_with_the_longer_keys() {
    let text = "name=x\nserver=hunter2\nserver.port=80\nserver.password=hunter2\nlabels=1\nlabels.a=2\n";
    let report = Settings::loader().text(PROPERTIES, "app.properties", text).load().unwrap_err();
    insta::assert_snapshot!(report);
    confkit::testing::assert_hidden(&report, "hunter2");
}

#[test]
fn a_map_has_keys_with_values_and_longer_ones() {
    let text = "name=x\nserver.port=80\nlabels.com.db=2\nlabels.com=1\n";
    let settings = Settings::loader().text(PROPERTIES, "app.properties", text).load().unwrap();
    assert_eq!((settings.labels["com"], settings.labels["com.db"]), (1, 2));
}

#[test]
fn a_missing_setting_is_told_with_its_whole_key() {
    let report = Settings::loader().text(PROPERTIES, "app.properties", "name=a\n").load().unwrap_err();
    let problem = confkit::testing::problem_at(&report, "server.port");
    assert_eq!(problem.help(), Some("set `server.port` in app.properties"));
}

#[test]
fn the_report_of_a_broken_file_shows_keys_and_no_values() {
    let text = "server.password=hunter2\\q\nname hunter2\\u\nserver.password.x=1\nserver.hunter2=\\u\nserver.port:\\q\nhunter2\\\n  port=\\q\nserver.password=hunter2\n";
    let report = Settings::loader().text(PROPERTIES, "app.properties", text).load().unwrap_err();
    insta::assert_snapshot!(report);
    confkit::testing::assert_hidden(&report, "hunter2");
}
