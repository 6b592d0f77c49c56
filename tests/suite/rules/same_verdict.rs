//! Rules that validator has too: one struct derives both, and both say the same of every value.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use confkit::{Config, System};
use regex::Regex;
use serde::{Deserialize, Serialize};
use validator::{Validate, ValidationError};

/// What both say of a value: (values judged, values refused).
type Tally = (usize, usize);

fn add(all: &[Tally]) -> Tally {
    all.iter().fold((0, 0), |(values, refused), more| (values + more.0, refused + more.1))
}

/// Judges every value by both derives, and asserts that they agree.
fn both<T, V>(rule: &str, values: &[V], whole: impl Fn(&V) -> T) -> Tally
where
    T: Config + Validate + Serialize + std::fmt::Debug,
{
    let mut refused = 0;
    for value in values {
        let whole = whole(value);
        let theirs = whole.validate().is_ok();
        let serialised = serde_json::to_value(&whole).unwrap();
        let fields = serialised.as_object().unwrap().iter();
        let loader = fields.fold(T::loader().system(System::memory()), |loader, (key, value)| {
            // JSON has no word for what is absent but `null`, and `set` none for it.
            if value.is_null() { loader } else { loader.set(key, value) }
        });
        let ours = loader.load();
        assert_eq!(
            ours.is_ok(),
            theirs,
            "{rule} on {whole:?}: {}",
            ours.err().map(|report| report.to_string()).unwrap_or_default()
        );
        refused += usize::from(!theirs);
    }
    assert!(refused > 0 && refused < values.len(), "{rule}: {refused} of {} are refused", values.len());
    (values.len(), refused)
}

macro_rules! field {
    ($name:ident, $ty:ty, $($rule:tt)*) => {
        #[derive(Debug, Serialize, Config, Validate)]
        struct $name {
            #[validate($($rule)*)]
            value: $ty,
        }
    };
}

macro_rules! judged {
    ($name:ident over $values:expr) => {
        both(stringify!($name), &$values, |value| $name { value: value.clone() })
    };
}

fn texts(values: &[&str]) -> Vec<String> {
    values.iter().map(|&value| value.to_owned()).collect()
}

field!(Range, i32, range(min = -5, max = 10));
field!(Least, u64, range(min = 3));
field!(Most, i64, range(max = 9_000_000_000_i64));
field!(Between, f64, range(exclusive_min = 0.5, exclusive_max = 2.5));
field!(Above, u8, range(exclusive_min = 200));
field!(Perhaps, Option<u16>, range(min = 1024, exclusive_max = 49152));

#[test]
fn range() {
    let tally = add(&[
        judged!(Range over [-100, -6, -5, -4, -1, 0, 1, 5, 9, 10, 11, 12, 100, i32::MIN, i32::MAX]),
        judged!(Least over [0, 1, 2, 3, 4, 5, 10, 1000, u64::from(u32::MAX), (1 << 63) - 1]),
        judged!(Most over [i64::MIN, -1, 0, 8_999_999_999, 9_000_000_000, 9_000_000_001, i64::MAX]),
        judged!(Between over [-1.0, 0.0, 0.25, 0.5, 0.500_000_1, 1.0, 2.0, 2.499_999, 2.5, 2.500_001, 3.0, 1e300, -1e300]),
        judged!(Above over [0, 1, 199, 200, 201, 254, 255]),
        judged!(Perhaps over [None, Some(0), Some(1023), Some(1024), Some(1025), Some(49151), Some(49152), Some(65535)]),
    ]);
    assert_eq!(tally, (60, 29));
}

field!(Length, String, length(min = 2, max = 4));
field!(Exact, String, length(equal = 3));
field!(Elements, Vec<u8>, length(min = 1, max = 3));
field!(Entries, BTreeMap<String, u8>, length(max = 1));
field!(Hashed, HashMap<String, u8>, length(min = 1));
field!(Some4, Option<String>, length(max = 4));

#[test]
fn length() {
    let words = texts(&[
        "",
        "a",
        "ab",
        "abc",
        "abcd",
        "abcde",
        "ä",
        "äö",
        "äöüß",
        "äöüßé",
        "日本",
        "日本語文字",
        " ",
        "    ",
        "👍",
        "👍🏽",
        "e\u{301}",
        "e\u{301}e\u{301}",
        "a\nb",
        "\u{200b}",
    ]);
    let map = |keys: &[&str]| keys.iter().map(|&key| (key.to_owned(), 0)).collect::<BTreeMap<_, _>>();
    let some: Vec<Option<String>> = words.iter().cloned().map(Some).chain([None]).collect();
    let tally = add(&[
        judged!(Length over words),
        judged!(Exact over words),
        judged!(Elements over [vec![], vec![1], vec![1, 2], vec![1, 2, 3], vec![1, 2, 3, 4], vec![0; 100]]),
        judged!(Entries over [map(&[]), map(&["a"]), map(&["a", "b"])]),
        judged!(Hashed over [HashMap::new(), HashMap::from([("a".to_owned(), 1)])]),
        judged!(Some4 over some),
    ]);
    assert_eq!(tally.0, 72);
}

