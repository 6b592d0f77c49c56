//! Sections in every container that the contract names.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use confkit::{Code, Config, Format, Report, testing};

#[derive(Debug, Config)]
struct Server {
    host: String,
    #[config(default = 80)]
    port: u16,
}

#[derive(Debug, Config)]
#[config(env_prefix = "A")]
struct Settings {
    #[config(nested)]
    plain: Option<Server>,
    #[config(nested, default)]
    list: Vec<Server>,
    #[config(nested)]
    pair: Option<[Server; 2]>,
    #[config(nested, default)]
    hashed: HashMap<String, Server>,
    #[config(nested, default)]
    sorted: BTreeMap<String, Server>,
    #[config(nested)]
    boxed: Option<Box<Server>>,
    #[config(nested)]
    shared: Option<Arc<Server>>,
    #[config(nested, default)]
    twice: BTreeMap<String, Vec<Server>>,
    #[config(nested, default)]
    many: Vec<Option<Box<Server>>>,
    #[config(nested, default)]
    grid: Vec<Vec<Server>>,
}

fn load(text: &str) -> Result<Settings, Report> {
    Settings::loader().text(Format::Toml, "a.toml", text).load()
}

fn paths(report: &Report) -> Vec<&str> {
    report.problems().iter().map(confkit::Problem::path).collect()
}

#[test]
fn every_container_is_filled() {
    let text = "plain = { host = 'p' }\nlist = [{ host = 'l' }, { host = 'm', port = 1 }]\n\
                pair = [{ host = 'x' }, { host = 'y' }]\nhashed.k = { host = 'h' }\nsorted.k = { host = 's' }\n\
                boxed.host = 'b'\nshared.host = 'a'\ntwice.k = [{ host = 't' }]\nmany = [{ host = 'o' }]\n\
                grid = [[{ host = 'g' }], []]\n";
    let s = load(text).unwrap_or_else(|report| panic!("{report}"));
    let [x, y] = s.pair.unwrap();
    let hosts =
        [&s.plain.unwrap().host, &s.list[1].host, &x.host, &y.host, &s.hashed["k"].host, &s.sorted["k"].host]
            .map(String::clone);
    assert_eq!(hosts, ["p", "m", "x", "y", "h", "s"]);
    assert_eq!((s.list[0].port, s.list[1].port), (80, 1));
    assert_eq!((s.boxed.unwrap().host.as_str(), s.shared.unwrap().host.as_str()), ("b", "a"));
    assert_eq!((s.twice["k"][0].host.as_str(), s.many[0].as_ref().unwrap().host.as_str()), ("t", "o"));
    assert_eq!((s.grid.len(), s.grid[0][0].host.as_str(), s.grid[1].len()), (2, "g", 0));
}

#[test]
fn wrong_inside_every_container_has_the_full_path() {
    let text = "plain = { host = 1 }\nlist = [{ host = 'l' }, { host = 2 }]\n\
                pair = [{ host = 'x' }, { host = 3 }]\nhashed.k = { host = 4 }\nsorted.\"k.l\" = { host = 5 }\n\
                boxed.host = 6\nshared.host = 7\ntwice.k = [{ host = 8 }]\nmany = [{ host = 9 }]\n\
                grid = [[{ host = 10 }], []]\n";
    let report = load(text).unwrap_err();
    let expected = [
        "plain.host",
        "list[1].host",
        "pair[1].host",
        "hashed.k.host",
        "sorted.\"k.l\".host",
        "boxed.host",
        "shared.host",
        "twice.k[0].host",
        "many[0].host",
        "grid[0][0].host",
    ];
    assert_eq!(paths(&report), expected, "{report}");
    assert!(report.problems().iter().all(|problem| problem.origin().unwrap().line().is_some()));
}

