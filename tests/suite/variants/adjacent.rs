//! A tag, and a key for what the variant holds.

use super::*;

#[derive(Debug, PartialEq, Config)]
#[serde(tag = "t", content = "with", rename_all = "lowercase")]
enum Store {
    Memory,
    Disk(#[config(nested)] Disk),
    Port(u16),
    S3 { bucket: String },
}

#[derive(Debug, PartialEq, Config)]
#[config(env_prefix = "APP")]
struct Settings {
    #[config(nested)]
    store: Store,
}

fn store(texts: &[&str]) -> Store {
    over::<Settings>(texts).unwrap_or_else(|report| panic!("{report}")).store
}

#[test]
fn each_variant_is_read() {
    assert_eq!(store(&["store.t = 'memory'"]), Store::Memory);
    assert_eq!(store(&["store = { t = 'port', with = 7 }"]), Store::Port(7));
    assert_eq!(store(&["store = { with.bucket = 'b', t = 's3' }"]), Store::S3 { bucket: "b".into() });
    let disk = "store = { t = 'disk', with.path = '/a' }";
    assert_eq!(store(&[disk]), Store::Disk(Disk { path: "/a".into(), limit: 10 }));
    assert_eq!(store(&[disk, "store.with.limit = 1"]), Store::Disk(Disk { path: "/a".into(), limit: 1 }));
    assert_eq!(store(&[disk, "store = { t = 'port', with = 7 }"]), Store::Port(7));
    assert_eq!(
        store(&["store = { t = 'port', with = 7 }", disk, "store.with.limit = 2"]),
        Store::Disk(Disk { path: "/a".into(), limit: 2 })
    );
}

#[test]
fn variables_fill_it() {
    let vars = [("APP_STORE_T", "s3"), ("APP_STORE_WITH_BUCKET", "b")];
    assert_eq!(env::<Settings>("store.t = 'memory'", &vars).unwrap().store, Store::S3 { bucket: "b".into() });
    let vars = [("APP_STORE_T", "port"), ("APP_STORE_WITH", "9")];
    assert_eq!(env::<Settings>("", &vars).unwrap().store, Store::Port(9));
}

#[test]
fn problems_are_told_where_they_are() {
    let wrong = [
        "store = { t = 's3' }",
        "store = { t = 'port' }",
        "store = { t = 'port', wiht = 3 }",
        "store = { t = 'port', with = 'x' }",
        "store = { with = 1 }",
        "store = { t = 'memory', with = 1 }",
    ];
    let told = wrong.map(|text| format!("{text}\n{}", load::<Settings>(text).unwrap_err()));
    insta::assert_snapshot!(told.join("\n\n"));
}
