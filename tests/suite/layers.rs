//! Order and merging of layers.

use std::collections::BTreeMap;

use confkit::{Code, Config, Format, Loader, Report, System, testing};

#[derive(Debug, Config)]
#[config(env_prefix = "A", file = "one.toml", optional_file = "two.toml", file = "three.toml")]
struct Settings {
    #[config(default = "default")]
    value: String,
    #[config(default)]
    list: Vec<u8>,
    #[config(nested)]
    section: Section,
    #[config(default)]
    map: BTreeMap<String, BTreeMap<String, u8>>,
}

#[derive(Debug, Config)]
struct Section {
    #[config(default = 1)]
    a: u8,
    #[config(default = 2)]
    b: u8,
}

fn value(loader: &Loader<Settings>) -> String {
    loader.load().unwrap_or_else(|report| panic!("{report}")).value
}

#[test]
fn declared_layers_lie_in_their_order() {
    let mut system = System::memory().file("one.toml", "").file("three.toml", "");
    let load = |system: &System| value(&Settings::loader().system(system.clone()).declared());
    assert_eq!(load(&system), "default");
    system = system.file("one.toml", "value = 'one'");
    assert_eq!(load(&system), "one");
    system = system.file("two.toml", "value = 'two'");
    assert_eq!(load(&system), "two");
    system = system.file("three.toml", "value = 'three'");
    assert_eq!(load(&system), "three");
    system = system.var("A_VALUE", "variable");
    assert_eq!(load(&system), "variable");
}

#[test]
fn calls_stack_in_call_order_around_the_declared_layers() {
    let system = System::memory().file("one.toml", "").file("three.toml", "value = 'three'");
    let text =
        |loader: Loader<Settings>, name: &str| loader.text(Format::Toml, name, format!("value = '{name}'"));
    let loader = || Settings::loader().system(system.clone());
    assert_eq!(value(&text(loader(), "below").declared()), "three");
    assert_eq!(value(&text(loader().declared(), "above")), "above");
    assert_eq!(
        value(&text(loader().declared(), "above").declared()),
        "above",
        "the second call does nothing"
    );
    let with_var = loader().system(system.clone().var("A_VALUE", "variable"));
    assert_eq!(value(&text(with_var.clone().env(), "above")), "above");
    assert_eq!(value(&text(with_var, "below").env()), "variable");
}

#[test]
fn a_loader_reads_nothing_before_load_and_may_be_used_again() {
    let loader = Settings::loader().file("absent.toml").env_prefix("B");
    let copy = loader.clone().system(System::memory().file("absent.toml", "value = 'x'"));
    assert_eq!(value(&copy), "x");
    assert_eq!(value(&copy), "x");
    let _: &(dyn Send + Sync) = &copy;
}

#[test]
fn tables_combine_and_scalars_and_lists_replace() {
    let base = "list = [1, 2, 3]\nsection = { a = 5, b = 6 }\nmap = { x = { k = 1, l = 2 } }\n";
    let over = "list = [9]\nsection.b = 7\nmap.x.l = 3\nmap.y.k = 4\n";
    let loader = Settings::loader().text(Format::Toml, "base", base).text(Format::Toml, "over", over);
    let settings = loader.load().unwrap();
    assert_eq!((settings.list, settings.section.a, settings.section.b), (vec![9], 5, 7));
    let flat: Vec<_> =
        settings.map.iter().flat_map(|(k, m)| m.iter().map(move |(l, n)| format!("{k}.{l}={n}"))).collect();
    assert_eq!(flat, ["x.k=1", "x.l=3", "y.k=4"]);
}

#[test]
fn an_empty_list_and_an_empty_table_above() {
    let base = "list = [1]\nsection = { a = 5 }\n";
    let settings = Settings::loader()
        .text(Format::Toml, "base", base)
        .text(Format::Toml, "over", "list = []\nsection = {}\n")
        .load()
        .unwrap();
    assert_eq!((settings.list.len(), settings.section.a), (0, 5));
}

/// Loads one file above another.
fn two_files(below: &str, above: &str) -> Result<Settings, Report> {
    let loader = Settings::loader().text(Format::Toml, "one.toml", below);
    loader.text(Format::Toml, "two.toml", above).load()
}

#[test]
fn a_table_and_a_scalar_are_an_error_naming_both_places() {
    let cases = [
        ("section = { a = 1 }", "section = 5", "section"),
        ("section = { a = 1 }", "section = []", "section"),
    ];
    for (below, above, path) in cases {
        for (first, second) in [(below, above), (above, below)] {
            let report = two_files(first, second).unwrap_err();
            let text = report.to_string();
            assert!(text.contains("one.toml:1") && text.contains("two.toml:1"), "{first} / {second}: {text}");
            assert_eq!(report.problems()[0].path(), path, "{text}");
            assert_eq!(report.problems().len(), 1, "one fault is one problem: {text}");
        }
    }
    insta::assert_snapshot!(two_files(cases[0].0, cases[0].1).unwrap_err());
}

