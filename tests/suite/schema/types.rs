//! Declarations whose schema is held against the loader.

use std::collections::{BTreeMap, HashMap};
use std::net::{IpAddr, SocketAddr, SocketAddrV6};
use std::num::NonZeroU8;
use std::time::Duration;

use confkit::{ByteSize, Config, Secret, SecretBytes};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Values of every kind.
#[derive(Debug, Config)]
pub(super) struct Values {
    pub(super) flag: bool,
    pub(super) small: i8,
    pub(super) large: u64,
    pub(super) huge: Option<i128>,
    pub(super) not_zero: NonZeroU8,
    pub(super) ratio: f32,
    pub(super) letter: char,
    pub(super) ip: IpAddr,
    pub(super) socket: SocketAddr,
    pub(super) socket_v6: Option<SocketAddrV6>,
    pub(super) wait: Duration,
    pub(super) size: ByteSize,
    #[config(nested)]
    pub(super) names: Names,
    pub(super) plain: Plain,
    pub(super) either: Option<Either>,
    pub(super) tree: Option<Tree>,
    pub(super) pair: (u8, String),
    pub(super) sparse: Vec<Option<u8>>,
    pub(super) table: BTreeMap<String, Vec<u8>>,
    pub(super) by_number: HashMap<u8, bool>,
    pub(super) bytes: Option<SecretBytes>,
    pub(super) anything: Option<serde_json::Value>,
    #[config(parse = parse_colour)]
    pub(super) colour: Colour,
}

/// Names, in every way of giving them.
#[derive(Debug, Config)]
pub(super) struct Names {
    pub(super) mode: Mode,
    pub(super) open: Open,
    #[config(default)]
    pub(super) modes: Vec<Mode>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Config)]
#[config(rename_all = "snake_case")]
pub(super) enum Mode {
    InMemory,
    #[config(alias = "disc")]
    Disk,
}

#[derive(Debug, Config)]
#[config(rename_all = "snake_case")]
pub(super) enum Open {
    Known,
    #[serde(other)]
    Other,
}

/// A plain type that tells its own schema.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub(super) struct Plain {
    /// Tries before it gives up.
    pub(super) tries: u32,
    pub(super) wait: Duration,
    pub(super) token: Option<Secret<String>>,
    #[serde(default)]
    pub(super) limit: Option<ByteSize>,
}

#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Either {
    Left(u8),
    Right { name: String },
}

#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub(super) struct Tree {
    pub(super) value: i16,
    pub(super) below: Option<Box<Tree>>,
}

#[derive(Debug)]
pub(super) struct Colour;

#[expect(clippy::unnecessary_wraps, reason = "`parse` asks for it")]
fn parse_colour(text: &str) -> Result<Colour, std::convert::Infallible> {
    let _ = text;
    Ok(Colour)
}

pub(super) const VALUES: &str = r#"{
    "$schema": "values.schema.json",
    "flag": true, "small": -5, "large": 7, "huge": 3, "not_zero": 1, "ratio": 0.5, "letter": "é",
    "ip": "::1", "socket": "127.0.0.1:80", "socket_v6": "[fe80::1%2]:8080", "wait": "1h 30m", "size": "10MiB",
    "names": {"mode": "in_memory", "open": "whatever", "modes": ["disk", "disc"]},
    "plain": {"tries": 3, "wait": "PT5S", "token": "t", "limit": 100},
    "either": {"right": {"name": "n"}},
    "tree": {"value": 1, "below": {"value": 2, "below": null}},
    "pair": [1, "a"], "sparse": [1, null], "table": {"a": [1, 2]}, "by_number": {"7": true},
    "bytes": [1, 2], "anything": {"a": [null]}, "colour": "red"
}"#;

