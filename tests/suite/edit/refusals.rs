//! What is not edited, and what is said then.

use confkit_sources::{EditErrorKind, Editor, Format};

use super::{edited, make};

#[test]
fn every_refusal_says_what_to_do() {
    let toml = "port = 80\nhosts = ['a']\n[server]\nname = 'x'\n";
    let cases = [
        (Format::Toml, toml, "set server..name 1"),
        (Format::Toml, toml, "remove sever.name"),
        (Format::Toml, toml, "remove server.nme"),
        (Format::Toml, toml, "remove elsewhere"),
        (Format::Toml, toml, "set port.inner 1"),
        (Format::Toml, toml, "set port[0] 1"),
        (Format::Toml, toml, "set hosts.first 1"),
        (Format::Toml, toml, "set hosts[1] 1"),
        (Format::Toml, toml, "set fresh[0] 1"),
        (Format::Toml, toml, "remove hosts[3]"),
        (Format::Toml, toml, "append server 1"),
        (Format::Toml, toml, "append port 1"),
        (Format::Toml, toml, "rename port hosts"),
        (Format::Toml, toml, "rename hosts[0] first"),
        (Format::Toml, toml, "set port null"),
        (Format::Toml, toml, "set port 18446744073709551615"),
        (Format::Toml, "[[a]]\nx = 1\n", "append a 5"),
        (Format::Toml, "a.x = 1\nb = 2\na.y = 3\n", "set b 3"),
        (Format::Yaml, "a: &x 1\nb: *x\n", "set a 2"),
        (Format::Yaml, "a: !!map {b: 1}\n", "set a.c 2"),
        (Format::Ini, "a = 1\n", "append a 2"),
        (Format::Dotenv, "A=1\n", "set B.C 2"),
        (Format::Properties, "a=1\n", "set a.b 2"),
    ];
    let mut told = String::new();
    for (format, text, edit) in cases {
        let mut editor = Editor::new(format, "case", text).unwrap();
        let answer = match make(&mut editor, edit) {
            Ok(()) => "ok".to_owned(),
            Err(error) => {
                assert_eq!(editor.text(), text, "{edit}");
                format!("{:?} {error}", error.kind)
            }
        };
        told.push_str(&format!("{edit}\n    {answer}\n"));
    }
    insta::assert_snapshot!(told);
}

#[test]
fn numbers_that_are_none_stand_where_the_format_has_them() {
    let set = |format, text| {
        let mut editor = Editor::new(format, "case", text).unwrap();
        editor.set("a", f64::INFINITY).map(|()| editor.into_text())
    };
    assert_eq!(set(Format::Toml, "a = 1\n").unwrap(), "a = inf\n");
    assert_eq!(set(Format::Yaml, "a: 1\n").unwrap(), "a: .inf\n");
    assert_eq!(set(Format::Json5, "{a: 1}").unwrap(), "{a: Infinity}");
    assert_eq!(set(Format::Json, "{\"a\": 1}").unwrap_err().kind, EditErrorKind::Value);
}

#[test]
fn a_text_that_cannot_be_read_is_not_edited() {
    for (format, text) in [
        (Format::Toml, "a = \n"),
        (Format::Json, "{\"a\": 1,}"),
        (Format::Yaml, "a: 1\n---\nb: 2\n"),
        (Format::Ini, "[a\n"),
        (Format::Dotenv, "A\n"),
        (Format::Properties, "a\n"),
    ] {
        assert!(Editor::new(format, "case", text).is_err(), "{text:?}");
    }
}

#[test]
fn an_edit_of_several_parts_is_made_whole_or_not_at_all() {
    // The first part could be set, the second one is shared by an alias.
    let text = "s:\n  a: 1\n  b: &x 2\nc: *x\n";
    let mut editor = Editor::new(Format::Yaml, "case", text).unwrap();
    editor.set("s", std::collections::BTreeMap::from([("a", 5), ("b", 6)])).unwrap_err();
    assert_eq!(editor.text(), text);
}

#[test]
fn an_equal_value_changes_no_byte() {
    for (format, text, edit) in [
        (Format::Toml, "a = 0xFF # x\nb = +1_0\nc = 1.50\nd = '''x'''", "set a 255"),
        (Format::Toml, "a = 0xFF # x\nb = +1_0\nc = 1.50\nd = '''x'''", "set b 10"),
        (Format::Toml, "a = 0xFF # x\nb = +1_0\nc = 1.50\nd = '''x'''", "set c 1.5"),
        (Format::Toml, "a = 0xFF # x\nb = +1_0\nc = 1.50\nd = '''x'''", "set d \"x\""),
        (Format::Yaml, "a: 0o17\nb: 'x'", "set a 15"),
        (Format::Yaml, "a: 0o17\nb: 'x'", "set b \"x\""),
        (Format::Json5, "{a: .5, b: '\\x41'}", "set a 0.5"),
        (Format::Json5, "{a: .5, b: '\\x41'}", "set b \"A\""),
        (Format::Toml, "[s]\nb = 1\na = 2 # x\n", "set s {\"a\":2,\"b\":1}"),
        (Format::Ini, "a = \"5\"\n", "set a 5"),
    ] {
        assert_eq!(edited(format, text, &[edit]).unwrap(), text, "{edit}");
    }
}

#[test]
fn nothing_secret_is_shown() {
    let editor = Editor::new(Format::Toml, "app.toml", "password = 'hunter2'").unwrap();
    assert!(!format!("{editor:?}").contains("hunter2"));
    let mut editor = Editor::new(Format::Toml, "app.toml", "password = 'hunter2'").unwrap();
    let error = editor.set("password.hash", 1).unwrap_err();
    assert!(!format!("{error} {error:?}").contains("hunter2"));
}

#[test]
fn a_text_that_cannot_be_read_is_not_in_the_error() {
    for format in [Format::Toml, Format::Yaml, Format::Json, Format::Ini, Format::Dotenv] {
        let error = Editor::new(format, "app", "password = 'hunter2\n[").unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("hunter2"), "{shown}");
    }
}
