//! Lines of a sample, with its comments.

use confkit_sources::Format;

use super::notes;
use super::outline::{Item, State};
use crate::report::clean;
use crate::settings::{Section, sentence};

/// A text in the making.
pub(super) struct Page {
    pub(super) format: Format,
    lines: Vec<String>,
    /// The line of JSON that names the schema.
    schema: Option<String>,
    /// What begins a comment.
    mark: &'static str,
    /// Whether explanations are written.
    is_commented: bool,
}

impl Page {
    pub(super) fn new(format: Format, is_commented: bool) -> Self {
        let mark = if matches!(format.as_str(), "json5" | "jsonc") { "//" } else { "#" };
        Self { format, lines: Vec::new(), schema: None, mark, is_commented }
    }

    /// A page of the same kind for what stands in a comment.
    pub(super) fn inner(&self) -> Self {
        Self { lines: Vec::new(), schema: None, ..*self }
    }

    /// What stands before all settings.
    pub(super) fn head(&mut self, schema: Option<&str>, root: &Section) {
        if let Some(schema) = schema.map(clean) {
            match self.format.as_str() {
                "toml" => self.lines.push(format!("#:schema {schema}")),
                "yaml" | "yaml_merge" => self.lines.push(format!("# yaml-language-server: $schema={schema}")),
                "json5" | "jsonc" => {
                    self.schema = Some(format!("  \"$schema\": {},", serde_json::Value::from(schema)));
                }
                _ => {}
            }
        }
        let mut about = notes::docs(root.docs());
        about.extend((!about.is_empty()).then(String::new));
        let mark = self.mark;
        about.push(format!(
            "Where `{mark}` stands right before a name, its default follows: without the mark"
        ));
        about
            .push("nothing changes. Where a blank is between them, fill in what you want to set.".to_owned());
        about.extend((!root.rules().is_empty()).then(String::new));
        about.extend(root.rules().iter().map(|rule| sentence(rule)));
        self.notes("", &about);
        self.blank();
    }

    /// The line that names the schema inside of the document.
    pub(super) fn schema(&mut self) -> Option<String> {
        self.schema.take()
    }

    /// Writes lines of explanation.
    pub(super) fn notes(&mut self, indent: &str, notes: &[String]) {
        if self.is_commented {
            let mark = self.mark;
            self.lines
                .extend(notes.iter().map(|note| format!("{indent}{mark} {note}").trim_end().to_owned()));
        }
    }

    /// Writes a line as it is.
    pub(super) fn line(&mut self, line: String) {
        self.lines.push(line);
    }

    /// Writes a line behind the mark of a default.
    pub(super) fn default(&mut self, indent: &str, line: &str) {
        self.lines.push(format!("{indent}{}{line}", self.mark));
    }

    /// Writes a line in a comment.
    pub(super) fn example(&mut self, line: &str) {
        self.lines.push(format!("{} {line}", self.mark));
    }

    /// Whether explanations are written.
    pub(super) fn is_commented(&self) -> bool {
        self.is_commented
    }

    /// Writes what another page holds in a comment; its lines have the indent already.
    pub(super) fn comment(&mut self, indent: &str, inner: Self) {
        for line in inner.lines {
            let line = line.strip_prefix(indent).unwrap_or(&line);
            self.lines.push(format!("{indent}{} {line}", self.mark).trim_end().to_owned());
        }
    }

    /// Writes an empty line, unless there is one or nothing before.
    pub(super) fn blank(&mut self) {
        if self.lines.last().is_some_and(|line| !line.is_empty()) {
            self.lines.push(String::new());
        }
    }

    /// Writes an empty line between things of a table that are explained.
    pub(super) fn space(&mut self, at: usize, notes: &[String]) {
        if self.is_commented && at > 0 && !notes.is_empty() {
            self.blank();
        }
    }

    /// Writes items, each with its notes; `entry` writes one, and of an example it becomes a comment.
    pub(super) fn entries(&mut self, items: &[Item], depth: usize, entry: fn(&mut Self, &Item, usize)) {
        let indent = "  ".repeat(depth);
        for (at, item) in items.iter().enumerate() {
            self.space(at, &item.notes);
            self.notes(&indent, &item.notes);
            if item.state == State::Example {
                let mut inner = self.inner();
                entry(&mut inner, item, depth);
                self.comment(&indent, inner);
            } else {
                entry(self, item, depth);
            }
        }
    }

    pub(super) fn finish(mut self) -> String {
        while self.lines.last().is_some_and(String::is_empty) {
            self.lines.pop();
        }
        let mut text = self.lines.join("\n");
        text.push('\n');
        text
    }
}
