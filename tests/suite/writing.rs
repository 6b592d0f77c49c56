//! Settings written as text and loaded again.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use confkit::write::{self, Secrets};
use confkit::{ByteSize, Code, Config, Document, Format, Report, Secret, SecretBytes, SecretString, testing};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Config, Serialize)]
#[config(rename_all = "kebab-case")]
pub(crate) struct Settings {
    text: String,
    file_name: PathBuf,
    letter: char,
    number: i64,
    float: f64,
    flag: bool,
    time_out: Duration,
    size: ByteSize,
    address: IpAddr,
    some: Option<u16>,
    none: Option<u16>,
    list: Vec<String>,
    numbers: Vec<i32>,
    floats: Vec<f64>,
    set: BTreeSet<u8>,
    lists: Vec<Vec<u8>>,
    pair: (u8, String),
    map: BTreeMap<String, String>,
    level: Level,
    levels: Vec<Level>,
    plain: Plain,
    shape: Shape,
    shapes: Vec<Shape>,
    #[config(rename = "ours")]
    renamed_by_us: u8,
    #[serde(rename = "theirs")]
    renamed_by_serde: u8,
    #[config(skip)]
    skipped: u8,
    #[config(nested)]
    server: Server,
    #[config(nested)]
    maybe: Option<Server>,
    #[config(nested)]
    servers: Vec<Server>,
    #[config(nested)]
    by_name: BTreeMap<String, Server>,
    #[serde(flatten)]
    common: Common,
    #[config(nested)]
    store: Store,
    #[config(nested)]
    stores: Vec<Store>,
    #[config(nested)]
    outer: Outer,
    #[config(nested)]
    next: Adjacent,
    #[config(nested)]
    open: Open,
    password: Secret<String>,
    #[config(nested)]
    whole: Secret<Server>,
    bytes: SecretBytes,
}