#[test]
fn missing_inside_every_container_has_the_full_path() {
    let text =
        "plain = {}\nlist = [{}, { port = 1 }]\nhashed.k = {}\ntwice.k = [{}]\npair = [{}, { host = '' }]\n";
    let report = load(text).unwrap_err();
    let expected =
        ["plain.host", "list[0].host", "list[1].host", "pair[0].host", "hashed.k.host", "twice.k[0].host"];
    let mut found = paths(&report);
    assert!(report.problems().iter().all(|problem| problem.code() == Code::Missing), "{report}");
    found.sort_unstable();
    let mut expected = expected.to_vec();
    expected.sort_unstable();
    assert_eq!(found, expected, "{report}");
    insta::assert_snapshot!(report);
}

#[test]
fn unknown_inside_every_container_is_told() {
    let text = "list = [{ host = 'a', prot = 1 }]\nhashed.k = { host = 'a', prot = 1 }\nboxed = { host = 'a', prot = 1 }\ntwice.k = [{ host = 'a', prot = 1 }]\n";
    let report = load(text).unwrap_err();
    assert_eq!(
        paths(&report),
        ["list[0].prot", "hashed.k.prot", "boxed.prot", "twice.k[0].prot"],
        "{report}"
    );
    assert!(report.problems().iter().all(|problem| problem.suggestion() == Some("port")), "{report}");
}

#[test]
fn another_type_than_the_container_is_one_problem() {
    for (text, path) in [
        ("plain = 1", "plain"),
        ("list = { host = 'a' }", "list"),
        ("list = 'a'", "list"),
        ("hashed = [1]", "hashed"),
        ("list = [1]", "list[0]"),
        ("hashed = { k = 'x' }", "hashed.k"),
        ("boxed = []", "boxed"),
        ("grid = [{ host = 'a' }]", "grid[0]"),
        ("pair = [{ host = 'a' }]", "pair"),
        ("pair = [{ host = 'a' }, { host = 'a' }, { host = 'a' }]", "pair"),
    ] {
        let report = load(text).unwrap_err();
        assert_eq!(paths(&report), [path], "{text}: {report}");
        assert!(matches!(report.problems()[0].code(), Code::Type | Code::Invalid), "{report}");
        assert!(report.problems()[0].origin().is_some(), "{report}");
    }
    insta::assert_snapshot!(load("pair = [{ host = 'a' }]\nlist = { host = 'a' }").unwrap_err());
}

#[test]
fn an_absent_option_is_none_and_any_key_makes_it_complete() {
    let settings = load("").unwrap();
    assert!(settings.plain.is_none() && settings.pair.is_none() && settings.boxed.is_none());
    assert_eq!(paths(&load("plain.port = 1").unwrap_err()), ["plain.host"]);
    let by_variable = Settings::loader().env_vars([("A_PLAIN_PORT", "1")]).load().unwrap_err();
    assert_eq!(paths(&by_variable), ["plain.host"]);
    let empty = Settings::loader().env_vars([("A_PLAIN_PORT", "")]).load().unwrap();
    assert!(empty.plain.is_none(), "an empty variable is not set");
    assert!(load("plain = {}").is_err(), "an empty table is there");
}

#[test]
fn an_absent_section_is_built_from_its_defaults() {
    #[derive(Debug, Config)]
    struct Outer {
        #[config(nested)]
        inner: Inner,
        #[config(nested)]
        boxed: Box<Inner>,
    }
    #[derive(Debug, Config)]
    struct Inner {
        #[config(default = 3)]
        depth: u8,
        #[config(nested)]
        deeper: Deeper,
    }
    #[derive(Debug, Config)]
    struct Deeper {
        name: String,
    }
    let report = Outer::loader().load().unwrap_err();
    assert_eq!(paths(&report), ["inner.deeper.name", "boxed.deeper.name"]);
    let both = Outer::loader().set("inner.deeper.name", "a").set("boxed.deeper.name", "b").load().unwrap();
    assert_eq!((both.inner.depth, both.boxed.deeper.name.as_str()), (3, "b"));
}

