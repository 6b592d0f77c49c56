//! What a layer takes away from those below it.

use std::collections::BTreeMap;

use confkit::{Code, Config, Format, Loader, Secret, Stack, System, Unknown, testing};

use super::over;

#[derive(Debug, Config)]
#[config(env_prefix = "APP")]
struct Settings {
    #[config(default = 8080, alias = "listen")]
    port: u16,
    host: String,
    #[config(nested)]
    database: Option<Database>,
    #[config(default)]
    labels: BTreeMap<String, String>,
    #[config(default)]
    list: Vec<u8>,
    #[config(default, merge = "append")]
    appended: Vec<u8>,
    #[config(nested, default, merge(key = "name"))]
    servers: Vec<Server>,
    token: Option<Secret<String>>,
}

#[derive(Debug, Config)]
struct Database {
    url: String,
    #[config(default = 1)]
    pool: u8,
}

#[derive(Debug, Config)]
struct Server {
    name: String,
    #[config(default = 80)]
    port: u16,
}

const BASE: &str = "port = 1
host = 'base'
database = { url = 'db', pool = 9 }
labels = { a = '1', 'b.c' = '2' }
list = [1, 2, 3]
appended = [1, 2]
servers = [{ name = 'a', port = 1 }, { name = 'b' }]
";

fn load(layers: &[&str]) -> Settings {
    over::<Settings>(layers).load().unwrap_or_else(|report| panic!("{report}"))
}

#[test]
fn defaults_stand_where_a_file_takes_away_what_others_gave() {
    let top = "\"$unset\" = ['port', 'database.pool', 'labels.\"b.c\"', 'list']";
    let settings = load(&[BASE, top]);
    assert_eq!((settings.port, settings.database.unwrap().pool, settings.list.len()), (8080, 1, 0));
    assert_eq!(settings.labels, BTreeMap::from([("a".to_owned(), "1".to_owned())]));
    // A declared alias is the same setting.
    assert_eq!(load(&[BASE, "\"$unset\" = ['listen']"]).port, 8080);
    assert_eq!(load(&["listen = 2\nhost = 'h'", "\"$unset\" = ['port']"]).port, 8080);
}

#[test]
fn the_layers_own_value_and_those_above_it_stand() {
    let top = "\"$unset\" = ['labels', 'database', 'port']\nlabels = { x = '1' }\nport = 5";
    let settings = load(&[BASE, top, "labels.y = '2'"]);
    assert_eq!((settings.port, settings.database.is_none()), (5, true));
    assert_eq!(settings.labels.keys().collect::<Vec<_>>(), ["x", "y"]);
    // Lower layers go on without what is above them.
    assert_eq!(load(&["\"$unset\" = ['port']\nhost = 'h'", "port = 3"]).port, 3);
}

#[test]
fn code_takes_away_from_every_layer_so_far() {
    let loader = over::<Settings>(&[BASE]).env_vars([("APP_PORT", "2"), ("APP_DATABASE_POOL", "3")]);
    let loader = loader.set("database.url", "set").unset("port").unset("database");
    let settings = loader.clone().load().unwrap();
    assert_eq!((settings.port, settings.database.is_none()), (8080, true));
    let settings = loader.set("port", 7).set("database.url", "new").load().unwrap();
    assert_eq!((settings.port, settings.database.unwrap().url.as_str()), (7, "new"));
    let arguments =
        over::<Settings>(&[BASE]).args(["--port", "6", "--list", "4"]).unset("port").unset("list");
    let settings = arguments.load().unwrap();
    assert_eq!((settings.port, settings.list.len()), (8080, 0));
}

