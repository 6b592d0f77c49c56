//! Samples: as they are, without the marks of their defaults, and filled in.

use std::fmt::Debug;

use confkit::generate::Sample;
use confkit::{Code, Config, Document, Format, System, testing};

use super::golden;
use crate::everything::{Everything, LEAST};

const FORMATS: [(Format, &str); 5] = [
    (Format::Toml, "sample.toml"),
    (Format::Yaml, "sample.yaml"),
    (Format::Json5, "sample.json5"),
    (Format::Ini, "sample.ini"),
    (Format::Dotenv, "sample.env"),
];

#[test]
fn the_large_type_in_every_format() {
    for (format, name) in FORMATS {
        let text = Sample::of::<Everything>().schema("./orders.schema.json").text(format);
        golden(name, &text.unwrap_or_else(|report| panic!("{report}")));
    }
}

fn document(text: &str) -> Document {
    Document::toml("given.toml", text.to_owned()).unwrap()
}

/// Loads what a sample is, as its format is read.
fn load<T: Config<Context = ()>>(format: Format, text: &str) -> T {
    let loader = match format {
        Format::Dotenv => T::loader().system(System::memory().file(".env", text)).dotenv(".env"),
        _ => T::loader().text(format, "sample", text),
    };
    loader.load().unwrap_or_else(|report| panic!("{}: {report}\n{text}", format.as_str()))
}

/// Takes the marks away that stand right before a name.
fn without_marks(format: Format, sample: &str) -> String {
    let mark = if format == Format::Json5 { "//" } else { "#" };
    let without = |line: &str| {
        let code = line.trim_start();
        let indent = &line[..line.len() - code.len()];
        match code.strip_prefix(mark) {
            Some(rest) if !rest.is_empty() && !rest.starts_with([' ', ':']) => format!("{indent}{rest}"),
            _ => line.to_owned(),
        }
    };
    sample.lines().map(without).collect::<Vec<_>>().join("\n")
}

/// Samples that are filled in load to what was filled in, with and without the marks of defaults.
fn comes_back<T: Config<Context = ()> + PartialEq + Debug>(given: &str, formats: &[Format]) {
    let expected: T = load(Format::Toml, given);
    for &format in formats {
        for sample in [Sample::of::<T>(), Sample::of::<T>().brief(), Sample::of::<T>().schema("./a.json")] {
            let text = sample.filled(document(given)).text(format);
            let text = text.unwrap_or_else(|report| panic!("{}: {report}", format.as_str()));
            assert_eq!(load::<T>(format, &text), expected, "{text}");
            let bare = without_marks(format, &text);
            assert_ne!(bare, text);
            assert_eq!(load::<T>(format, &bare), expected, "{bare}");
        }
    }
}

const ALL: [Format; 6] =
    [Format::Toml, Format::Yaml, Format::Json5, Format::Jsonc, Format::Ini, Format::Dotenv];

#[test]
fn without_the_marks_of_defaults_nothing_changes() {
    comes_back::<Everything>(LEAST, &ALL[..3]);
    comes_back::<Everything>(LEAST, &ALL[4..]);
}

/// Texts that formats would write over several lines.
#[derive(Debug, PartialEq, Config)]
#[config(env_prefix = "APP")]
struct Lines {
    #[config(default = "one\n \"two\"\n\t# three $HOME\n")]
    banner: String,
    #[config(default = ["a", "b\nc"])]
    parts: Vec<String>,
    #[config(nested, default)]
    inner: Inner,
    port: u16,
}

#[derive(Debug, Default, PartialEq, Config)]
struct Inner {
    #[config(example = "it's\nmore")]
    footer: Option<String>,
}

#[test]
fn texts_of_several_lines_stay_behind_their_marks() {
    comes_back::<Lines>("port = 1\n", &ALL);
    comes_back::<Lines>("port = 1\nbanner = \"\"\"\na\nb'c\"\"\"\n[inner]\nfooter = \"x\\ny\"\n", &ALL);
    let toml = Sample::of::<Lines>().brief().text(Format::Toml).unwrap();
    assert!(toml.contains("\n#parts = [\"a\", \"b\\nc\"]\n"), "{toml}");
    assert!(toml.contains(" footer = \"it's\\nmore\"\n"), "{toml}");
}

