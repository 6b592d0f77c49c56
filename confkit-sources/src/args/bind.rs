//! From arguments to a document.

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};

use lexopt::{Arg, Parser};

use super::find::{self, Found};
use super::names::{Declared, declared_arguments};
use super::{Bound, Finding, Names};
use crate::declared::Kind;
use crate::json_text::JsonText;
use crate::origin::{ARGUMENTS, Origin, OriginKind};
use crate::path::{self, Segment};
use crate::tree::{At, Tree};

/// Binds arguments to the names of one or more declarations.
///
/// A value follows its argument as the next word, behind `=`, or directly behind a letter. As the
/// next word it cannot begin with `-`, except for `-` itself and negative numbers. Lists and maps
/// that are given more than once are appended. `--` ends the arguments.
///
/// # Example
///
/// ```
/// use confkit_sources::args::{Names, bind};
/// use confkit_sources::declared::{ArgName, Content, Field, Kind, Metadata, ValueKind};
///
/// static SETTINGS: Metadata = Metadata {
///     fields: &[Field {
///         key: "port",
///         arg: ArgName { short: Some('p'), ..ArgName::DERIVED },
///         content: Content::Value(|| ValueKind::new(Kind::Text)),
///         ..Field::EMPTY
///     }],
///     ..Metadata::EMPTY
/// };
/// let names = Names { section: &[], metadata: &SETTINGS };
/// for words in [&["--port", "80"][..], &["--port=80"], &["-p80"], &["-p", "80"]] {
///     let words: Vec<_> = words.iter().map(Into::into).collect();
///     let bound = bind(&words, &[names]);
///     assert_eq!(bound.document.root().get("port").unwrap().text(), "80");
/// }
/// ```
pub fn bind(words: &[OsString], names: &[Names<'_>]) -> Bound {
    let mut binder = Binder::new(names);
    let mut parser = Parser::from_args(words.iter());
    loop {
        match parser.next() {
            Ok(Some(Arg::Long(name))) => {
                let name = name.to_owned();
                binder.long(name, &mut parser);
            }
            Ok(Some(Arg::Short(letter))) => binder.short(letter, &mut parser),
            Ok(Some(Arg::Value(_))) => {
                let left = parser.try_raw_args().map_or(0, |rest| rest.as_slice().len());
                let switch = binder.last_switch.take().map(|(_, name)| name);
                binder.findings.push(Finding::Stray { position: words.len() - left, switch });
            }
            // Only a letter that was taken for a switch leaves its value behind.
            Err(lexopt::Error::UnexpectedValue { value, .. }) => binder.correct(value),
            Ok(None) | Err(_) => break,
        }
    }
    binder.finish()
}

/// The values of one setting, each with its argument.
struct Group {
    path: Vec<Segment<'static>>,
    kind: Kind,
    delimiter: char,
    values: Vec<(String, String)>,
}

struct Binder<'a> {
    names: &'a [Names<'a>],
    declared: Vec<Declared>,
    groups: Vec<Group>,
    /// Where the group of a path is.
    places: HashMap<Vec<Segment<'static>>, usize>,
    /// The group of the switch that came last, and its name.
    last_switch: Option<(usize, String)>,
    findings: Vec<Finding>,
    withheld: Vec<String>,
    help: bool,
}

