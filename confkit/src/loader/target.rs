//! Where in a file a missing setting belongs.

use confkit_sources::path::{self, Segment};
use confkit_sources::{Format, Nesting};

/// A file that a missing setting may go into.
pub(super) struct Target {
    pub(super) name: String,
    pub(super) format: Option<Format>,
    /// The table that it goes into, as the file spells it.
    pub(super) table: Vec<Segment<'static>>,
}

impl Target {
    pub(super) fn nesting_of(format: Option<Format>) -> Nesting {
        format.map_or(Nesting::Inside, Format::nesting)
    }

    /// The key and its table, as they are to be written.
    pub(super) fn setting(&self, key: &str) -> String {
        let table = path::to_string(&self.table);
        let has_index = self.table.iter().any(|step| matches!(step, Segment::Index(_)));
        let nesting = Self::nesting_of(self.format);
        if nesting == Nesting::Paths {
            return format!("`{}`", self.dotted(key));
        }
        let key = self.key(key);
        match nesting {
            _ if table.is_empty() => format!("`{key}`"),
            _ if has_index => format!("`{key}` in `{table}`"),
            Nesting::Headers => format!("`{key}` under `[{table}]`"),
            _ => format!("`{key}` under `{table}`"),
        }
    }

    /// A key on its line. Formats without types take all of it up to the separator, and no marks.
    fn key(&self, key: &str) -> String {
        match self.format.map(Format::as_str) {
            Some("ini" | "dotenv") => key.to_owned(),
            _ => path::to_string(&[Segment::key(key)]),
        }
    }

    /// A path that is one key, as in properties.
    fn dotted(&self, key: &str) -> String {
        let mut path = String::new();
        for step in self.table.iter().chain([&Segment::key(key)]) {
            match step {
                Segment::Index(index) => path::push_index(&mut path, *index),
                Segment::Key(key) => {
                    if !path.is_empty() {
                        path.push('.');
                    }
                    for letter in key.chars() {
                        if matches!(letter, '.' | ' ' | '=' | ':' | '#' | '!' | '\\') {
                            path.push('\\');
                        }
                        path.push(letter);
                    }
                }
            }
        }
        path
    }
}
