//! One declaration that uses what declarations can say. Everything that is made from declarations is
//! held against it.

use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;
use std::num::NonZeroU16;
use std::path::PathBuf;
use std::time::Duration;

use confkit::{ByteSize, Config, Format, RelativePath, Secret, Unknown};
use serde::{Deserialize, Serialize};

/// Settings of the orders service.
///
/// It takes orders, and gives them to those who pack.
#[derive(Debug, Clone, PartialEq, Config, Serialize)]
#[config(
    env_prefix = "ORDERS",
    profile_env = "ORDERS_PROFILE",
    profiles("production", "staging"),
    file = "config/base.toml",
    optional_file = "config/{profile}.toml",
    args,
    check(self.workers <= self.limits.connections, "`workers` must not be greater than `limits.connections`"),
    exactly_one_of(socket, port),
    at_most_one_of(log_file, log_stream)
)]
pub(crate) struct Everything {
    /// Address the HTTP server listens on.
    #[config(default = "127.0.0.1:8080", arg(short))]
    pub(crate) listen: SocketAddr,

    /// Number of worker threads.
    #[config(default = 4, validate(range(min = 1, max = 64)), arg(short = 'w'))]
    pub(crate) workers: u16,

    /// A name that customers see.
    #[config(validate(non_empty, length(max = 40), regex("^[A-Za-z ]+$")), example = "Orders of the north")]
    pub(crate) name: String,

    /// The socket to listen on, in place of `port`.
    pub(crate) socket: Option<PathBuf>,

    /// The port to listen on, in place of `socket`.
    pub(crate) port: Option<NonZeroU16>,

    /// How much is written to the log.
    #[config(default = "info")]
    pub(crate) level: Level,

    /// Where the log goes.
    #[config(example = "/var/log/orders.log")]
    pub(crate) log_file: Option<PathBuf>,
    #[config(validate(one_of("stdout", "stderr")))]
    pub(crate) log_stream: Option<String>,

    /// How long a request may take.
    #[config(default = "30s", validate(range(min = Duration::from_secs(1), max = Duration::from_secs(600))))]
    pub(crate) timeout: Duration,

    /// How much is kept in memory.
    #[config(default = "10MiB")]
    pub(crate) cache: ByteSize,

    /// Time between two looks at the queue.
    #[config(default = 250, unit = "ms", validate(range(exclusive_min = 0)))]
    pub(crate) pause: u32,

    /// Share of requests that are traced.
    #[config(default = 0.5, validate(range(0.0..=1.0)))]
    pub(crate) share: f64,

    /// A letter in front of each order.
    #[config(default = 'A')]
    pub(crate) letter: char,

    /// Hosts that may ask.
    #[config(default = ["localhost"], merge = "unique", validate(length(min = 1, max = 8), each(non_empty)))]
    pub(crate) hosts: Vec<String>,

    /// Three weights, of which none is negative.
    #[config(default = [1, 2, 3], validate(each(range(min = 0))))]
    pub(crate) weights: [i32; 3],

    /// Texts that are put on each order.
    #[config(default, validate(keys(regex("^[a-z]+$")), each(length(max = 20))))]
    pub(crate) labels: BTreeMap<String, String>,

    /// Whom to tell of trouble.
    #[config(validate(email), required(profile = "production"))]
    pub(crate) contact: Option<String>,

    /// Where the shop is.
    #[config(validate(url), alias = "shop_url")]
    pub(crate) shop: Option<String>,

    /// Whether payments are taken.
    #[config(default = false)]
    pub(crate) payments: bool,

    /// The provider of payments.
    #[config(required_if(payments = true))]
    pub(crate) provider: Option<String>,

    /// Taken from what the platform says.
    #[config(env = "REGION", env_alias = "AWS_REGION", default = "eu")]
    pub(crate) region: String,

    /// Signs the cookies of sessions.
    #[config(secret, validate(length(min = 16)), required(profile = "production"))]
    pub(crate) session_key: Option<Secret<String>>,

    /// Where templates are, from the file that says so.
    #[config(default = "templates", env(skip), arg(skip))]
    pub(crate) templates: RelativePath,

    /// Even, since two are packed at a time.
    #[config(default = 8, validate(|size| size % 2 == 0, "must be even"))]
    pub(crate) batch: u32,

    /// A number of the bank, shown as it is.
    #[config(default = "ab12", validate(regex("^[a-z]{2}[0-9]{2}$", warn)))]
    pub(crate) account: String,

    /// What is passed on to others as it is.
    pub(crate) extra: Option<serde_json::Value>,

    /// Sizes that a plain type of serde reads.
    #[config(default)]
    pub(crate) shape: Shape,

    #[config(hidden, default = 1)]
    pub(crate) experimental: u8,

    #[config(skip, default = 7)]
    #[serde(skip_serializing)]
    pub(crate) started: u64,

    #[config(renamed_from = "max_tries", default = 3)]
    pub(crate) retries: u8,

    #[config(deprecated = "use `level`")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) verbose: Option<bool>,

    #[config(flatten)]
    #[serde(flatten)]
    pub(crate) tracing: Tracing,

    /// Limits of the whole service.
    #[config(nested)]
    pub(crate) limits: Limits,

    /// The database.
    #[config(nested(env_prefix = "DB"))]
    pub(crate) database: Database,

    /// A second one, for reports.
    #[config(nested)]
    pub(crate) reports: Option<Database>,

    /// Servers behind this one.
    #[config(nested, default, merge(key = "host"), validate(length(max = 4)))]
    pub(crate) servers: Vec<Server>,

    /// Shops, by their names.
    #[config(nested, default)]
    pub(crate) shops: BTreeMap<String, Server>,