/// Rules of every kind.
#[derive(Debug, Config)]
#[config(
    exactly_one_of(socket, port),
    at_least_one_of(first, second),
    at_most_one_of(first, third),
    check(self.low <= self.high, "low is above high")
)]
pub(super) struct Ruled {
    pub(super) socket: Option<String>,
    pub(super) port: Option<u16>,
    pub(super) first: Option<u8>,
    pub(super) second: Option<u8>,
    pub(super) third: Option<u8>,
    #[config(default = 1, validate(range(exclusive_max = 10)))]
    pub(super) low: i32,
    #[config(default = 9, validate(one_of(5, 9, 12)))]
    pub(super) high: i32,
    #[config(validate(length(min = 2, max = 4)))]
    pub(super) short: String,
    #[config(validate(regex(r"^\w+\.[a-z]{2,3}$")))]
    pub(super) host: Option<String>,
    #[config(validate(regex("(?i)^abc$")))]
    pub(super) caseless: Option<String>,
    #[config(validate(contains("x"), does_not_contain("y")))]
    pub(super) letters: Option<String>,
    #[config(validate(contains("a"), does_not_contain("b"), non_empty))]
    pub(super) list: Option<Vec<String>>,
    #[config(validate(contains("k"), length(max = 2), keys(length(max = 3)), each(range(max = 5))))]
    pub(super) map: Option<BTreeMap<String, u8>>,
    #[config(validate(ipv4))]
    pub(super) v4: Option<String>,
    #[config(validate(ip, non_control_character))]
    pub(super) ip: Option<String>,
    #[config(validate(|v| *v != 13, "not 13"))]
    pub(super) lucky: Option<u8>,
    #[config(validate(range(max = 3, warn)), validate(range(max = 100, profile = "live")))]
    pub(super) warned: Option<u8>,
    #[config(default = false)]
    pub(super) tls: bool,
    #[config(required_if(tls = true))]
    pub(super) cert: Option<String>,
    #[config(default = Mode::Disk)]
    pub(super) mode: Mode,
    #[config(required_if(mode = Mode::Disk))]
    pub(super) path: Option<String>,
    #[config(required_unless(short = "auto"))]
    pub(super) manual: Option<String>,
    #[config(required_with(cert), requires(path))]
    pub(super) key: Option<Secret<String>>,
    #[config(conflicts_with(key, v4))]
    pub(super) agent: Option<String>,
    #[config(nested, refine(limit, validate(range(max = 50))), refine(deep.level, validate(range(min = 2))))]
    pub(super) inner: Inner,
    #[config(nested, default, validate(length(max = 1)))]
    pub(super) inners: Vec<Inner>,
}

#[derive(Debug, Config)]
pub(super) struct Inner {
    #[config(default = 10)]
    pub(super) limit: u8,
    #[config(nested)]
    pub(super) deep: Deep,
}

#[derive(Debug, Config)]
pub(super) struct Deep {
    #[config(default = 3, alias = "depth")]
    pub(super) level: u8,
}

pub(super) const RULED: &str = r#"{
    "port": 80, "first": 1, "low": 2, "high": 5, "short": "abc", "host": "host.org", "caseless": "ABC",
    "letters": "xz", "list": ["a", "c"], "map": {"k": 1, "l": 5}, "v4": "10.0.0.1", "ip": "::1", "lucky": 7,
    "warned": 4, "tls": true, "cert": "c", "mode": "disk", "path": "p", "manual": "m", "key": "k",
    "inner": {"limit": 20, "deep": {"level": 4}}, "inners": [{"limit": 200, "deep": {"depth": 1}}]
}"#;

/// Names of keys, policies and containers.
#[derive(Debug, Config)]
#[config(rename_all = "kebab-case")]
pub(super) struct Keys {
    #[config(alias = "max", renamed_from = "pool-size")]
    pub(super) max_conn: u16,
    #[config(nested)]
    pub(super) relaxed: Relaxed,
    #[config(nested)]
    pub(super) open: OpenTable,
    #[config(nested)]
    pub(super) pairs: [Server; 2],
    #[config(nested, default)]
    pub(super) servers: BTreeMap<String, Server>,
    #[config(nested)]
    pub(super) whole: Option<Secret<Server>>,
    #[config(nested)]
    pub(super) chain: Option<Box<Chain>>,
    #[config(nested)]
    pub(super) rest: Rest,
    #[config(flatten)]
    pub(super) server: Server,
}

