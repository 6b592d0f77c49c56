//! figment both ways: its providers as layers, and our stack, files and variables as providers.

use std::collections::BTreeMap;

use confkit::{Code, Config, Env, File, Format, Secret, System, testing};
use figment::providers::Serialized;
use figment::value::{Dict, Map};
use figment::{Figment, Metadata, Profile, Provider};
use serde::Deserialize;

#[derive(Debug, Deserialize, Config)]
#[config(env_prefix = "APP", profiles("dev", "prod"))]
struct Settings {
    #[config(default = 1)]
    port: u16,
    #[config(default = "x")]
    code: String,
    #[config(default)]
    list: Vec<u16>,
    #[config(default)]
    flag: bool,
    #[config(nested)]
    database: Database,
}

#[derive(Debug, Deserialize, Config)]
struct Database {
    #[config(default = "localhost")]
    host: String,
    #[config(default = 5432)]
    port: u16,
}

/// A provider with a name of its own.
struct Named(&'static str, Profile, Dict);

impl Provider for Named {
    fn metadata(&self) -> Metadata {
        Metadata::named(self.0)
    }

    fn data(&self) -> Result<Map<Profile, Dict>, figment::Error> {
        Ok(self.1.collect(self.2.clone()))
    }
}

fn dict(key: &str, value: impl Into<figment::value::Value>) -> Dict {
    Dict::from([(key.to_owned(), value.into())])
}

#[test]
fn a_provider_is_a_layer_with_its_origin() {
    let loader =
        Settings::loader().set("port", 5).provider(Named("the vault", Profile::Default, dict("port", 9)));
    let loaded = loader.load_traced().unwrap();
    assert_eq!(loaded.port, 9);
    let port = loaded.explain("port").unwrap();
    assert!(port.origin().to_string().contains("the vault"), "{port}");
    assert_eq!(port.shadowed()[0].value(), "5");
    let report = Settings::loader()
        .provider(Named("the vault", Profile::Default, dict("port", "many")))
        .load()
        .unwrap_err();
    insta::assert_snapshot!(report);
}

#[test]
fn a_whole_figment_keeps_the_origins_of_its_providers() {
    let figment = Figment::new()
        .merge(Named("one", Profile::Default, dict("port", 7)))
        .merge(Named("two", Profile::Default, dict("database", dict("host", "two"))))
        .merge(Named("three", Profile::Default, dict("database", dict("port", 8))));
    let loaded = Settings::loader().provider(figment).load_traced().unwrap();
    assert_eq!((loaded.port, loaded.database.host.as_str(), loaded.database.port), (7, "two", 8));
    for (path, name) in [("port", "one"), ("database.host", "two"), ("database.port", "three")] {
        let origin = loaded.explain(path).unwrap().origin().to_string();
        assert!(origin.contains(name), "{path}: {origin}");
    }
}

/// Three profiles and the global one.
fn profiled() -> Figment {
    fn set<'v>(key: &str, value: &'v str, profile: Profile) -> Serialized<&'v str> {
        Serialized::default(key, value).profile(profile)
    }
    Figment::new()
        .merge(Serialized::defaults(serde_json::json!({ "port": 1, "list": [], "flag": false })))
        .merge(Serialized::defaults(serde_json::json!({ "database": { "host": "localhost", "port": 1 } })))
        .merge(Serialized::default("port", 2).profile("dev"))
        .merge(Serialized::default("port", 3).profile("prod"))
        .merge(set("code", "default", Profile::Default))
        .merge(set("code", "dev", "dev".into()))
        .merge(set("code", "global", Profile::Global))
        .merge(set("database.host", "dev", "dev".into()))
}