#[test]
fn an_absent_list_or_map_is_required_unless_it_has_a_default() {
    #[derive(Debug, Config)]
    struct Required {
        #[config(nested)]
        list: Vec<Server>,
        #[config(nested)]
        map: HashMap<String, Server>,
        #[config(nested)]
        pair: [Server; 2],
    }
    let result = Required::loader().load();
    testing::assert_codes(&result, &[Code::Missing; 3]);
    assert_eq!(paths(&result.unwrap_err()), ["list", "map", "pair"]);
    let text = "list = []\nmap = {}\npair = [{ host = 'a' }, { host = 'b' }]";
    let empty = Required::loader().text(Format::Toml, "a", text).load().unwrap();
    assert!(empty.list.is_empty() && empty.map.is_empty());
}

#[test]
fn lists_replace_and_maps_combine() {
    let loader = Settings::loader()
        .text(Format::Toml, "base", "list = [{ host = 'a' }, { host = 'b', port = 9 }]\nhashed = { x = { host = 'x' }, y = { host = 'y', port = 1 } }\n")
        .text(Format::Toml, "over", "list = [{ host = 'c' }]\nhashed = { y = { port = 2 }, z = { host = 'z' } }\n");
    let settings = loader.load().unwrap();
    assert_eq!((settings.list.len(), settings.list[0].host.as_str(), settings.list[0].port), (1, "c", 80));
    assert_eq!(settings.hashed.len(), 3);
    let y = &settings.hashed["y"];
    assert_eq!((y.host.as_str(), y.port), ("y", 2));
}

#[derive(Debug, Config)]
struct Tree {
    name: String,
    #[config(nested, default)]
    children: Vec<Tree>,
    #[config(nested)]
    next: Option<Box<Tree>>,
}

#[test]
fn types_may_contain_themselves() {
    let text = "name = 'root'\n[[children]]\nname = 'a'\n[[children.children]]\nname = 'b'\n[next]\nname = 'n'\nnext = { name = 'm' }\n";
    let tree = Tree::loader().text(Format::Toml, "a.toml", text).load().unwrap();
    assert_eq!(tree.children[0].children[0].name, "b");
    assert_eq!(tree.next.unwrap().next.unwrap().name, "m");
    let report = Tree::loader()
        .text(Format::Toml, "a.toml", "name = 'x'\n[[children]]\n[[children.children]]\nname = 1\n")
        .load()
        .unwrap_err();
    assert_eq!(paths(&report), ["children[0].children[0].name", "children[0].name"], "{report}");
}

#[test]
fn a_type_that_contains_itself_reads_variables() {
    #[derive(Debug, Config)]
    #[config(env_prefix = "T")]
    struct Node {
        #[config(default = "-")]
        name: String,
        #[config(nested)]
        next: Option<Box<Node>>,
    }
    let node = Node::loader().env_vars([("T_NEXT_NEXT_NAME", "deep"), ("T_NAME", "top")]).load().unwrap();
    assert_eq!((node.name.as_str(), node.next.unwrap().next.unwrap().name.as_str()), ("top", "deep"));
    testing::check_declaration::<Node>().unwrap();
}

