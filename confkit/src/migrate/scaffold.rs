//! A step to begin with, from the schemas of two versions.

use std::collections::BTreeMap;
use std::fmt;
use std::fmt::Write as _;

use confkit_sources::path;
use serde_json::Value;

use super::shape::{Shape, shapes};

/// A schema that is none.
///
/// # Example
///
/// ```
/// use confkit::migrate::scaffold;
///
/// let error = scaffold("{", "{}").unwrap_err();
/// assert_eq!(error.to_string(), "the old schema is not JSON");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScaffoldError {
    which: &'static str,
}

impl fmt::Display for ScaffoldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the {} schema is not JSON", self.which)
    }
}

impl std::error::Error for ScaffoldError {}

/// Writes a step in Rust from the JSON Schemas of two versions, for somebody to finish.
///
/// What is gone and what is new is put together where key, place and kind make it likely; each guess says
/// so. Kinds that differ become a `map`, what is gone a `remove`, and what is new and required a function.
/// Code that only a person knows is `todo!`.
///
/// # Errors
///
/// A text that is not JSON.
///
/// # Example
///
/// ```
/// use confkit::migrate::scaffold;
///
/// let old = r#"{"properties": {"prot": {"type": "integer"}, "timeout": {"type": "integer"}}}"#;
/// let new = r#"{"properties": {"port": {"type": "integer"}, "timeout": {"type": "string"}},
///               "x-confkit": {"version": 2}}"#;
/// assert_eq!(scaffold(old, new)?, "\
/// /// To version 2: `Migrations::new().step(2, to_version_2)`.
/// fn to_version_2(step: Step) -> Step {
///     step
///         // A guess: `prot` is gone, `port` is new, and both are integers.
///         .rename(\"prot\", \"port\")
///         // `timeout` was an integer and is a string.
///         .map(\"timeout\", |old: i64| todo!(), |new: String| todo!())
/// }
/// ");
/// # Ok::<(), confkit::migrate::ScaffoldError>(())
/// ```
pub fn scaffold(old: &str, new: &str) -> Result<String, ScaffoldError> {
    let parsed = |which, text| serde_json::from_str(text).map_err(|_| ScaffoldError { which });
    let (old, new): (Value, Value) = (parsed("old", old)?, parsed("new", new)?);
    let stated = |schema: &Value| schema["x-confkit"]["version"].as_u64();
    let version = stated(&new).or_else(|| stated(&old).map(|old| old + 1)).unwrap_or(2);
    let mut text = format!(
        "/// To version {version}: `Migrations::new().step({version}, to_version_{version})`.\n\
         fn to_version_{version}(step: Step) -> Step {{\n    step\n",
    );
    for Line { about, call } in lines(&shapes(&old), &shapes(&new)) {
        if let Some(about) = about {
            let _ = writeln!(text, "        // {about}");
        }
        let _ = writeln!(text, "        .{call}");
    }
    text.push_str("}\n");
    Ok(text)
}

/// One call, and what a person has to know about it.
struct Line {
    about: Option<String>,
    call: String,
}

type Shapes = BTreeMap<String, Shape>;

fn lines(old: &Shapes, new: &Shapes) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut added: BTreeMap<&str, &Shape> = missing(new, old).collect();
    let mut settled: Vec<&str> = Vec::new();
    for (path, shape) in missing(old, new) {
        if is_inside(path, &settled) {
            continue;
        }
        match heir(path, shape, &added) {
            Some(to) => {
                settled.push(path);
                let about =
                    format!("A guess: `{path}` is gone, `{to}` is new, and both are {}.", shape.plural());
                added.retain(|other, _| *other != to && !is_inside(other, &[to]));
                lines.push(Line { about: Some(about), call: relocation(path, to) });
            }
            None if shape.is_table() => {}
            None => {
                let call = format!("remove({path:?})");
                lines.push(Line { about: Some(format!("`{path}` is gone.")), call });
            }
        }
    }
    for (path, shape) in old {
        let Some(other) = new.get(path).filter(|other| other.kind() != shape.kind()) else { continue };
        let about = format!("`{path}` was {} and is {}.", shape.noun(), other.noun());
        let (from, to) = (shape.rust(), other.rust());
        let call = format!("map({path:?}, |old: {from}| todo!(), |new: {to}| todo!())");
        lines.push(Line { about: Some(about), call });
    }
    for (path, _) in added.iter().filter(|(_, shape)| shape.is_required() && !shape.is_table()) {
        let about = format!("`{path}` is new and required: give it here, or a default in the declaration.");
        let call = format!("function_up(|values| values.set({path:?}, todo!()))");
        lines.push(Line { about: Some(about), call });
    }
    lines
}

/// What one version has and the other has not.
fn missing<'s>(these: &'s Shapes, others: &'s Shapes) -> impl Iterator<Item = (&'s str, &'s Shape)> {
    these.iter().filter(|(path, _)| !others.contains_key(*path)).map(|(path, shape)| (path.as_str(), shape))
}

fn is_inside(path: &str, tables: &[&str]) -> bool {
    tables.iter().any(|table| path.strip_prefix(table).is_some_and(|rest| rest.starts_with(['.', '['])))
}

/// The new setting that probably is the old one: under another path with the same key, or the only one of
/// its kind beside it.
fn heir<'s>(path: &str, shape: &Shape, added: &BTreeMap<&'s str, &'s Shape>) -> Option<&'s str> {
    let (parent, key) = split(path);
    let alike = || added.iter().filter(|(_, other)| other.is_like(shape)).map(|(path, _)| *path);
    let only = |mut found: Vec<&'s str>| if found.len() == 1 { found.pop() } else { None };
    let is_movable =
        |to: &&str| to.matches("[]").count() == path.matches("[]").count() && lists(to) == lists(path);
    only(alike().filter(|other| split(other).1 == key).filter(is_movable).collect())
        .or_else(|| only(alike().filter(|other| split(other).0 == parent).collect()))
}

/// The part of a path up to its last list.
fn lists(path: &str) -> &str {
    path.rfind("[]").map_or("", |at| &path[..at])
}

fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('.').unwrap_or(("", path))
}

fn relocation(from: &str, to: &str) -> String {
    let ((before, _), (after, key)) = (split(from), split(to));
    if before != after {
        return format!("move_to({from:?}, {to:?})");
    }
    // A key in quotation marks is given as it is.
    let key = match path::parse(key).ok().and_then(|mut path| path.pop()) {
        Some(path::Segment::Key(key)) => key.into_owned(),
        _ => key.to_owned(),
    };
    format!("rename({from:?}, {key:?})")
}
