//! Edits of JSON and its kin.

use confkit_sources::Format;

use super::{edited, told};

const TEXT: &str = "// The orders service.
{
\t// how it is called
\t\"title\": \"orders\", // not shown
\t\"count\": 31,

\t/* two hosts */
\t\"hosts\": [\"a\", \"b\"],
\t\"ports\": [
\t\t80, // http
\t\t443 // https
\t],
\t\"server\": { \"host\": \"db\", \"port\": 5432 },
\t\"empty\": {},
\t\"users\": [
\t\t{
\t\t\t\"name\": \"ann\"
\t\t},
\t\t// the second
\t\t{ \"name\": \"bob\" }
\t]
}
";

const EDITS: &[&str] = &[
    "set title \"bills\"",
    "set title {\"a\":1}",
    "set count 31",
    "set count 32",
    "set hosts [\"a\",\"c\",\"d\"]",
    "set hosts []",
    "set hosts[1] {\"x\":null}",
    "append hosts \"c\"",
    "append ports 8080",
    "append fresh 1",
    "append users {\"name\":\"eve\"}",
    "remove hosts[0]",
    "remove hosts[1]",
    "remove ports[0]",
    "remove ports[1]",
    "set server.port 1",
    "set server.user \"u\"",
    "remove server.host",
    "remove server.port",
    "rename server.host name",
    "set server.tls.on true",
    "set empty.x 1",
    "rename empty full",
    "set fresh null",
    "set fresh.inner [1,{\"a\":2}]",
    "remove title",
    "remove count",
    "remove users",
    "remove users[0]",
    "remove users[1]",
    "set users[0].age 3",
    "remove users[0].name",
];

#[test]
fn every_edit_touches_its_own_lines() {
    insta::assert_snapshot!(told(Format::Jsonc, TEXT, EDITS));
}

#[test]
fn one_line_stays_one_line() {
    let text = "{\"a\": 1, \"b\": [1, 2], \"c\": {\"d\": null}}";
    insta::assert_snapshot!(told(
        Format::Json,
        text,
        &[
            "set a 2",
            "set z 2",
            "set c.e 1",
            "set b[0] 9",
            "append b 3",
            "remove a",
            "remove c",
            "remove c.d",
            "rename b list",
            "set c {\"d\":1,\"f\":[1]}",
        ]
    ));
}

#[test]
fn json5_keeps_its_own_spelling() {
    let text = "// v\n{\n  title: 'orders', // t\n  'two-words': +0x1F,\n  open: .5,\n  list: [1, 2,],\n}\n";
    insta::assert_snapshot!(told(
        Format::Json5,
        text,
        &[
            "set title \"it's\"",
            "set two-words 5",
            "rename title name",
            "rename title a b",
            "rename two-words it's",
            "set open 0.5",
            "set open 1.5",
            "append list 3",
            "remove list[1]",
            "remove title",
            "set fresh {\"x\":1}",
        ]
    ));
}

#[test]
fn ends_of_lines_and_marks_stay() {
    let text = "\u{feff}{\r\n  \"a\": 1,\r\n  \"b\": [\r\n    1\r\n  ]\r\n}";
    assert_eq!(
        edited(Format::Json, text, &["set c 3", "append b 2", "set a 5"]).unwrap(),
        "\u{feff}{\r\n  \"a\": 5,\r\n  \"b\": [\r\n    1,\r\n    2\r\n  ],\r\n  \"c\": 3\r\n}",
    );
}