#[test]
fn profiles_go_into_one_layer_as_figment_merges_them() {
    let load = |profile: &str| Settings::loader().profile(profile).provider(profiled()).load().unwrap();
    let dev = load("dev");
    assert_eq!((dev.port, dev.code.as_str(), dev.database.host.as_str()), (2, "global", "dev"));
    let prod = load("prod");
    assert_eq!((prod.port, prod.code.as_str(), prod.database.host.as_str()), (3, "global", "localhost"));
    for profile in ["dev", "prod", "default"] {
        let theirs: Settings = profiled().select(profile).extract().unwrap();
        assert_eq!(format!("{theirs:?}"), format!("{:?}", load(profile)), "{profile}");
    }
}

#[test]
fn figments_profiles_are_known() {
    #[derive(Debug, Config)]
    struct Plain {
        #[config(default = 1)]
        port: u16,
    }
    let loader = Plain::loader().provider(Serialized::default("port", 2).profile("canary"));
    assert_eq!(loader.clone().profile("canary").load().unwrap().port, 2);
    let result = loader.profile("canry").load();
    testing::assert_codes(&result, &[Code::Profile]);
    assert_eq!(result.unwrap_err().problems()[0].suggestion(), Some("canary"));
}

#[test]
fn a_provider_that_refuses_is_a_source_problem_without_its_own_text_of_values() {
    struct Refuses;
    impl Provider for Refuses {
        fn metadata(&self) -> Metadata {
            Metadata::named("refuser")
        }
        fn data(&self) -> Result<Map<Profile, Dict>, figment::Error> {
            Err(figment::error::Kind::InvalidType(
                figment::error::Actual::Str("hunter2".to_owned()),
                "a number".to_owned(),
            )
            .into())
        }
    }
    let result = Settings::loader().provider(Refuses).load();
    testing::assert_codes(&result, &[Code::Source]);
    let report = result.unwrap_err();
    testing::assert_hidden(&report, "hunter2");
    insta::assert_snapshot!(report);
}

#[test]
fn numbers_of_figment_keep_their_values() {
    #[derive(Debug, Config)]
    struct Numbers {
        small: i8,
        big: u64,
        float: f64,
        single: f32,
        letter: char,
        nested: BTreeMap<String, Vec<bool>>,
    }
    let numbers = Serialized::defaults(
        serde_json::json!({ "small": -5, "big": u64::MAX, "float": 0.1, "single": 1.5, "letter": "x", "nested": { "a": [true] } }),
    );
    let read = Numbers::loader().provider(numbers).load().unwrap();
    assert_eq!((read.small, read.big, read.letter), (-5, u64::MAX, 'x'));
    assert!((read.float - 0.1).abs() < f64::EPSILON && (read.single - 1.5).abs() < f32::EPSILON);
    assert!(read.nested["a"][0]);
    let report = Numbers::loader().provider(Serialized::default("small", 300)).load().unwrap_err();
    assert_eq!(testing::problem_at(&report, "small").code(), Code::Type);
}

#[test]
fn the_stack_as_a_figment_is_typed_by_the_fields() {
    let loader = Settings::loader()
        .text(Format::Toml, "base.toml", "port = 80\ncode = 'base'\n[database]\nport = 5\n")
        .env_vars([
            ("APP_CODE", "0123"),
            ("APP_PORT", "81"),
            ("APP_LIST", "1,2"),
            ("APP_FLAG", "yes"),
            ("APP_DATABASE_HOST", "true"),
        ])
        .set("database.port", 6);
    let figment = loader.figment().unwrap();
    let settings: Settings = figment.extract().unwrap();
    let ours = loader.load().unwrap();
    assert_eq!(format!("{settings:?}"), format!("{ours:?}"), "both ways give the same");
    assert_eq!(
        (settings.code.as_str(), settings.port, settings.list, settings.flag),
        ("0123", 81, vec![1, 2], true)
    );
    assert_eq!(figment.find_metadata("port").unwrap().name, "environment");
}

#[test]
fn an_exported_stack_has_defaults_and_skips_empty_variables() {
    let loader =
        Settings::loader().text(Format::Toml, "t", "port = 7").env_vars([("APP_PORT", ""), ("APP_CODE", "")]);
    let settings: Settings = loader.figment().unwrap().extract().unwrap();
    // An empty number is "not set": the layer below counts. Empty text is text.
    assert_eq!((settings.port, settings.code.as_str(), settings.database.port), (7, "", 5432));
}

