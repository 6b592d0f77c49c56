//! Entries that go elsewhere, with their comments and their spelling.

use confkit_sources::{EditErrorKind, Editor, Format};

use super::told;

const TOML: &str = r#"# The orders service.

title = 'orders' # not shown
flat.first = 0x1F
flat.second = 2

# about the server
[server]
# who listens
port = 5_432 # tcp
hosts = [
    "a", # the first
    "b",
]

# about tls
[server.tls] # on
# a path
key = """
two
lines"""
limits = { low = 1, high = 2 } # both

# only one key
[single]
# the key
key = 1

[[users]]
name = "ann" # here
"#;

const YAML: &str = r#"# The orders service.

title: orders # not shown
# about the server
server: # here
    # who listens
    port: 0x1538 # tcp
    hosts:
      - a # the first
      - b
    limits: { low: 1, high: 2 } # both
    text: |
      one
      two
# only one key
single:
  key: "x" # the key
"#;

const JSON5: &str = r"// The orders service.
{
  title: 'orders', // not shown
  // about the server
  server: {
    // who listens
    port: 0x1538, // tcp
    hosts: [
      'a', // the first
      'b',
    ],
    limits: { low: 1, high: 2 }, // both
  },
  // only one key
  single: { key: 'x' },
}
";

const INI: &str = "; the orders service\n\ntitle = orders\n\n; about the server\n[server]\n; who listens\nport = 5432\n\n; only one\n[single]\n; the key\nkey = 1\n";

const EDITS: &[&str] = &[
    "move server.port port",
    "move server.port server.tls.port",
    "move server.hosts hosts",
    "move server.limits limits",
    "move server backend",
    "move server services.backend",
    "move single.key key",
    "move single.key server.key",
    "move single other.single",
    "move title server.title",
    "move title other.deep.title",
    "move server.none port",
    "move server.port title",
    "move server server.inner",
];

#[test]
fn toml() {
    let more =
        ["move server.tls tls", "move server.tls.key key", "move flat.first first", "move users people.all"];
    insta::assert_snapshot!(told(Format::Toml, TOML, &[EDITS, &more].concat()));
}

#[test]
fn yaml() {
    insta::assert_snapshot!(told(Format::Yaml, YAML, &[EDITS, &["move server.text text"]].concat()));
}

#[test]
fn json5() {
    insta::assert_snapshot!(told(Format::Json5, JSON5, EDITS));
}

#[test]
fn ini() {
    insta::assert_snapshot!(told(Format::Ini, INI, EDITS));
}

#[test]
fn dotenv_and_properties() {
    let dotenv = told(Format::Dotenv, "# who listens\nPORT=1\nHOST=a\n", &["move PORT LISTEN"]);
    let text = "# who listens\nserver.port = 1\nserver.host = a\n";
    let properties = told(Format::Properties, text, &["move server.port port", "move server backend.server"]);
    insta::assert_snapshot!(format!("{dotenv}\n{properties}"));
}

#[test]
fn elements_of_lists_have_no_key() {
    let mut editor = Editor::new(Format::Toml, "app.toml", "hosts = ['a']\n").unwrap();
    assert_eq!(editor.move_to("hosts[0]", "host").unwrap_err().kind, EditErrorKind::InTheWay);
    assert_eq!(editor.move_to("hosts", "all[0]").unwrap_err().kind, EditErrorKind::InTheWay);
    assert_eq!(editor.text(), "hosts = ['a']\n");
}