#[derive(Debug, Config)]
#[config(relaxed_keys)]
pub(super) struct Relaxed {
    pub(super) log_level: u8,
    pub(super) file_name: Option<String>,
}

#[derive(Debug, Config)]
#[config(unknown_keys = "warn")]
pub(super) struct OpenTable {
    pub(super) known: Option<u8>,
    #[config(nested)]
    pub(super) inner: Deep,
}

#[derive(Debug, Config)]
pub(super) struct Server {
    pub(super) host: String,
    #[config(default = 80)]
    pub(super) port: u16,
}

#[derive(Debug, Config)]
pub(super) struct Chain {
    pub(super) name: String,
    #[config(nested)]
    pub(super) next: Option<Box<Chain>>,
    #[config(nested, default)]
    pub(super) others: Vec<Chain>,
}

#[derive(Debug, Config)]
pub(super) struct Rest {
    pub(super) name: String,
    #[config(flatten)]
    pub(super) others: HashMap<String, u8>,
}

pub(super) const KEYS: &str = r#"{
    "max-conn": 5, "relaxed": {"log-level": 1, "FileName": "f"}, "open": {"known": 1, "other": 2, "inner": {"new": 1}},
    "pairs": [{"host": "a"}, {"host": "b", "port": 1}], "servers": {"x": {"host": "c"}},
    "whole": {"host": "d"}, "chain": {"name": "n", "next": {"name": "m"}, "others": [{"name": "o"}]},
    "rest": {"name": "r", "more": 3}, "host": "h", "port": 2
}"#;

/// Enums with data, in every way of naming the variant.
#[derive(Debug, Config)]
pub(super) struct Forms {
    #[config(nested)]
    pub(super) external: External,
    #[config(nested)]
    pub(super) internal: Internal,
    #[config(nested)]
    pub(super) adjacent: Adjacent,
    #[config(nested)]
    pub(super) untagged: Untagged,
    #[config(nested)]
    pub(super) beside: Beside,
    #[config(nested, default)]
    pub(super) many: Vec<External>,
}

#[derive(Debug, Config)]
#[serde(rename_all = "snake_case")]
pub(super) enum External {
    Nothing,
    #[serde(alias = "dir")]
    Folder {
        path: String,
    },
    Count(u8),
    Limits {
        max: Option<u8>,
    },
}

#[derive(Debug, Config)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum Internal {
    Nothing,
    #[serde(alias = "dir")]
    Folder {
        path: String,
        sync: Option<bool>,
    },
    Server(#[config(nested)] Server),
    #[serde(other)]
    Other,
}

#[derive(Debug, Config)]
#[serde(tag = "by", content = "with", rename_all = "snake_case")]
pub(super) enum Adjacent {
    Cash,
    Card { brand: String },
    Credit(u8),
}

#[derive(Debug, Config)]
#[serde(untagged)]
pub(super) enum Untagged {
    Number(u8),
    Word(Mode),
    Table { name: String },
}

#[derive(Debug, Config)]
pub(super) struct Beside {
    pub(super) name: String,
    #[config(flatten)]
    pub(super) kind: Internal,
}

pub(super) const FORMS: &str = r#"{
    "external": {"folder": {"path": "p"}}, "internal": {"type": "dir", "path": "p", "sync": false},
    "adjacent": {"by": "card", "with": {"brand": "b"}}, "untagged": {"name": "n"},
    "beside": {"name": "n", "type": "folder", "path": "p"},
    "many": ["nothing", {"count": 3}, "limits", {"limits": {"max": null}}]
}"#;