#[test]
fn an_exported_stack_has_secrets_in_clear_and_unreadable_layers_are_told() {
    #[derive(Debug, Config)]
    struct Keys {
        key: Secret<String>,
    }
    let loader = Keys::loader().set("key", Secret::from("hunter2".to_owned()));
    assert_eq!(loader.figment().unwrap().extract_inner::<String>("key").unwrap(), "hunter2");
    let result = loader.text(Format::Toml, "t", "key = 'hunter2").figment();
    let report = result.map(|_| ()).unwrap_err();
    assert_eq!(report.problems()[0].code(), Code::Syntax);
    testing::assert_hidden(&report, "hunter2");
}

#[test]
fn an_exported_section_is_the_section() {
    let loader = Database::loader().text(Format::Toml, "t", "[a.b]\nhost = 'h'\n").section("a.b");
    let figment = loader.figment().unwrap();
    assert_eq!(figment.extract_inner::<String>("host").unwrap(), "h");
}

#[test]
fn lists_of_text_keep_their_zeros_in_a_figment() {
    #[derive(Debug, Deserialize, Config)]
    #[config(env_prefix = "APP")]
    struct Lists {
        codes: Vec<String>,
        map: BTreeMap<String, String>,
        numbers: Vec<u16>,
    }
    let vars = [("APP_CODES", "007,5,true"), ("APP_MAP", "a=5,b=true"), ("APP_NUMBERS", "1,2")];
    let loader = Lists::loader().env_vars(vars);
    let ours = loader.load().unwrap();
    let theirs: Lists = loader.figment().unwrap().extract().unwrap();
    assert_eq!(format!("{ours:?}"), format!("{theirs:?}"));
}

#[test]
fn variables_are_a_provider_typed_by_the_declaration() {
    let system = System::memory()
        .var("APP_CODE", "0123")
        .var("APP_DATABASE_PORT", "80")
        .var("APP_LIST", "1,2")
        .var("OTHER", "x");
    let figment = Figment::from(Serialized::default("port", 5))
        .merge(Env::for_type::<Settings>().system(system.clone()));
    assert_eq!(figment.extract_inner::<String>("code").unwrap(), "0123");
    assert_eq!(figment.extract_inner::<u16>("database.port").unwrap(), 80);
    assert_eq!(figment.extract_inner::<Vec<u16>>("list").unwrap(), [1, 2]);
    assert_eq!(figment.extract_inner::<u16>("port").unwrap(), 5);
    let bad = Figment::from(Env::for_type::<Settings>().system(system.var("APP_PORT", "many")));
    let error = bad.extract_inner::<u16>("port").unwrap_err().to_string();
    assert!(error.contains("APP_PORT"), "figment's own error names the variable: {error}");
    let other = System::memory().var("B_PORT", "7");
    assert_eq!(
        Figment::from(Env::for_type::<Settings>().prefix("B_").system(other))
            .extract_inner::<u16>("port")
            .unwrap(),
        7
    );
}

#[derive(Debug, Deserialize)]
struct Lists {
    database: List,
}

#[derive(Debug, Deserialize)]
struct List {
    list: Vec<u16>,
}

#[test]
#[expect(clippy::result_large_err, reason = "figment asks for its own error")]
fn our_file_in_a_plain_figment_shows_line_and_column() {
    figment::Jail::expect_with(|jail| {
        jail.create_file("app.toml", "name = 'x'\n\n[database]\nport = \"many\"\nlist = [1, 'x']\n")?;
        let figment = Figment::new().merge(File::new("app.toml")).merge(File::new("absent.toml").optional());
        assert_eq!(figment.extract_inner::<String>("name").unwrap(), "x");
        let error = figment.extract_inner::<u16>("database.port").unwrap_err().to_string();
        assert!(error.contains("app.toml:4:8"), "{error}");
        // `extract_inner` of a list gets figment's own path wrong: read it with a type.
        let error = figment.extract::<Lists>().unwrap_err().to_string();
        assert!(error.contains("app.toml:5:12"), "{error}");
        assert!(
            Figment::from(File::new("absent.toml")).extract_inner::<u16>("x").is_err(),
            "a required file"
        );
        jail.create_file("bad.toml", "password = 'hunter2\nport = \n")?;
        let error = Figment::from(File::new("bad.toml")).extract_inner::<u16>("port").unwrap_err();
        let text = format!("{error} {error:?}");
        assert!(text.contains("bad.toml:1:") && !text.contains("hunter2"), "{text}");
        Ok(())
    });
}