impl<'a> Binder<'a> {
    fn new(names: &'a [Names<'a>]) -> Self {
        Self {
            names,
            declared: names.iter().flat_map(declared_arguments).collect(),
            groups: Vec::new(),
            places: HashMap::new(),
            last_switch: None,
            findings: Vec::new(),
            withheld: Vec::new(),
            help: false,
        }
    }

    fn long(&mut self, name: String, parser: &mut Parser) {
        self.last_switch = None;
        let (name, attached) = requoted(name, parser.optional_value());
        if name == "help" {
            self.help = true;
            return;
        }
        if let Some(found) = self.find(&name) {
            return self.found(found, format!("--{name}"), attached, parser);
        }
        let positive = name.strip_prefix("no-").and_then(|name| self.find(name));
        match positive.filter(|found| !found.is_inside && find::is_switch(found.field)) {
            Some(found) => self.negated(&found, format!("--{name}"), attached.is_some()),
            None => self.unknown(format!("--{}", shown(&name)), attached, parser),
        }
    }

    fn short(&mut self, letter: char, parser: &mut Parser) {
        self.last_switch = None;
        if letter == 'h' {
            self.help = true;
            return;
        }
        let name = format!("-{letter}");
        let own = self.declared.iter().find(|one| one.short == Some(letter));
        match own.and_then(|one| self.setting(&one.path)) {
            Some(found) if !found.is_secret && find::is_switch(found.field) => {
                self.give(&found, name, "true".to_owned());
            }
            Some(found) => {
                let attached = parser.optional_value();
                self.found(found, name, attached, parser);
            }
            None => {
                let attached = parser.optional_value();
                self.unknown(name, attached, parser);
            }
        }
    }

    /// Finds a setting by a name in lower case, or by its path.
    fn find(&self, name: &str) -> Option<Found> {
        let plain = self.declared.iter().filter(|one| !one.is_dynamic && one.long == name);
        // What can be given is meant before a secret that would have the same name.
        let one = plain.min_by_key(|one| one.is_secret);
        one.and_then(|one| self.setting(&one.path)).or_else(|| self.setting(name))
    }

    fn setting(&self, path: &str) -> Option<Found> {
        let path = path::parse(path).ok()?;
        self.names.iter().find_map(|names| find::setting(names, &path))
    }

    fn found(&mut self, found: Found, name: String, attached: Option<OsString>, parser: &mut Parser) {
        let names = self.names;
        let path = || present(names, &found.path);
        if found.is_secret {
            self.findings.push(Finding::Secret { name, path: path() });
            // The value belongs to it all the same.
            let value = attached.or_else(|| next_value(parser));
            self.withheld.extend(value.map(|value| value.to_string_lossy().into_owned()));
            return;
        }
        let is_switch = !found.is_inside && find::is_switch(found.field);
        let value = match attached {
            None if is_switch => return self.give(&found, name, "true".to_owned()),
            None => next_value(parser),
            attached => attached,
        };
        match value.map(OsString::into_string) {
            Some(Ok(text)) => self.give(&found, name, text),
            Some(Err(_)) => self.findings.push(Finding::Encoding { name, path: path() }),
            None => self.findings.push(Finding::NoValue { name, path: path() }),
        }
    }

    fn negated(&mut self, found: &Found, name: String, has_value: bool) {
        let names = self.names;
        let path = || present(names, &found.path);
        if found.is_secret {
            self.findings.push(Finding::Secret { name, path: path() });
        } else if has_value {
            self.findings.push(Finding::NeedlessValue { name, path: path() });
        } else {
            self.give(found, name, "false".to_owned());
        }
    }

    fn unknown(&mut self, name: String, attached: Option<OsString>, parser: &mut Parser) {
        self.findings.push(Finding::Unknown { name });
        // What follows is its value more likely than a word of its own.
        let _ = attached.or_else(|| next_value(parser));
    }

    fn give(&mut self, found: &Found, name: String, text: String) {
        let place = *self.places.entry(found.path.clone()).or_insert_with(|| {
            self.groups.push(Group {
                path: found.path.clone(),
                kind: found.kind(),
                delimiter: found.field.env_delimiter(),
                values: Vec::new(),
            });
            self.groups.len() - 1
        });
        if !found.is_inside && find::is_switch(found.field) {
            self.last_switch = Some((place, name.clone()));
        }
        self.groups[place].values.push((name, text));
    }

    /// `-v=false`: the letter was taken for a switch before its value was seen.
    fn correct(&mut self, value: OsString) {
        let Some((place, name)) = self.last_switch.take() else { return };
        let group = &mut self.groups[place];
        group.values.pop();
        match value.into_string() {
            Ok(text) => group.values.push((name, text)),
            Err(_) => self.findings.push(Finding::Encoding { name, path: path::to_string(&group.path) }),
        }
    }

    fn finish(self) -> Bound {
        let Self { mut groups, mut findings, withheld, help, .. } = self;
        // A whole goes before its parts, in whatever order they are written.
        groups.sort_by_key(|group| group.path.len());
        let mut tree = Tree::new(OriginKind::Argument, ARGUMENTS);
        for group in groups {
            group.place(&mut tree, &mut findings);
        }
        let (document, parts) = tree.into_documents();
        Bound { document, parts, findings, withheld, help }
    }
}

