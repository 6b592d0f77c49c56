//! RON: which value is read from each way of writing it, what is refused, and what is said.

use confkit::{Config, Format, Secret, testing};
use confkit_sources::NodeKind;

use super::{mistakes, read, read_as};

const RON: Format = Format::Ron;

#[test]
fn values_are_read_as_rust_writes_them() {
    for (text, expected) in [
        ("()", "{}"),
        ("(a: 1)", "{a: 1}"),
        ("Config(a: 1)", "{a: 1}"),
        ("{\"a\": 1}", "{a: 1}"),
        ("(a: 1, b: \"x\",)", "{a: 1, b: \"x\"}"),
        ("\u{feff}// é\n(\r\n  a: /* x /* y */ */ 1, // z\r\n)\r\n", "{a: 1}"),
        ("#![enable(implicit_some)]\n(a: 1)", "{a: 1}"),
        ("(a: true, b: false)", "{a: true, b: false}"),
        ("(a: \"x\\ty\\u{e9}\\x41\")", "{a: \"x\\tyéA\"}"),
        ("(a: r\"C:\\new\", b: r#\"say \"x\"\"#)", "{a: \"C:\\\\new\", b: \"say \\\"x\\\"\"}"),
        ("(a: 'x', b: '\\n', c: '\"')", "{a: \"x\", b: \"\\n\", c: \"\\\"\"}"),
        ("(a: +5, b: -5, c: 1_000, d: 0x1F, e: 0b11, f: 0o17)", "{a: 5, b: -5, c: 1000, d: 31, e: 3, f: 15}"),
        ("(a: 7u8, b: -7i64, c: b'A')", "{a: 7, b: -7, c: 65}"),
        (
            "(a: 340282366920938463463374607431768211455, b: -170141183460469231731687303715884105728)",
            "{a: 340282366920938463463374607431768211455, b: -170141183460469231731687303715884105728}",
        ),
        ("(a: 1.5, b: .5, c: 1e3, d: 0.1f32)", "{a: 1.5, b: .5, c: 1e3, d: 0.1}"),
        ("(a: inf, b: -inf, c: NaN)", "{a: inf, b: -inf, c: NaN}"),
        ("(a: None, b: Some(1), c: Some(Some(\"x\")))", "{a: ~, b: 1, c: \"x\"}"),
        ("(a: Some((b: 1)), c: Some([1]))", "{a: {b: 1}, c: [1]}"),
        ("#![enable(unwrap_variant_newtypes)]\n(a: Some(b: 1))", "{a: {b: 1}}"),
        ("(a: [], b: [1, \"x\", None])", "{a: [], b: [1, \"x\", ~]}"),
        ("(a: (1, \"x\"), b: (1), c: Pair(1, 2))", "{a: [1, \"x\"], b: 1, c: {Pair: [1, 2]}}"),
        ("(a: Info, b: r#type, c: _x)", "{a: \"Info\", b: \"type\", c: \"_x\"}"),
        ("(a: Port(80), b: Tcp(host: \"x\"), c: Empty())", "{a: {Port: 80}, b: {host: \"x\"}, c: {}}"),
        ("(a: Outer(Inner(1)))", "{a: {Outer: {Inner: 1}}}"),
        ("(a: {1: \"x\", true: 2, 'c': 3, Name: 4})", "{a: {1: \"x\", true: 2, c: 3, Name: 4}}"),
        ("(r#type: 1, r#a: 2)", "{type: 1, a: 2}"),
        ("(a: b\"AB\")", "{a: [65, 66]}"),
        ("(true_: 1, some: 2, information: infx)", "{true_: 1, some: 2, information: \"infx\"}"),
    ] {
        assert_eq!(read_as(RON, text), expected, "{text:?}");
    }
}

