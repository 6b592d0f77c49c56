//! The page that a person reads.

use std::fmt;

use super::change::{Change, Changes, Verdict};
use crate::report::wrapped;

const WIDTH: usize = 80;

impl fmt::Display for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let title = match self.title() {
            "" => String::new(),
            title => format!(" `{title}`"),
        };
        let versions = match self.versions() {
            [Some(before), Some(after)] if before != after => format!(", version {before} to {after}"),
            _ => String::new(),
        };
        f.write_str(&wrapped(&format!("settings{title}{versions}: {}", self.counted()), WIDTH, "  "))?;
        self.all().iter().try_for_each(|change| write!(f, "\n\n{change}"))
    }
}

impl Changes {
    fn counted(&self) -> String {
        let of = |verdict, one: &str, several: &str| match self.with(verdict).count() {
            0 => None,
            1 => Some(format!("1 {one}")),
            count => Some(format!("{count} {several}")),
        };
        let counts = [
            of(Verdict::Breaking, "breaking change", "breaking changes"),
            of(Verdict::Compatible, "compatible change", "compatible changes"),
            of(Verdict::Info, "note", "notes"),
        ];
        let counts: Vec<String> = counts.into_iter().flatten().collect();
        if counts.is_empty() { "nothing has changed".to_owned() } else { counts.join(", ") }
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let title = format!("{}[{}]: {} {}", self.verdict(), self.kind(), self.subject(), self.message());
        f.write_str(&wrapped(&title, WIDTH, "  "))?;
        write!(f, "\n  = {}", wrapped(self.reason(), WIDTH - 4, "    "))?;
        match self.help() {
            Some(help) => write!(f, "\n  = help: {}", wrapped(help, WIDTH - 10, "          ")),
            None => Ok(()),
        }
    }
}