#[test]
fn the_same_goes_for_tables_inside_values() {
    for (below, above, path) in [("map.x.k = 1", "map.x = 5", "map.x"), ("map.x.k = 1", "map = 5", "map")] {
        for (first, second) in [(below, above), (above, below)] {
            let report = two_files(first, second).unwrap_err();
            assert_eq!(report.problems().len(), 1, "{report}");
            assert_eq!(report.problems()[0].path(), path, "{report}");
            let text = report.to_string();
            assert!(text.contains("one.toml:1") && text.contains("two.toml:1"), "{first} / {second}: {text}");
        }
    }
}

#[test]
fn a_wrong_value_that_is_shadowed_is_not_used() {
    // The layer below is wrong for the type, the one above is right: what is used is right.
    let loader = Settings::loader().text(Format::Toml, "base", "section.a = 'x'\nlist = ['x']").text(
        Format::Toml,
        "over",
        "section.a = 3\nlist = [1]",
    );
    let settings = loader.load().unwrap();
    assert_eq!((settings.section.a, settings.list), (3, vec![1]));
}

#[test]
fn problems_are_in_the_order_of_the_layers() {
    let loader = Settings::loader()
        .text(Format::Toml, "base", "zzz = 1\nsection.b = 'x'\n")
        .env_vars([("A_SECTION_A", "many")])
        .text(Format::Toml, "over", "list = ['a', 'b']\nyyy = 1\n")
        .set("value", 3);
    let report = loader.load().unwrap_err();
    let places: Vec<_> =
        report.problems().iter().map(|problem| problem.origin().unwrap().to_string()).collect();
    let expected = [
        "base:1:1",
        "base:2:13",
        "environment variable A_SECTION_A",
        "over:1:9",
        "over:1:14",
        "over:2:1",
        "set(\"value\")",
    ];
    assert_eq!(places, expected, "{report}");
    for _ in 0..5 {
        assert_eq!(loader.load().unwrap_err().to_json(), report.to_json(), "the same on every run");
    }
}

#[test]
fn problems_without_a_place_come_last_in_the_order_of_the_declaration() {
    #[derive(Debug, Config)]
    struct Many {
        zulu: u8,
        #[config(nested)]
        inner: Inner,
        alpha: u8,
        given: u8,
    }
    #[derive(Debug, Config)]
    struct Inner {
        second: u8,
        first: u8,
    }
    let report = Many::loader().text(Format::Toml, "a", "\n\n\ngiven = 'x'").load().unwrap_err();
    let paths: Vec<_> = report.problems().iter().map(confkit::Problem::path).collect();
    assert_eq!(paths, ["given", "zulu", "inner.second", "inner.first", "alpha"]);
}

#[test]
fn two_broken_files_are_both_told() {
    let system = System::memory().file("one.toml", "value = \n").file("three.toml", "[section\n");
    let result = Settings::loader().system(system).declared().load();
    testing::assert_codes(&result, &[Code::Syntax, Code::Syntax]);
    insta::assert_snapshot!(result.unwrap_err());
}

#[test]
fn missing_required_files_are_all_told() {
    let result = Settings::loader().system(System::memory().root("/srv")).declared().load();
    testing::assert_codes(&result, &[Code::NotFound, Code::NotFound]);
    let text = result.unwrap_err().to_string();
    assert!(text.contains("one.toml") && text.contains("three.toml") && text.contains("/srv"), "{text}");
}

#[derive(Debug, Config)]
struct Database {
    host: String,
    #[config(default = 5432)]
    port: u16,
}

#[test]
fn a_section_has_full_names_and_places_and_nothing_outside_is_looked_at() {
    let text = "name = 3\nunknown = 1\n[services.database]\nhost = 'db'\nport = 1\n";
    let loader = Database::loader().text(Format::Toml, "app.toml", text).section("services.database");
    let database = loader.load().unwrap();
    assert_eq!((database.host.as_str(), database.port), ("db", 1));
    let loader =
        loader.env_prefix("APP").env_vars([("APP_SERVICES_DATABASE_PORT", "many"), ("APP_OTHER", "1")]);
    let report = loader.load().unwrap_err();
    assert_eq!(report.problems()[0].path(), "services.database.port");
    assert_eq!(
        report.problems()[0].origin().unwrap().to_string(),
        "environment variable APP_SERVICES_DATABASE_PORT"
    );
    let unknown = loader.text(Format::Toml, "over", "[services.database]\nprot = 1").load().unwrap_err();
    assert!(unknown.problems().iter().any(|problem| problem.path() == "services.database.prot"), "{unknown}");
}

#[test]
fn a_section_in_a_list_and_one_that_is_absent() {
    let text = "[[databases]]\nhost = 'a'\n[[databases]]\nhost = 'b'\n";
    let loader = Database::loader().text(Format::Toml, "app.toml", text);
    assert_eq!(loader.clone().section("databases[1]").load().unwrap().host, "b");
    let report = loader.clone().section("other").load().unwrap_err();
    assert_eq!(report.problems()[0].path(), "other.host", "{report}");
    let bad: Report = loader.clone().section("a..b").load().unwrap_err();
    assert_eq!(bad.problems().len(), 1, "{bad}");
    let set = loader.section("databases[0]").set("databases[0].port", 9).load().unwrap();
    assert_eq!((set.host.as_str(), set.port), ("a", 9));
    assert_eq!(
        Database::loader()
            .section("x")
            .set("x.host", "h")
            .load_traced()
            .unwrap()
            .explain("x.host")
            .unwrap()
            .value(),
        Some("h")
    );
}