#[derive(Debug, Clone, Copy, PartialEq, Config, Serialize)]
#[config(rename_all = "kebab-case")]
enum Level {
    VeryLow,
    High,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Plain {
    name: String,
    limit: Option<u8>,
    wait: Duration,
    token: Secret<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Shape {
    Nothing,
    Size(u32),
    Area { width: u16, height: u16 },
}

#[derive(Debug, Clone, PartialEq, Config, Serialize)]
#[config(rename_all = "camelCase")]
struct Server {
    host_name: String,
    #[config(nested)]
    limits: Limits,
}

impl confkit::SecretEq for Server {
    fn secret_eq(&self, other: &Self) -> bool {
        self == other
    }
}

#[derive(Debug, Clone, PartialEq, Config, Serialize)]
struct Limits {
    #[config(rename = "max")]
    max_conn: u32,
    #[config(default)]
    key: Secret<String>,
}

#[derive(Debug, Clone, PartialEq, Config, Serialize)]
struct Common {
    trace: bool,
    #[config(rename = "trace-id")]
    trace_id: u8,
}

#[derive(Debug, Clone, PartialEq, Config, Serialize)]
#[serde(tag = "type")]
#[config(rename_all = "kebab-case")]
enum Store {
    InMemory,
    OnDisk {
        #[config(rename = "dir")]
        folder: String,
    },
    Remote(#[config(nested)] Server),
}

#[derive(Debug, Clone, PartialEq, Config, Serialize)]
#[config(rename_all = "snake_case")]
enum Outer {
    NoBody,
    OneValue(u8),
    #[config(rename = "fields")]
    Named {
        #[config(rename = "at")]
        place: String,
    },
}

#[derive(Debug, Clone, PartialEq, Config, Serialize)]
#[serde(tag = "kind", content = "with")]
enum Adjacent {
    #[config(rename = "a")]
    First {
        value: u8,
    },
    Second(String),
}

#[derive(Debug, Clone, PartialEq, Config, Serialize)]
#[serde(untagged)]
enum Open {
    Port { port: u16 },
    Address { address: String },
}

fn server(text: &str, number: u32) -> Server {
    let limits = Limits { max_conn: number, key: Secret::from(text.to_owned()) };
    Server { host_name: text.to_owned(), limits }
}

/// Settings made of some texts and numbers; `which` chooses among forms.
fn settings(texts: &[String; 3], keys: &[String; 2], number: i64, float: f64, which: usize) -> Settings {
    let [first, second, third] = texts;
    let [byte, second_byte, third_byte, fourth_byte, ..] = number.to_le_bytes();
    let short = u16::from_le_bytes([byte, second_byte]);
    let narrow = u32::from_le_bytes([byte, second_byte, third_byte, fourth_byte]);
    let shapes = [Shape::Nothing, Shape::Size(narrow), Shape::Area { width: short, height: 1 }];
    let stores =
        [Store::InMemory, Store::OnDisk { folder: second.clone() }, Store::Remote(server(third, narrow))];
    let outer = [Outer::NoBody, Outer::OneValue(byte), Outer::Named { place: first.clone() }];
    let next = [Adjacent::First { value: 3 }, Adjacent::Second(second.clone())];
    let open = [Open::Port { port: 80 }, Open::Address { address: format!("x{third}") }];
    Settings {
        text: first.clone(),
        file_name: PathBuf::from(second),
        letter: third.chars().next().unwrap_or('x'),
        number,
        float,
        flag: number % 2 == 0,
        time_out: Duration::new(number.unsigned_abs() % 10_000_000_000, narrow % 1_000_000_000),
        size: ByteSize::from(number.unsigned_abs()),
        address: IpAddr::from([127, 0, 0, 1]),
        some: Some(short),
        none: None,
        list: texts.to_vec(),
        numbers: vec![i32::from_le_bytes(narrow.to_le_bytes()), 0],
        floats: vec![float, 0.1],
        set: BTreeSet::from([3, byte]),
        lists: vec![vec![1, 2], vec![], vec![3]],
        pair: (1, first.clone()),
        map: keys.iter().cloned().zip(texts.iter().cloned()).collect(),
        level: [Level::VeryLow, Level::High][which % 2],
        levels: vec![Level::High, Level::VeryLow],
        plain: Plain {
            name: second.clone(),
            limit: None,
            wait: Duration::from_millis(1500),
            token: Secret::from(third.clone()),
        },
        shape: shapes[which % 3].clone(),
        shapes: shapes.to_vec(),
        renamed_by_us: 1,
        renamed_by_serde: 2,
        skipped: 0,
        server: server(first, narrow),
        maybe: which.is_multiple_of(2).then(|| server(second, 2)),
        servers: vec![server(third, 3), server(first, 4)],
        by_name: keys.iter().map(|key| (key.clone(), server(second, 5))).collect(),
        common: Common { trace: true, trace_id: 7 },
        store: stores[which % 3].clone(),
        stores: stores.to_vec(),
        outer: outer[which % 3].clone(),
        next: next[which % 2].clone(),
        open: open[which % 2].clone(),
        password: Secret::from(first.clone()),
        whole: Secret::from(server(second, 6)),
        bytes: SecretBytes::from(vec![byte, 2]),
    }
}

const NASTY: [&str; 22] = [
    " x ",
    "a\nb\n",
    "\r\n",
    "# x",
    "a # b",
    "a ; b",
    "key: value",
    "[x]",
    "[1, 2]",
    "{\"a\": 1}",
    "'",
    "\"",
    "\\",
    "C:\\new\\",
    "null",
    "no",
    "0755",
    "12:30",
    "${x}",
    "é😀",
    "\u{feff}a",
    "a,b",
];

/// Settings with all kinds of text in them.
pub(crate) fn any_settings() -> impl Strategy<Value = Settings> {
    let number = prop_oneof![any::<i64>(), -100_i64..100];
    let float = any::<f64>().prop_filter("finite", |float| float.is_finite());
    let texts = [text(), text(), text()];
    (texts, ["[a-z]{1,4}", "[a-z]{1,3}-[0-9]"], number, float, 0_usize..6)
        .prop_map(|(texts, keys, number, float, which)| settings(&texts, &keys, number, float, which))
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![prop::sample::select(&NASTY[..]).prop_map(str::to_owned), "[ -~é\n\t]{1,12}", "[a-z]{1,6}",]
}

const NESTED: [Format; 9] = [
    Format::Toml,
    Format::Json,
    Format::Jsonc,
    Format::Json5,
    Format::Yaml,
    Format::Ron,
    Format::Hcl,
    Format::Ini,
    Format::Properties,
];

/// The settings without what the format cannot hold: lists have no tables in them where all is text.
fn fitting(settings: &Settings, format: Format) -> Settings {
    let mut settings = settings.clone();
    if matches!(format, Format::Ini | Format::Properties) {
        settings.shapes.truncate(1);
        settings.servers.clear();
        settings.stores.clear();
        settings.bytes = SecretBytes::from(b"[1, 2]".to_vec());
    }
    settings
}

const TYPED: [Format; 7] =
    [Format::Toml, Format::Json, Format::Jsonc, Format::Json5, Format::Yaml, Format::Ron, Format::Hcl];

fn load(format: Format, text: &str) -> Result<Settings, Report> {
    Settings::loader().text(format, "written", text).load()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn settings_are_loaded_again_as_they_were(whole in any_settings()) {
        for format in NESTED {
            let settings = fitting(&whole, format);
            let text = write::to_string(&settings, format, Secrets::Expose).unwrap();
            let again = load(format, &text).unwrap_or_else(|report| panic!("{format:?}\n{text}\n{report}"));
            prop_assert_eq!(&again, &settings, "{:?}\n{}", format, text);
        }
    }
}

fn example() -> Settings {
    let texts = ["a".to_owned(), "b c".to_owned(), "d".to_owned()];
    settings(&texts, &["k".to_owned(), "l-1".to_owned()], 42, 0.5, 2)
}

#[test]
fn settings_of_every_kind_in_toml() {
    insta::assert_snapshot!(write::to_string(&example(), Format::Toml, Secrets::Omit).unwrap());
}

#[test]
fn bytes_are_text_or_numbers() {
    #[derive(Debug, PartialEq, Config, Serialize)]
    struct Keys {
        key: SecretBytes,
    }
    for bytes in [&b"[1, 2]"[..], "\u{e9}\n".as_bytes(), &[0xff, 0]] {
        let keys = Keys { key: SecretBytes::from(bytes) };
        for format in NESTED {
            match write::to_string(&keys, format, Secrets::Expose) {
                Ok(text) => {
                    assert_eq!(
                        Keys::loader().text(format, "written", &*text).load().unwrap(),
                        keys,
                        "{text}"
                    );
                }
                Err(report) => {
                    assert!(!format.has_types() && bytes[0] == 0xff);
                    assert_eq!(
                        report.problems()[0].message(),
                        "key cannot be written: its bytes are no text"
                    );
                }
            }
        }
    }
}

#[test]
fn the_order_of_fields_is_kept() {
    let text = write::to_string(&example(), Format::Json, Secrets::Omit).unwrap();
    let at = |key: &str| text.find(&format!("\"{key}\"")).unwrap_or_else(|| panic!("{key} {text}"));
    assert!(["text", "file-name", "server", "store", "outer"].map(at).is_sorted());
}

/// Everything that a variable can hold.
#[derive(Debug, PartialEq, Config, Serialize)]
struct Flat {
    text: String,
    list: Vec<String>,
    numbers: Vec<u128>,
    timeout: Duration,
    flag: bool,
    none: Option<u8>,
}

proptest! {
    #[test]
    fn flat_settings_are_loaded_again_from_dotenv(text in text(), list in prop::collection::vec(text(), 0..3), number in any::<u128>()) {
        let flat = Flat { text, list, numbers: vec![number, 1], timeout: Duration::from_secs(90), flag: true, none: None };
        let written = write::to_string(&flat, Format::Dotenv, Secrets::Omit).unwrap();
        let again = Flat::loader().text(Format::Dotenv, ".env", &*written).load();
        prop_assert_eq!(again.unwrap_or_else(|report| panic!("{written}\n{report}")), flat, "{}", written);
    }
}

#[test]
fn what_a_format_cannot_hold_is_one_report() {
    #[derive(Debug, Config, Serialize)]
    struct Wide {
        limit: u128,
        ratio: f64,
        #[config(nested)]
        inner: Inner,
        map: BTreeMap<String, i128>,
    }
    #[derive(Debug, Config, Serialize)]
    struct Inner {
        ratio: f32,
    }
    let map = BTreeMap::from([("a=b".to_owned(), i128::MIN), ("c".to_owned(), 1)]);
    let wide = Wide { limit: u128::MAX, ratio: f64::NAN, inner: Inner { ratio: f32::INFINITY }, map };
    let told = NESTED.into_iter().chain([Format::Dotenv]).map(|format| {
        match write::to_string(&wide, format, Secrets::Omit) {
            Ok(text) => format!("=== {}\n{text}", format.as_str()),
            Err(report) => format!("=== {}\n{report}\n", format.as_str()),
        }
    });
    insta::assert_snapshot!(told.collect::<Vec<_>>().join("\n"));
}

#[derive(Debug, Config, Serialize)]
#[config(unknown_keys = "allow")]
struct Hidden {
    user: String,
    password: Secret<String>,
    text: Option<SecretString>,
    list: Vec<Secret<String>>,
    lists: Vec<Vec<Secret<u8>>>,
    map: BTreeMap<String, Secret<String>>,
    tuple: (u8, Secret<u8>),
    plain: Vec<Token>,
    pair: Option<Pair>,
    #[config(secret(plain))]
    declared: Loud,
    #[config(nested)]
    whole: Secret<Inside>,
    #[config(nested)]
    many: Vec<Inside>,
    #[config(nested)]
    named: HashMap<String, Inside>,
    #[config(nested)]
    form: Form,
    #[config(nested)]
    forms: Vec<Form>,
    #[serde(flatten)]
    flat: Flattened,
    alias: Aliased,
    mask: String,
}

type Aliased = Option<Secret<String>>;

#[derive(Debug, Serialize, Deserialize)]
struct Token {
    name: String,
    token: Secret<String>,
}

#[derive(Debug, Serialize, Deserialize)]
enum Pair {
    Both(Secret<String>, u8),
    One(Secret<String>),
}

#[derive(Config, Serialize)]
struct Loud(String);

impl std::fmt::Debug for Loud {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("loud")
    }
}

#[derive(Debug, Config, Serialize)]
struct Inside {
    level: u8,
    #[config(rename = "api-key", secret(plain))]
    api_key: Loud,
    #[config(nested)]
    deeper: Vec<Deeper>,
}

#[derive(Debug, Config, Serialize)]
struct Deeper {
    level: u8,
    key: Secret<String>,
}

#[derive(Debug, Config, Serialize)]
#[serde(tag = "type")]
enum Form {
    #[config(rename = "token")]
    ByToken {
        value: Secret<String>,
        user: String,
    },
    #[config(rename = "loud")]
    ByLoud {
        #[config(secret(plain))]
        value: Loud,
        user: String,
    },
    Open {
        value: String,
    },
}

#[derive(Debug, Config, Serialize)]
struct Flattened {
    #[config(rename = "flat-key", secret(plain))]
    flat_key: Loud,
    flat_user: String,
}

const MARKER: &str = "marker-7f3a";

fn hidden() -> Hidden {
    let secret = || Secret::from(MARKER.to_owned());
    let loud = || Loud(MARKER.to_owned());
    let inside = || Inside { level: 1, api_key: loud(), deeper: vec![Deeper { level: 2, key: secret() }] };
    Hidden {
        user: "app".to_owned(),
        password: secret(),
        text: Some(SecretString::from(MARKER)),
        list: vec![secret()],
        lists: vec![vec![], vec![Secret::from(73)]],
        map: BTreeMap::from([("a".to_owned(), secret())]),
        tuple: (1, Secret::from(73)),
        plain: vec![Token { name: "t".to_owned(), token: secret() }],
        pair: Some(Pair::Both(secret(), 1)),
        declared: loud(),
        whole: Secret::from(inside()),
        many: vec![inside(), inside()],
        named: HashMap::from([("n".to_owned(), inside())]),
        form: Form::ByToken { value: secret(), user: "u".to_owned() },
        forms: vec![
            Form::ByLoud { value: loud(), user: "u".to_owned() },
            Form::Open { value: "v".to_owned() },
        ],
        flat: Flattened { flat_key: loud(), flat_user: "f".to_owned() },
        alias: Some(secret()),
        mask: "[redacted]".to_owned(),
    }
}

#[test]
fn secrets_are_left_out_of_every_format() {
    let hidden = hidden();
    for format in TYPED {
        let text = write::to_string(&hidden, format, Secrets::Omit).unwrap();
        assert!(!text.contains(MARKER) && !text.contains("73"), "{text}");
        assert!(text.contains("[redacted]") && text.contains("app"), "{text}");
    }
    insta::assert_snapshot!(write::to_string(&hidden, Format::Toml, Secrets::Omit).unwrap());
    // Asked for, they are all there; and writing them changes nothing for what comes later.
    let text = write::to_string(&hidden, Format::Toml, Secrets::Expose).unwrap();
    assert_eq!(text.matches(MARKER).count(), 19);
    assert_eq!(serde_json::to_string(&hidden.password).unwrap(), "\"[redacted]\"");
    let inside = confkit::with_exposed(|| write::to_string(&hidden, Format::Toml, Secrets::Omit).unwrap());
    assert!(!inside.contains(MARKER));
}

#[test]
fn secrets_of_a_document_are_left_out_by_their_declaration() {
    let text = write::to_string(&hidden(), Format::Toml, Secrets::Expose).unwrap();
    let document = Document::toml("app.toml", text).unwrap();
    for format in TYPED {
        let text = write::document::<Hidden>(&document, format, Secrets::Omit).unwrap();
        assert!(!text.contains(MARKER) && !text.contains("73"), "{text}");
        let text = write::document::<Hidden>(&document, format, Secrets::Expose).unwrap();
        assert_eq!(text.matches(MARKER).count(), 19, "{text}");
    }
    insta::assert_snapshot!(write::document::<Hidden>(&document, Format::Toml, Secrets::Omit).unwrap());
}

#[test]
fn misplaced_secrets_of_a_document_are_not_written() {
    for (text, problems) in [
        ("passwrod = 'M'", 1),
        ("[[many]]\nkey = 'M'\nlevel = 1", 1),
        ("password = ['M']", 0),
        ("many = 'M'\nwhole = 'M'\nform = 'M'\nplain = 'M'\nmap = 'M'\nlist = { a = 'M' }\npair = 'M'", 0),
        ("form = { type = 'what', value = 'M' }", 0),
        ("password = 'M'\nuser = 'postgres://app:M@db'", 1),
        ("form = { value = 'M' }\nforms = ['M', { type = 'token', value = ['M'] }]", 0),
        ("named = ['M']\ntuple = { a = 'M' }\nlists = 'M'", 0),
    ] {
        let document = Document::toml("app.toml", text.replace('M', MARKER)).unwrap();
        match write::document::<Hidden>(&document, Format::Toml, Secrets::Omit) {
            Ok(written) => assert!(problems == 0 && !written.contains(MARKER), "{text}: {written}"),
            Err(report) => {
                testing::assert_hidden(&report, MARKER);
                assert_eq!(report.problems().len(), problems, "{report}");
                let is_known = text.contains("user");
                let code = if is_known { Code::Unwritable } else { Code::UnknownKey };
                assert_eq!(report.problems()[0].code(), code);
            }
        }
    }
}

#[test]
fn a_key_that_only_serde_knows_is_a_problem() {
    #[derive(Debug, Config, Serialize)]
    struct Names {
        #[serde(rename(serialize = "other"))]
        one: u8,
        #[config(rename = "b")]
        a: u8,
        #[config(rename = "a")]
        b: u8,
    }
    let report = write::to_string(&Names { one: 1, a: 2, b: 3 }, Format::Toml, Secrets::Omit).unwrap_err();
    insta::assert_snapshot!(report);
}

#[test]
fn exchanged_names_stay_exchanged() {
    #[derive(Debug, PartialEq, Config, Serialize)]
    struct Exchanged {
        #[config(rename = "b")]
        a: u8,
        #[config(rename = "a")]
        b: u8,
        #[serde(rename = "d")]
        c: u8,
        #[serde(rename = "c")]
        d: u8,
    }
    let value = Exchanged { a: 1, b: 2, c: 3, d: 4 };
    let text = write::to_string(&value, Format::Toml, Secrets::Omit).unwrap();
    assert_eq!(text, "b = 1\na = 2\nd = 3\nc = 4\n");
    assert_eq!(Exchanged::loader().text(Format::Toml, "app.toml", &*text).load().unwrap(), value);
}

#[test]
fn a_type_that_refuses_is_told_with_its_place() {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over references")]
    fn refuse<S: serde::Serializer>(_: &u8, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("not today"))
    }
    #[derive(Debug, Config, Serialize)]
    struct Outside {
        #[config(nested)]
        list: Vec<Refusing>,
    }
    #[derive(Debug, Config, Serialize)]
    struct Refusing {
        #[serde(serialize_with = "refuse")]
        value: u8,
    }
    let value = Outside { list: vec![Refusing { value: 1 }] };
    let report = write::to_string(&value, Format::Toml, Secrets::Omit).unwrap_err();
    assert_eq!(report.problems()[0].path(), "list[0].value");
    assert_eq!(report.problems()[0].message(), "list[0].value cannot be written: not today");
}

#[test]
fn other_keys_go_where_they_came_from() {
    #[derive(Debug, PartialEq, Config, Serialize)]
    struct Open {
        port: u16,
        #[serde(flatten)]
        rest: BTreeMap<String, u8>,
    }
    let open = Open { port: 1, rest: BTreeMap::from([("x".to_owned(), 2), ("a.b".to_owned(), 3)]) };
    let text = write::to_string(&open, Format::Toml, Secrets::Omit).unwrap();
    assert_eq!(text, "port = 1\n\"a.b\" = 3\nx = 2\n");
    assert_eq!(Open::loader().text(Format::Toml, "app.toml", &*text).load().unwrap(), open);
}
