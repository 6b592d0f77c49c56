//! Settings for tests: defaults, and plausible values for what is required.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU8;
use std::panic::catch_unwind;
use std::path::PathBuf;
use std::time::Duration;

use confkit::testing::{self, Profiles};
use confkit::{ByteSize, Code, Config, Format, Secret, SecretString, System};
use serde::{Deserialize, Serialize};

use crate::everything::{Everything, Store};

#[test]
fn everything_is_filled() {
    let settings = Everything::test().build();
    assert_eq!(settings.name, "Orders of the north", "examples come first");
    assert_eq!(settings.database.host, "db.internal");
    assert_eq!(settings.database.password.expose(), "test-secret-password");
    assert_eq!((settings.workers, settings.timeout), (4, Duration::from_secs(30)), "defaults stay");
    assert!(settings.socket.is_some() ^ settings.port.is_some(), "one of them is given");
    assert_eq!(settings.reports, None, "what may be absent is");
    assert_eq!(Everything::test().build(), settings, "every run is the same");
    insta::assert_snapshot!(Everything::test().text(Format::Toml));
}

#[test]
fn profiles_ask_for_more() {
    let settings = Everything::test().profile("production").build();
    assert_eq!(settings.contact.as_deref(), Some("test@example.com"));
    assert!(settings.session_key.unwrap().expose().chars().count() >= 16);
    let report = Everything::test().profile("nowhere").load().unwrap_err();
    assert_eq!(report.problems()[0].code(), Code::Profile);
}

#[test]
fn what_is_set_makes_other_things_necessary() {
    let settings = Everything::test().set("payments", true).build();
    assert_eq!(settings.provider.as_deref(), Some("test-provider"));
    let settings = Everything::test().set("reports.port", 1).build();
    assert_eq!(settings.reports.unwrap().host, "db.internal");
    let settings = Everything::test().set("store.type", "bucket").build();
    let Store::Bucket { name, token } = settings.store else { panic!() };
    assert_eq!((name.as_str(), token.expose().as_str()), ("test-name", "test-secret-token"));
    let settings = Everything::test().set("servers[0].is-backup", true).set("servers[1].host", "b").build();
    assert_eq!(settings.servers.len(), 2);
    let settings = Everything::test().set("database.password", Secret::from("hunter2".to_owned())).build();
    assert_eq!(settings.database.password.expose(), "hunter2");
}

#[test]
fn what_is_unset_is_missing() {
    let result = Everything::test().unset("database.host").load();
    testing::assert_codes(&result, &[Code::Missing]);
    assert_eq!(result.unwrap_err().problems()[0].path(), "database.host");
    let settings = Everything::test().unset("workers").build();
    assert_eq!(settings.workers, 4, "there is a default");
}

#[test]
fn what_is_set_wrongly_is_told() {
    let report = Everything::test().set("workers", 65).set("database.prot", 1).load().unwrap_err();
    insta::assert_snapshot!(report);
    let panic = catch_unwind(|| Everything::test().set("workers", 65).build()).unwrap_err();
    assert!(panic.downcast_ref::<String>().unwrap().contains("workers must be from 1 to 64"));
    let panic = catch_unwind(|| Everything::test().set("a[x", 1).load().is_ok()).unwrap_err();
    assert_eq!(
        panic.downcast_ref::<String>().unwrap(),
        "`a[x` is not a path: the `[` is not closed at character 2"
    );
}

#[test]
fn what_was_filled_loads_from_every_format() {
    let test = Everything::test().profile("production").set("payments", true);
    for format in [Format::Toml, Format::Json, Format::Json5, Format::Yaml, Format::Ron, Format::Hcl] {
        let loader = Everything::loader().text(format, "test", test.text(format)).profile("production");
        assert_eq!(loader.load().unwrap(), test.build(), "{format:?}");
    }
    let document = test.document();
    assert!(document.root().get("workers").is_none(), "defaults are left out");
}

/// Everything required, of every kind.
#[derive(Debug, PartialEq, Config)]
struct Required {
    flag: bool,
    number: i8,
    positive: NonZeroU8,
    #[config(validate(range(min = 100, exclusive_max = 102)))]
    narrow: u32,
    #[config(validate(range(exclusive_min = 2.0, max = 2.5)))]
    ratio: f32,
    wide: u128,
    text: String,
    letter: char,
    path: PathBuf,
    wait: Duration,
    #[config(validate(range(min = Duration::from_secs(400))))]
    long: Duration,
    size: ByteSize,
    address: IpAddr,
    listen: SocketAddr,
    site: url::Url,
    list: Vec<u8>,
    #[config(validate(length(min = 3, max = 5), each(range(min = 7))))]
    three: Vec<u8>,
    array: [u16; 3],
    set: BTreeSet<String>,
    pair: (u8, String),
    map: BTreeMap<String, u8>,
    #[config(validate(keys(regex("^k[0-9]{2}$")), length(min = 1)))]
    keys: BTreeMap<String, String>,
    by_number: BTreeMap<u16, u8>,
    level: Level,
    plain: Plain,
    any: serde_json::Value,
    secret: SecretString,
    #[config(validate(length(equal = 40)))]
    long_secret: Secret<String>,
    secrets: Vec<Secret<u32>>,
    #[config(validate(email))]
    mail: String,
    #[config(validate(url))]
    link: String,
    #[config(validate(ipv6))]
    v6: String,
    #[config(validate(credit_card))]
    card: String,
    #[config(validate(regex("^[A-Z]{3}-(?:[0-9]+|x)\\.(log|txt)$"), length(min = 11)))]
    file: String,
    #[config(validate(contains("@@"), non_control_character))]
    mark: String,
    #[config(validate(one_of("north", "south")))]
    region: String,
    #[config(validate(must_match(mark)))]
    again: String,
    #[config(nested)]
    servers: Vec<Server>,
    #[config(nested)]
    two: [Server; 2],
    #[config(nested)]
    shops: HashMap<String, Server>,
    #[config(nested)]
    external: External,
    #[config(nested)]
    adjacent: Adjacent,
    #[config(nested)]
    untagged: Untagged,
    #[config(nested)]
    deep: Box<Deep>,
}

