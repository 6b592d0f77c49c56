//! INI: what each line means, what is refused, and what is said.

use confkit::{Config, Secret, System, Unknown};
use confkit_sources::{Format, NodeKind};

use super::{mistakes, read, read_as};

const INI: Format = Format::Ini;

#[test]
fn lines_are_read_as_the_guide_says() {
    for (text, expected) in [
        ("", "{}"),
        ("\n \t\r\n; a\n  # b\n", "{}"),
        ("a = 1", "{a: \"1\"}"),
        ("a=1\nb:2\nc =  3  \n", "{a: \"1\", b: \"2\", c: \"3\"}"),
        ("  a=1\n  b:2\n c =  3  \n", "{a: \"1\", b: \"2\", c: \"3\"}"),
        ("a = 1\n  and more\nb=2", "{a: \"1\\nand more\", b: \"2\"}"),
        ("a =\n  b = c\n\n  # d\n\te\\\n  'f'\r\n\r\ng=h", "{a: \"\\nb = c\\n\\ne\\\\\\n'f'\", g: \"h\"}"),
        ("[s]\na=1\n\tb>=c\n[t]\n  a=2\n", "{s: {a: \"1\\nb>=c\"}, t: {a: \"2\"}}"),
        ("a = b = c", "{a: \"b = c\"}"),
        ("a: http://b?c=d", "{a: \"http://b?c=d\"}"),
        ("a =\nb = ''\nc = \"\"\n", "{a: \"\", b: \"\", c: \"\"}"),
        ("Key = Value", "{Key: \"Value\"}"),
        ("a key = a value", "{a key: \"a value\"}"),
        ("a.b = 1", "{a.b: \"1\"}"),
        ("a = x;y#z", "{a: \"x;y#z\"}"),
        ("a =#fff", "{a: \"#fff\"}"),
        ("a = C:\\new\\dir", "{a: \"C:\\\\new\\\\dir\"}"),
        ("a = C:\\dir\\\\", "{a: \"C:\\\\dir\\\\\\\\\"}"),
        ("a = it's 5\"", "{a: \"it's 5\\\"\"}"),
        ("a = \" x ; y \" ; why", "{a: \" x ; y \"}"),
        ("a = 'C:\\dir\\' # why", "{a: \"C:\\\\dir\\\\\"}"),
        ("a = \"\\\"\\\\\\n\\t\\r\\'\"", "{a: \"\\\"\\\\\\n\\t\\r'\"}"),
        ("a = ${b} %(c)s", "{a: \"${b} %(c)s\"}"),
        ("[s]\na = 1\n[t]\na = 2\n[s]\nb = 3\n", "{s: {a: \"1\", b: \"3\"}, t: {a: \"2\"}}"),
        ("r = 0\n[s]\n", "{r: \"0\", s: {}}"),
        ("[a.b]\nx = 1\n[a]\ny = 2", "{a: {b: {x: \"1\"}, y: \"2\"}}"),
        ("[a \"b.c\"]\nx = 1", "{a: {b.c: {x: \"1\"}}}"),
        ("[a.\"b\\\"c\".d]\nx = 1", "{a: {b\"c: {d: {x: \"1\"}}}}"),
        ("[ Some Section ] ; why\nx = 1", "{Some Section: {x: \"1\"}}"),
        ("\u{feff}[a]\r\nx = 1\r\ny = é😀\r\n", "{a: {x: \"1\", y: \"é😀\"}}"),
    ] {
        assert_eq!(read_as(INI, text), expected, "{text:?}");
    }
}

