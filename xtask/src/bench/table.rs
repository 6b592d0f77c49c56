//! The tables, printed and written.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::programs::{BARE, FLOOR, OURS};

/// What stands above the tables in the written page.
pub(crate) const HEADER: &str = "# What a load costs

Written by `cargo xtask bench --bless`. Instructions are callgrind's for one first load in a fresh process with exactly
50 variables, ten of which override; files are read inside the count. No link-time optimisation, 4 codegen units. The
floor is `toml::from_str` into serde types, typed partials merged by move, variables by hand. All programs load the same
value, compared on every run; the parts alone make none. 30 keys: three levels, one file; the others: services of ten keys
in three files.

confique and schematic do not merge maps key by key or put variables into them: those parts are written by hand there, as
in the floor. Both bind only the ten variables in use. confique ignores unknown keys. Only confkit's types carry rules.
In JSON and YAML the peers read the same services typed, merged by move; JSON is indented, YAML in blocks.
Processor seconds of builds depend on the machine; read them beside one another.
";

/// Instruction counts by number of keys, programs in the order they were run.
#[derive(Default)]
pub(crate) struct Counts {
    cases: BTreeMap<usize, Vec<(&'static str, u64)>>,
}

impl Counts {
    /// One more count.
    pub(crate) fn push(&mut self, program: &'static str, keys: usize, amount: u64) {
        self.cases.entry(keys).or_default().push((program, amount));
    }

    /// The cases, smallest first.
    pub(crate) fn cases(&self) -> impl Iterator<Item = (usize, &[(&'static str, u64)])> {
        self.cases.iter().map(|(keys, counts)| (*keys, counts.as_slice()))
    }

    /// Case, name and count, for the baseline.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (String, &'static str, u64)> + '_ {
        self.cases().flat_map(|(keys, counts)| {
            counts.iter().map(move |(name, amount)| (format!("{keys} keys"), *name, *amount))
        })
    }

    fn of(&self, program: &str, keys: usize) -> Option<u64> {
        let case = self.cases.get(&keys)?;
        case.iter().find(|(name, _)| *name == program).map(|(_, amount)| *amount)
    }

    fn programs(&self) -> Vec<&'static str> {
        let first = self.cases.values().next();
        first.into_iter().flatten().map(|(name, _)| *name).collect()
    }
}

/// One row per program, one column per case, each count with its ratio to the floor.
pub(crate) fn instructions(counts: &Counts) -> String {
    let mut text = String::from("## Instructions of one load\n\n|");
    for (keys, _) in counts.cases() {
        let _ = write!(text, " | {} keys | × floor", grouped(keys as u64));
    }
    text.push_str(" |\n|---|");
    text.push_str(&"---:|---:|".repeat(counts.cases().count()));
    for program in counts.programs() {
        let shown = if program == BARE {
            "the parts alone: toml_parser's events, the list of variables"
        } else {
            program
        };
        let _ = write!(text, "\n| {shown}");
        for (keys, _) in counts.cases() {
            let amount = counts.of(program, keys).unwrap_or_default();
            let floor = counts.of(FLOOR, keys).unwrap_or_default();
            let _ = write!(text, " | {} | {:.2}", grouped(amount), ratio(amount, floor));
        }
        text.push_str(" |");
    }
    text.push('\n');
    text
}

/// What was promised, what was measured.
#[derive(Default)]
pub(crate) struct Budgets {
    rows: Vec<(String, f64, f64, &'static str)>,
}

impl Budgets {
    /// One promise: `measured` is to be at most `most`.
    pub(crate) fn push(&mut self, what: &str, measured: f64, most: f64, unit: &'static str) {
        self.rows.push((what.to_owned(), measured, most, unit));
    }

    /// The promises about instructions.
    pub(crate) fn loading(&mut self, counts: &Counts) {
        for (keys, most) in [(30, 1.25), (5_000, 0.85)] {
            if let (Some(ours), Some(floor)) = (counts.of(OURS, keys), counts.of(FLOOR, keys)) {
                let what = format!("instructions, {} keys", grouped(keys as u64));
                self.push(&what, ratio(ours, floor), most, "× floor");
            }
        }
        if let (Some(fewer), Some(more)) = (counts.of(OURS, 5_000), counts.of(OURS, 50_000)) {
            self.push("growth from 5,000 to 50,000 keys", ratio(more, fewer).log10(), 1.05, "as exponent");
        }
        for (keys, peers) in counts.cases() {
            let Some(ours) = counts.of(OURS, keys) else {
                continue;
            };
            // In the small, confique reads no variables by name and keeps no origins.
            let rivals = peers.iter().filter(|(name, _)| {
                ![FLOOR, BARE, OURS].contains(name) && (keys > 30 || *name != "confique")
            });
            if let Some((name, least)) = rivals.min_by_key(|(_, amount)| *amount) {
                let what = format!("{} keys against the best peer, {name}", grouped(keys as u64));
                self.push(&what, ratio(ours, *least), 1.0, "× peer");
            }
        }
    }

    /// One row per promise.
    pub(crate) fn table(&self) -> String {
        let mut text = String::from("## Budgets\n\n| | measured | at most | |\n|---|---:|---:|---|\n");
        for (what, measured, most, unit) in &self.rows {
            let verdict = if measured <= most { "met" } else { "**missed**" };
            let _ = writeln!(text, "| {what}, {unit} | {measured:.2} | {most:.2} | {verdict} |");
        }
        text
    }
}

/// `amount / of`, for ratios that are read with two digits.
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
pub(crate) fn ratio(amount: u64, of: u64) -> f64 {
    amount as f64 / of as f64
}

/// `1234567` as `1,234,567`.
pub(crate) fn grouped(amount: u64) -> String {
    let digits = amount.to_string();
    let mut text = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Budgets, Counts, grouped, instructions};

    #[test]
    fn thousands_are_grouped() {
        assert_eq!([grouped(7), grouped(1_234), grouped(1_234_567)], ["7", "1,234", "1,234,567"]);
    }

    #[test]
    fn counts_are_shown_beside_the_floor() {
        let mut counts = Counts::default();
        counts.push("floor", 30, 1_000);
        counts.push("confkit", 30, 1_300);
        let text = instructions(&counts);
        assert!(text.contains("| confkit | 1,300 | 1.30 |"), "{text}");
        let mut budgets = Budgets::default();
        budgets.loading(&counts);
        assert!(budgets.table().contains("| 1.30 | 1.25 | **missed** |"));
    }
}
