//! What a hostile user found.

use super::*;

#[derive(Debug, PartialEq, Config)]
enum Store {
    Off,
    Disk(#[config(nested)] Disk),
    Limit(Option<u16>),
}

#[derive(Debug, PartialEq, Config)]
#[serde(tag = "type")]
enum Log {
    File { path: String },
    Remote { host: String, port: u16 },
}

#[derive(Debug, Config)]
#[config(env_prefix = "APP")]
struct Settings {
    #[config(nested)]
    store: Store,
    #[config(nested)]
    log: Option<Log>,
    #[config(nested, default)]
    all: Vec<Store>,
}

#[test]
fn two_variants_in_one_environment_are_a_conflict() {
    let both = [("APP_STORE", "Off"), ("APP_STORE_DISK_PATH", "/v")];
    insta::assert_snapshot!(env::<Settings>("", &both).unwrap_err());
    // In two layers the upper one decides.
    let loader = Settings::loader().system(System::memory());
    let loader = loader.env_vars([both[1]]).env_vars([both[0]]);
    assert_eq!(loader.load().unwrap().store, Store::Off);
    let loader = Settings::loader().system(System::memory());
    let loader = loader.env_vars([both[0]]).env_vars([both[1]]);
    assert_eq!(loader.load().unwrap().store, Store::Disk(Disk { path: "/v".into(), limit: 10 }));
    // One variant may be named and filled.
    let same = [("APP_STORE", "Disk"), ("APP_STORE_DISK_PATH", "/v")];
    assert!(matches!(env::<Settings>("", &same).unwrap().store, Store::Disk(_)));
    let args = Settings::loader().system(System::memory()).args(["--store=Off", "--store-disk-path=/v"]);
    testing::assert_codes(&args.load(), &[Code::Conflict]);
}

#[test]
fn a_key_of_another_variant_says_whose_it_is() {
    #[derive(Debug, Config)]
    #[expect(dead_code, reason = "only its problems matter")]
    struct Flat {
        name: String,
        #[config(flatten)]
        log: Log,
    }
    let text = "store = 'Off'\n[log]\ntype = 'File'\npath = '/l'\nport = 3\n";
    insta::assert_snapshot!(load::<Settings>(text).unwrap_err());
    insta::assert_snapshot!(load::<Flat>("name = 'n'\ntype = 'File'\npath = '/l'\nport = 3\n").unwrap_err());
    let loaded =
        over::<Flat>(&["name = 'n'\ntype = 'Remote'\nhost = 'h'\nport = 3", "type = 'File'\npath = 'p'"]);
    assert!(loaded.is_ok(), "{loaded:?}");
}

#[test]
fn a_variant_named_by_text_is_explained_by_what_it_holds() {
    let loader = Settings::loader().system(System::memory());
    let loader = loader.text(Format::Toml, "a.toml", "store.Limit = 3\nall = ['Off', { Limit = 4 }]");
    let loaded = loader.env_vars([("APP_STORE", "Limit")]).load_traced().unwrap();
    assert_eq!((&loaded.store, loaded.all.len()), (&Store::Limit(Some(3)), 2));
    let told: Vec<String> = loaded.explanations().iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn a_name_between_layers_of_one_variant_hides_none_of_it() {
    let texts = ["store.Disk.path = '/a'", "store = 'Disk'", "store.Disk.limit = 4"];
    assert_eq!(over::<Settings>(&texts).unwrap().store, Store::Disk(Disk { path: "/a".into(), limit: 4 }));
}

#[test]
fn an_explanation_of_nothing_does_not_take_forever() {
    #[derive(Debug, Config)]
    #[serde(untagged)]
    #[expect(dead_code, reason = "only its explanation matters")]
    enum Node {
        A {
            #[config(nested)]
            next: Box<Node>,
            x: u8,
        },
        B {
            #[config(nested)]
            next: Box<Node>,
            y: u8,
        },
        End {
            end: u8,
        },
    }
    let inner = (0..59).fold("end = 1".to_owned(), |inner, _| format!("next = {{ {inner} }}, y = 1"));
    let text = format!("next = {{ {inner} }}\ny = 1");
    let loaded = Node::loader().text(Format::Toml, "a.toml", text).load_traced().unwrap();
    let path = |end: &str| format!("{}{end}", "next.".repeat(50));
    assert!(loaded.explain(&path("y")).is_some());
    assert!(loaded.explain(&path("q")).is_none());
}