#[test]
fn what_other_readers_disagree_about_is_refused_in_words() {
    for (text, expected) in [
        ("a = 1 ; why", "1:7 this may be a comment or a part of the value"),
        ("a = 1\t# why", "1:7 this may be a comment or a part of the value"),
        ("a = # why", "1:5 this may be a comment or a part of the value"),
        ("a = b \\\n  c", "1:7 a value does not go on in the next line"),
        ("a = 1\n  b = 2", "2:3 this may be a key of its own or more of the value above"),
        ("a = 1\n  b.c-d: 2", "2:3 this may be a key of its own or more of the value above"),
        ("a =\n  [b]", "2:3 this may be a key of its own or more of the value above"),
        ("a =\n  b ; c", "2:5 this may be a comment or a part of the value"),
        ("a =\n  b\\\nc=d", "2:4 a value does not go on in the next line"),
        ("a =\n  b\u{7}", "2:4 a control character stands here"),
        ("a = 'b'\n  c", "2:3 the `=` between key and value is missing"),
        ("flag", "1:1 the `=` between key and value is missing"),
        ("a[] = 1", "1:1 a list is one value"),
        ("= 1", "1:1 the key is missing"),
        ("\"a\" = 1", "1:1 keys stand without quotation marks"),
        ("a = \"b", "1:5 the quotation mark is never closed"),
        ("a = 'b\nc'", "1:5 the quotation mark is never closed"),
        ("a = \"b\" c", "1:8 this stands behind the end of the value"),
        ("a = \"\\q\"", "1:6 there is no such escape sequence"),
        ("a = x\u{7}y", "1:6 a control character stands here"),
        ("a = x\ry", "1:6 a control character stands here"),
        ("[a", "1:1 the `]` that ends the section's name is missing"),
        ("[a.", "1:1 the `]` that ends the section's name is missing"),
        ("[a \"b]", "1:4 the quotation mark is never closed"),
        ("[]", "1:2 a section's name is missing"),
        ("[a..b]", "1:4 a section's name is missing"),
        ("[a \"\"]", "1:4 a section's name is missing"),
        ("['a']", "1:2 this does not belong into a section's name"),
        ("[\"a\" b]", "1:6 this does not belong into a section's name"),
        ("[[a]]", "1:1 INI has no lists of sections"),
        ("[a] b = 1", "1:5 this stands behind the section's name"),
    ] {
        assert_eq!(mistakes(INI, text)[0], expected, "{text:?}");
    }
}

#[test]
fn several_mistakes_are_told_at_once_and_the_rest_is_read_on() {
    let text = "a = 1 ; b\nflag\n[s\nc = \"x\n[t]\nc = 1\nc = 2\nd = 'x\n[a]\n";
    assert_eq!(
        mistakes(INI, text),
        [
            "1:7 this may be a comment or a part of the value",
            "2:1 the `=` between key and value is missing",
            "3:1 the `]` that ends the section's name is missing",
            "4:5 the quotation mark is never closed",
            "7:1 `t.c` is set twice",
            "8:5 the quotation mark is never closed",
        ]
    );
}

#[test]
fn a_key_and_a_section_of_one_name_are_told_with_both_places() {
    let errors = read(INI, "[a]\nb = 1\n[a.b]\nc = 1\n").unwrap_err();
    assert_eq!(errors[0].message, "`a.b` is a value already and cannot hold settings");
    assert_eq!((errors[0].span.clone(), errors[0].related.clone()), (13..14, Some(4..5)));
    let errors = read(INI, "[a.b]\nc = 1\n[a]\nb = 1\n").unwrap_err();
    assert_eq!(errors[0].message, "`a.b` holds settings already and cannot be a value");
    assert_eq!((errors[0].span.clone(), errors[0].related.clone()), (16..17, Some(3..4)));
    assert!(errors[0].is_duplicate);
}

#[test]
fn sections_behind_a_key_with_a_value_stay_in_one_name_with_it() {
    for (text, expected) in [
        ("[a]\nb = 1\n[a.b.d]\ne = 3", "{a: {b: \"1\", b.d: {e: \"3\"}}}"),
        ("[a.b.d]\ne = 3\n[a]\nb = 1\n[a.b.f]", "{a: {b.d: {e: \"3\"}, b: \"1\", b.f: {}}}"),
        ("a = 1\n[a.b]\nc = 2", "{a: \"1\", a.b: {c: \"2\"}}"),
    ] {
        assert_eq!(read_as(INI, text), expected, "{text:?}");
    }
}

#[test]
fn a_key_may_be_there_twice_with_one_value() {
    assert_eq!(read_as(INI, "[a]\nb = 1\n[a]\nb = '1'\n"), "{a: {b: \"1\"}}");
}

#[test]
fn places_are_those_of_keys_and_values_as_written() {
    let document = read(INI, "\u{feff}; é\r\n[ a \"x\\\"y\" ]\r\n  é = \" b \"\r\n").unwrap();
    let places: Vec<String> =
        document.nodes().skip(1).map(|node| format!("{} {}", node.key_origin(), node.origin())).collect();
    assert_eq!(places, ["case:2:3 case:2:3", "case:2:5 case:2:5", "case:3:3 case:3:7"]);
    let spans = document.nodes().skip(2).map(|node| &document.text()[node.key_span().unwrap()]);
    assert_eq!(spans.collect::<Vec<_>>(), ["\"x\\\"y\"", "é"]);
    let value = document.nodes().last().unwrap();
    assert_eq!((&document.text()[value.span().unwrap()], value.kind()), ("\" b \"", NodeKind::Text));
}