#[test]
#[expect(clippy::result_large_err, reason = "figment asks for its own error")]
fn our_file_as_a_provider_of_our_own_stack_has_its_place() {
    figment::Jail::expect_with(|jail| {
        jail.create_file("app.toml", "[database]\nport = 70000\n")?;
        let figment = Figment::new().merge(File::new("app.toml"));
        let report = Settings::loader().provider(figment).load().unwrap_err();
        let text = report.to_string();
        assert!(text.contains("app.toml:2:8"), "{text}");
        Ok(())
    });
}

#[derive(Debug, Deserialize, Config)]
#[config(env_prefix = "A", rename_all = "kebab-case")]
#[serde(rename_all = "kebab-case")]
struct Spelled {
    #[config(alias = "old")]
    new_name: String,
    #[config(nested, default)]
    inner_map: BTreeMap<String, Database>,
    #[config(nested, default)]
    inner_list: Vec<Database>,
    option: Option<u16>,
}

#[test]
fn an_exported_stack_spells_keys_as_the_declaration_does() {
    let loader = Spelled::loader()
        .text(Format::Toml, "a", "old = 'x'\ninner-list = [{ host = 'l' }]")
        .env_vars([("A_INNER_MAP__K__PORT", "7"), ("A_INNER_LIST__0__PORT", "8"), ("A_OPTION", "9")]);
    let ours = loader.load().unwrap();
    let figment = loader.figment().unwrap();
    assert_eq!(figment.extract_inner::<String>("new-name").unwrap(), "x");
    assert_eq!(figment.extract_inner::<u16>("inner-map.k.port").unwrap(), 7);
    assert_eq!(figment.extract_inner::<u16>("option").unwrap(), 9);
    assert_eq!(
        (ours.inner_map["k"].port, ours.inner_list[0].port, ours.inner_list[0].host.as_str()),
        (7, 8, "l")
    );
    let exported: Vec<BTreeMap<String, figment::value::Value>> = figment.extract_inner("inner-list").unwrap();
    assert_eq!(
        exported[0]["host"].as_str(),
        Some("l"),
        "single elements are replaced, not the list: {exported:?}"
    );
}

#[test]
fn variables_that_cannot_be_used_are_errors_of_the_provider() {
    // The contract is silent; a secret's file that is lost without a word would be the worst answer.
    #[derive(Debug, Config)]
    #[config(env_prefix = "A")]
    struct Keys {
        key: Secret<String>,
    }
    let system = System::memory().file("secret", "hunter2\n").var("A_KEY_FILE", "secret");
    let read = Figment::from(Env::for_type::<Keys>().system(system));
    assert_eq!(read.extract_inner::<String>("key").unwrap(), "hunter2");
    let missing = System::memory().var("A_KEY_FILE", "absent");
    let error = Figment::from(Env::for_type::<Keys>().system(missing.clone()))
        .extract_inner::<String>("key")
        .unwrap_err()
        .to_string();
    assert!(error.contains("A_KEY_FILE") && error.contains("absent"), "{error}");
    let exported = Keys::loader().system(missing).env().figment();
    assert!(exported.is_err(), "and of an exported stack");
}

