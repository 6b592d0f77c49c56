//! What became of all files, and how it is told.

use std::collections::BTreeMap;
use std::path::Path;

use crate::edits::{Edits, Outcome};
use crate::kind::Kind;

/// What became of one file.
pub(crate) enum Verdict {
    /// It is not UTF-8.
    NoText,
    /// The reference refuses it.
    NotAccepted,
    /// The reference reads it; here it is refused, by a rule in its words, or has other values.
    NotRead(String),
    /// Both read it to the same values, which are no settings here, by a rule: YAML with tags of its
    /// own, for one.
    NoSettings(String),
    /// Both read it to the same values.
    Read(Edits),
}

/// All counts, by row. Cases of test suites have rows of their own.
#[derive(Default)]
pub(crate) struct Counts<'f>(BTreeMap<(bool, &'static str), Row<'f>>);

#[derive(Default)]
struct Row<'f> {
    files: usize,
    accepted: usize,
    read: usize,
    /// Read, but not as settings, by the rule.
    no_settings: BTreeMap<String, Vec<&'f Path>>,
    /// Not read, by reason.
    failures: BTreeMap<String, Vec<&'f Path>>,
    /// There is nothing in it that could be edited.
    no_table: usize,
    edits: usize,
    made: usize,
    /// Edits that were not made, by reason.
    refusals: BTreeMap<String, Vec<&'f Path>>,
    /// Edits that did something else.
    wrong: Vec<(String, &'f Path)>,
}

impl<'f> Counts<'f> {
    pub(crate) fn add(&mut self, kind: Kind, path: &'f Path, verdict: Verdict) {
        let row = self.0.entry((kind.is_case, kind.row)).or_default();
        row.files += 1;
        let edits = match verdict {
            Verdict::NoText | Verdict::NotAccepted => return,
            Verdict::NotRead(why) => {
                row.accepted += 1;
                return row.failures.entry(why).or_default().push(path);
            }
            Verdict::NoSettings(why) => {
                row.accepted += 1;
                row.read += 1;
                return row.no_settings.entry(why).or_default().push(path);
            }
            Verdict::Read(edits) => edits,
        };
        row.accepted += 1;
        row.read += 1;
        row.no_table += usize::from(edits.0.is_empty());
        for outcome in edits.0 {
            row.edits += 1;
            match outcome {
                Outcome::Made => row.made += 1,
                Outcome::Refused(why) => row.refusals.entry(why).or_default().push(path),
                Outcome::Wrong(what) => row.wrong.push((what, path)),
            }
        }
    }

    /// Prints everything; returns whether it is enough.
    pub(crate) fn tell(&self) -> bool {
        println!(
            "{:<14}{:>7}{:>10}{:>7}{:>8}{:>13}{:>10}{:>8}{:>8}{:>9}{:>7}",
            "",
            "files",
            "accepted",
            "read",
            "%",
            "no settings",
            "no table",
            "edits",
            "made",
            "refused",
            "wrong"
        );
        println!(
            "(`read` is what means the same here; of it, `no settings` is what settings refuse for what it is)"
        );
        let mut is_enough = true;
        for (&(is_case, name), row) in &self.0 {
            let name = if is_case { format!("{name} cases") } else { name.to_owned() };
            row.tell_counts(&name);
            is_enough &= row.wrong.is_empty() && (is_case || row.is_read());
        }
        for (&(is_case, name), row) in &self.0 {
            row.tell_reasons(&if is_case { format!("{name} cases") } else { name.to_owned() });
        }
        is_enough
    }
}

impl Row<'_> {
    fn is_read(&self) -> bool {
        self.read * 100 >= self.accepted * 99
    }

    fn tell_counts(&self, name: &str) {
        #[expect(clippy::cast_precision_loss, reason = "numbers of files")]
        let share = if self.accepted == 0 { 100.0 } else { self.read as f64 * 100.0 / self.accepted as f64 };
        println!(
            "{name:<14}{:>7}{:>10}{:>7}{share:>8.2}{:>13}{:>10}{:>8}{:>8}{:>9}{:>7}",
            self.files,
            self.accepted,
            self.read,
            count(&self.no_settings),
            self.no_table,
            self.edits,
            self.made,
            count(&self.refusals),
            self.wrong.len()
        );
    }

    fn tell_reasons(&self, name: &str) {
        tell_paths(name, "not read", &self.failures);
        tell_paths(name, "read as a document, refused as settings", &self.no_settings);
        tell_paths(name, "edits refused", &self.refusals);
        for (what, path) in &self.wrong {
            println!("\n{name}: WRONG: {what}\n  {}", path.display());
        }
    }
}

fn tell_paths(name: &str, what: &str, reasons: &BTreeMap<String, Vec<&Path>>) {
    for (why, paths) in reasons {
        println!("\n{name}: {} {what}: {why}", paths.len());
        let mut paths = paths.clone();
        paths.dedup();
        paths.iter().for_each(|path| println!("  {}", path.display()));
    }
}

fn count(reasons: &BTreeMap<String, Vec<&Path>>) -> usize {
    reasons.values().map(Vec::len).sum()
}