#[test]
fn a_value_of_several_lines_has_the_place_of_all_of_them() {
    let document = read(INI, "a =\r\n  b\r\n\r\n  c \r\nd = 1\n  e\n").unwrap();
    let nodes: Vec<_> = document.nodes().skip(1).collect();
    let written = |node: confkit_sources::NodeRef<'_>| document.text()[node.span().unwrap()].to_owned();
    assert_eq!((nodes[0].text(), written(nodes[0])), ("\nb\n\nc", "\r\n  b\r\n\r\n  c".to_owned()));
    assert_eq!((nodes[1].text(), written(nodes[1])), ("1\ne", "1\n  e".to_owned()));
}

#[test]
fn limits_are_problems() {
    let deep = format!("[{}]\na = 1", vec!["a"; 128].join("."));
    assert_eq!(mistakes(INI, &deep), ["1:2 values are nested deeper than 128 levels"]);
    let shallow = format!("[{}]\na = 1", vec!["a"; 127].join("."));
    assert!(read(INI, &shallow).is_ok());
    let many: Vec<String> = (0..20_000).map(|at| format!("[{at:x}{}]\n", ".a".repeat(126))).collect();
    assert!(mistakes(INI, &many.concat())[0].ends_with("the document holds too many values for its size"));
}

#[derive(Debug, Config)]
struct Settings {
    name: String,
    #[config(nested)]
    server: Server,
}

#[derive(Debug, Config)]
struct Server {
    port: u16,
    #[config(default = false)]
    tls: bool,
    #[config(default)]
    hosts: Vec<String>,
    timeout: Option<std::time::Duration>,
    password: Option<Secret<String>>,
}

#[test]
fn values_are_read_by_the_type_of_the_field() {
    let text = "name = 007\n[server]\nport = 0080\ntls = on\nhosts = a, b\ntimeout = 30s\n";
    let system = System::memory().file("app.INI", text);
    let loaded = Settings::loader().system(system).file("app.INI").load_traced().unwrap();
    assert_eq!((loaded.name.as_str(), loaded.server.port, loaded.server.tls), ("007", 80, true));
    assert_eq!(loaded.server.hosts, ["a", "b"]);
    assert_eq!(loaded.server.timeout.unwrap().as_secs(), 30);
    assert_eq!(loaded.explain("server.port").unwrap().origin().to_string(), "app.INI:3:8");
}

#[test]
fn what_is_wrong_with_settings_is_told_at_its_place() {
    let text = "; hunter2\nname = x\n[server] ; hunter2\nport = many\ntls = \"perhaps\" # hunter2\npasword = hunter2\n[sever]\na = 1\n";
    let loader = Settings::loader().unknown_keys(Unknown::Deny);
    let report = loader.text(INI, "app.ini", text).load().unwrap_err();
    insta::assert_snapshot!(report);
    confkit::testing::assert_hidden(&report, "hunter2");
}

#[test]
fn what_is_wrong_with_several_lines_is_told_at_the_first() {
    let text = "name = x\n[server]\nport =\n  80\n  81\nhosts = a,\n  b,\n  c\ntls = x\n  on\npassword = hunter2\n  hunter2\n";
    let report = Settings::loader().text(INI, "app.ini", text).load().unwrap_err();
    insta::assert_snapshot!(report);
    confkit::testing::assert_hidden(&report, "hunter2");
    let text = "name = x\n[server]\nport = 80\nhosts =\n  a,\n  b\n";
    let settings = Settings::loader().text(INI, "app.ini", text).load().unwrap();
    assert_eq!(settings.server.hosts, ["a", "b"]);
}

#[test]
fn a_missing_setting_is_told_with_its_section() {
    let report = Settings::loader().text(INI, "app.ini", "name = a\n").load().unwrap_err();
    let problem = confkit::testing::problem_at(&report, "server.port");
    assert_eq!(problem.help(), Some("set `port` under `[server]` in app.ini"));
}

#[test]
fn the_report_of_a_broken_file_shows_keys_and_no_values() {
    let text = "name = hunter2 ; x\n[server\nport = \"hunter2\n[server]\npassword = \"hunter2\" hunter2\nhunter2\nhunter2 = a \\\nport: 1 # hunter2\n";
    let report = Settings::loader().text(INI, "app.ini", text).load().unwrap_err();
    insta::assert_snapshot!(report);
    confkit::testing::assert_hidden(&report, "hunter2");
}
