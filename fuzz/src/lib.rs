//! What the fuzz targets share: the type that is loaded, and the promises every report keeps.

use std::collections::BTreeMap;

use confkit::{Config, Format, Report, Secret, System, Warnings};
use confkit_sources::{Document, NodeKind, NodeRef, OriginKind};

/// Settings with one field of every shape that reading treats apart.
#[derive(Debug, Config)]
#[config(env_prefix = "APP")]
pub struct Settings {
    /// Text is taken as it is.
    #[config(default = "orders")]
    pub name: String,
    /// A number with limits.
    #[config(default = 4, validate(range(min = 1, max = 64)), arg(short = 'w'))]
    pub workers: u16,
    /// Words of several spellings.
    #[config(default = false, arg(short = 'd'))]
    pub debug: bool,
    /// Fractions, infinities and such.
    #[config(default = 0.5)]
    pub ratio: f64,
    /// Text with a unit.
    pub timeout: Option<std::time::Duration>,
    /// Never shown.
    #[config(secret)]
    pub password: Option<Secret<String>>,
    /// One of a few words.
    #[config(default = "info")]
    pub level: Level,
    /// Lists of leaves are read element by element.
    #[config(default = [])]
    pub hosts: Vec<String>,
    /// Maps of leaves take any key.
    #[config(default)]
    pub labels: BTreeMap<String, i64>,
    /// A section that may be absent.
    #[config(nested)]
    pub database: Option<Database>,
    /// Sections in a list.
    #[config(nested, default)]
    pub servers: Vec<Server>,
    /// Sections in a map.
    #[config(nested, default)]
    pub peers: BTreeMap<String, Server>,
    /// A section in several forms, named by its key.
    #[config(nested)]
    pub store: Option<Store>,
    /// Forms named beside their keys, in a list.
    #[config(nested, default)]
    pub rules: Vec<Rule>,
    /// The first form that fits.
    #[config(nested)]
    pub key: Option<Key>,
}

/// Forms by key.
#[derive(Debug, Config)]
#[config(rename_all = "kebab-case")]
pub enum Store {
    /// Nothing.
    Memory,
    /// A section.
    Disk(#[config(nested)] Database),
    /// A value.
    Port(#[config(validate(range(min = 1)))] u16),
}

/// Forms by tag.
#[derive(Debug, Config)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Rule {
    /// A value.
    Name {
        /// Which.
        name: String,
    },
    /// Itself.
    Any {
        /// Several.
        #[config(nested, default)]
        rules: Vec<Rule>,
    },
}

/// Forms without a name.
#[derive(Debug, Config)]
#[serde(untagged)]
pub enum Key {
    /// Never shown.
    Text(#[config(secret)] Secret<String>),
    /// Shown.
    Parts {
        /// One.
        a: u16,
        /// Itself.
        #[config(nested)]
        b: Option<Box<Key>>,
    },
}

/// A choice.
#[derive(Debug, Config)]
#[config(rename_all = "kebab-case")]
pub enum Level {
    /// Little.
    Info,
    /// Much.
    VeryVerbose,
}

/// A section.
#[derive(Debug, Config)]
pub struct Database {
    /// Required once the section is there.
    pub host: String,
    /// Narrower than what a file can say.
    #[config(default = 5432)]
    pub port: u16,
}

/// An element.
#[derive(Debug, Config)]
pub struct Server {
    /// An address.
    pub address: std::net::SocketAddr,
    /// How much it takes.
    #[config(default = 1)]
    pub weight: u8,
}

/// Loads the settings from one text; the report is judged.
pub fn load(format: Format, text: &str) {
    let loader = Settings::loader().system(System::memory()).warnings(Warnings::Ignore);
    if let Err(report) = loader.text(format, "input", text).load() {
        judge(&report);
    }
}

/// Every node has its places inside the text.
pub fn sound(document: &Document) {
    for node in document.nodes() {
        let spans = [node.span(), node.key_span()];
        assert!(spans.into_iter().flatten().all(|span| document.text().get(span).is_some()));
    }
}

/// Renders a report every way there is; none may contain what could steer a terminal.
pub fn judge(report: &Report) {
    clean(&report.to_string());
    clean(&report.to_json());
    for problem in report.problems() {
        clean(&problem.message().to_string());
    }
}

/// Fails on control and bidirectional characters, line ends aside.
pub fn clean(text: &str) {
    for c in text.chars() {
        let steers = matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        assert!(!steers && (!c.is_control() || c == '\n'), "{c:?} in {text:?}");
    }
}

/// Variables from lines of `NAME=value`; a name without the prefix gets it, so that most lines bind.
pub fn variables(text: &str) -> Vec<(String, String)> {
    let lines = text.lines().filter_map(|line| line.split_once('='));
    let named =
        lines.filter(|(name, value)| !name.is_empty() && !name.contains('\0') && !value.contains('\0'));
    named
        .map(|(name, value)| match name.strip_prefix('!') {
            Some(foreign) => (foreign.to_owned(), value.to_owned()),
            None => (format!("APP_{name}"), value.to_owned()),
        })
        .collect()
}

/// The words of a command line, one for each line. Where the system allows it they need not be UTF-8.
pub fn words(data: &[u8]) -> Vec<std::ffi::OsString> {
    #[cfg(unix)]
    let word = |line: &[u8]| std::os::unix::ffi::OsStringExt::from_vec(line.to_vec());
    #[cfg(not(unix))]
    let word = |line: &[u8]| String::from_utf8_lossy(line).into_owned().into();
    data.split(|byte| *byte == b'\n').map(word).collect()
}

/// Reads a text; whoever refuses it says why, at a place that exists.
pub fn read(format: Format, text: &str) -> Option<Document> {
    match format.read(OriginKind::Text, "input", text.to_owned()) {
        Ok(document) => {
            sound(&document);
            Some(document)
        }
        Err((_, errors)) => {
            assert!(!errors.is_empty(), "refused without a reason: {text:?}");
            assert!(errors.iter().all(|error| error.span.start <= text.len()));
            None
        }
    }
}

/// Every value of a format without types, with the keys that lead to it.
pub fn leaves(document: &Document) -> Vec<(Vec<String>, String)> {
    fn collect(node: NodeRef<'_>, path: &[String], found: &mut Vec<(Vec<String>, String)>) {
        for (key, inner) in node.entries() {
            let path = [path, &[key.to_owned()]].concat();
            match inner.kind() {
                NodeKind::Table => collect(inner, &path, found),
                NodeKind::Text => found.push((path, inner.text().to_owned())),
                kind => panic!("{kind:?} in a format without types"),
            }
        }
    }
    let mut found = Vec::new();
    collect(document.root(), &[], &mut found);
    found
}

/// The same lines with the other kind of end mean the same.
pub fn same_with_other_line_ends(format: Format, text: &str, expected: Option<&Document>) {
    if !text.contains('\r') {
        let other = read(format, &text.replace('\n', "\r\n"));
        assert_eq!(other.as_ref().map(leaves), expected.map(leaves), "{text:?}");
    }
}

/// A text between double quotation marks, as INI and dotenv have it.
pub fn quoted(text: &str) -> String {
    let mut written = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => written.extend(['\\', c]),
            '\n' => written.push_str("\\n"),
            '\r' => written.push_str("\\r"),
            c => written.push(c),
        }
    }
    written + "\""
}