/// Every setting of the large type, lists of sections aside.
const MOST: &str = r#"
listen = "[::1]:81"
workers = 8
name = "Orders of all"
port = 81
level = "very-verbose"
log_file = "/var/log/a \"b\".log"
timeout = "1m 30s"
cache = "5MiB"
pause = 3
share = 0.25
letter = "'"
hosts = ["a", "b#c"]
weights = [4, 5, 6]
labels = { a = "1", b = "x = y" }
contact = "a@example.com"
shop = "https://example.com/#top"
payments = true
provider = "p, q; r"
region = "us"
session_key = "0123456789 abcdef"
extra = [1, "2", { three = 3.5 }]
shape = { width = 3, height = 4 }
experimental = 2
retries = 9
verbose = true
traces = "https://example.com"
without = ["a;b", "c"]
limits = { connections = 9, upload = "2MiB", orders = 1 }
database = { host = "db", port = 1, user = "u", password = "hunter2", pool = { min = 2, max = 3 } }
reports = { host = "other", password = "hunter3", reader = "r", replicas = 2 }
store = { type = "folder", path = "/srv/orders" }
payment = { by = "card", with = { brands = ["x", "y"] } }
fallback = { tries = 4 }
shops = { north = { host = "n" }, south = { host = "s", is-backup = true, access-key = "k" } }
"#;

/// What INI and dotenv have no words for.
const LISTS: &str = r#"
servers = [{ host = "a" }, { host = "b", is-backup = true, access-key = "k" }]
channels = [{ mail = "a@example.com" }, { nobody = {} }, { call = { url = "https://example.com" } }]
menu = [{ title = "a", entries = [{ title = "b" }] }]
plugins = { search_path = "p", one = { a = 1 }, two = [1, 2] }
"#;

#[test]
fn what_is_filled_in_is_loaded() {
    comes_back::<Everything>(&format!("{MOST}{LISTS}"), &ALL[..4]);
    comes_back::<Everything>(MOST, &ALL[4..]);
}

#[test]
fn samples_are_filled_in_with_values_of_the_test_kit() {
    let test = Everything::test();
    for format in [Format::Toml, Format::Yaml, Format::Json5, Format::Jsonc] {
        let text = Sample::of::<Everything>().filled(test.document()).text(format).unwrap();
        assert_eq!(load::<Everything>(format, &text), test.build(), "{text}");
    }
}

#[test]
fn what_formats_cannot_hold_is_told() {
    let filled = Sample::of::<Everything>().filled(document(&format!("{MOST}{LISTS}")));
    for format in [Format::Ini, Format::Dotenv, Format::Hcl] {
        insta::assert_snapshot!(format.as_str(), filled.text(format).unwrap_err());
    }
}

#[test]
fn paths_that_are_no_settings_are_told() {
    let sample = Sample::of::<Everything>()
        .with("wrokers", 3)
        .with("database.pool.mn", 1)
        .with("servers[0].host", "a")
        .with("a..b", 1)
        .with("extra", f64::NAN);
    insta::assert_snapshot!(sample.text(Format::Json5).unwrap_err());
}

#[test]
fn a_sample_that_is_not_filled_in_does_not_load() {
    for (format, _) in FORMATS {
        let text = Sample::of::<Everything>().text(format).unwrap();
        let loader = match format {
            Format::Dotenv => {
                Everything::loader().system(System::memory().file(".env", &text)).dotenv(".env")
            }
            _ => Everything::loader().text(format, "sample", text),
        };
        let report = loader.load().unwrap_err();
        for path in ["name", "database.host", "database.password", "store.type"] {
            assert_eq!(testing::problem_at(&report, path).code(), Code::Missing, "{}", format.as_str());
        }
    }
}
