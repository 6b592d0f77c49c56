//! Edits of TOML.

use confkit_sources::Format;

use super::{edited, told};

const TEXT: &str = r#"# The orders service.

# how it is called
title = "orders" # not shown
count = 0x1F
ratio=1.50

hosts = ["a", "b"]
ports = [
    80, # http
    443, # https
]
limits = { low = 1, high = 2 } # both
labels."a.b" = 'x'
labels.c = "y"

[server]
    host = "db"   # the first
    # commented = out
    port = 5432

# about tls
[server.tls]
enabled = true

[[users]]
name = "ann"

# the second
[[users]]
name = "bob" # away
roles = []
[outer.inner]
x = 1
# the end
"#;

#[test]
fn every_edit_touches_its_own_lines() {
    insta::assert_snapshot!(told(
        Format::Toml,
        TEXT,
        &[
            "set title \"bills\"",
            "set title \"two\\nlines\"",
            "set count 31",
            "set count 32",
            "set ratio 1.5",
            "set ratio 2.5",
            "set hosts [\"a\",\"c\",\"d\"]",
            "set hosts []",
            "set hosts 1",
            "set hosts[1] \"z\"",
            "append hosts \"c\"",
            "append ports 8080",
            "append fresh 1",
            "append users {\"name\":\"eve\"}",
            "remove hosts[0]",
            "remove hosts[1]",
            "remove ports[0]",
            "remove ports[1]",
            "set limits.high 3",
            "set limits.other 3",
            "set limits {\"low\":1}",
            "remove limits.low",
            "remove limits.high",
            "rename limits.low lower",
            "set labels.\"a.b\" \"z\"",
            "set labels.d \"z\"",
            "set labels.inner {\"p\":1}",
            "remove labels.c",
            "remove labels",
            "rename labels.c d e",
            "rename labels tags",
            "set fresh true",
            "set fresh.inner.deep 1",
            "set server.fresh 1",
            "set server.fresh.inner 1",
            "set server.tls.key \"k\"",
            "set server {\"host\":\"db\",\"port\":1}",
            "set server 5",
            "remove server.port",
            "remove server.host",
            "remove server.tls",
            "remove server",
            "rename server service",
            "rename server.tls ssl",
            "rename title name",
            "remove title",
            "remove ratio",
            "set users[1].name \"rob\"",
            "set users[0].age 3",
            "remove users[0]",
            "remove users[1]",
            "remove users",
            "set users []",
            "set users [{\"name\":\"ann\"},{\"name\":\"x\",\"roles\":[]},{\"name\":\"y\"}]",
            "rename users people",
            "remove outer.inner.x",
            "remove outer.inner",
            "remove outer",
            "rename outer.inner core",
            "set outer.y 1",
            "set list [{\"a\":1},{\"a\":2}]",
            "set mixed [{\"a\":1},2]",
            "set mixed {\"a\":{\"b\":[{\"c\":{}}]},\"z\":1}",
        ]
    ));
}

#[test]
fn the_head_of_a_document_stays_first() {
    let head = "# The service.\n# Second line.\n\n# about it\n[server]\nport = 1\n";
    assert_eq!(
        edited(Format::Toml, head, &["set title \"x\""]).unwrap(),
        "# The service.\n# Second line.\n\ntitle = \"x\"\n\n# about it\n[server]\nport = 1\n",
    );
    assert_eq!(
        edited(Format::Toml, "# about it\n[server]\n", &["set title \"x\""]).unwrap(),
        "title = \"x\"\n\n# about it\n[server]\n",
    );
    assert_eq!(edited(Format::Toml, "", &["set a.b 1"]).unwrap(), "[a]\nb = 1\n");
    assert_eq!(edited(Format::Toml, "# only this\n", &["set a 1"]).unwrap(), "# only this\na = 1\n");
}

#[test]
fn ends_of_lines_and_marks_stay() {
    let text = "\u{feff}a = 1\r\n\r\n[b] # c\r\nd = 'x'";
    assert_eq!(
        edited(Format::Toml, text, &["set b.e 2", "set b.d \"y\"", "set f 3"]).unwrap(),
        "\u{feff}a = 1\r\nf = 3\r\n\r\n[b] # c\r\nd = 'y'\r\ne = 2",
    );
}
