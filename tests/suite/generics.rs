//! Types with parameters, types inside themselves, and one type in several places.

use std::collections::BTreeMap;

use confkit::{Code, Config, Format, Report, System, testing};

#[derive(Debug, Config)]
#[config(env_prefix = "APP")]
struct Menu {
    title: String,
    #[config(nested, default)]
    entries: Vec<Menu>,
    #[config(nested)]
    default: Option<Box<Menu>>,
    #[config(nested, default)]
    named: BTreeMap<String, Menu>,
}

fn load<T: Config>(text: &str, vars: &[(&str, &str)]) -> Result<T, Report> {
    let loader = T::loader().system(System::memory()).text(Format::Toml, "app.toml", text);
    loader.env_vars(vars.iter().copied()).load()
}

#[test]
fn a_type_may_contain_itself() {
    let text = "title = 'a'\n[[entries]]\ntitle = 'b'\nentries = [{ title = 'c' }]\n[default]\ntitle = 'd'\n\
                [default.named.x]\ntitle = 'e'\ndefault.title = 'f'\n";
    let vars = [
        ("APP_ENTRIES__0__ENTRIES__0__TITLE", "C"),
        ("APP_DEFAULT_NAMED__X__DEFAULT_TITLE", "F"),
        ("APP_DEFAULT_DEFAULT_TITLE", "G"),
    ];
    let menu: Menu = load(text, &vars).unwrap();
    assert_eq!(menu.entries[0].entries[0].title, "C");
    let inner = menu.default.unwrap();
    assert_eq!((inner.title.as_str(), inner.default.unwrap().title.as_str()), ("d", "G"));
    assert_eq!(inner.named["x"].default.as_ref().unwrap().title, "F");
    testing::check_declaration::<Menu>().unwrap();
}

#[test]
fn problems_deep_inside_have_their_path() {
    let text = "title = 'a'\n[[entries]]\ntitle = 'b'\nentries = [{ titel = 'c' }]\n[default.default.named.x]\ntitle = 1\n";
    insta::assert_snapshot!(load::<Menu>(text, &[]).unwrap_err());
}

#[test]
fn types_with_parameters_are_read() {
    #[derive(Debug, Config)]
    #[config(env_prefix = "APP")]
    struct Both<T, S, const N: usize> {
        value: T,
        #[config(nested)]
        section: S,
        #[config(nested)]
        leaves: Leaves<T, N>,
        #[config(nested)]
        either: Either<Option<T>>,
    }
    #[derive(Debug, Config)]
    struct Leaves<T, const N: usize> {
        #[config(nested)]
        list: [Port; N],
        map: BTreeMap<String, Vec<T>>,
    }
    #[derive(Debug, Config)]
    struct Port {
        port: u16,
    }
    #[derive(Debug, Config)]
    #[serde(untagged)]
    enum Either<T> {
        One(T),
        Many { many: Vec<T> },
    }
    let text = "value = 1\nsection.port = 2\nleaves = { list = [{ port = 3 }, { port = 4 }], map.a = [5] }\neither.many = [6]";
    let both: Both<u8, Port, 2> = load(text, &[("APP_SECTION_PORT", "7")]).unwrap();
    let ports = both.leaves.list.map(|port| port.port);
    assert_eq!((both.value, both.section.port, ports), (1, 7, [3, 4]));
    assert_eq!(both.leaves.map["a"], [5]);
    let Either::Many { many } = both.either else { panic!("{:?}", both.either) };
    assert_eq!(many, [Some(6)]);
    let result = load::<Both<bool, Port, 1>>(text, &[]);
    testing::assert_codes(&result, &[Code::Type, Code::Invalid, Code::Type, Code::Type]);
    insta::assert_snapshot!(result.unwrap_err());
    let both: Both<u8, Port, 2> = load(text, &[("APP_EITHER", "9")]).unwrap();
    assert!(matches!(both.either, Either::One(Some(9))));
}

#[test]
fn one_type_in_two_places_has_two_names() {
    #[derive(Debug, Config)]
    #[config(env_prefix = "APP")]
    struct Settings {
        #[config(nested(env_prefix = "DB"))]
        primary: Server,
        #[config(nested)]
        replica: Server,
    }
    #[derive(Debug, Config)]
    struct Server {
        host: String,
        #[config(nested(env_prefix = "P"), default)]
        ports: Vec<Port>,
    }
    #[derive(Debug, Config)]
    struct Port {
        number: u16,
    }
    let vars = [("APP_DB_HOST", "a"), ("APP_REPLICA_HOST", "b"), ("APP_DB_P__0__NUMBER", "1")];
    let settings: Settings = load("", &vars).unwrap();
    assert_eq!((settings.primary.host.as_str(), settings.replica.host.as_str()), ("a", "b"));
    assert_eq!((settings.primary.ports[0].number, settings.replica.ports.len()), (1, 0));
    let report = load::<Settings>("", &[("APP_PRIMARY_HOST", "a")]).unwrap_err();
    insta::assert_snapshot!(report);
}
