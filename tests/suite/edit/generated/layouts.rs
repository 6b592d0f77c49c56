//! One tree written in many ways: comments above and behind, blank lines, one line or several,
//! headers and dotted keys, block and flow. Every line and every comment is known by what it is about.

use confkit_sources::{Format, path};
use proptest::prelude::*;
use serde_json::{Map, Value};

use super::Edit;

/// How a tree is written, chosen by a number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    seed: u64,
}

impl Arbitrary for Layout {
    type Parameters = ();
    type Strategy = BoxedStrategy<Self>;

    fn arbitrary_with((): ()) -> BoxedStrategy<Self> {
        any::<u64>().prop_map(|seed| Self { seed }).boxed()
    }
}

/// A text of which it is known what each line is about.
pub(super) struct Written {
    pub(super) text: String,
    lines: Vec<Line>,
}

struct Line {
    text: String,
    owner: String,
    note: Option<String>,
}

impl Layout {
    pub(super) fn write(self, format: Format, tree: &Map<String, Value>) -> Written {
        let mut pen = Pen { state: self.seed, notes: 0, lines: Vec::new(), mark: "#", has_notes: true };
        match format.as_str() {
            "toml" => pen.toml(tree, "", ""),
            "yaml" => {
                if pen.chance(5) {
                    pen.line("---".to_owned(), "");
                }
                let step = if pen.chance(3) { 4 } else { 2 };
                pen.yaml(tree, "", 0, step, "");
            }
            "json" | "jsonc" | "json5" => pen.json_document(format, tree),
            "ini" => pen.ini(tree, "", ""),
            "dotenv" => pen.dotenv(tree),
            "properties" => {
                if pen.chance(4) {
                    pen.mark = "!";
                }
                pen.properties(tree, "", "");
            }
            other => panic!("{other}"),
        }
        pen.finish(format)
    }
}