    /// Where orders are kept.
    #[config(nested)]
    pub(crate) store: Store,

    /// Who is told of orders.
    #[config(nested, default)]
    pub(crate) channels: Vec<Channel>,

    /// How orders are paid.
    #[config(nested)]
    pub(crate) payment: Option<Payment>,

    /// What is done with an order that nobody takes.
    #[config(nested)]
    pub(crate) fallback: Option<Fallback>,

    /// The menu, with menus in it.
    #[config(nested, default)]
    pub(crate) menu: Vec<Entry>,

    /// Settings of plugins, which nobody here knows.
    #[config(nested)]
    pub(crate) plugins: Plugins,
}

/// How much is told.
#[derive(Debug, Clone, Copy, PartialEq, Config, Serialize)]
#[config(rename_all = "kebab-case")]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Level {
    /// Only what failed.
    Error,
    Info,
    /// Everything.
    VeryVerbose,
}

/// A plain type of serde, which tells its own schema.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default)]
pub(crate) struct Shape {
    pub(crate) width: u32,
    pub(crate) height: u32,
}

#[derive(Debug, Clone, PartialEq, Config, Serialize)]
pub(crate) struct Tracing {
    /// Where traces go.
    #[config(validate(url))]
    pub(crate) traces: Option<String>,
    /// Names of spans that are left out.
    #[config(default, env_delimiter = ';')]
    pub(crate) without: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Config, Serialize)]
pub(crate) struct Limits {
    /// Connections at one time.
    #[config(default = 100, validate(range(min = 1)))]
    pub(crate) connections: u16,
    /// Size of an upload.
    #[config(default = "1MiB")]
    pub(crate) upload: ByteSize,
    /// Orders in one minute.
    #[config(default = 60, unit = "orders per minute")]
    pub(crate) orders: u64,
}

/// A database server.
#[derive(Debug, Clone, PartialEq, Config, Serialize)]
#[config(check(self.user != "root" || self.host == "localhost", "`root` may only come from localhost"))]
pub(crate) struct Database {
    /// Its name or address.
    #[config(example = "db.internal")]
    pub(crate) host: String,
    #[config(default = 5432)]
    pub(crate) port: u16,
    #[config(default = "orders")]
    pub(crate) user: String,
    pub(crate) password: Secret<String>,
    /// Password of one who may only read.
    #[config(required_with(replicas))]
    pub(crate) reader: Option<Secret<String>>,
    pub(crate) replicas: Option<u8>,
    /// Connections that are kept.
    #[config(nested)]
    pub(crate) pool: Pool,
}

#[derive(Debug, Clone, PartialEq, Config, Serialize)]
#[config(check(self.min <= self.max, "`min` must not be greater than `max`"))]
pub(crate) struct Pool {
    #[config(default = 1)]
    pub(crate) min: u16,
    #[config(default = 10, validate(range(1..=100)))]
    pub(crate) max: u16,
}

/// A server.
#[derive(Debug, Clone, PartialEq, Config, Serialize)]
#[config(rename_all = "kebab-case")]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Server {
    pub(crate) host: String,
    /// Only asked when the others are down.
    #[config(default = false)]
    pub(crate) is_backup: bool,
    pub(crate) access_key: Option<Secret<String>>,
}

/// Where orders are kept.
#[derive(Debug, Clone, PartialEq, Config, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum Store {
    /// In memory, until the end.
    Memory,
    /// In files.
    Folder {
        /// Where the files are.
        path: PathBuf,
        #[config(default = true)]
        sync: bool,
    },
    /// In a bucket.
    Bucket { name: String, token: Secret<String> },
}

/// Who is told.
#[derive(Debug, Clone, PartialEq, Config, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Channel {
    /// Nobody.
    Nobody,
    /// By mail.
    Mail(#[config(validate(email))] String),
    /// By a call of another service.
    Call {
        #[config(validate(url))]
        url: String,
        secret: Option<Secret<String>>,
    },
}

#[derive(Debug, Clone, PartialEq, Config, Serialize)]
#[serde(tag = "by", content = "with", rename_all = "snake_case")]
pub(crate) enum Payment {
    Cash,
    Card {
        /// Which cards are taken.
        brands: Vec<String>,
    },
}

#[derive(Debug, Clone, PartialEq, Config, Serialize)]
#[serde(untagged)]
pub(crate) enum Fallback {
    Word(String),
    Rule {
        /// Tries before it is given up.
        tries: u8,
    },
}

/// An entry of the menu.
#[derive(Debug, Clone, PartialEq, Config, Serialize)]
pub(crate) struct Entry {
    pub(crate) title: String,
    #[config(nested, default)]
    pub(crate) entries: Vec<Entry>,
}

#[derive(Debug, Clone, PartialEq, Config, Serialize)]
#[config(unknown_keys = "allow", relaxed_keys)]
pub(crate) struct Plugins {
    /// Where they are.
    #[config(default = "plugins")]
    pub(crate) search_path: PathBuf,
    #[config(flatten)]
    #[serde(flatten)]
    pub(crate) others: HashMap<String, serde_json::Value>,
}

/// What has to be given, and nothing else.
pub(crate) const LEAST: &str = r#"
name = "Orders"
port = 8080
database = { host = "localhost", password = "hunter2" }
store = { type = "memory" }
"#;

#[test]
fn it_is_sound_and_loads_from_what_has_to_be_given() {
    confkit::testing::check_declaration::<Everything>().unwrap();
    let settings = Everything::loader()
        .unknown_keys(Unknown::Deny)
        .text(Format::Toml, "least.toml", LEAST)
        .load()
        .unwrap();
    assert_eq!((settings.workers, settings.limits.connections, settings.started), (4, 100, 7));
    assert_eq!(settings.store, Store::Memory);
}