field!(Email, String, email);
field!(Emails, Option<String>, email);

#[test]
fn email() {
    let long = format!("{}@example.com", "a".repeat(64));
    let longer = format!("{}@example.com", "a".repeat(65));
    let label = format!("a@{}.com", "b".repeat(63));
    let labels = format!("a@{}.com", "b".repeat(64));
    let mut values = texts(&[
        "a@b.c",
        "a@b",
        "me@example.com",
        "me+tag@example.com",
        "me.me@example.co.uk",
        "ME@EXAMPLE.COM",
        "1@2.3",
        "a_b-c@d-e.f",
        "!#$%&'*+/=?^_`{|}~-@example.com",
        "a@127.0.0.1",
        "a@[127.0.0.1]",
        "a@[::1]",
        "a@[2001:db8::1]",
        "a@[300.0.0.1]",
        "a@[1.2.3]",
        "a@bücher.example",
        "ä@example.com",
        "a@例え.テスト",
        "",
        "@",
        "a@",
        "@b",
        "a",
        "a b@c.d",
        "a@b c.d",
        "a@b..c",
        "a@.b",
        "a@b.",
        "a@-b.c",
        "a@b-.c",
        "a@@b.c",
        "a@b@c.d",
        "\"a b\"@c.d",
        " a@b.c",
        "a@b.c ",
        "a@b.c\n",
        "a@b_c.d",
        "a@b.c,d@e.f",
        "<a@b.c>",
        "mailto:a@b.c",
        "a@localhost",
        "a@b.c\u{0}",
        "\ta@b.c",
        "a..b@c.d",
        ".a@b.c",
        "a.@b.c",
    ]);
    values.extend([long, longer, label, labels]);
    let some: Vec<Option<String>> =
        values.iter().take(10).cloned().map(Some).chain([None, Some("x".to_owned())]).collect();
    assert_eq!(add(&[judged!(Email over values), judged!(Emails over some)]).0, 62);
}

field!(Url, String, url);

#[test]
fn url() {
    let values = texts(&[
        "https://example.com",
        "http://example.com",
        "https://example.com/a?b=c#d",
        "ftp://example.com",
        "file:///a/b",
        "postgres://user:word@db:5432/name",
        "mailto:a@b.c",
        "data:text/plain,a",
        "urn:isbn:1",
        "a:b",
        "http://[::1]:80/",
        "http://192.0.2.1",
        "http://例え.テスト",
        "http:example.com",
        "http:///example.com",
        "HTTP://EXAMPLE.COM",
        "http://a b",
        "http://",
        "http",
        "://example.com",
        "//example.com",
        "example.com",
        "www.example.com",
        "/a/b",
        "",
        " ",
        "http://example.com:99999",
        "http://example.com:80a",
        "http://[::1",
        "http://exa mple.com",
        "http://%zz",
        " https://example.com",
        "https://example.com ",
        "java script:1",
        "1a:b",
        "http://a\\b",
        "localhost:80",
    ]);
    assert_eq!(judged!(Url over values).0, 37);
}

field!(Ip, String, ip);
field!(Ipv4, String, ip(v4));
field!(Ipv6, String, ip(v6 = true));

#[test]
fn ip() {
    let values = texts(&[
        "127.0.0.1",
        "0.0.0.0",
        "255.255.255.255",
        "256.0.0.1",
        "1.2.3",
        "1.2.3.4.5",
        "01.2.3.4",
        "1.2.3.04",
        "1.2.3.4 ",
        " 1.2.3.4",
        "1.2.3.4/24",
        "1.2.3.4:80",
        "a.b.c.d",
        "",
        "::",
        "::1",
        "2001:db8::1",
        "2001:DB8::1",
        "2001:db8::1::2",
        "::ffff:192.0.2.1",
        "::ffff:300.0.2.1",
        "[::1]",
        "fe80::1%eth0",
        "1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "12345::",
        "g::1",
        "0x7f.1",
        "2130706433",
    ]);
    let tally = add(&[judged!(Ip over values), judged!(Ipv4 over values), judged!(Ipv6 over values)]);
    assert_eq!(tally.0, 90);
}

field!(Contains, String, contains(pattern = "ab"));
field!(ContainsKey, HashMap<String, u8>, contains(pattern = "ab"));
field!(Lacks, String, does_not_contain(pattern = "ab"));
field!(LacksKey, HashMap<String, u8>, does_not_contain(pattern = "ab"));

#[test]
fn contains() {
    let values = texts(&["", "a", "ab", "ba", "xab", "abx", "a b", "AB", "aab", "äab", "aäb", "b", "abab"]);
    let map = |keys: &[&str]| keys.iter().map(|&key| (key.to_owned(), 0)).collect::<HashMap<_, _>>();
    let maps = [map(&[]), map(&["ab"]), map(&["abc"]), map(&["a", "b"]), map(&["x", "ab"])];
    let tally = add(&[
        judged!(Contains over values),
        judged!(ContainsKey over maps),
        judged!(Lacks over values),
        judged!(LacksKey over maps),
    ]);
    assert_eq!(tally.0, 36);
}

static WORD: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^\w+(-\w+)*$").expect("an expression"));