#[derive(Debug, Clone, Copy, PartialEq, Config)]
enum Level {
    Low,
    High,
}

#[derive(Debug, PartialEq, Deserialize, Serialize)]
struct Plain {
    name: String,
    limit: u8,
    waits: Vec<Duration>,
}

#[derive(Debug, PartialEq, Config)]
struct Server {
    host: String,
}

#[derive(Debug, PartialEq, Config)]
enum External {
    Call(#[config(validate(url))] String),
    Fields { at: u8 },
}

#[derive(Debug, PartialEq, Config)]
#[serde(tag = "kind", content = "with")]
enum Adjacent {
    Number(u8),
    Server(#[config(nested)] Server),
}

#[derive(Debug, PartialEq, Config)]
#[serde(untagged)]
enum Untagged {
    Both { one: u8, two: String },
    Word(String),
}

#[derive(Debug, PartialEq, Config)]
#[config(at_least_one_of(left, right), check(self.min < self.max, "`min` must be below `max`"))]
struct Deep {
    left: Option<u8>,
    right: Option<u8>,
    min: u8,
    max: u8,
    #[config(requires(right))]
    other: Option<u8>,
}

#[test]
fn values_are_found_for_every_kind() {
    let settings = Required::test().build();
    assert!((100..102).contains(&settings.narrow) && settings.ratio > 2.0 && settings.ratio <= 2.5);
    assert_eq!((settings.mark.as_str(), settings.again.as_str()), ("test-@@", "test-@@"));
    assert_eq!((settings.servers.len(), settings.two.len(), settings.shops.len()), (1, 2, 1));
    assert!(settings.deep.min < settings.deep.max);
    insta::assert_snapshot!(Required::test().text(Format::Toml));
    assert_eq!(
        Required::loader().text(Format::Toml, "t", Required::test().text(Format::Toml)).load().unwrap(),
        settings
    );
}

#[derive(Debug, Config)]
struct Hard {
    #[config(validate(|text: &String| text == "open sesame", "must be the right word"))]
    word: String,
    #[config(nested)]
    inner: Inner,
}

#[derive(Debug, Config)]
struct Inner {
    odd: Odd,
}

/// A type that reads one text alone.
#[derive(Debug)]
struct Odd;

impl<'de> Deserialize<'de> for Odd {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match String::deserialize(deserializer)?.as_str() {
            "odd" => Ok(Self),
            _ => Err(serde::de::Error::custom("it is not odd")),
        }
    }
}

#[test]
fn what_cannot_be_guessed_is_named() {
    let report = Hard::test().load().unwrap_err();
    insta::assert_snapshot!(report);
    let settings = Hard::test().set("word", "open sesame").set("inner.odd", "odd").build();
    assert_eq!(settings.word, "open sesame");
}

#[derive(Debug, Config)]
#[config(
    profiles("staging"),
    file = "config/base.toml",
    optional_file = "config/{profile}.toml",
    env_prefix = "APP",
    profile_env = "APP_PROFILE"
)]
struct Deployed {
    port: u16,
    host: String,
    #[config(default = 4, validate(range(max = 64)))]
    workers: u8,
    token: Secret<String>,
    #[config(required(profile = "live"))]
    contact: Option<String>,
}

fn files() -> System {
    System::memory()
        .file("config/base.toml", "port = 80\nworker = 3\n")
        .file("config/live.toml", "workers = 65\n")
        .file("config/dev.toml", "host = 'localhost'\ntoken = 'hunter2'\n")
        .var("APP_HOST", "from a variable, which is not read")
}

#[test]
fn every_profile_with_files_is_checked_in_one_report() {
    let profiles = Profiles::<Deployed>::new().system(files());
    assert_eq!(profiles.names(), ["default", "dev", "live", "staging"]);
    let report = profiles.check().unwrap_err();
    testing::assert_hidden(&report, "hunter2");
    insta::assert_snapshot!(report);
    let filled = profiles.fill_secrets().fill("host").fill("contact").check().unwrap_err();
    let paths: Vec<&str> = filled.problems().iter().map(confkit::Problem::path).collect();
    assert_eq!(paths, ["worker", "workers"]);
}

#[test]
fn profiles_of_a_real_directory_are_checked() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::create_dir(directory.path().join("config")).unwrap();
    let write =
        |name: &str, text: &str| std::fs::write(directory.path().join("config").join(name), text).unwrap();
    write("base.toml", "port = 80\nhost = 'h'\ntoken = 't'\ncontact = 'c'\n");
    write("other.toml", "");
    testing::check_profiles::<Deployed>(directory.path()).unwrap();
    write("other.toml", "port = 'x'");
    let report = testing::check_profiles::<Deployed>(directory.path()).unwrap_err();
    assert!(report.problems()[0].message().starts_with("in profile other: port must be"));
}
