//! Every layer that has part in a list is told.

use confkit::{Config, Format};

use super::over;

#[derive(Debug, Config)]
struct Server {
    name: String,
    #[config(default = 80)]
    port: u16,
}

#[derive(Debug, Config)]
#[config(env_prefix = "APP")]
struct Settings {
    #[config(default = ["z"], merge = "append")]
    tags: Vec<String>,
    #[config(default, merge = "unique")]
    words: Vec<String>,
    #[config(nested, default, merge(key = "name"))]
    servers: Vec<Server>,
    #[config(nested, default, merge = "prepend")]
    first: Vec<Server>,
}

const LAYERS: [&str; 3] = [
    "tags = ['a', 'b']\nwords = ['x']\nservers = [{ name = 'a', port = 1 }, { name = 'b' }]\nfirst = [{ name = 'l' }]",
    "tags = ['c']\nwords = ['x', 'y']\nservers = [{ name = 'c' }, { name = 'b', port = 2 }]",
    "tags = ['d']\nservers = [{ name = 'a', port = 9 }]\nfirst = [{ name = 'u', port = 3 }]",
];

#[test]
fn lists_and_their_elements() {
    let loader = over::<Settings>(&LAYERS).env_vars([("APP_TAGS", "e,f"), ("APP_TAGS__0", "A")]);
    let loaded = loader.load_traced().unwrap();
    assert_eq!(loaded.tags, ["A", "b", "c", "d", "e", "f"]);
    let paths = [
        "tags",
        "tags[0]",
        "tags[1]",
        "tags[2]",
        "tags[4]",
        "words",
        "servers",
        "servers[0]",
        "servers[0].port",
        "servers[1].port",
        "servers[2].name",
        "servers[2].port",
        "first[0].port",
        "first[1].name",
    ];
    let explained = paths.map(|path| loaded.explain(path).unwrap_or_else(|| panic!("{path}")).to_string());
    insta::assert_snapshot!(explained.join("\n\n"));
    for path in ["tags[6]", "words[2]", "servers[3]", "servers[3].port", "first[2]"] {
        assert!(loaded.explain(path).is_none(), "{path}");
    }
}

#[test]
fn every_element_is_listed_once() {
    let loaded = over::<Settings>(&LAYERS).load_traced().unwrap();
    let listed = loaded.explanations();
    let listed: Vec<&str> = listed.iter().map(confkit::Explanation::path).collect();
    let servers = (0..3).flat_map(|at| [format!("servers[{at}].name"), format!("servers[{at}].port")]);
    let first = (0..2).flat_map(|at| [format!("first[{at}].name"), format!("first[{at}].port")]);
    let expected: Vec<String> =
        ["tags", "words"].into_iter().map(str::to_owned).chain(servers).chain(first).collect();
    assert_eq!(listed, expected);
}

#[test]
fn one_layer_is_explained_as_any_other_list() {
    let loaded = Settings::loader().text(Format::Toml, "a.toml", "tags = ['a']").load_traced().unwrap();
    let tags = loaded.explain("tags").unwrap().to_string();
    assert_eq!(tags, "tags = [a]\n  from a.toml:1:1\n  over [z] from default");
}
