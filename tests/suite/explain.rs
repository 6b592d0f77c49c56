//! Explain: the winner, what it won over, and what was ignored.

use std::collections::BTreeMap;

use confkit::{Config, Explanation, Format, Loaded, Loader, OriginKind, Secret, System};
use figment::providers::Serialized;

#[derive(Debug, Config)]
#[config(env_prefix = "A", file = "base.toml")]
struct Settings {
    #[config(default = 8080)]
    port: u16,
    #[config(default = "x")]
    name: String,
    tag: Option<String>,
    #[config(nested)]
    database: Database,
    #[config(nested, default)]
    servers: Vec<Database>,
    #[config(nested, default)]
    regions: BTreeMap<String, Database>,
    #[config(default)]
    labels: BTreeMap<String, String>,
    #[config(default = std::time::Duration::from_secs(5))]
    wait: std::time::Duration,
    #[config(default = ["a", "b"])]
    list: Vec<String>,
    #[config(nested)]
    optional: Option<Database>,
}

#[derive(Debug, Config)]
struct Database {
    #[config(default = 5432)]
    port: u16,
    #[config(default)]
    password: Secret<String>,
}

const BASE: &str = "port = 1\nlabels = { k = 'v' }\n[database]\nport = 2\npassword = 'hunter2'\n[[servers]]\nport = 3\n[regions.\"eu.west\"]\nport = 4\n";

fn loader() -> Loader<Settings> {
    let system = System::memory().file("base.toml", BASE).var("A_DATABASE_PORT", "6").var("A_PORT", "");
    Settings::loader().system(system).declared()
}

fn loaded() -> Loaded<Settings> {
    loader()
        .text(Format::Toml, "over.toml", "database.port = 7")
        .set("database.port", 8)
        .load_traced()
        .unwrap()
}

fn places(explanation: &Explanation) -> Vec<(String, String)> {
    let one = |value: &str, origin: &confkit::Origin| (value.to_owned(), origin.to_string());
    let winner = one(explanation.value().unwrap_or("-"), explanation.origin());
    let shadowed = explanation.shadowed().iter().map(|candidate| one(candidate.value(), candidate.origin()));
    std::iter::once(winner).chain(shadowed).collect()
}

#[test]
fn the_winner_and_every_shadowed_candidate_have_their_places() {
    let port = loaded().explain("database.port").unwrap();
    assert_eq!(port.path(), "database.port");
    let expected = [
        ("8", "set(\"database.port\")"),
        ("7", "over.toml:1:17"),
        ("6", "environment variable A_DATABASE_PORT"),
        ("2", "base.toml:4:8"),
        ("5432", "default"),
    ];
    assert_eq!(places(&port), expected.map(|(value, place)| (value.to_owned(), place.to_owned())));
    insta::assert_snapshot!(port);
}

#[test]
fn an_empty_variable_is_told_and_not_used() {
    let port = loaded().explain("port").unwrap();
    assert_eq!(places(&port)[0], ("1".to_owned(), "base.toml:1:8".to_owned()));
    assert!(port.steps().iter().any(|step| step.contains("A_PORT")), "{port}");
    insta::assert_snapshot!(port);
    let name = Settings::loader().env_vars([("A_NAME", "")]).load_traced().unwrap();
    let explained = name.explain("name").unwrap();
    assert_eq!(
        (explained.value(), explained.origin().kind()),
        (Some(""), OriginKind::Variable),
        "text keeps what is empty"
    );
}

#[test]
fn defaults_and_what_is_not_set() {
    let loaded = loaded();
    let value =
        |path: &str| loaded.explain(path).and_then(|explanation| explanation.value().map(str::to_owned));
    assert_eq!(value("name").as_deref(), Some("x"));
    assert_eq!(value("tag"), None);
    assert!(loaded.explain("tag").unwrap().to_string().contains("not set"));
    assert!(value("wait").unwrap().contains('5'), "{:?}", value("wait"));
    assert_eq!(value("list").as_deref(), Some("[a, b]"));
    assert_eq!(loaded.explain("name").unwrap().origin().kind(), OriginKind::Default);
}

#[test]
fn paths_lead_into_lists_maps_and_values() {
    let loaded = loaded();
    let place = |path: &str| loaded.explain(path).unwrap_or_else(|| panic!("{path}")).origin().to_string();
    assert_eq!(place("servers[0].port"), "base.toml:7:8");
    assert_eq!(place("regions.\"eu.west\".port"), "base.toml:9:8");
    assert_eq!(place("labels.k"), "base.toml:2:16");
    for absent in ["prot", "database.hots", "", "a..b", "servers.port", "port.x.y", "database[0]"] {
        assert!(loaded.explain(absent).is_none(), "{absent}");
    }
}