#[test]
fn newtypes_are_transparent() {
    #[derive(Debug, Config)]
    struct Port(u16);
    #[derive(Debug, Config)]
    struct Main(#[config(nested)] Server);
    #[derive(Debug, Config)]
    #[config(env_prefix = "A")]
    struct Outer {
        port: Port,
        #[config(nested)]
        main: Main,
        #[config(nested, default)]
        others: Vec<Main>,
    }
    let outer = Outer::loader()
        .text(Format::Toml, "a", "port = 1\nmain.host = 'h'\nothers = [{ host = 'o' }]")
        .load()
        .unwrap();
    assert_eq!((outer.port.0, outer.main.0.host.as_str(), outer.others[0].0.host.as_str()), (1, "h", "o"));
    let vars = [("A_PORT", "7"), ("A_MAIN_HOST", "v")];
    let outer = Outer::loader().env_vars(vars).load().unwrap();
    assert_eq!((outer.port.0, outer.main.0.host.as_str()), (7, "v"));
    let report = Outer::loader().text(Format::Toml, "a", "port = 70000\nmain.host = 1").load().unwrap_err();
    assert_eq!(paths(&report), ["port", "main.host"], "{report}");
}

#[test]
fn a_generic_section() {
    #[derive(Debug, Config)]
    struct Limit<T> {
        value: T,
    }
    #[derive(Debug, Config)]
    struct Outer<S> {
        #[config(nested)]
        section: S,
    }
    let loader = Outer::<Limit<u8>>::loader();
    assert_eq!(loader.clone().set("section.value", 5).load().unwrap().section.value, 5);
    assert_eq!(paths(&loader.set("section.value", 500).load().unwrap_err()), ["section.value"]);
}

#[test]
fn options_of_lists_and_maps_and_longer_chains() {
    #[derive(Debug, Config)]
    struct Chains {
        #[config(nested)]
        list: Option<Vec<Server>>,
        #[config(nested)]
        map: Option<BTreeMap<String, Arc<Server>>>,
        #[config(nested)]
        boxes: Arc<Vec<Box<Server>>>,
        #[config(nested)]
        shared: Arc<HashMap<String, [Server; 1]>>,
    }
    let load = |text: &str| {
        Chains::loader().text(Format::Toml, "a", format!("boxes = []\nshared = {{}}\n{text}")).load()
    };
    let none = load("").unwrap();
    assert!(none.list.is_none() && none.map.is_none() && none.boxes.is_empty() && none.shared.is_empty());
    let some = load("list = []\nmap = { k = { host = 'h' } }").unwrap();
    assert_eq!((some.list.unwrap().len(), some.map.unwrap()["k"].host.as_str()), (0, "h"));
    let report = load("list = [{ host = 1 }]\nmap = { k = { host = 2 } }").unwrap_err();
    assert_eq!(paths(&report), ["list[0].host", "map.k.host"]);
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Config)]
#[config(rename_all = "lowercase")]
enum Level {
    Low,
    High,
}

#[derive(Debug, Config)]
#[config(env_prefix = "A")]
struct Maps {
    #[config(default)]
    by_number: BTreeMap<u16, String>,
    #[config(default)]
    by_level: BTreeMap<Level, u8>,
    #[config(default)]
    levels: Vec<Level>,
}

#[test]
fn keys_of_maps_of_values_may_be_any_text_like_type() {
    let load = |text: &str| Maps::loader().text(Format::Toml, "a.toml", text).load();
    let maps = load("by_number = { 1 = 'a', 20 = 'b' }\nby_level = { low = 1, high = 2 }\nlevels = ['low', 'high', 'low']").unwrap();
    assert_eq!((maps.by_number[&20].as_str(), maps.by_level[&Level::High], maps.levels.len()), ("b", 2, 3));
    let report =
        load("by_number = { x = 'a' }\nby_level = { middle = 1 }\nlevels = ['lwo', 'hihg']").unwrap_err();
    assert_eq!(report.problems().len(), 4, "{report}");
    let keys: Vec<_> =
        report.problems().iter().take(2).map(|problem| problem.origin().unwrap().to_string()).collect();
    assert_eq!(keys, ["a.toml:1:15", "a.toml:2:14"], "{report}");
    insta::assert_snapshot!(report);
    let by_variable =
        Maps::loader().env_vars([("A_BY_LEVEL__HIGH", "7"), ("A_LEVELS", "high,low")]).load().unwrap();
    assert_eq!((by_variable.by_level[&Level::High], by_variable.levels.len()), (7, 2));
}