impl Group {
    fn place(self, tree: &mut Tree<'_>, findings: &mut Vec<Finding>) {
        let Self { path, kind, delimiter, values } = self;
        let is_repeated = values.len() > 1;
        if is_repeated && kind == Kind::List {
            let given = values.iter().find(|(_, text)| !text.trim().is_empty());
            let elements = values.iter().flat_map(|(name, text)| {
                elements(text, delimiter).into_iter().map(|text| (text, Origin::argument(name.clone())))
            });
            let elements: Vec<(String, Origin)> = elements.collect();
            return match given {
                Some((name, _)) if elements.is_empty() => insert(tree, &path, "[]", name.clone(), findings),
                _ => tree.insert_list(&path, elements),
            };
        }
        let takes_entries = is_repeated && matches!(kind, Kind::Map | Kind::Structure(_));
        for (name, text) in values {
            let entries = if takes_entries { entries(&text, delimiter) } else { None };
            let Some(entries) = entries else {
                insert(tree, &path, &text, name, findings);
                continue;
            };
            for (key, text) in entries {
                let path: Vec<Segment<'_>> = path.iter().cloned().chain([Segment::key(key)]).collect();
                insert(tree, &path, &text, name.clone(), findings);
            }
        }
    }
}

fn insert(tree: &mut Tree<'_>, path: &[Segment<'_>], text: &str, name: String, findings: &mut Vec<Finding>) {
    if let Err(first) = tree.insert(path, text, At::Name(&name)) {
        findings.push(Finding::Conflict { path: path::to_string(path), first, second: name });
    }
}

/// The elements of one text of a list that is given several times: as the reader splits a whole.
fn elements(text: &str, delimiter: char) -> Vec<String> {
    let text = text.trim();
    if text.is_empty() || text == "[]" {
        return Vec::new();
    }
    match json(text) {
        Some(JsonText::List(values)) => values.into_iter().map(JsonText::into_text).collect(),
        _ => text.split(delimiter).map(|text| text.trim().to_owned()).collect(),
    }
}

/// The entries of one text of a map that is given several times; `None` if it has another form,
/// which the reader tells.
fn entries(text: &str, delimiter: char) -> Option<Vec<(String, String)>> {
    let text = text.trim();
    if text.is_empty() {
        return Some(Vec::new());
    }
    if let Some(JsonText::Table(entries)) = json(text) {
        return Some(entries.into_iter().map(|(key, value)| (key, value.into_text())).collect());
    }
    let pair = |pair: &str| {
        let (key, value) = pair.split_once('=')?;
        Some((key.trim().to_owned(), value.trim().to_owned()))
    };
    text.split(delimiter).map(pair).collect()
}

fn json(text: &str) -> Option<JsonText> {
    if text.starts_with(['[', '{']) { JsonText::read(text) } else { None }
}

/// A setting as reports name it.
fn present(names: &[Names<'_>], path: &[Segment<'_>]) -> String {
    let present = |names: &Names<'_>| crate::declared::find::present(names.metadata, names.section, path);
    names.iter().find_map(present).map_or_else(|| path::to_string(path), |path| path::to_string(&path))
}

/// Takes the next word if it can be a value.
fn next_value(parser: &mut Parser) -> Option<OsString> {
    parser.try_raw_args()?.next_if(is_value)
}

/// Whether a word is a value and no argument: `-` and negative numbers are.
fn is_value(word: &OsStr) -> bool {
    match word.as_encoded_bytes() {
        [b'-', second, ..] => second.is_ascii_digit() || *second == b'.',
        _ => true,
    }
}

/// A key in quotation marks may hold the `=` at which the word was split.
fn requoted(name: String, attached: Option<OsString>) -> (String, Option<OsString>) {
    let is_open = |text: &str| text.replace("\\\"", "").matches('"').count() % 2 == 1;
    match attached.as_ref().and_then(|value| value.to_str()) {
        Some(value) if is_open(&name) => {
            let whole = format!("{name}={value}");
            let end = whole.match_indices('=').map(|(at, _)| at).find(|&at| !is_open(&whole[..at]));
            match end {
                Some(end) => (whole[..end].to_owned(), Some(whole[end + 1..].into())),
                None => (whole, None),
            }
        }
        _ => (name, attached),
    }
}

/// A name that no setting has, up to where it cannot be a name: a value may follow there.
fn shown(name: &str) -> String {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '[' | ']');
    match name.find(|c| !fits(c)) {
        Some(end) => format!("{}…", &name[..end]),
        None => name.to_owned(),
    }
}