#[test]
fn what_is_not_there_is_not_explained_as_if_it_were() {
    // Neither element nor entry exists: there is nothing to explain.
    let loaded = loaded();
    assert!(loaded.explain("servers[7].port").is_none(), "{:?}", loaded.explain("servers[7].port"));
    assert!(loaded.explain("regions.nowhere.port").is_none());
    assert!(loaded.explain("labels.nothing").is_none());
}

#[test]
fn secrets_are_masked_in_every_candidate() {
    let loaded = loader().set("database.password", Secret::from("hunter3".to_owned())).load_traced().unwrap();
    let password = loaded.explain("database.password").unwrap();
    assert_eq!(password.value(), Some("[redacted]"));
    assert!(password.shadowed().iter().all(|candidate| candidate.value() == "[redacted]"), "{password}");
    let all = format!("{:?}\n{password}\n{password:?}\n{:?}", loaded, loaded.explanations());
    assert!(!all.contains("hunter"), "{all}");
    // Of a whole section the secret inside is masked too.
    for path in ["database", "servers", "servers[0]", "regions", "optional"] {
        if let Some(explanation) = loaded.explain(path) {
            assert!(!format!("{explanation} {explanation:?}").contains("hunter"), "{path}: {explanation}");
        }
    }
}

#[test]
fn all_settings_are_explained_in_the_order_of_the_declaration() {
    let loaded = loaded();
    let paths: Vec<String> =
        loaded.explanations().iter().map(|explanation| explanation.path().to_owned()).collect();
    let expected = [
        "port",
        "name",
        "tag",
        "database.port",
        "database.password",
        "servers[0].port",
        "servers[0].password",
        "regions.\"eu.west\".port",
        "regions.\"eu.west\".password",
        "labels",
        "wait",
        "list",
    ];
    assert_eq!(paths, expected, "an absent optional section has no settings");
    let texts: Vec<_> = loaded.explanations().iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(texts.join("\n"));
}

#[test]
fn a_map_of_several_layers_is_explained_as_a_whole() {
    let loader = Settings::loader().text(Format::Toml, "base", "labels = { a = '1', b = '2' }").text(
        Format::Toml,
        "over",
        "labels = { b = '3' }",
    );
    let loaded = loader.load_traced().unwrap();
    assert_eq!(loaded.labels.len(), 2);
    let labels = loaded.explain("labels").unwrap();
    // The value in force has both entries: showing one layer's part as the value would be wrong.
    let shown = labels.to_string();
    assert!(shown.contains('1') && shown.contains('3'), "{shown}");
    let value = labels.value().unwrap();
    assert!(value.contains('a') && value.contains('3'), "{value}");
    assert_eq!(loaded.explain("labels.a").unwrap().origin().to_string(), "base:1:16");
    assert_eq!(loaded.explain("labels.b").unwrap().shadowed().len(), 1);
}

#[test]
fn a_list_element_from_a_variable() {
    let loader =
        Settings::loader().text(Format::Toml, "base", "list = ['x', 'y']").env_vars([("A_LIST__1", "z")]);
    let loaded = loader.load_traced().unwrap();
    assert_eq!(loaded.list, ["x", "z"]);
    let element = loaded.explain("list[1]").unwrap();
    assert_eq!(
        (element.value(), element.origin().to_string().as_str()),
        (Some("z"), "environment variable A_LIST__1")
    );
    let whole = loaded.explain("list").unwrap();
    assert!(whole.to_string().contains("A_LIST__1"), "the whole list names what changed it: {whole}");
}

