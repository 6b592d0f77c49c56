//! Edits of INI, dotenv and properties.

use confkit_sources::Format;

use super::{edited, told};

const INI: &str = r#"; The orders service.

; how it is called
title = orders
path="C:\\dir"   ; quoted
empty =

[server]
  host = db
  ; commented = out
  port = 5432

; about tls
[server.tls]
enabled: true

[git "a b"]
x = 1

[server]
user = ann
[bare]
# the end
"#;

#[test]
fn ini() {
    insta::assert_snapshot!(told(
        Format::Ini,
        INI,
        &[
            "set title \"bills\"",
            "set title \"a ; b\"",
            "set title \"orders\"",
            "set title 5",
            "set title [1,\"b\"]",
            "set title null",
            "set path \"D:\"",
            "set path \"D:\\\\x\"",
            "set empty \"x\"",
            "set fresh true",
            "set fresh.inner.deep 1",
            "set fresh {\"x\":1,\"in\":{\"y\":2}}",
            "set server.fresh 1",
            "set server.tls.key \"k\"",
            "set server.log.level \"info\"",
            "set server.tls {\"enabled\":true,\"key\":\"k\"}",
            "set server 5",
            "set bare.x 1",
            "set title.inner 1",
            "append title \"x\"",
            "set \"a=b\" 1",
            "remove title",
            "remove path",
            "remove server.port",
            "remove server.host",
            "remove server.tls",
            "remove server.tls.enabled",
            "remove server",
            "remove git",
            "remove bare",
            "rename title name",
            "rename title a=b",
            "rename server service",
            "rename server.tls ssl x",
            "rename server.host name",
        ]
    ));
}

#[test]
fn ini_with_values_of_several_lines() {
    let text = "[a]\ndeps =\n  b\n  # c\n  c=1\n\ncommand = d\n  e\n; last\nf = g\n";
    insta::assert_snapshot!(told(
        Format::Ini,
        text,
        &[
            "set a.deps \"x\"",
            "set a.deps \"\\nb\\nc=1\"",
            "set a.deps \"\\nb\"",
            "set a.command \"\"",
            "set a.command \"d\\nf\"",
            "set a.fresh 1",
            "set b.fresh 1",
            "remove a.deps",
            "remove a.command",
            "remove a.f",
            "remove a",
            "rename a.deps x",
            "rename a b",
        ]
    ));
}

#[test]
fn the_head_of_a_file_stays_first() {
    assert_eq!(
        edited(Format::Ini, "; The service.\n\n; about it\n[a]\nx = 1\n", &["set b 2"]).unwrap(),
        "; The service.\n\nb = 2\n\n; about it\n[a]\nx = 1\n",
    );
    assert_eq!(edited(Format::Ini, "", &["set a.b.c 2"]).unwrap(), "[a.b]\nc = 2\n");
    assert_eq!(edited(Format::Dotenv, "", &["set A \"x y\""]).unwrap(), "A='x y'\n");
}

#[test]
fn dotenv() {
    let text = "# The service.\nexport HOST=db # here\n\n# who\nUSER='ann b'\nLONG=\"one\n\ntwo\" # long\nEMPTY=\nPORT = 5432\n";
    insta::assert_snapshot!(told(
        Format::Dotenv,
        text,
        &[
            "set HOST \"other\"",
            "set HOST \"a b\"",
            "set USER \"bob c\"",
            "set USER \"it's\"",
            "set LONG \"short\"",
            "set LONG \"one\\n\\ntwo\"",
            "set LONG \"three\\n\\nfour\"",
            "set EMPTY \"x\"",
            "set EMPTY \"\"",
            "set PORT 1",
            "set FRESH true",
            "set \"not-\\u0020\" 1",
            "set A {\"B\":1}",
            "append HOST 1",
            "remove HOST",
            "remove USER",
            "remove LONG",
            "remove PORT",
            "rename HOST SERVER",
            "rename HOST USER",
            "rename HOST a:b",
        ]
    ));
}

#[test]
fn properties() {
    let text = "# The service.\ntitle=orders\n\n! who\nserver.host = db\nserver.port : 5432\nserver.tls.on true\nlong = one\\\n   two\na\\.b=\\u0041\n";
    insta::assert_snapshot!(told(
        Format::Properties,
        text,
        &[
            "set title \"bills\"",
            "set title \"\"",
            "set title \" é=\\n\"",
            "set server.host \"other\"",
            "set server.port 1",
            "set server.tls.on false",
            "set server.tls.key \"k\"",
            "set server.fresh 1",
            "set server {\"host\":\"db\"}",
            "set server 5",
            "set long \"onetwo\"",
            "set long \"three\"",
            "set \"a.b\" \"A\"",
            "set \"a.b\" \"B\"",
            "set fresh.inner 1",
            "set fresh {}",
            "remove title",
            "remove server.host",
            "remove server",
            "remove server.tls.on",
            "remove long",
            "rename title name",
            "rename server service",
            "rename server.tls a.b",
            "rename \"a.b\" c",
        ]
    ));
}

#[test]
fn properties_with_values_that_longer_keys_begin_with() {
    let text = "s.a.x=1\ns.a=2\ns.a.\\u0079.z = 3\nt.b=4\nu=5\n";
    insta::assert_snapshot!(told(
        Format::Properties,
        text,
        &[
            "set s.a 5",
            "set s.\"a.x\" 5",
            "set s.\"a.y.z\" 5",
            "set s.\"a.w\" 5",
            "set s.a.w 5",
            "set s.w 5",
            "set t 5",
            "set t.b.c 5",
            "set t {\"b\":4,\"b.c\":5}",
            "set u.v 5",
            "set u {\"v\":5}",
            "set s {\"a\":2}",
            "remove s.a",
            "remove s.\"a.x\"",
            "remove s",
            "rename s.a b",
            "rename s.\"a.x\" a.v",
            "rename s.\"a.x\" b",
            "rename s.\"a.y.z\" b",
            "rename s r",
            "rename u t.b",
        ]
    ));
}

#[test]
fn ends_of_lines_and_marks_stay() {
    let text = "\u{feff}a = 1\r\n\r\n[b] # c\r\nd = 'x'";
    assert_eq!(
        edited(Format::Ini, text, &["set b.e 2", "set b.d \"y\"", "set f 3"]).unwrap(),
        "\u{feff}a = 1\r\nf = 3\r\n\r\n[b] # c\r\nd = 'y'\r\ne = 2",
    );
    assert_eq!(
        edited(Format::Dotenv, "A=1\r\nB=\"x\r\ny\"\r\n", &["set A 2", "set C 3"]).unwrap(),
        "A=2\r\nB=\"x\r\ny\"\r\nC=3\r\n",
    );
    assert_eq!(
        edited(Format::Properties, "a=1\r\nb=x\\\r\n  y", &["set a 2", "set c 3"]).unwrap(),
        "a=2\r\nb=x\\\r\n  y\r\nc=3",
    );
}