#[test]
fn elements_are_those_of_the_list_that_the_layers_below_make() {
    let settings = load(&[BASE, "appended = [3]", "\"$unset\" = ['appended[0]', 'appended[2]', 'list[1]']"]);
    assert_eq!((settings.appended, settings.list), (vec![2], vec![1, 3]));
    let settings = load(&[BASE, "appended = [3]", "\"$unset\" = ['appended[0]']\nappended = [4]"]);
    assert_eq!(settings.appended, [2, 3, 4]);
    // Of a combined element every layer's part goes; only the topmost list is there otherwise.
    let servers =
        load(&[BASE, "servers = [{ name = 'c' }, { name = 'a', port = 3 }]", "\"$unset\" = ['servers[0]']"]);
    let names: Vec<&str> = servers.servers.iter().map(|server| server.name.as_str()).collect();
    assert_eq!(names, ["b", "c"]);
    let inside = load(&[BASE, "servers = [{ name = 'a', port = 3 }]", "\"$unset\" = ['servers[0].port']"]);
    assert_eq!(inside.servers[0].port, 80);
    assert_eq!(load(&[BASE, "list = [7, 8]", "\"$unset\" = ['list[0]']"]).list, [8]);
    // What is not there need not be taken away.
    assert_eq!(load(&[BASE, "\"$unset\" = ['list[9]', 'token', 'labels.zzz']"]).list, [1, 2, 3]);
}

#[test]
fn elements_of_texts_and_single_elements_are_refused() {
    let unset = |vars: [(&str, &str); 1]| {
        over::<Settings>(&[BASE]).env_vars(vars).unset("list[0]").load().unwrap_err().to_string()
    };
    let text = unset([("APP_LIST", "5,6")]);
    let single = unset([("APP_LIST__0", "5")]);
    insta::assert_snapshot!(format!("{text}\n\n{single}"));
}

#[test]
fn what_is_missing_then_says_who_took_it_away() {
    let top = "# a comment\n\"$unset\" = [\n  'host',\n  'database.url',\n]";
    let report = over::<Settings>(&[BASE, top]).load().unwrap_err();
    insta::assert_snapshot!(report);
    let report = over::<Settings>(&[BASE]).unset("host").load().unwrap_err();
    let help = testing::problem_at(&report, "host").help().unwrap();
    assert!(help.ends_with("; unset(\"host\") takes away what base.toml:2:8 gave"), "{help}");
}

#[test]
fn what_is_no_path_of_a_setting_is_told_at_its_place() {
    let wrong = "\"$unset\" = ['prot', 'database.pol', 'port.x', 'a..b', 3, 'servers[0].prot', 'list.a']";
    let report = over::<Settings>(&[BASE, wrong]).load().unwrap_err();
    insta::assert_snapshot!(report);
    let report = over::<Settings>(&[BASE, "\"$unset\" = 'port'"]).load().unwrap_err();
    insta::assert_snapshot!(report);
    let report = over::<Settings>(&[BASE]).unset("hots").load().unwrap_err();
    assert_eq!(report.problems()[0].suggestion(), Some("host"));
    let report = over::<Settings>(&[BASE]).unset("a..b").load().unwrap_err();
    assert_eq!(report.problems()[0].origin().unwrap().to_string(), "unset(\"a..b\")");
}

#[test]
fn explanations_tell_who_took_it_away() {
    let base = format!("{BASE}token = 'marker'\n");
    let top = "\"$unset\" = ['port', 'database', 'appended[0]', 'token']\nappended = [3]";
    let loaded = over::<Settings>(&[&base, top]).load_traced().unwrap();
    let paths = ["port", "database", "database.pool", "appended", "appended[0]", "token"];
    let explained = paths.map(|path| loaded.explain(path).unwrap_or_else(|| panic!("{path}")).to_string());
    insta::assert_snapshot!(explained.join("\n\n"));
    assert!(!explained.concat().contains("marker"));
}