#[test]
fn an_element_of_a_list_in_text_is_the_one_in_force() {
    let told = |text: &str, path: &str| {
        let loader = Settings::loader()
            .text(Format::Toml, "base", "list = ['x', 'y', 'z']\nlabels = { k = 'v', l = 'w' }")
            .env_vars([("A_LIST", text), ("A_LABELS", "k=1,m=2")]);
        loader.load_traced().unwrap().explain(path).map(|explanation| explanation.to_string())
    };
    let first = "list[0] = a\n  from environment variable A_LIST\n  over x from base:1:9";
    assert_eq!(told("a, b", "list[0]").as_deref(), Some(first));
    assert_eq!(told(r#"["a", "b"]"#, "list[0]").as_deref(), Some(first));
    // The list of the variable has two elements, and an empty one is none.
    assert_eq!(told("a, b", "list[2]"), None);
    assert_eq!(told("", "list[2]").as_deref(), Some("list[2] = z\n  from base:1:19"));
    // Tables combine.
    let k = "labels.k = 1\n  from environment variable A_LABELS\n  over v from base:2:16";
    assert_eq!(told("a", "labels.k").as_deref(), Some(k));
    assert_eq!(told("a", "labels.l").as_deref(), Some("labels.l = w\n  from base:2:25"));
    assert_eq!(told("a", "labels.m").as_deref(), Some("labels.m = 2\n  from environment variable A_LABELS"));
    assert_eq!(told("a", "labels.n"), None);
}

#[test]
fn all_elements_are_listed_beside_one_that_a_variable_gives() {
    let file = "[[servers]]\nport = 1\n[[servers]]\nport = 2\n";
    let listed = |name: &str| {
        let loader = Settings::loader().text(Format::Toml, "base", file).env_vars([(name, "9")]);
        let explanations = loader.load_traced().unwrap().explanations();
        let ports = explanations.iter().filter(|one| one.path().starts_with("servers["));
        let ports = ports.filter(|one| one.path().ends_with("port"));
        ports.map(|one| format!("{}={}", one.path(), one.value().unwrap())).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(listed("A_SERVERS__0__PORT"), "servers[0].port=9 servers[1].port=2");
    assert_eq!(listed("A_SERVERS__1__PORT"), "servers[0].port=1 servers[1].port=9");
    assert_eq!(listed("A_SERVERS__2__PORT"), "servers[0].port=1 servers[1].port=2 servers[2].port=9");
}

#[test]
fn a_replaced_list_hides_the_elements_below() {
    let loader = Settings::loader()
        .text(Format::Toml, "base", "[[servers]]\nport = 1\n[[servers]]\nport = 2\n")
        .text(Format::Toml, "over", "servers = [{ port = 3 }]");
    let loaded = loader.load_traced().unwrap();
    assert_eq!(loaded.servers.len(), 1);
    let paths: Vec<_> = loaded
        .explanations()
        .iter()
        .map(|e| e.path().to_owned())
        .filter(|path| path.starts_with("servers"))
        .collect();
    assert_eq!(paths, ["servers[0].port", "servers[0].password"]);
    let port = loaded.explain("servers[0].port").unwrap();
    assert_eq!(port.value(), Some("3"));
    let replaced = loader.text(Format::Toml, "top", "servers = [{}]").load_traced().unwrap();
    let port = replaced.explain("servers[0].port").unwrap();
    assert_eq!(replaced.servers[0].port, 5432);
    assert_eq!(port.value(), Some("5432"), "elements of replaced lists are not merged: {port}");
}

#[test]
fn a_lower_case_twin_is_an_ignored_look_alike() {
    let loaded = Settings::loader().env_vars([("a_port", "9")]).load_traced().unwrap();
    let port = loaded.explain("port").unwrap();
    assert_eq!(port.value(), Some("8080"));
    assert!(port.steps().iter().any(|step| step.contains("a_port")), "{port}");
}

#[test]
fn a_provider_is_named() {
    let loaded = Settings::loader().provider(Serialized::default("port", 9)).load_traced().unwrap();
    let port = loaded.explain("port").unwrap();
    assert_eq!((port.value(), port.origin().kind()), (Some("9"), OriginKind::Provider));
}

#[test]
fn a_section_keeps_full_paths() {
    let loaded = Database::loader()
        .text(Format::Toml, "a.toml", "[services.db]\nport = 1")
        .section("services.db")
        .load_traced()
        .unwrap();
    let paths: Vec<_> =
        loaded.explanations().iter().map(|explanation| explanation.path().to_owned()).collect();
    assert_eq!(paths, ["services.db.port", "services.db.password"]);
    assert!(loaded.explain("port").is_none());
    assert_eq!(Loaded::into_inner(loaded).port, 1);
}

#[test]
fn values_are_shown_clean() {
    let loaded = Settings::loader()
        .set("name", "a\u{202e}b\u{1b}[31m")
        .set("labels.\"k\u{7}\"", "v\u{200f}")
        .load_traced()
        .unwrap();
    for explanation in loaded.explanations() {
        let text = format!("{explanation}");
        assert!(!text.contains(['\u{202e}', '\u{1b}', '\u{7}', '\u{200f}']), "{text:?}");
    }
}

#[test]
fn a_map_in_text_combines_with_the_tables_below() {
    #[derive(Debug, Config)]
    #[config(env_prefix = "APP")]
    struct Settings {
        labels: BTreeMap<String, u16>,
    }
    let loader = || Settings::loader().text(Format::Toml, "a.toml", "labels = { x = 1, y = 2 }");
    for text in ["z=3, x=4", r#"{"z": 3, "x": 4}"#] {
        let loaded = loader().env_vars([("APP_LABELS", text)]).load_traced().unwrap();
        assert_eq!(loaded.labels.values().collect::<Vec<_>>(), [&4, &2, &3]);
        let labels = loaded.explain("labels").unwrap();
        assert_eq!(labels.value(), Some("{ x = 4, y = 2, z = 3 }"), "{text}");
    }
}

#[test]
fn defaults_are_shown_clean() {
    #[derive(Debug, Config)]
    struct Settings {
        #[config(default = "one\ntwo \u{1b}[31m")]
        banner: String,
    }
    let loaded = Settings::loader().load_traced().unwrap();
    assert_eq!(loaded.explain("banner").unwrap().value(), Some("one\\ntwo \\u{1b}[31m"));
}
