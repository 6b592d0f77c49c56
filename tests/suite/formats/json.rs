//! JSON, JSON with comments, JSON5.

use confkit::{Config, System};
use confkit_sources::{Format, OriginKind};

use super::{mistakes, read, read_as};

/// What each dialect makes of a text: whether JSON, JSONC and JSON5 read it.
const DIALECTS: [(&str, [bool; 3]); 40] = [
    (r#"{"a": 1}"#, [true, true, true]),
    ("{\"a\": 1} // tail", [false, true, true]),
    ("{/* in */\"a\": 1}", [false, true, true]),
    (r#"{"a": 1,}"#, [false, true, true]),
    (r#"{"a": [1,]}"#, [false, true, true]),
    (r#"{"a": [,]}"#, [false, false, false]),
    (r#"{"a": [1,,2]}"#, [false, false, false]),
    (r#"{,"a": 1}"#, [false, false, false]),
    (r#"{"a": 1 "b": 2}"#, [false, false, false]),
    (r"{a: 1}", [false, false, true]),
    (r"{ünïcode: 1}", [false, false, true]),
    (r"{$_1: 1}", [false, false, true]),
    (r"{\u0061b: 1}", [false, false, true]),
    (r"{1a: 1}", [false, false, false]),
    (r"{a-b: 1}", [false, false, false]),
    (r"{'a': 1}", [false, false, true]),
    (r#"{"a": 'b'}"#, [false, false, true]),
    (r#"{"a": 0xFf}"#, [false, false, true]),
    (r#"{"a": 0x}"#, [false, false, false]),
    (r#"{"a": +1}"#, [false, false, true]),
    (r#"{"a": .5}"#, [false, false, true]),
    (r#"{"a": 5.}"#, [false, false, true]),
    (r#"{"a": .}"#, [false, false, false]),
    (r#"{"a": 01}"#, [false, false, false]),
    (r#"{"a": 1e}"#, [false, false, false]),
    (r#"{"a": Infinity}"#, [false, false, true]),
    (r#"{"a": -NaN}"#, [false, false, true]),
    (r#"{"a": inf}"#, [false, false, false]),
    (r#"{"a": True}"#, [false, false, false]),
    (r#"{"a": "\x41"}"#, [false, false, true]),
    (r#"{"a": "\q"}"#, [false, false, true]),
    (r#"{"a": "\1"}"#, [false, false, false]),
    (r#"{"a": "\ud800"}"#, [false, false, false]),
    ("{\"a\": \"b\\\nc\"}", [false, false, true]),
    ("{\"a\": \"b\nc\"}", [false, false, false]),
    ("{\"a\": \"b\tc\"}", [false, false, true]),
    ("{\u{a0}\"a\": 1}", [false, false, true]),
    ("{\"a\":\u{c}1}", [false, false, true]),
    ("\u{feff}{\"a\": 1}", [true, true, true]),
    ("{\"a\": \"\u{2028}\"}", [true, true, true]),
];

#[test]
fn each_dialect_allows_what_it_says_and_nothing_else() {
    for (text, expected) in DIALECTS {
        let read = [Format::Json, Format::Jsonc, Format::Json5].map(|format| read(format, text).is_ok());
        assert_eq!(read, expected, "{text:?}");
    }
}

#[derive(Debug, Config)]
struct Wide {
    u: u128,
    i: i128,
}

#[test]
fn values_are_kept_with_their_kinds() {
    let text =
        r#"{"s": "a\u00e9\n\ud83d\ude00", "i": -12, "f": 1.5e3, "t": true, "n": null, "l": [[], {}], "": 0}"#;
    let expected = "{s: \"aé\\n😀\", i: -12, f: 1.5e3, t: true, n: ~, l: [[], {}], : 0}";
    assert_eq!(read_as(Format::Json, text), expected);
    let wide =
        r#"{"u": 340282366920938463463374607431768211455, "i": -170141183460469231731687303715884105728}"#;
    let wide = Wide::loader().text(Format::Json, "wide.json", wide).load().unwrap();
    assert_eq!((wide.u, wide.i), (u128::MAX, i128::MIN));
}

#[derive(Debug, Config)]
struct Numbers {
    a: u8,
    b: i8,
    c: f64,
    d: f32,
    e: f64,
    h: u8,
}

#[test]
fn json5_has_more_ways_to_write() {
    let text = "// settings\n{a: 0xFF, b: -0x10, c: .5, d: 5., e: Infinity, f: 'it\\'s', g: 'x\\\ny\\x41\\0\\q', \\u0068: +1,}";
    let expected =
        "{a: FF in 16, b: -10 in 16, c: .5, d: 5., e: Infinity, f: \"it's\", g: \"xyA\\0q\", h: +1}";
    assert_eq!(read_as(Format::Json5, text), expected);
    let text = text.replace("f: 'it\\'s', g: 'x\\\ny\\x41\\0\\q', ", "");
    let numbers = Numbers::loader().text(Format::Json5, "numbers.json5", &text).load().unwrap();
    assert_eq!((numbers.a, numbers.b, numbers.h), (255, -16, 1));
    assert_eq!((numbers.c, numbers.d, numbers.e), (0.5, 5.0, f64::INFINITY));
}

#[test]
fn places_are_those_of_keys_and_values_as_written() {
    let document = read(Format::Json, "\u{feff}{\r\n  \"a\\n\": \"x\",\r\n  \"l\": [1,\r\n 2]}").unwrap();
    let places: Vec<String> =
        document.nodes().skip(1).map(|node| format!("{} {}", node.key_origin(), node.origin())).collect();
    assert_eq!(places, ["case:2:3 case:2:10", "case:3:3 case:3:3", "case:3:9 case:3:9", "case:4:2 case:4:2"]);
    let key = document.root().items().next().unwrap().key_span().unwrap();
    assert_eq!(&document.text()[key], "\"a\\n\"");
}

#[test]
fn several_mistakes_are_told_at_once() {
    let text = r#"{
  "a": 1
  "b": 'x',
  "c": [1, 2,],
  "d": "never closed,
  "e": yes,
  "f" 3,
  "g" = 4,
  "a": 5,
  "h": "\q",
  // why
  "i": 007,
  j: 1,
  "k": ,
  "l": 1,
}
"#;
    assert_eq!(
        mistakes(Format::Json, text),
        [
            "3:3 a `,` is missing before this",
            "4:13 JSON allows no `,` behind the last value",
            "5:8 the quotation mark is never closed",
            "6:8 text has to stand in quotation marks",
            "7:7 the `:` between key and value is missing",
            "8:7 the `:` between key and value is missing",
            "9:3 `a` is set twice",
            "10:9 there is no such escape sequence",
            "11:3 JSON has no comments",
            "12:8 a number cannot begin with zero",
            "13:3 this key needs quotation marks",
            "14:3 the value is missing",
            "15:9 JSON allows no `,` behind the last value",
        ]
    );
}

/// Small tables, larger ones whose keys ascend, and others are told apart in different ways.
#[test]
fn a_key_that_is_set_twice_is_told_in_tables_of_any_size_and_order() {
    for size in [1_usize, 2, 11, 12, 13, 14, 40] {
        let ascending: Vec<usize> = (0..size).collect();
        let descending = (0..size).rev().collect();
        // Ascending up to a late step back, and keys that look alike.
        let late = (1..size).chain([0]).collect();
        let scattered = (0..size).map(|key| key * 7 % 41).collect();
        for order in [ascending, descending, late, scattered] {
            let name = |key: &usize| format!("key{key:02}s");
            // A table inside, so that the one around is left and entered again.
            let mut lines: Vec<String> =
                order.iter().map(|key| format!("\"{}\": {{\"{key}\": 1}}", name(key))).collect();
            let text = |lines: &[String]| format!("{{\n{}\n}}", lines.join(",\n"));
            assert!(read(Format::Json, &text(&lines)).is_ok(), "{order:?}");
            for twice in &order {
                lines.push(format!("\"{}\": 2", name(twice)));
                let expected = format!("{}:1 `{}` is set twice", size + 2, name(twice));
                assert_eq!(mistakes(Format::Json, &text(&lines)), [expected], "{order:?}");
                lines.pop();
            }
        }
    }
}

#[test]
fn brackets_that_do_not_fit_are_told_where_they_were_opened() {
    for (text, expected) in [
        ("{\"a\": [1, 2", "1:7 this `[` is never closed"),
        ("{\"a\": [1, 2}", "1:7 this `[` is never closed"),
        ("{\"a\": \"x, \"b\": 1}", "1:12 a `,` is missing before this"),
        ("{\"a\": \"x}", "1:7 the quotation mark is never closed"),
        ("{\"a\": 1 /* x}", "1:9 this comment is never closed"),
        ("{\"a\": 1]", "1:8 this closes nothing that is open"),
        ("{\"a\": {\"b\": 1}", "1:1 this `{` is never closed"),
        ("{}}", "1:3 the document ends before this"),
        ("{} {}", "1:4 the document ends before this"),
        ("[1, 2]", "1:1 settings have to stand in `{…}`"),
        ("1", "1:1 settings have to stand in `{…}`"),
        ("", "1:1 the document is empty"),
        (" \n", "1:1 the document is empty"),
        ("/* a", "1:1 this comment is never closed"),
        ("{\"a\": tru}", "1:7 text has to stand in quotation marks"),
        ("{\"a\": TRUE}", "1:7 words are `true`, `false` and `null`, in lower case"),
        ("{\"a\": -}", "1:7 this is not a number"),
        ("{\"a\": \"\u{1}\"}", "1:8 a control character stands here"),
        ("{\"a\": \"\\u12\"}", "1:8 there is no such escape sequence"),
        ("{\"a\": \"\\udc00\"}", "1:8 this is half of a character"),
        ("{\"a\": \u{2003}1}", "1:7 JSON does not allow this blank character"),
        ("{\"a\": &}", "1:7 this does not belong here"),
        ("{: 1}", "1:2 the key is missing"),
    ] {
        assert_eq!(mistakes(Format::Json, text)[0], expected, "{text:?}");
    }
}

#[test]
fn both_places_of_a_key_are_told() {
    let errors = read(Format::Jsonc, "{\"a\": 1, \"b\": 2,\n \"\\u0061\": 3}").unwrap_err();
    assert_eq!((errors[0].span.clone(), errors[0].related.clone()), (18..26, Some(1..9)));
    assert!(errors[0].is_duplicate);
}

#[test]
fn limits_are_problems() {
    let deep = format!("{{\"a\": {}{}}}", "[".repeat(128), "]".repeat(128));
    assert_eq!(mistakes(Format::Json, &deep), ["1:134 values are nested deeper than 128 levels"]);
    let shallow = format!("{{\"a\": {}{}}}", "[".repeat(127), "]".repeat(127));
    assert!(read(Format::Json, &shallow).is_ok());
    let many = format!("{{\"a\": [{}0]}}", "0,".repeat(300_000));
    assert!(mistakes(Format::Json, &many)[0].ends_with("the document holds too many values for its size"));
}

#[test]
fn files_tell_their_dialect_by_extension() {
    #[derive(Debug, Config)]
    struct Port {
        port: u16,
    }
    for (path, text, loads) in [
        ("a.json", "{\"port\": 1}", true),
        ("a.json", "{\"port\": 1,}", false),
        ("a.jsonc", "{\"port\": 1,} // why", true),
        ("a.jsonc", "{port: 1}", false),
        ("a.JSON5", "{port: +1}", true),
    ] {
        let loaded = Port::loader().system(System::memory().file(path, text)).file(path).load();
        assert_eq!(loaded.is_ok(), loads, "{path} {text}");
    }
}

#[test]
fn the_report_of_a_broken_file_shows_keys_and_no_values() {
    #[derive(Debug, Config)]
    struct Settings {
        host: String,
        password: confkit::Secret<String>,
    }
    let text = "{\n  \"host\": db,\n  \"password\": 'hunter2'\n  \"other\": hunter2\n}\n";
    let report = Settings::loader().text(Format::Json, "app.json", text).load().unwrap_err();
    insta::assert_snapshot!(report);
}

#[test]
fn comments_are_not_shown() {
    #[derive(Debug, Config)]
    struct Settings {
        port: u16,
        name: String,
    }
    let text = "{ /* hunter2 */ \"port\": \"x\", // hunter2\n/* hunter2\n hunter2 */ \"name\": /* hunter2 */ 3 /* hunter2\n*/}";
    let report = Settings::loader().text(Format::Jsonc, "app.jsonc", text).load().unwrap_err();
    insta::assert_snapshot!(report);
    confkit::testing::assert_hidden(&report, "hunter2");
}

#[test]
fn a_document_knows_its_format() {
    let document = Format::Jsonc.read(OriginKind::Text, "a", "{}".to_owned()).unwrap();
    assert_eq!(document.format(), Some(Format::Jsonc));
}
