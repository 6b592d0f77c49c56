//! The variant is a key.

use super::*;

#[derive(Debug, PartialEq, Config)]
#[config(rename_all = "kebab-case")]
enum Store {
    /// Forgets all at the end.
    Memory,
    Disk(#[config(nested)] Disk),
    /// A bucket of objects.
    #[config(rename_all = "camelCase", alias = "bucket")]
    CloudBucket {
        bucket_name: String,
        #[config(default = 3, validate(range(1..=9)))]
        retries: u8,
        #[config(nested)]
        fallback: Option<Disk>,
    },
    Port(#[config(validate(range(min = 1)))] u16),
    Hosts(Vec<String>),
}

#[derive(Debug, PartialEq, Config)]
#[config(env_prefix = "APP")]
struct Settings {
    #[config(nested)]
    store: Store,
    #[config(default)]
    name: String,
}

fn store(text: &str) -> Store {
    load::<Settings>(text).unwrap_or_else(|report| panic!("{report}")).store
}

fn disk(path: &str, limit: u16) -> Disk {
    Disk { path: path.to_owned(), limit }
}

#[test]
fn each_variant_is_read() {
    assert_eq!(store("store = 'memory'"), Store::Memory);
    assert_eq!(store("store.memory = {}"), Store::Memory);
    assert_eq!(store("store.disk.path = '/a'"), Store::Disk(disk("/a", 10)));
    assert_eq!(store("store.port = 80"), Store::Port(80));
    assert_eq!(store("store.hosts = ['a', 'b']"), Store::Hosts(vec!["a".into(), "b".into()]));
    let full = "[store.bucket]\nbucketName = 'b'\nfallback.path = '/b'\nfallback.limit = 2";
    let expected = Store::CloudBucket { bucket_name: "b".into(), retries: 3, fallback: Some(disk("/b", 2)) };
    assert_eq!(store(full), expected);
}

#[test]
fn problems_inside_a_variant_have_their_full_path_and_place() {
    let text = "[store.cloud-bucket]\nbucketName = 3\nretries = 70\nfallbak = 1\n[store.cloud-bucket.fallback]\nlimit = 'x'\n";
    insta::assert_snapshot!(load::<Settings>(text).unwrap_err());
    insta::assert_snapshot!(load::<Settings>("[store]\nport = 0").unwrap_err());
    insta::assert_snapshot!(load::<Settings>("store.hosts = ['a', 1, 2]").unwrap_err());
}

#[test]
fn a_wrong_choice_is_told() {
    let wrong = [
        "",
        "store = 'memroy'",
        "store = 5",
        "store = ['memory']",
        "store = {}",
        "store.dsk.path = 'x'",
        "store.memory = 3",
        "store.memory.size = 3",
        "[store]\nport = 1\nhosts = []",
        "store = 'disk'",
        "store = 'port'",
    ];
    let told = wrong.map(|text| format!("{text}\n{}", load::<Settings>(text).unwrap_err()));
    insta::assert_snapshot!(told.join("\n\n"));
}

#[test]
fn the_topmost_layer_that_names_a_variant_decides() {
    let base = "store.disk = { path = '/a', limit = 3 }";
    let store = |texts: &[&str]| over::<Settings>(texts).unwrap_or_else(|report| panic!("{report}")).store;
    assert_eq!(store(&[base, "store.disk.limit = 4"]), Store::Disk(disk("/a", 4)));
    assert_eq!(store(&[base, "store = 'memory'"]), Store::Memory);
    assert_eq!(store(&["store = 'memory'", base]), Store::Disk(disk("/a", 3)));
    assert_eq!(store(&[base, "store.port = 1"]), Store::Port(1));
    assert_eq!(store(&[base, "store.port = 1", "store.disk.limit = 5"]), Store::Disk(disk("/a", 5)));
    assert_eq!(store(&[base, "name = 'x'"]), Store::Disk(disk("/a", 3)));
}

#[test]
fn variables_choose_and_fill_a_variant() {
    let store = |text: &str, vars: &[(&str, &str)]| {
        env::<Settings>(text, vars).unwrap_or_else(|report| panic!("{report}")).store
    };
    assert_eq!(store("", &[("APP_STORE", "memory")]), Store::Memory);
    assert_eq!(store("store.port = 1", &[("APP_STORE_DISK_PATH", "/v")]), Store::Disk(disk("/v", 10)));
    assert_eq!(store("store.disk.path = '/a'", &[("APP_STORE_DISK_LIMIT", "7")]), Store::Disk(disk("/a", 7)));
    assert_eq!(store("store.port = 1", &[("APP_STORE_PORT", "8")]), Store::Port(8));
    assert_eq!(store("store.port = 1", &[("APP_STORE", "")]), Store::Port(1));
    assert_eq!(store("", &[("APP_STORE_HOSTS", "a,b")]), Store::Hosts(vec!["a".into(), "b".into()]));
    let both = [("APP_STORE", "disk"), ("APP_STORE_DISK_PATH", "/v")];
    assert_eq!(store("", &both), Store::Disk(disk("/v", 10)));
    let report = env::<Settings>("", &[("APP_STORE", "disc")]).unwrap_err();
    insta::assert_snapshot!(report);
    let report = env::<Settings>("", &[("APP_STORE_DISK_PTH", "disc")]).unwrap_err();
    insta::assert_snapshot!(report);
}

#[test]
fn containers_hold_variants() {
    #[derive(Debug, Config)]
    struct Many {
        #[config(nested)]
        one: Option<Store>,
        #[config(nested, default)]
        list: Vec<Store>,
        #[config(nested, default)]
        map: BTreeMap<String, Box<Store>>,
    }
    let many: Many = load("list = ['memory', { port = 3 }]\nmap.a.disk.path = 'x'").unwrap();
    assert_eq!((many.one, many.list), (None, vec![Store::Memory, Store::Port(3)]));
    assert_eq!(*many.map["a"], Store::Disk(disk("x", 10)));
    let report = load::<Many>("list = ['memory', { port = 0 }, 'memori']\nmap.a.disk.path = 1\none.prt = 1");
    insta::assert_snapshot!(report.unwrap_err());
}
