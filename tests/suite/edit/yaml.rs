//! Edits of YAML.

use confkit_sources::Format;

use super::{edited, told};

const TEXT: &str = r#"# The orders service.

# how it is called
title: orders # not shown
count: 0x1F
'quoted': 'it''s'
double: "x"
text: |
  first
  second
hosts: [a, b]
ports:
  - 80 # http
  # the other
  - 443 # https
flat:
- x
- y
limits: { low: 1, high: 2 } # both
nothing:
empty: {}
server:
    host: db   # the first
    # commented: out
    port: 5432

    # about tls
    tls:
        enabled: true
users:
  - name: ann
    age: 1
  # the second
  - name: bob # away
    roles: []
matrix:
  - - 1
    - 2
  - [3]
# the end
"#;

#[test]
fn every_edit_touches_its_own_lines() {
    insta::assert_snapshot!(told(
        Format::Yaml,
        TEXT,
        &[
            "set title \"bills\"",
            "set title \"no\"",
            "set title \"a: b # c\"",
            "set title \"two\\nlines\"",
            "set title {\"a\":1,\"b\":[1,{\"c\":null}]}",
            "set count 31",
            "set count 32",
            "set quoted \"that's\"",
            "set double \"y\"",
            "set text \"first\\nsecond\\n\"",
            "set text \"other\"",
            "set hosts [\"a\",\"c\",\"d\"]",
            "set hosts []",
            "set hosts 1",
            "set hosts[1] \"z\"",
            "append hosts \"c\"",
            "append hosts {\"x\":1}",
            "append ports 8080",
            "append flat \"z\"",
            "append flat {\"a\":1,\"b\":2}",
            "append fresh 1",
            "append nothing 1",
            "append users {\"name\":\"eve\",\"age\":3}",
            "append matrix [5,6]",
            "append matrix[0] 7",
            "remove hosts[0]",
            "remove hosts[1]",
            "remove ports[0]",
            "remove ports[1]",
            "remove flat[0]",
            "remove flat",
            "set limits.high 3",
            "set limits.other 3",
            "set limits {\"low\":1}",
            "remove limits.low",
            "remove limits.high",
            "rename limits.low lower",
            "set nothing.inner 1",
            "set nothing \"x\"",
            "set empty.inner 1",
            "set fresh true",
            "set fresh.inner.deep 1",
            "set fresh [1,[2,3],{\"a\":{\"b\":1}}]",
            "set server.fresh 1",
            "set server.fresh.inner 1",
            "set server.tls.key \"k\"",
            "set server {\"host\":\"db\",\"port\":1}",
            "set server 5",
            "remove server.port",
            "remove server.host",
            "remove server.tls",
            "remove server.tls.enabled",
            "remove server",
            "rename server service",
            "rename server.tls a b",
            "rename title name",
            "remove title",
            "remove text",
            "set users[1].name \"rob\"",
            "set users[0].age 3",
            "set users[0].roles [1]",
            "remove users[0].name",
            "remove users[0]",
            "remove users[1]",
            "remove users",
            "remove matrix[0][1]",
            "set matrix[1][0] 4",
            "remove matrix",
        ]
    ));
}

#[test]
fn documents_without_content_get_their_first_key() {
    for (text, after) in [
        ("", "a:\n  b: 1\n"),
        ("# only this\n", "# only this\na:\n  b: 1\n"),
        ("---\n", "---\na:\n  b: 1\n"),
        ("{}\n", "{a: {b: 1}}\n"),
    ] {
        assert_eq!(edited(Format::Yaml, text, &["set a.b 1"]).unwrap(), after, "{text:?}");
    }
}

#[test]
fn ends_of_lines_and_marks_stay() {
    let text = "\u{feff}a: 1\r\nb:\r\n  - x\r\nd: 'x'";
    assert_eq!(
        edited(Format::Yaml, text, &["append b \"y\"", "set d \"y\"", "set f 3"]).unwrap(),
        "\u{feff}a: 1\r\nb:\r\n  - x\r\n  - \"y\"\r\nd: 'y'\r\nf: 3",
    );
}

#[test]
fn what_an_alias_shares_is_not_changed() {
    let text = "base: &base\n  port: 80\n  inner: { x: 1 }\nmain: *base\nother: 1\n";
    insta::assert_snapshot!(told(
        Format::Yaml,
        text,
        &[
            "set base.port 81",
            "set main.port 81",
            "set main 5",
            "remove base",
            "remove main",
            "rename base start",
            "set other 2",
            "set fresh 2",
        ]
    ));
    let merged = "base: &base\n  port: 80\nmain:\n  <<: *base\n  host: a\n";
    insta::assert_snapshot!(
        "merge_keys",
        told(
            Format::YamlMerge,
            merged,
            &[
                "set main.port 81",
                "set main.host \"b\"",
                "set base.port 81",
                "remove main.port",
                "remove base",
                "set fresh 2",
            ]
        )
    );
}