/// Whether `owner` is what `path` leads to, or inside it.
fn is_inside(owner: &str, path: &str) -> bool {
    owner.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

fn parent(path: &str) -> String {
    let segments = path::parse(path).unwrap_or_default();
    path::to_string(&segments[..segments.len().saturating_sub(1)])
}

/// Lines that the edit is not about are all there, in their order and byte for byte; so are comments
/// beside what was edited.
pub(super) fn assert_untouched(written: &Written, after: &str, edit: &Edit, context: &impl Fn() -> String) {
    let path = match edit {
        Edit::Set(path, _) | Edit::Remove(path) | Edit::Rename(path, _) | Edit::Append(path, _) => path,
    };
    let is_renamed = matches!(edit, Edit::Rename(..));
    // Of tables on the way that are made the first one is new.
    let mut near = parent(path);
    while !near.is_empty() && !written.lines.iter().any(|line| is_inside(&line.owner, &near)) {
        near = parent(&near);
    }
    let mark = '\u{feff}';
    let mut rest: Vec<&str> = after.trim_start_matches(mark).split_inclusive('\n').collect();
    let mut near_rest = rest.clone();
    rest.reverse();
    let mut changed_near = 0;
    for line in &written.lines {
        let is_own = is_inside(&line.owner, path);
        if let Some(note) = line.note.as_ref().filter(|_| !is_own || is_renamed) {
            assert!(after.contains(note.as_str()), "{note} is gone: {}\n=>\n{after}", context());
        }
        if line.text.trim().is_empty() || is_own {
            continue;
        }
        let text = line.text.trim_start_matches(mark);
        // The last line of a text may have no end, and may get or lose one.
        let is_open = |text: &str| !text.ends_with('\n');
        let is_same = |other: &&str| {
            *other == text
                || ((is_open(other) || is_open(text))
                    && other.trim_end_matches(['\r', '\n']) == text.trim_end_matches(['\r', '\n']))
        };
        let is_near = line.owner == near || parent(&line.owner) == near || is_inside(&near, &line.owner);
        if is_near {
            match near_rest.iter().position(is_same) {
                Some(at) => drop(near_rest.remove(at)),
                None => changed_near += 1,
            }
        } else {
            let at = rest.iter().rposition(is_same);
            let at = at
                .unwrap_or_else(|| panic!("{text:?} of {} is gone: {}\n=>\n{after}", line.owner, context()));
            rest.truncate(at);
        }
    }
    assert!(changed_near <= 2, "{changed_near} lines beside it changed: {}\n=>\n{after}", context());
}

struct Pen {
    state: u64,
    notes: usize,
    lines: Vec<Line>,
    mark: &'static str,
    has_notes: bool,
}

impl Pen {
    /// splitmix64.
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn chance(&mut self, one_in: u64) -> bool {
        self.next().is_multiple_of(one_in)
    }

    fn line(&mut self, text: String, owner: &str) {
        self.lines.push(Line { text, owner: owner.to_owned(), note: None });
    }

    /// A line that may have a comment at its end.
    fn noted(&mut self, text: String, owner: &str) {
        if !self.has_notes || !self.chance(4) {
            return self.line(text, owner);
        }
        let note = self.note();
        self.lines.push(Line {
            text: format!("{text} {} {note}", self.mark),
            owner: owner.to_owned(),
            note: Some(note),
        });
    }

    fn note(&mut self) -> String {
        self.notes += 1;
        format!("note{}.", self.notes)
    }

    /// Blank lines and comments before an entry. Those directly above are about it.
    fn above(&mut self, indent: &str, owner: &str) {
        if self.has_notes && self.chance(8) {
            let note = self.note();
            let text = format!("{indent}{} {note}", self.mark);
            self.lines.push(Line { text, owner: parent(owner), note: Some(note) });
            self.line(String::new(), &parent(owner));
        }
        if self.chance(6) {
            self.line(String::new(), &parent(owner));
        }
        if self.has_notes && self.chance(4) {
            let note = self.note();
            let text = format!("{indent}{} {note}", self.mark);
            self.lines.push(Line { text, owner: owner.to_owned(), note: Some(note) });
        }
    }

    fn finish(mut self, format: Format) -> Written {
        let end = if self.chance(4) { "\r\n" } else { "\n" };
        if self.has_notes && self.chance(6) {
            self.line(String::new(), "");
            let note = self.note();
            self.lines.push(Line {
                text: format!("{} {note}", self.mark),
                owner: String::new(),
                note: Some(note),
            });
        }
        let is_open = self.chance(5) && !self.lines.is_empty();
        let cut = |line: Line| {
            let parts: Vec<String> = line.text.split('\n').map(|part| format!("{part}{end}")).collect();
            let last = parts.len() - 1;
            let own = move |(at, text)| Line {
                text,
                owner: line.owner.clone(),
                note: line.note.clone().filter(|_| at == last),
            };
            parts.into_iter().enumerate().map(own).collect::<Vec<_>>()
        };
        self.lines = self.lines.into_iter().flat_map(cut).collect();
        if is_open && let Some(last) = self.lines.last_mut() {
            last.text.truncate(last.text.len() - end.len());
        }
        if self.chance(8)
            && format.as_str() != "dotenv"
            && let Some(first) = self.lines.first_mut()
        {
            first.text.insert(0, '\u{feff}');
        }
        let text = self.lines.iter().map(|line| &*line.text).collect();
        Written { text, lines: self.lines }
    }

    fn toml(&mut self, tree: &Map<String, Value>, at: &str, header: &str) {
        let indent = if self.chance(5) { "  " } else { "" };
        let mut sections = Vec::new();
        for (key, value) in tree {
            let path = joined(at, key);
            let is_tables = |value: &Value| {
                value.as_array().is_some_and(|items| !items.is_empty() && items.iter().all(Value::is_object))
            };
            match value {
                Value::Object(inner) if self.chance(6) && !inner.is_empty() => {
                    // Dotted keys, one after the other.
                    for (inner, value) in inner {
                        let path = joined(&path, inner);
                        self.above(indent, &path);
                        let value = self.toml_value(value);
                        self.noted(format!("{indent}{}.{} = {value}", toml_key(key), toml_key(inner)), &path);
                    }
                }
                Value::Object(_) if !self.chance(3) => sections.push((key, value)),
                value if is_tables(value) && !self.chance(3) => sections.push((key, value)),
                Value::Array(items) if !items.is_empty() && self.chance(2) => {
                    self.above(indent, &path);
                    self.noted(format!("{indent}{} = [", toml_key(key)), &path);
                    for (index, item) in items.iter().enumerate() {
                        let path = format!("{path}[{index}]");
                        let comma = if index + 1 == items.len() && self.chance(2) { "" } else { "," };
                        let item = self.toml_value(item);
                        self.noted(format!("{indent}  {item}{comma}"), &path);
                    }
                    self.noted(format!("{indent}]"), &path);
                }
                value => {
                    self.above(indent, &path);
                    let equals = if self.chance(5) { "=" } else { " = " };
                    let value = self.toml_value(value);
                    self.noted(format!("{indent}{}{equals}{value}", toml_key(key)), &path);
                }
            }
        }
        for (key, value) in sections {
            let (path, header) = (joined(at, key), format!("{header}{}", toml_key(key)));
            let tables: Vec<(String, &Value)> = match value {
                Value::Array(items) => {
                    items.iter().enumerate().map(|(index, item)| (format!("{path}[{index}]"), item)).collect()
                }
                value => vec![(path, value)],
            };
            for (path, table) in tables {
                let Value::Object(inner) = table else { panic!("{table}") };
                if !self.chance(4) {
                    self.line(String::new(), &parent(&path));
                }
                self.above("", &path);
                let brackets = if value.is_array() { ("[[", "]]") } else { ("[", "]") };
                self.noted(format!("{}{header}{}", brackets.0, brackets.1), &path);
                self.toml(inner, &path, &format!("{header}."));
            }
        }
    }

    fn toml_value(&mut self, value: &Value) -> String {
        match value {
            Value::String(text)
                if self.chance(2) && !text.contains(|c: char| c == '\'' || c.is_control()) =>
            {
                format!("'{text}'")
            }
            Value::Array(items) => {
                let items: Vec<String> = items.iter().map(|item| self.toml_value(item)).collect();
                let comma = if !items.is_empty() && self.chance(5) { "," } else { "" };
                format!("[{}{comma}]", items.join(", "))
            }
            Value::Object(entries) if entries.is_empty() => "{}".to_owned(),
            Value::Object(entries) => {
                let entries: Vec<String> = entries
                    .iter()
                    .map(|(key, value)| format!("{} = {}", toml_key(key), self.toml_value(value)))
                    .collect();
                if self.chance(4) {
                    format!("{{{}}}", entries.join(","))
                } else {
                    format!("{{ {} }}", entries.join(", "))
                }
            }
            value => value.to_string(),
        }
    }

    fn json_document(&mut self, format: Format, tree: &Map<String, Value>) {
        (self.mark, self.has_notes) = ("//", format.as_str() != "json");
        let indent = if self.chance(3) { "\t" } else { "  " };
        if self.chance(4) {
            let is_close = self.chance(3);
            let text = json_line(&Value::Object(tree.clone()), is_close);
            return self.noted(text, "");
        }
        self.json("", "", &Value::Object(tree.clone()), indent, 0, "");
    }

    fn json(&mut self, front: &str, at: &str, value: &Value, indent: &str, depth: usize, comma: &str) {
        let own = indent.repeat(depth);
        let is_long = match value {
            Value::Object(entries) => !entries.is_empty(),
            Value::Array(items) => !items.is_empty(),
            _ => false,
        };
        if !is_long || (depth > 0 && self.chance(3)) {
            let is_close = self.chance(3);
            return self.noted(format!("{own}{front}{}{comma}", json_line(value, is_close)), at);
        }
        let (open, close) = if value.is_object() { ('{', '}') } else { ('[', ']') };
        self.noted(format!("{own}{front}{open}"), at);
        let parts: Vec<(String, String, &Value)> = match value {
            Value::Object(entries) => entries
                .iter()
                .map(|(key, value)| (format!("{}: ", Value::from(&**key)), joined(at, key), value))
                .collect(),
            Value::Array(items) => items
                .iter()
                .enumerate()
                .map(|(index, item)| (String::new(), format!("{at}[{index}]"), item))
                .collect(),
            _ => Vec::new(),
        };
        let last = parts.len() - 1;
        for (index, (front, path, value)) in parts.into_iter().enumerate() {
            self.above(&indent.repeat(depth + 1), &path);
            let ends = self.has_notes && self.chance(4);
            let comma = if index < last || ends { "," } else { "" };
            self.json(&front, &path, value, indent, depth + 1, comma);
        }
        self.noted(format!("{own}{close}{comma}"), at);
    }

    fn yaml(&mut self, tree: &Map<String, Value>, at: &str, depth: usize, step: usize, first: &str) {
        for (index, (key, value)) in tree.iter().enumerate() {
            let path = joined(at, key);
            let (indent, front) = if index == 0 && !first.is_empty() {
                (String::new(), first.to_owned())
            } else {
                let indent = " ".repeat(depth);
                self.above(&indent, &path);
                (indent, String::new())
            };
            let key = yaml_text(key, false);
            self.yaml_value(&format!("{front}{indent}{key}:"), &path, value, depth, step);
        }
    }

    /// Writes a value behind what is on its line already.
    fn yaml_value(&mut self, front: &str, path: &str, value: &Value, depth: usize, step: usize) {
        let is_flow = self.chance(4);
        match value {
            Value::Object(entries) if !entries.is_empty() && !is_flow => {
                self.noted(front.to_owned(), path);
                self.yaml(entries, path, depth + step, step, "");
            }
            Value::Array(items) if !items.is_empty() && !is_flow => {
                self.noted(front.to_owned(), path);
                let depth =
                    if self.chance(3) && !front.trim_start().starts_with('-') { depth } else { depth + step };
                self.yaml_items(items, path, depth, step);
            }
            Value::String(text)
                if self.chance(3)
                    && text.ends_with('\n')
                    && text.trim_end_matches('\n').len() + 1 == text.len()
                    && text.starts_with(|c: char| c.is_ascii_alphanumeric())
                    && !text.contains('\t') =>
            {
                self.line(format!("{front} |"), path);
                for line in text.lines() {
                    let indent = if line.is_empty() { String::new() } else { " ".repeat(depth + step) };
                    self.line(format!("{indent}{line}"), path);
                }
            }
            value => {
                let value = self.yaml_flow(value, false);
                self.noted(format!("{front} {value}"), path);
            }
        }
    }

    fn yaml_items(&mut self, items: &[Value], path: &str, depth: usize, step: usize) {
        for (index, item) in items.iter().enumerate() {
            let path = format!("{path}[{index}]");
            let indent = " ".repeat(depth);
            self.above(&indent, &path);
            match item {
                Value::Object(entries) if !entries.is_empty() && !self.chance(4) => {
                    self.yaml(entries, &path, depth + 2, step, &format!("{indent}- "));
                }
                item => self.yaml_value(&format!("{indent}-"), &path, item, depth, step.max(2)),
            }
        }
    }

    fn yaml_flow(&mut self, value: &Value, is_inside: bool) -> String {
        match value {
            Value::String(text) => {
                let is_printable = !text.contains(|c: char| c.is_control());
                if self.chance(3) && is_printable {
                    return format!("'{}'", text.replace('\'', "''"));
                }
                yaml_text(text, is_inside)
            }
            Value::Array(items) => {
                let items: Vec<String> = items.iter().map(|item| self.yaml_flow(item, true)).collect();
                format!("[{}]", items.join(", "))
            }
            Value::Object(entries) if entries.is_empty() => "{}".to_owned(),
            Value::Object(entries) => {
                let entry = |(key, value): (&String, &Value)| {
                    format!("{}: {}", yaml_text(key, true), self.yaml_flow(value, true))
                };
                let entries: Vec<String> = entries.iter().map(entry).collect();
                if self.chance(2) {
                    format!("{{{}}}", entries.join(", "))
                } else {
                    format!("{{ {} }}", entries.join(", "))
                }
            }
            value => value.to_string(),
        }
    }

    fn ini(&mut self, tree: &Map<String, Value>, at: &str, header: &str) {
        self.mark = ["#", ";"][usize::from(self.chance(2))];
        let indent = if self.chance(6) { "  " } else { "" };
        let equals = [" = ", "=", ": "][(self.next() % 3) as usize];
        for (key, value) in tree.iter().filter(|(_, value)| value.is_string()) {
            let path = joined(at, key);
            self.above(indent, &path);
            let text = value.as_str().unwrap();
            let is_plain = text.chars().all(|c| c.is_ascii_alphanumeric()) && !text.is_empty();
            if is_plain && !self.chance(3) {
                // A comment behind it would be refused.
                self.line(format!("{indent}{key}{equals}{text}"), &path);
            } else {
                let escaped = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
                self.noted(format!("{indent}{key}{equals}\"{escaped}\""), &path);
            }
        }
        for (key, value) in tree {
            let Value::Object(inner) = value else { continue };
            let name = if key.contains(['.', ' ']) { format!("\"{key}\"") } else { key.clone() };
            let (path, header) = (joined(at, key), format!("{header}{name}"));
            self.line(String::new(), at);
            self.above("", &path);
            self.noted(format!("[{header}]"), &path);
            self.ini(inner, &path, &format!("{header}."));
        }
    }

    fn dotenv(&mut self, tree: &Map<String, Value>) {
        for (key, value) in tree {
            self.above("", key);
            let text = value.as_str().unwrap();
            let export = if self.chance(4) { "export " } else { "" };
            let is_plain = text.chars().all(|c| c.is_ascii_alphanumeric()) && !text.is_empty();
            let value = if is_plain && !self.chance(3) {
                text.to_owned()
            } else if !text.contains('\'') && self.chance(2) {
                format!("'{text}'")
            } else {
                format!(
                    "\"{}\"",
                    text.replace('\\', "\\\\").replace('"', "\\\"").replace('$', "\\$").replace('`', "\\`")
                )
            };
            self.noted(format!("{export}{key}={value}"), key);
        }
    }

    fn properties(&mut self, tree: &Map<String, Value>, at: &str, front: &str) {
        for (key, value) in tree {
            let path = joined(at, key);
            let name = key.replace('.', "\\.").replace(' ', "\\ ");
            match value {
                Value::Object(inner) => self.properties(inner, &path, &format!("{front}{name}.")),
                value => {
                    self.above("", &path);
                    let mut text = String::new();
                    for c in value.as_str().unwrap().chars() {
                        match c {
                            '\n' => text.push_str("\\n"),
                            '\t' => text.push_str("\\t"),
                            '\\' => text.push_str("\\\\"),
                            ' ' if text.is_empty() => text.push_str("\\ "),
                            '=' | ':' | '#' | '!' => text.extend(['\\', c]),
                            c => text.push(c),
                        }
                    }
                    let equals = ["=", " = ", ": ", " "][(self.next() % 4) as usize];
                    let equals = if text.is_empty() { "=" } else { equals };
                    let text = if text.len() > 3
                        && text.is_ascii()
                        && !text.contains('\\')
                        && !text.contains(' ')
                        && self.chance(4)
                    {
                        format!("{}\\\n    {}", &text[..2], &text[2..])
                    } else {
                        text
                    };
                    self.line(format!("{front}{name}{equals}{text}"), &path);
                }
            }
        }
    }
}

fn joined(at: &str, key: &str) -> String {
    let mut path = at.to_owned();
    path::push_key(&mut path, key);
    path
}

fn toml_key(key: &str) -> String {
    let is_bare = key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    if is_bare { key.to_owned() } else { format!("\"{key}\"") }
}

fn json_line(value: &Value, is_close: bool) -> String {
    if is_close {
        return value.to_string();
    }
    match value {
        Value::Array(items) => {
            format!("[{}]", items.iter().map(|item| json_line(item, false)).collect::<Vec<_>>().join(", "))
        }
        Value::Object(entries) if entries.is_empty() => "{}".to_owned(),
        Value::Object(entries) => {
            let entry = |(key, value): (&String, &Value)| {
                format!("{}: {}", Value::from(&**key), json_line(value, false))
            };
            format!("{{ {} }}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        value => value.to_string(),
    }
}

fn yaml_text(text: &str, _is_inside: bool) -> String {
    let words = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];
    let is_plain = text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !words.contains(&text);
    if is_plain { text.to_owned() } else { Value::from(text).to_string() }
}