field!(Matches, String, regex(path = *WORD));

#[test]
fn regex() {
    let values = texts(&[
        "", "a", "a-b", "-a", "a-", "a--b", "a b", "ä-ö", "日本", "a_1", "a\n", "\na", "a-b-c", "1", "!",
    ]);
    assert_eq!(judged!(Matches over values).0, 15);
}

field!(Plain, String, non_control_character);

#[test]
fn non_control_character() {
    let values = texts(&[
        "", "a", "a b", "a\tb", "a\nb", "\r", "\u{0}", "\u{7f}", "\u{85}", "\u{9f}", "\u{a0}", "\u{200b}",
        "\u{202e}", "äöü", "👍",
    ]);
    assert_eq!(judged!(Plain over values).0, 15);
}

field!(Card, String, credit_card);

#[test]
fn credit_card() {
    let values = texts(&[
        "4539571147647251",
        "4539571147647252",
        "343380440754432",
        "5236313877109142",
        "6011000990139424",
        "",
        "0",
        "4539 5711 4764 7251",
        "4539-5711-4764-7251",
        "abcd",
        "4111111111111111",
        "411111111111111",
        "378282246310005",
        "3530111333300000",
        "zduhefljsdfKJKJZHUI",
        "5236313877109141",
        "0000000000000000",
    ]);
    assert_eq!(judged!(Card over values).0, 17);
}

#[derive(Debug, Serialize, Config, Validate)]
struct Same {
    value: String,
    #[validate(must_match(other = "value"))]
    again: String,
}

#[derive(Debug, Serialize, Config, Validate)]
struct SamePerhaps {
    #[validate(must_match(other = again))]
    value: Option<u8>,
    again: u8,
}

#[test]
fn must_match() {
    let pairs = [
        ("", ""),
        ("a", "a"),
        ("a", "b"),
        ("a", "A"),
        ("a", ""),
        ("a ", "a"),
        ("é", "e\u{301}"),
        ("日", "日"),
    ];
    let perhaps = [(None, 1), (Some(1), 1), (Some(1), 2), (Some(0), 0)];
    let tally = add(&[
        both("must_match", &pairs, |(value, again)| Same { value: (*value).into(), again: (*again).into() }),
        both("must_match", &perhaps, |(value, again)| SamePerhaps { value: *value, again: *again }),
    ]);
    assert_eq!(tally.0, 12);
}

field!(Required, Option<u8>, required);

#[test]
fn required() {
    assert_eq!(judged!(Required over [None, Some(0), Some(1)]).0, 3);
}

field!(Custom, String, custom(function = "no_space"));

fn no_space(value: &str) -> Result<(), ValidationError> {
    if value.contains(' ') { Err(ValidationError::new("space")) } else { Ok(()) }
}

#[test]
fn custom() {
    assert_eq!(judged!(Custom over texts(&["", "a", "a b", " ", "ab"])).0, 5);
}

#[derive(Debug, Serialize, Config, Validate)]
struct Several {
    #[validate(length(min = 2, message = "is short", code = "short"), email(message = "is none"))]
    mail: String,
    #[validate(range(min = 1, max = 3))]
    level: u8,
    #[validate(length(max = 2))]
    list: Vec<String>,
}

#[test]
fn several_fields_with_several_rules() {
    let mails = ["", "a", "ab", "a@b.c"];
    let levels = [0, 1, 2, 3, 4];
    let lists = [&[][..], &["a"], &["b", "a"], &["b", "c", "a"]];
    let mut all = Vec::new();
    for mail in mails {
        for level in levels {
            all.extend(lists.map(|list| (mail, level, list)));
        }
    }
    let tally = both("several", &all, |(mail, level, list)| Several {
        mail: (*mail).into(),
        level: *level,
        list: texts(list),
    });
    assert_eq!(tally, (80, 71));
}

#[derive(Debug, Clone, Serialize, Deserialize, Config, Validate)]
struct Part {
    #[validate(range(min = 1))]
    size: u8,
}

#[derive(Debug, Serialize, Config, Validate)]
struct Whole {
    #[config(nested)]
    #[validate(nested)]
    part: Part,
    /// As a value in one piece, which judges itself.
    #[validate(nested)]
    piece: Part,
    #[validate(nested, length(max = 2))]
    pieces: Vec<Part>,
    #[validate(length(max = 2), nested)]
    named: HashMap<String, Part>,
}

#[test]
fn nested() {
    let part = |size| Part { size };
    let mut all = Vec::new();
    for (one, other) in [(1, 1), (0, 1), (1, 0), (0, 0)] {
        for pieces in [&[][..], &[1], &[0], &[1, 0], &[1, 1, 1]] {
            all.extend([None, Some(0), Some(2)].map(|named| (one, other, pieces, named)));
        }
    }
    let tally = both("nested", &all, |(one, other, pieces, named)| Whole {
        part: part(*one),
        piece: part(*other),
        pieces: pieces.iter().map(|&size| part(size)).collect(),
        named: named.iter().map(|&size| ("key".to_owned(), part(size))).collect(),
    });
    assert_eq!(tally.0, 60);
}