#[test]
fn other_formats_say_it_in_their_own_way() {
    let loader = |format, text: &str| {
        over::<Settings>(&[BASE])
            .text(format, "top", text.to_owned())
            .load()
            .unwrap_or_else(|report| panic!("{report}"))
    };
    assert_eq!(loader(Format::Json, r#"{"$unset": ["port"]}"#).port, 8080);
    assert_eq!(loader(Format::Yaml, "$unset:\n  - port\n").port, 8080);
    assert_eq!(loader(Format::Properties, "$unset = port, labels.a\n").port, 8080);
    assert_eq!(loader(Format::Ini, "$unset = port,list\n").list, [0; 0]);
}

#[derive(Debug, Config)]
struct All {
    #[config(flatten)]
    rest: BTreeMap<String, u8>,
}

#[test]
fn the_list_itself_is_no_setting() {
    let text = "\"$unset\" = ['a']\nb = 2";
    let all = over::<All>(&["a = 1\nc = 3", text]).load().unwrap();
    assert_eq!(all.rest, BTreeMap::from([("b".to_owned(), 2), ("c".to_owned(), 3)]));
}

#[test]
fn a_secret_that_was_taken_away_is_still_one() {
    let base = format!("{BASE}token = 'marker'\n");
    let report = over::<Settings>(&[&base, "\"$unset\" = ['token']\nport = 'marker'"]).load().unwrap_err();
    testing::assert_hidden(&report, "marker");
}

#[test]
fn modules_and_sections_are_told_of_their_own() {
    let stack = || {
        let stack =
            Stack::new().text(Format::Toml, "base", "[database]\nurl = 'x'\npool = 3\n[http]\nname = 'n'");
        stack.text(Format::Toml, "top", "\"$unset\" = ['database.pool', 'http.port', 'other.thing']")
    };
    let layers = stack().read().unwrap();
    assert_eq!(layers.load::<Database>("database").unwrap().pool, 1);
    assert_eq!(layers.load::<Server>("http").unwrap().port, 80);
    let report = layers.finish().unwrap_err();
    insta::assert_snapshot!(report);
    let layers = stack().unset("database").read().unwrap();
    testing::assert_codes(&layers.load::<Database>("database"), &[Code::Missing]);
    let section = |loader: Loader<Database>| loader.section("database").load().unwrap().pool;
    let base = "[database]\nurl = 'x'\npool = 3";
    assert_eq!(section(over::<Database>(&[base, "\"$unset\" = ['database.pool', 'elsewhere']"])), 1);
}

#[test]
fn figment_gets_what_is_left() {
    let loader = over::<Settings>(&[BASE, "\"$unset\" = ['port', 'labels.a', 'database']"]);
    let figment = loader.figment().unwrap();
    assert_eq!(figment.extract_inner::<u16>("port").unwrap(), 8080);
    assert_eq!(figment.extract_inner::<BTreeMap<String, String>>("labels").unwrap().len(), 1);
    assert!(figment.find_value("database").is_err() && figment.find_value("$unset").is_err());
    let report = over::<Settings>(&[BASE, "\"$unset\" = ['prot']"]).figment().unwrap_err();
    assert_eq!(report.problems()[0].suggestion(), Some("port"));
}

#[test]
fn a_reload_and_files_follow() {
    let system = System::memory().file("base.toml", BASE);
    let loader = |top: &str| {
        let system = system.clone().file("local.toml", top);
        Settings::loader().system(system).file("base.toml").file("local.toml").unknown_keys(Unknown::Deny)
    };
    let first = loader("").load_traced().unwrap();
    let second = loader("\"$unset\" = ['port']").reload(&first).unwrap();
    assert_eq!((first.port, second.port), (1, 8080));
    assert_eq!(loader("").reload(&second).unwrap().port, 1);
}

#[test]
fn text_that_is_empty_takes_nothing_away() {
    let loader = |text: &str| {
        let loader = over::<Plain>(&["port = 80"]);
        loader.text(Format::Ini, "app.ini", text.to_owned())
    };
    assert_eq!(loader("$unset =\n").load().unwrap().port, 80);
    assert_eq!(loader("$unset = port,\n").load().unwrap().port, 1);
}

#[test]
fn thousands_of_elements_are_taken_away_in_time() {
    let count = 3000;
    let list = |one: &dyn Fn(usize) -> String| (0..count).map(one).collect::<Vec<_>>().join(",");
    let base = format!("tags = [{}]", list(&|at| format!("'t{at}'")));
    let top = format!("'$unset' = [{}]\ntags = ['new']", list(&|at| format!("'tags[{at}]'")));
    let begin = std::time::Instant::now();
    assert_eq!(over::<Plain>(&[&base, &top]).load().unwrap().tags, ["new"]);
    assert!(begin.elapsed().as_secs() < 20, "{:?}", begin.elapsed());
}

#[derive(Debug, Config)]
struct Plain {
    #[config(default = 1)]
    port: u16,
    #[config(default, merge = "unique")]
    tags: Vec<String>,
}
