//! Lists of tables whose layers combine by a key.

use confkit::{Code, Config, Secret, testing};
use serde::Deserialize;

use super::over;

#[derive(Debug, Config, PartialEq)]
struct Server {
    #[config(alias = "called")]
    name: String,
    #[config(default = 80)]
    port: u16,
    #[config(default, merge = "append")]
    tags: Vec<String>,
    password: Option<Secret<String>>,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Route {
    id: u8,
    #[serde(default)]
    to: String,
}

#[derive(Debug, Config)]
#[config(env_prefix = "APP")]
struct Keyed {
    #[config(nested, default, merge(key = "name"))]
    servers: Vec<Server>,
    #[config(default, merge(key = "id"))]
    routes: Vec<Route>,
    #[config(nested, default, merge = "append")]
    appended: Vec<Server>,
    #[config(nested, merge = "deep")]
    deep: Option<Vec<Server>>,
}

fn names(servers: &[Server]) -> Vec<(&str, u16)> {
    servers.iter().map(|server| (server.name.as_str(), server.port)).collect()
}

const BASE: &str = "
[[servers]]
name = 'a'
port = 1
tags = ['one']
[[servers]]
name = 'b'
";

const TOP: &str = "
[[servers]]
called = 'c'
port = 3
[[servers]]
name = 'a'
tags = ['two']
[[servers]]
name = 'b'
port = 2
";

#[test]
fn tables_of_one_name_combine_and_others_are_appended() {
    let keyed = over::<Keyed>(&[BASE, TOP]).load().unwrap();
    assert_eq!(names(&keyed.servers), [("a", 1), ("b", 2), ("c", 3)]);
    assert_eq!(keyed.servers[0].tags, ["one", "two"], "lists inside go their own way");
    let keyed = over::<Keyed>(&[TOP, BASE]).load().unwrap();
    assert_eq!(names(&keyed.servers), [("c", 3), ("a", 1), ("b", 2)]);
    assert_eq!(keyed.servers[1].tags, ["two", "one"]);
}

#[test]
fn plain_structures_combine_by_any_single_value() {
    let layers =
        ["routes = [{ id = 1, to = 'x' }, { id = 2 }]", "routes = [{ id = 0x2, to = 'y' }, { id = 3 }]"];
    let route = |id, to: &str| Route { id, to: to.into() };
    assert_eq!(over::<Keyed>(&layers).load().unwrap().routes, [route(1, "x"), route(2, "y"), route(3, "")]);
}

#[test]
fn sections_in_lists_are_appended_and_combine_by_position() {
    let text = |list: &str| format!("[[{list}]]\nname = 'a'\nport = 1\n[[{list}]]\nname = 'b'\nport = 2\n");
    let more = |list: &str| format!("[[{list}]]\nname = 'c'\n");
    let keyed = over::<Keyed>(&[&text("appended"), &more("appended")]).load().unwrap();
    assert_eq!(names(&keyed.appended), [("a", 1), ("b", 2), ("c", 80)]);
    let keyed = over::<Keyed>(&[&text("deep"), &more("deep")]).load().unwrap();
    assert_eq!(names(&keyed.deep.unwrap()), [("c", 1), ("b", 2)]);
    assert!(over::<Keyed>(&[""]).load().unwrap().deep.is_none());
}

#[test]
fn variables_replace_elements_of_the_whole() {
    let loader = over::<Keyed>(&[BASE, TOP]).env_vars([
        ("APP_SERVERS__2__PORT", "33"),
        ("APP_SERVERS__0__NAME", "A"),
        ("APP_SERVERS__3__NAME", "d"),
    ]);
    let loader = loader.text(confkit::Format::Toml, "last.toml", "servers = [{ name = 'd', port = 4 }]");
    let keyed = loader.load().unwrap();
    assert_eq!(names(&keyed.servers), [("A", 1), ("b", 2), ("c", 33), ("d", 4)]);
}

#[test]
fn what_has_no_key_or_the_same_twice_is_told() {
    let report = over::<Keyed>(&[
        "servers = [{ port = 1 }]\nroutes = [{ id = 1 }, { id = 2 }, { id = 1 }]",
        "servers = [{ name = 'a' }]\nroutes = [{ id = 3 }]",
    ]);
    insta::assert_snapshot!(report.load().unwrap_err());
    let report = over::<Keyed>(&["servers = [{ name = ['a'] }]\nroutes = ['x']"]);
    insta::assert_snapshot!(report.load().unwrap_err());
}

#[test]
fn problems_inside_have_the_place_of_their_layer() {
    let top = "[[servers]]\nname = 'new'\n[[servers]]\nname = 'b'\nport = 'many'\n[[servers]]\nname = 'a'\nprot = 1";
    let report = over::<Keyed>(&[BASE, top]).load().unwrap_err();
    insta::assert_snapshot!(report);
    let missing = over::<Keyed>(&["[[appended]]\nname = 'a'", "[[appended]]\nport = 1"]).load().unwrap_err();
    assert_eq!(testing::problem_at(&missing, "appended[1].name").code(), Code::Missing);
}

#[test]
fn a_secret_inside_stays_one() {
    let base = "servers = [{ name = 'a', password = 'marker-one' }]";
    let loaded = over::<Keyed>(&[base, "servers = [{ name = 'a', port = 5 }]"]).load_traced().unwrap();
    assert_eq!(loaded.servers[0].password.as_ref().unwrap().expose(), "marker-one");
    let shown = loaded.explanations().iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    assert!(shown.contains("servers[0].password = [redacted]") && !shown.contains("marker"), "{shown}");
}
