//! Enums with data, in each of serde's four representations.

use std::collections::BTreeMap;

use confkit::{Code, Config, Format, Report, Secret, System, Warnings, testing};

fn load<T: Config>(text: &str) -> Result<T, Report> {
    T::loader().system(System::memory()).text(Format::Toml, "app.toml", text).load()
}

/// Loads from several texts, the topmost last.
fn over<T: Config>(texts: &[&str]) -> Result<T, Report> {
    let loader = T::loader().system(System::memory()).warnings(Warnings::Deny);
    let layers = texts.iter().enumerate();
    layers.fold(loader, |loader, (at, text)| loader.text(Format::Toml, &format!("{at}.toml"), *text)).load()
}

fn env<T: Config>(text: &str, vars: &[(&str, &str)]) -> Result<T, Report> {
    let loader = T::loader().system(System::memory()).warnings(Warnings::Deny);
    loader.text(Format::Toml, "app.toml", text).env_vars(vars.iter().copied()).load()
}

#[derive(Debug, PartialEq, Config)]
struct Disk {
    path: String,
    #[config(default = 10)]
    limit: u16,
}

mod external {
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
        let expected =
            Store::CloudBucket { bucket_name: "b".into(), retries: 3, fallback: Some(disk("/b", 2)) };
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
        let store =
            |texts: &[&str]| over::<Settings>(texts).unwrap_or_else(|report| panic!("{report}")).store;
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
        assert_eq!(
            store("store.disk.path = '/a'", &[("APP_STORE_DISK_LIMIT", "7")]),
            Store::Disk(disk("/a", 7))
        );
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
        let report =
            load::<Many>("list = ['memory', { port = 0 }, 'memori']\nmap.a.disk.path = 1\none.prt = 1");
        insta::assert_snapshot!(report.unwrap_err());
    }
}

mod internal {
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
}

mod adjacent {
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
        assert_eq!(
            env::<Settings>("store.t = 'memory'", &vars).unwrap().store,
            Store::S3 { bucket: "b".into() }
        );
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
}

mod untagged {
    use super::*;

    #[derive(Debug, PartialEq, Config)]
    #[serde(untagged)]
    enum Dependency {
        Version(String),
        Detailed {
            version: Option<String>,
            path: Option<String>,
            #[config(default)]
            features: Vec<String>,
        },
    }

    #[derive(Debug, PartialEq, Config)]
    #[config(env_prefix = "APP")]
    struct Settings {
        #[config(nested, default)]
        dependencies: BTreeMap<String, Dependency>,
        #[config(nested)]
        main: Option<Dependency>,
    }

    #[test]
    fn the_first_form_that_fits_is_taken() {
        let settings: Settings =
            load("[dependencies]\nserde = '1'\nsyn = { version = '3', features = ['full'] }").unwrap();
        assert_eq!(settings.dependencies["serde"], Dependency::Version("1".into()));
        let Dependency::Detailed { version, features, .. } = &settings.dependencies["syn"] else { panic!() };
        assert_eq!((version.as_deref(), features.len()), (Some("3"), 1));
    }

    #[test]
    fn layers_of_one_form_combine() {
        let base = "dependencies.a = { version = '1', path = 'x' }";
        let settings: Settings = over(&[base, "dependencies.a.version = '2'"]).unwrap();
        let expected = |version: &str| Dependency::Detailed {
            version: Some(version.into()),
            path: Some("x".into()),
            features: Vec::new(),
        };
        assert_eq!(settings.dependencies["a"], expected("2"));
        let settings: Settings = over(&[base, "dependencies.a = '2'"]).unwrap();
        assert_eq!(settings.dependencies["a"], Dependency::Version("2".into()));
        let settings: Settings = over(&["dependencies.a = '2'", base]).unwrap();
        assert_eq!(settings.dependencies["a"], expected("1"));
    }

    #[test]
    fn the_nearest_form_is_judged() {
        let wrong = [
            "dependencies.a = 5",
            "dependencies.a = { version = 5 }",
            "dependencies.a = { vresion = '1', features = ['x', 3] }",
            "dependencies.a = []",
        ];
        let told = wrong.map(|text| format!("{text}\n{}", load::<Settings>(text).unwrap_err()));
        insta::assert_snapshot!(told.join("\n\n"));
    }

