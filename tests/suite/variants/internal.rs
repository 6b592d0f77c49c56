//! A tag stands beside the keys of the variant.

use super::*;

#[derive(Debug, PartialEq, Config)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Store {
    Memory,
    Disk(#[config(nested)] Disk),
    S3 {
        bucket: String,
        #[config(default = 10)]
        limit: u32,
    },
    #[serde(other)]
    Unknown,
}

#[derive(Debug, PartialEq, Config)]
#[config(env_prefix = "APP")]
struct Settings {
    #[config(nested)]
    store: Store,
}

fn s3(bucket: &str, limit: u32) -> Store {
    Store::S3 { bucket: bucket.to_owned(), limit }
}

fn store(texts: &[&str]) -> Store {
    over::<Settings>(texts).unwrap_or_else(|report| panic!("{report}")).store
}

#[test]
fn each_variant_is_read() {
    assert_eq!(store(&["store.type = 'memory'"]), Store::Memory);
    assert_eq!(store(&["store.type = 'x'"]), Store::Unknown);
    assert_eq!(store(&["store = { type = 's3', bucket = 'b' }"]), s3("b", 10));
    let disk = Store::Disk(Disk { path: "/a".into(), limit: 10 });
    assert_eq!(store(&["store = { path = '/a', type = 'disk' }"]), disk);
}

#[test]
fn layers_below_another_variant_are_shadowed() {
    let disk = "store = { type = 'disk', path = '/a', limit = 3 }";
    assert_eq!(store(&[disk, "store.limit = 4"]), Store::Disk(Disk { path: "/a".into(), limit: 4 }));
    // What another variant was given is neither merged nor unknown.
    assert_eq!(store(&[disk, "store = { type = 's3', bucket = 'b' }"]), s3("b", 10));
    assert_eq!(store(&[disk, "store.limit = 5", "store = { type = 's3', bucket = 'b' }"]), s3("b", 10));
    // What no layer below gave to a variant belongs to the next one above.
    assert_eq!(store(&["store.limit = 5", "store = { type = 's3', bucket = 'b' }"]), s3("b", 5));
    assert_eq!(store(&["store = { type = 's3', bucket = 'b' }", disk, "store.type = 's3'"]), s3("b", 10));
}

#[test]
fn variables_choose_and_fill_a_variant() {
    let store = |vars: &[(&str, &str)]| {
        env::<Settings>("store = { type = 'disk', path = '/a' }", vars)
            .unwrap_or_else(|report| panic!("{report}"))
            .store
    };
    assert_eq!(store(&[("APP_STORE_LIMIT", "7")]), Store::Disk(Disk { path: "/a".into(), limit: 7 }));
    assert_eq!(
        store(&[("APP_STORE_TYPE", "s3"), ("APP_STORE_BUCKET", "b"), ("APP_STORE_LIMIT", "70000")]),
        s3("b", 70000)
    );
    assert_eq!(store(&[("APP_STORE_TYPE", "memory")]), Store::Memory);
}

#[test]
fn problems_are_told_where_they_are() {
    #[derive(Debug, Config)]
    #[serde(tag = "kind", deny_unknown_fields)]
    #[expect(dead_code, reason = "only its problems matter")]
    enum Closed {
        A { x: u16 },
        B(#[config(nested)] Disk),
    }
    #[derive(Debug, Config)]
    #[expect(dead_code, reason = "only its problems matter")]
    struct Settings {
        #[config(nested)]
        one: Closed,
        #[config(nested, default)]
        list: Vec<Closed>,
    }
    let wrong = [
        "",
        "[one]\nx = 1",
        "one = 'A'",
        "[one]\nkind = 'C'",
        "[one]\nkind = 1\nx = 2",
        "[one]\nkind = 'A'\nx = 'y'\nz = 1",
        "[one]\nknd = 'A'\nx = 1",
        "[one]\nkind = 'B'\npth = ''",
        "one = { kind = 'A', x = 1 }\nlist = [{ kind = 'B' }, { kind = 'A', x = -1 }, 3]",
    ];
    let told = wrong.map(|text| format!("{text}\n{}", load::<Settings>(text).unwrap_err()));
    insta::assert_snapshot!(told.join("\n\n"));
}

#[test]
fn a_flattened_enum_stands_beside_other_keys() {
    #[derive(Debug, PartialEq, Config)]
    #[config(env_prefix = "APP")]
    struct Flat {
        name: String,
        #[config(flatten)]
        store: Store,
    }
    let flat: Flat = load("name = 'n'\ntype = 's3'\nbucket = 'b'").unwrap();
    assert_eq!((flat.name.as_str(), &flat.store), ("n", &s3("b", 10)));
    insta::assert_snapshot!(load::<Flat>("name = 'n'\ntyp = 's3'\nbucket = 1").unwrap_err());
    insta::assert_snapshot!(load::<Flat>("name = 'n'\ntype = 's3'\nbucket = 1\nbukket = 2").unwrap_err());
    let flat: Flat = env("name = 'n'\ntype = 's3'", &[("APP_BUCKET", "v")]).unwrap();
    assert_eq!(flat.store, s3("v", 10));
}

#[test]
fn what_a_variant_may_leave_out_has_variables_and_arguments() {
    #[derive(Debug, PartialEq, Config)]
    #[serde(tag = "type", rename_all = "lowercase")]
    enum Sink {
        Http(#[config(nested)] Option<Target>),
    }
    #[derive(Debug, PartialEq, Config)]
    struct Target {
        url: String,
        token: Option<Secret<String>>,
    }
    #[derive(Debug, Config)]
    #[config(env_prefix = "APP", args)]
    struct Settings {
        #[config(nested)]
        sink: Sink,
    }
    let target = |url: &str| Sink::Http(Some(Target { url: url.to_owned(), token: None }));
    let vars = Settings::loader().env_vars([("APP_SINK_TYPE", "http"), ("APP_SINK_URL", "a")]);
    assert_eq!(vars.load().unwrap().sink, target("a"));
    let args = Settings::loader().args(["--sink-type=http", "--sink-url=b"]);
    assert_eq!(args.load().unwrap().sink, target("b"));
    let report = Settings::loader().args(["--sink-token=x"]).load().unwrap_err();
    assert!(report.problems()[0].message().starts_with("sink.token is a secret"), "{report}");
}