#[test]
fn what_is_no_setting_is_refused_where_it_stands() {
    for (text, expected) in [
        ("", "1:1 the document is empty"),
        ("// x\n", "2:1 the document is empty"),
        ("(\"a\": 1)", "1:5 a name has to stand in front of the `:`"),
        ("(a: 1, ,)", "1:8 a name is missing"),
        ("(b-c: 1, a: 1)", "1:3 the comma before this is missing"),
        ("(a: 1, b-c: 1)", "1:8 names have letters, digits and `_`"),
        ("a: 1", "1:2 settings have to stand in `(…)` or `{…}`"),
        ("a = 1", "1:3 settings have to stand in `(…)` or `{…}`"),
        ("[1]", "1:1 settings have to stand in `(…)` or `{…}`"),
        ("\"x\"", "1:1 settings have to stand in `(…)` or `{…}`"),
        ("(a: 1) (b: 2)", "1:8 the document ends before this"),
        ("(a: 1 b: 2)", "1:7 the comma before this is missing"),
        ("(a: 1\nb: 2)", "2:1 the comma before this is missing"),
        ("(a: 1", "1:1 this `(` is never closed"),
        ("(a: [1, 2", "1:5 this `[` is never closed"),
        ("(a: {\"b\": 1)", "1:12 the comma before this is missing"),
        ("(a: \"x\n)", "1:5 the quotation mark is never closed"),
        ("(a: \"\\q\")", "1:6 there is no such escape sequence"),
        ("(a: )", "1:5 the value is missing"),
        ("(a: 'xy')", "1:7 one character stands between `'…'`"),
        ("(a: 300u8)", "1:5 the number is too large for its type"),
        ("(a: 0x)", "1:7 this is no number"),
        ("(a: 1..5)", "1:5 a range is no setting"),
        ("(a: ..)", "1:5 a range is no setting"),
        ("({\"b\": 1}: 2)", "1:10 a name has to stand in front of the `:`"),
        ("{[1]: 2}", "1:2 keys have to be single values"),
        ("{A(1): 2}", "1:2 keys have to be single values"),
        ("(a: 1) /* x", "1:8 this comment is never closed"),
        ("#![enable(magic)]\n()", "1:11 there is no such extension"),
        ("#![x]\n()", "1:4 this is no attribute"),
        ("(a-b: 1)", "1:3 the comma before this is missing"),
    ] {
        assert_eq!(mistakes(RON, text)[0], expected, "{text:?}");
    }
}

#[test]
fn keys_that_are_there_twice_are_told_with_both_places() {
    let text = "(\n  a: 1,\n  b: (c: 1, c: 2),\n  r#a: 2,\n  d: {\"x\": 1, 'x': 2},\n)";
    let errors = read(RON, text).unwrap_err();
    let places: Vec<(&str, &str)> = errors
        .iter()
        .map(|error| (&text[error.span.clone()], &text[error.related.clone().unwrap()]))
        .collect();
    assert_eq!(places, [("c", "c"), ("a", "a"), ("'x'", "\"x\"")]);
    assert!(errors.iter().all(|error| error.is_duplicate));
    assert_eq!(errors[1].message, "`a` is set twice");
}