    #[test]
    fn among_several_tables_the_nearest_is_named() {
        #[derive(Debug, Config)]
        #[serde(untagged)]
        #[expect(dead_code, reason = "only its problems matter")]
        enum Source {
            Registry { version: String, registry: Option<String> },
            Git { git: String, branch: Option<String> },
            Path { path: String },
        }
        #[derive(Debug, Config)]
        #[expect(dead_code, reason = "only its problems matter")]
        struct Settings {
            #[config(nested)]
            source: Source,
        }
        let wrong = ["source = { git = 'x', brunch = 'y' }", "source.path = 3", "source = {}", "source = 1"];
        let told = wrong.map(|text| format!("{text}\n{}", load::<Settings>(text).unwrap_err()));
        insta::assert_snapshot!(told.join("\n\n"));
    }

    #[test]
    fn variables_fill_it() {
        let settings: Settings = env("", &[("APP_MAIN", "1.2")]).unwrap();
        assert_eq!(settings.main, Some(Dependency::Version("1.2".into())));
        let settings: Settings = env("main.path = 'p'", &[("APP_MAIN_VERSION", "1.2")]).unwrap();
        let Some(Dependency::Detailed { version, path, .. }) = settings.main else { panic!() };
        assert_eq!((version.as_deref(), path.as_deref()), (Some("1.2"), Some("p")));
    }

    #[test]
    fn a_later_form_that_fits_exactly_is_taken_before_one_with_warnings() {
        #[derive(Debug, PartialEq, Config)]
        #[serde(untagged)]
        enum Either {
            A { x: u16 },
            B { x: u16, y: u16 },
            Nothing,
        }
        #[derive(Debug, PartialEq, Config)]
        #[config(unknown_keys = "warn")]
        struct Settings {
            #[config(nested)]
            it: Either,
        }
        assert_eq!(over::<Settings>(&["it = { x = 1, y = 2 }"]).unwrap().it, Either::B { x: 1, y: 2 });
        assert_eq!(load::<Settings>("it = { x = 1, z = 2 }").unwrap().it, Either::A { x: 1 });
    }
}