#[derive(Debug, Config)]
struct Outer {
    #[config(nested)]
    database: Database,
    #[config(nested)]
    list: Vec<Database>,
}

#[test]
fn one_fault_is_one_problem() {
    let load = |text: &str| Database::loader().text(Format::Toml, "a.toml", text).load().unwrap_err();
    let outer = |text: &str| Outer::loader().text(Format::Toml, "a.toml", text).load().unwrap_err();
    for (report, path) in [
        (load("host = 5"), "host"),
        (outer("database = 5\nlist = []"), "database"),
        (outer("database = []\nlist = []"), "database"),
        (outer("database.host = 'h'\nlist = 5"), "list"),
        (outer("database.host = 'h'\nlist = [5]"), "list[0]"),
        (outer("database.host = 'h'\n"), "list"),
    ] {
        assert_eq!(report.problems().len(), 1, "{report}");
        assert_eq!(report.problems()[0].path(), path, "{report}");
    }
}

#[test]
fn the_help_of_a_missing_key_is_written_as_toml() {
    #[derive(Debug, Config)]
    struct Outer {
        #[config(nested)]
        regions: BTreeMap<String, Database>,
    }
    let report = Outer::loader().text(Format::Toml, "a.toml", "regions.\"eu.west\" = {}").load().unwrap_err();
    let help = testing::problem_at(&report, "regions.\"eu.west\".host").help().unwrap();
    assert_eq!(help, "set `host` under `[regions.\"eu.west\"]` in a.toml");
}

#[test]
fn the_same_problem_of_a_shadowed_layer_is_not_told() {
    let loader = Settings::loader()
        .text(Format::Toml, "base", "section = { a = 'x', b = 'y' }")
        .env_vars([("A_SECTION_A", "5")]);
    let report = loader.load().unwrap_err();
    let paths: Vec<_> = report.problems().iter().map(confkit::Problem::path).collect();
    assert_eq!(paths, ["section.b"], "{report}");
}

/// One setting, given in every place that there is.
mod every_place {
    use super::*;

    /// Kinds of layers are declared in another order than they lie in.
    #[derive(Debug, Config)]
    #[config(
        args,
        env_prefix = "A",
        dotenv = ".env",
        dotenv = ".env.local",
        secrets_dir = "secrets",
        optional_file = "one.toml",
        optional_dir = "conf.d",
        optional_file = "two.toml"
    )]
    #[expect(dead_code, reason = "only where it is from matters")]
    struct Settings {
        #[config(default = "x")]
        value: String,
    }

    /// Where each layer has it, lowest first.
    const PLACES: [&str; 12] = [
        "default",
        "below:1:9",
        "one.toml:1:9",
        "conf.d/10.toml:1:9",
        "conf.d/9.toml:1:9",
        "two.toml:1:9",
        "secrets/value",
        ".env:1:9",
        ".env.local:1:9",
        "environment variable A_VALUE",
        "--value",
        "set(\"value\")",
    ];

    /// The setting in some of the places; arguments are read by confkit or by clap.
    fn loader(places: &[&str], by_clap: bool) -> Loader<Settings> {
        let words = ["--value=x"].into_iter().filter(|_| places.contains(&"--value"));
        let mut system = System::memory().args(words.clone());
        let mut loader = Settings::loader();
        for place in places {
            let path = place.trim_end_matches(":1:9");
            match *place {
                "default" | "--value" | "set(\"value\")" => {}
                "below:1:9" => loader = loader.text(Format::Toml, path, "value = 'x'"),
                "secrets/value" => system = system.file(path, "x"),
                "environment variable A_VALUE" => system = system.var("A_VALUE", "x"),
                _ if path.starts_with(".env") => system = system.file(path, "A_VALUE=x"),
                _ => system = system.file(path, "value = 'x'"),
            }
        }
        loader = loader.system(system).declared();
        if by_clap {
            let command = confkit::clap::augment::<Settings>(clap::Command::new("a"));
            loader = loader.matches(&command.get_matches_from(["a"].into_iter().chain(words)));
        }
        if places.contains(&"set(\"value\")") { loader.set("value", "x") } else { loader }
    }

    #[test]
    fn the_next_one_wins_where_the_topmost_is_taken_away() {
        for by_clap in [false, true] {
            for len in 1..=PLACES.len() {
                let loaded = loader(&PLACES[..len], by_clap).load_traced().unwrap();
                let why = loaded.explain("value").unwrap();
                let shadowed = why.shadowed().iter().map(|one| one.origin().to_string());
                let places: Vec<String> = shadowed.rev().chain([why.origin().to_string()]).collect();
                assert_eq!(places, PLACES[..len]);
            }
        }
    }
}