#[test]
fn places_are_those_of_keys_and_values_as_written() {
    let text = "\u{feff}// é\r\nConfig(\r\n  é: \" b \", /* x */ n: /* y */ -5 /* z */,\r\n  l: [ 1 , Tcp(\r\n(q: \"\\\"\")), ],\r\n)";
    let document = read(RON, text).unwrap();
    let told: Vec<String> = document
        .nodes()
        .map(|node| {
            let written =
                |span: Option<std::ops::Range<usize>>| span.map_or("", |span| &document.text()[span]);
            format!(
                "{}={}@{}",
                written(node.key_span()),
                written(node.span()).replace("\r\n", " "),
                node.origin()
            )
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn limits_are_problems() {
    let deep = |levels: usize| format!("(a: {}1{})", "[".repeat(levels), "]".repeat(levels));
    assert!(read(RON, &deep(127)).is_ok());
    assert!(mistakes(RON, &deep(129))[0].ends_with("values are nested deeper than 128 levels"));
    assert!(mistakes(RON, &deep(100_000))[0].ends_with("values are nested deeper than 128 levels"));
    let somes = format!("(a: {}1{})", "Some(".repeat(100_000), ")".repeat(100_000));
    assert!(mistakes(RON, &somes)[0].ends_with("values are nested deeper than 128 levels"));
    let large = format!("(a: \"{}\")", "x".repeat(1 << 20));
    assert_eq!(mistakes(RON, &large), ["1:1 a RON document has at most 1 MiB"]);
    let many = format!("(a: [{}])", "1,".repeat(500_000));
    assert!(mistakes(RON, &many)[0].ends_with("the document holds too many values for its size"));
    let work = format!("(a: {}\"{}\"{})", "[".repeat(100), "x".repeat(900_000), "]".repeat(100));
    assert!(mistakes(RON, &work)[0].ends_with("the document is nested too deeply for its size"));
}

#[derive(Debug, Config)]
#[expect(dead_code, reason = "what is wrong is told before anything is read")]
struct Settings {
    name: String,
    #[config(nested)]
    server: Server,
    store: Option<Store>,
}

#[derive(Debug, Config)]
struct Server {
    port: u16,
    #[config(default = 1.0)]
    ratio: f64,
    big: Option<u128>,
    mark: Option<char>,
    span: Option<(u8, String)>,
    hosts: Option<Vec<String>>,
    password: Option<Secret<String>>,
}

#[derive(Debug, PartialEq, serde::Deserialize)]
enum Store {
    Memory,
    Disk(String),
    Pair(u8, u8),
}

#[test]
fn values_are_read_by_the_type_of_the_field() {
    let text = "Settings(name: \"a\", server: Server(port: 0x50, ratio: inf, big: Some(340282366920938463463374607431768211455), mark: 'x', span: (1, \"b\"), hosts: [\"c\"], password: Some(\"p\")), store: Disk(\"/var\"))";
    let system = confkit::System::memory().file("app.RON", text);
    let settings = Settings::loader().system(system).file("app.RON").load().unwrap();
    assert_eq!((settings.server.port, settings.server.ratio), (80, f64::INFINITY));
    assert_eq!((settings.server.big, settings.server.mark), (Some(u128::MAX), Some('x')));
    assert_eq!(settings.server.span, Some((1, "b".to_owned())));
    assert_eq!(settings.server.hosts.unwrap(), ["c"]);
    assert_eq!(settings.server.password.unwrap().expose(), "p");
    assert_eq!(settings.store, Some(Store::Disk("/var".to_owned())));
    for (text, expected) in [("Memory", Store::Memory), ("Some(Pair(1, 2))", Store::Pair(1, 2))] {
        let text = format!("(name: \"a\", server: (port: 1), store: {text})");
        let settings = Settings::loader().text(RON, "x", text).load().unwrap();
        assert_eq!(settings.store, Some(expected));
    }
    assert_eq!(read(RON, "(a: None)").unwrap().root().get("a").unwrap().kind(), NodeKind::Null);
}

#[test]
fn what_is_wrong_with_settings_is_told_at_its_place() {
    let text = "// hunter2\n(\n    name: 3, /* hunter2 */\n    server: (port: \"many\", pasword: \"hunter2\", mark: \"xy\"), // hunter2\n    store: Some(Tape(\"hunter2\")),\n    sever: (port: 1),\n)\n";
    let report = Settings::loader().text(RON, "app.ron", text).load().unwrap_err();
    insta::assert_snapshot!(report);
    testing::assert_hidden(&report, "hunter2");
}

#[test]
fn the_report_of_a_broken_file_shows_keys_and_no_values() {
    let texts = [
        "(\n    name: \"hunter2,\n    server: (),\n)",
        "(\n    name: hunter2 hunter2,\n)",
        "(\n    name: \"hunter2\",\n    server: (password: \"\\hunter2\"),\n)",
    ];
    let loader = texts.iter().fold(Settings::loader(), |loader, text| loader.text(RON, "app.ron", *text));
    let report = loader.load().unwrap_err();
    insta::assert_snapshot!(report);
    testing::assert_hidden(&report, "hunter2");
}