#[test]
fn secrets_in_variants_are_hidden() {
    #[derive(Debug, Config)]
    #[expect(dead_code, reason = "only its problems matter")]
    enum Login {
        Password {
            user: String,
            #[config(secret)]
            password: Secret<String>,
        },
        Token(#[config(secret)] Secret<String>),
    }
    #[derive(Debug, Config)]
    #[serde(untagged)]
    #[expect(dead_code, reason = "only its problems matter")]
    enum Key {
        Text(Secret<String>),
        Parts { a: Secret<u32>, b: u32 },
    }
    #[derive(Debug, Config)]
    #[config(env_prefix = "APP")]
    #[expect(dead_code, reason = "only its problems matter")]
    struct Settings {
        #[config(nested)]
        login: Login,
        #[config(nested)]
        key: Key,
    }
    let wrong = [
        "login.token = ['hunter2']\nkey = ['hunter2']",
        "login.Token = ['hunter2']\nkey = ['hunter2']",
        "login.Token = 'a'\nkey = { a = 'hunter2', b = 'hunter2' }",
        "login.Password = { user = 1, password = { x = 'hunter2' } }\nkey = 'hunter2'",
        "login.Password = { user = 1, password = 'hunter2' }\nkey = 'hunter2'",
    ];
    for text in wrong {
        let report = load::<Settings>(text).unwrap_err();
        testing::assert_hidden(&report, "hunter2");
    }
    let vars = [("APP_LOGIN_TOKEN", "hunter2"), ("APP_KEY_A", "hunter2"), ("APP_KEY_B", "1")];
    let report = env::<Settings>("", &vars).unwrap_err();
    testing::assert_hidden(&report, "hunter2");
    let system = System::memory().file("token", "hunter2");
    let vars = [("APP_LOGIN_TOKEN_FILE", "token"), ("APP_KEY", "hunter2")];
    let loaded = Settings::loader().system(system).env_vars(vars).load_traced().unwrap();
    for explanation in loaded.explanations() {
        assert!(!explanation.to_string().contains("hunter2"), "{explanation}");
    }
}

#[test]
fn a_choice_is_in_the_metadata() {
    use confkit::Tagging;
    #[derive(Config)]
    #[serde(tag = "t", content = "c")]
    #[expect(dead_code, reason = "only what it declares matters")]
    enum It {
        /// The first.
        A(u16),
        #[serde(other)]
        B,
    }
    let variants = It::metadata().variants().unwrap();
    assert_eq!(variants.tagging(), Tagging::Adjacent { tag: "t", content: "c" });
    assert_eq!(variants.list()[0].metadata().docs(), "The first.");
    testing::check_declaration::<It>().unwrap();
    testing::assert_codes(&load::<It>("c = 1"), &[Code::Missing]);
}

mod explained {
    use super::*;

    #[derive(Debug, Config)]
    #[expect(dead_code, reason = "only its explanation matters")]
    enum Outer {
        Off,
        Limit(u16),
        Disk(#[config(nested)] Disk),
    }

    #[derive(Debug, Config)]
    #[serde(tag = "type")]
    #[expect(dead_code, reason = "only its explanation matters")]
    enum Inner {
        Disk(#[config(nested)] Disk),
        S3 {
            bucket: String,
            #[config(default = 3)]
            limit: u8,
        },
    }

    #[derive(Debug, Config)]
    #[serde(untagged)]
    #[expect(dead_code, reason = "only its explanation matters")]
    enum Either {
        Name(String),
        Parts { a: u16, b: u16 },
    }

    #[derive(Debug, Config)]
    #[config(env_prefix = "APP")]
    #[expect(dead_code, reason = "only its explanation matters")]
    struct Settings {
        #[config(nested)]
        outer: Outer,
        #[config(nested)]
        inner: Inner,
        #[config(nested)]
        either: Either,
    }

    const BASE: &str = "outer.Disk = { path = '/a', limit = 1 }\n\
        inner = { type = 'Disk', path = '/b', limit = 2 }\n\
        either = { a = 1, b = 2 }\n";

    fn all(top: &str, vars: &[(&str, &str)]) -> String {
        let loader = Settings::loader().system(System::memory());
        let loader = loader.text(Format::Toml, "base.toml", BASE).text(Format::Toml, "top.toml", top);
        let loaded = loader.env_vars(vars.iter().copied()).load_traced().unwrap();
        let mut told: Vec<String> = loaded.explanations().iter().map(ToString::to_string).collect();
        told.push("--".to_owned());
        let paths =
            ["outer", "outer.Disk.limit", "outer.Limit", "inner.limit", "inner.path", "either", "either.a"];
        told.extend(paths.iter().filter_map(|path| Some(loaded.explain(path)?.to_string())));
        told.join("\n")
    }

    #[test]
    fn the_variant_in_force_is_explained() {
        insta::assert_snapshot!(all("", &[]));
    }

    #[test]
    fn other_variants_are_shadowed() {
        let top = "outer = 'Off'\ninner = { type = 'S3', bucket = 'b' }\neither = 'e'";
        insta::assert_snapshot!(all(top, &[("APP_INNER_LIMIT", "5")]));
        insta::assert_snapshot!(all("inner.limit = 6", &[("APP_OUTER_LIMIT", "7"), ("APP_EITHER_A", "5")]));
    }

    #[test]
    fn a_figment_has_the_chosen_variant() {
        #[derive(Debug, PartialEq, serde::Deserialize)]
        enum Plain {
            Off,
            Limit(u16),
        }
        #[derive(Debug, serde::Deserialize)]
        struct Out {
            outer: Plain,
            either: String,
        }
        let text = "inner = { type = 'S3', bucket = 'b' }\nouter = 'Off'";
        let loader = Settings::loader().system(System::memory()).text(Format::Toml, "app.toml", text);
        let vars = [("APP_OUTER_LIMIT", "7"), ("APP_EITHER", "007")];
        let out: Out = loader.clone().env_vars(vars).figment().unwrap().extract().unwrap();
        assert_eq!((out.outer, out.either.as_str()), (Plain::Limit(7), "007"));
        let out: Out = loader
            .env_vars([("APP_OUTER", "Off"), ("APP_EITHER", "x")])
            .figment()
            .unwrap()
            .extract()
            .unwrap();
        assert_eq!(out.outer, Plain::Off);
    }
}

mod from_arguments {
    use super::*;

    #[derive(Debug, PartialEq, Config)]
    #[config(rename_all = "kebab-case")]
    enum Store {
        /// Forgets all at the end.
        Memory,
        Disk(#[config(nested)] Disk),
        Port(u16),
    }

    #[derive(Debug, PartialEq, Config)]
    #[serde(tag = "type", rename_all = "kebab-case")]
    enum Log {
        File { path: String, level: Option<u8> },
        Remote { host: String, level: u16 },
    }

    #[derive(Debug, PartialEq, Config)]
    #[serde(untagged)]
    enum Listen {
        Port(u16),
        Address { host: String, port: u16 },
    }

    /// Serves.
    #[derive(Debug, PartialEq, Config)]
    #[config(args)]
    struct Settings {
        /// Where things are kept.
        #[config(nested)]
        store: Store,
        /// Where lines go.
        #[config(nested)]
        log: Log,
        #[config(nested)]
        listen: Listen,
    }

    fn load(args: &[&str]) -> Result<Settings, Report> {
        let text = "store = 'memory'\nlog = { type = 'file', path = '/l' }\nlisten = 80";
        let loader = Settings::loader().system(System::memory()).text(Format::Toml, "app.toml", text);
        loader.args(args.iter().copied()).load()
    }

    #[test]
    fn arguments_choose_and_fill_a_variant() {
        let settings =
            load(&["--store-disk-path", "/d", "--store.disk.limit=3", "--log-level=7", "--listen", "81"]);
        let settings = settings.unwrap_or_else(|report| panic!("{report}"));
        assert_eq!(settings.store, Store::Disk(Disk { path: "/d".into(), limit: 3 }));
        assert_eq!(settings.log, Log::File { path: "/l".into(), level: Some(7) });
        assert_eq!(settings.listen, Listen::Port(81));
        let settings = load(&["--store-port", "5", "--log-type=remote", "--log-host=h", "--log-level=700"]);
        let settings = settings.unwrap_or_else(|report| panic!("{report}"));
        assert_eq!(
            (settings.store, settings.log),
            (Store::Port(5), Log::Remote { host: "h".into(), level: 700 })
        );
        assert_eq!(load(&["--store", "memory"]).unwrap().store, Store::Memory);
        testing::check_declaration::<Settings>().unwrap();
    }

    #[test]
    fn wrong_ones_are_told() {
        let wrong: [&[&str]; 4] =
            [&["--store", "memroy"], &["--store-port=x"], &["--log-type=fil"], &["--listen=x", "--stroe=1"]];
        let told = wrong.map(|args| format!("{args:?}\n{}", load(args).unwrap_err()));
        insta::assert_snapshot!(told.join("\n\n"));
    }

    #[test]
    fn help_lists_them() {
        insta::assert_snapshot!(Settings::loader().system(System::memory()).declared().help());
    }
}

#[test]
fn an_argument_leads_into_any_variant_with_the_same_key() {
    #[derive(Debug, PartialEq, Config)]
    #[serde(tag = "type", content = "with", rename_all = "lowercase")]
    enum Store {
        Port(u16),
        Disk(#[config(nested)] Disk),
    }
    #[derive(Debug, Config)]
    struct Settings {
        #[config(nested)]
        store: Store,
    }
    let words = ["--store-type=disk", "--store-with-path=/d", "--store.with.limit=3"];
    let settings = Settings::loader().system(System::memory()).args(words).load();
    let store = settings.unwrap_or_else(|report| panic!("{report}")).store;
    assert_eq!(store, Store::Disk(Disk { path: "/d".into(), limit: 3 }));
}

mod inside_itself {
    use super::*;

    /// Two variants lead on under one key, and only what stands beside it tells them apart.
    #[derive(Debug, Config)]
    #[serde(untagged)]
    enum Chain {
        Left {
            #[config(nested)]
            next: Box<Chain>,
            #[expect(dead_code, reason = "only what it requires matters")]
            left: u8,
        },
        Right {
            #[config(nested)]
            next: Box<Chain>,
            #[expect(dead_code, reason = "only what it requires matters")]
            right: u8,
        },
        End {
            #[expect(dead_code, reason = "only what it requires matters")]
            end: u8,
        },
    }

    #[derive(Debug, Config)]
    #[config(env_prefix = "APP")]
    struct Settings {
        #[config(nested)]
        chain: Chain,
    }

    const DEPTH: usize = 60;

    fn text(beside: &str, end: &str) -> String {
        let inside = (0..DEPTH).fold(end.to_owned(), |inside, _| format!("next = {{ {inside} }}, {beside}"));
        format!("chain = {{ {inside} }}")
    }

    fn depth(chain: &Chain) -> usize {
        match chain {
            Chain::Left { next, .. } | Chain::Right { next, .. } => 1 + depth(next),
            Chain::End { .. } => 0,
        }
    }

    // Each of these would take longer than anybody waits if its cost doubled with every level.
    #[test]
    fn deep_values_are_read_and_judged() {
        for beside in ["left = 1", "right = 1"] {
            let settings: Settings = load(&text(beside, "end = 1")).unwrap();
            assert_eq!(depth(&settings.chain), DEPTH);
        }
        testing::assert_codes(&load::<Settings>(&text("right = 1", "end = 'x'")), &[Code::Type]);
        let report = load::<Settings>(&text("right = 1", "ende = 1")).unwrap_err();
        let problem = report.problems().iter().find(|problem| problem.suggestion() == Some("end")).unwrap();
        assert!(problem.path().ends_with(".next.ende"), "{}", problem.path());
        load::<Settings>(&text("riht = 1", "end = 1")).unwrap_err();
    }

    #[test]
    fn deep_names_are_followed() {
        let base = text("right = 1", "end = 1");
        let name = format!("APP_CHAIN{}", "_NEXT".repeat(DEPTH));
        let load = |name: &str| env::<Settings>(&base, &[(name, "2")]);
        load(&format!("{name}_END")).unwrap();
        testing::assert_codes(&load(&format!("{name}_ENDE")), &[Code::UnknownKey]);
        let path = format!("--chain{}", ".next".repeat(DEPTH));
        let load = |word: String| {
            Settings::loader().system(System::memory()).text(Format::Toml, "a", &base).args([word]).load()
        };
        load(format!("{path}.end=2")).unwrap();
        testing::assert_codes(&load(format!("{path}.ende=2")), &[Code::UnknownKey]);
    }
}

#[test]
fn a_flattened_enum_is_named_by_a_key_of_the_settings() {
    #[derive(Debug, PartialEq, Config)]
    enum Store {
        Memory,
        Disk(#[config(nested)] Disk),
    }
    #[derive(Debug, Config)]
    struct Settings {
        #[config(flatten)]
        store: Store,
    }
    assert_eq!(load::<Settings>("Memory = {}").unwrap().store, Store::Memory);
    let report = load::<Settings>("").unwrap_err();
    let problem = &report.problems()[0];
    assert_eq!(problem.message(), "one of the variants is required");
    assert_eq!(problem.help(), Some("set one of `Memory`, `Disk`"));
    let report = load::<Store>("Dsk = {}").unwrap_err();
    assert_eq!(report.problems()[0].message(), "the settings must be one of `Memory`, `Disk`, not `Dsk`");
}

#[test]
fn a_value_that_may_be_absent_needs_no_content() {
    #[derive(Debug, PartialEq, Config)]
    #[serde(tag = "t", content = "c")]
    enum Store {
        Limit(Option<u16>),
        Port(u16),
    }
    assert_eq!(load::<Store>("t = 'Limit'").unwrap(), Store::Limit(None));
    assert_eq!(load::<Store>("t = 'Limit'\nc = 3").unwrap(), Store::Limit(Some(3)));
    testing::assert_codes(&load::<Store>("t = 'Port'"), &[Code::Missing]);
}