#[test]
fn numbers_of_every_width_come_through_a_provider() {
    #[derive(Debug, Clone, PartialEq, serde::Serialize, Deserialize, Config)]
    struct Widths {
        bytes: (u8, i8),
        short: (u16, i16),
        word: (u32, i32),
        long: (u64, i64),
        huge: (u128, i128),
        size: (usize, isize),
        single: f32,
        double: f64,
        letter: char,
        absent: Option<u8>,
    }
    let widths = Widths {
        bytes: (u8::MAX, i8::MIN),
        short: (u16::MAX, i16::MIN),
        word: (u32::MAX, i32::MIN),
        long: (u64::MAX, i64::MIN),
        huge: (u128::MAX, i128::MIN),
        size: (usize::MAX, isize::MIN),
        single: 0.1,
        double: 0.1,
        letter: 'ß',
        absent: None,
    };
    let loader = Widths::loader().provider(Serialized::defaults(widths.clone()));
    assert_eq!(loader.load().unwrap(), widths);
    // figment holds numbers of 128 bits, and cannot read them itself.
    let long: (u64, i64) = loader.figment().unwrap().extract_inner("long").unwrap();
    assert_eq!(long, widths.long, "and through an exported stack");
}

#[derive(Debug, Deserialize, Config)]
#[config(env_prefix = "APP")]
struct Typed {
    ratio: f64,
    negative: i64,
    flags: Vec<bool>,
    by_name: BTreeMap<String, u16>,
    place: Place,
    any: serde_json::Value,
    mode: Mode,
    #[config(default = [80, 443])]
    ports: Vec<u16>,
    #[config(default = "1,2")]
    numbers: Vec<u8>,
    #[config(default = 2 + 3)]
    sum: u16,
    #[config(nested)]
    maybe: Option<Database>,
    #[serde(flatten)]
    extra: Extra,
}

#[derive(Debug, Deserialize)]
struct Place {
    x: i32,
    y: i32,
}

#[derive(Debug, Deserialize, Config)]
struct Extra {
    #[config(default = true)]
    extra: bool,
}

#[derive(Debug, serde::Deserialize)]
enum Mode {
    Plain,
}

#[test]
fn text_in_an_exported_stack_is_typed_for_every_kind() {
    let vars = |by_name, place, flags| {
        [
            ("APP_RATIO", " 0.5 "),
            ("APP_NEGATIVE", "-7"),
            ("APP_FLAGS", flags),
            ("APP_BY_NAME", by_name),
            ("APP_PLACE", place),
            ("APP_ANY", r#"{"a": [1, null]}"#),
            ("APP_MODE", "Plain"),
            ("APP_MAYBE_PORT", "7"),
            ("APP_MAYBE_HOST", "h"),
        ]
    };
    for vars in [
        vars("a=1,b=2", "x=1,y=-1", "true,false"),
        vars(r#"{"a": 1, "b": 2}"#, r#"{"x": 1, "y": -1}"#, "[true, false]"),
    ] {
        let loader = Typed::loader().env_vars(vars);
        let ours = loader.load().unwrap();
        assert_eq!((ours.by_name["b"], ours.place.y, ours.flags.len()), (2, -1, 2));
        let exported = loader.figment().unwrap();
        let theirs: Typed = exported.extract().unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(format!("{theirs:?}"), format!("{ours:?}"));
    }
}

#[test]
fn an_exported_stack_has_the_defaults_of_secrets_in_clear() {
    type Hidden = Secret<String>;
    #[derive(Debug, Deserialize, Config)]
    struct Secrets {
        #[config(default_fn = development)]
        token: Secret<String>,
        #[config(default_fn = development)]
        hidden: Hidden,
        #[config(default = vec![development()])]
        list: Vec<Secret<String>>,
    }
    fn development() -> Secret<String> {
        Secret::from("hunter2".to_owned())
    }
    let secrets: Secrets = Secrets::loader().figment().unwrap().extract().unwrap();
    let texts = [&secrets.token, &secrets.hidden, &secrets.list[0]].map(|secret| secret.expose().as_str());
    assert_eq!(texts, ["hunter2"; 3]);
}
