//! The committed instruction counts and the comparison with them.

use serde_json::{Map, Value};

use crate::error::{Context as _, Error, Result};

use super::programs::{FLOOR, OURS};
use super::table::{Counts, grouped, ratio};

/// The committed counts: keys, then program.
pub(crate) const FILE: &str = "benches/baseline.json";
/// How far a count may move either way.
const TOLERANCE: f64 = 0.03;

/// Writes the counts of this run.
pub(crate) fn write(counts: &Counts) -> Result<()> {
    let mut cases = Map::new();
    for (keys, programs) in counts.cases() {
        let row = programs.iter().map(|(name, amount)| ((*name).to_owned(), (*amount).into()));
        cases.insert(keys.to_string(), Value::Object(row.collect()));
    }
    let text = serde_json::to_string_pretty(&Value::Object(cases)).context(|| FILE.to_owned())?;
    std::fs::write(FILE, text + "\n").context(|| FILE.to_owned())
}

/// Compares the floor and confkit; a better count fails too, so that the baseline is moved with the change.
pub(crate) fn compare(counts: &Counts) -> Result<()> {
    let text = std::fs::read_to_string(FILE).context(|| FILE.to_owned())?;
    let baseline: Value = serde_json::from_str(&text).context(|| FILE.to_owned())?;
    let mut faults = Vec::new();
    for (keys, programs) in counts.cases() {
        for (name, now) in programs.iter().filter(|(name, _)| [FLOOR, OURS].contains(name)) {
            let Some(before) = baseline[keys.to_string()][*name].as_u64() else {
                faults.push(format!("{name}, {keys} keys: not in the baseline"));
                continue;
            };
            let change = ratio(*now, before) - 1.0;
            println!("{name}, {keys} keys: {:+.1} %", change * 100.0);
            if change.abs() > TOLERANCE {
                faults.push(format!(
                    "{name}, {keys} keys: {} instructions, the baseline says {} ({:+.1} %)",
                    grouped(*now),
                    grouped(before),
                    change * 100.0
                ));
            }
        }
    }
    if faults.is_empty() {
        return Ok(());
    }
    Err(Error::new(format!(
        "further than {} % from {FILE}:\n  {}\nif that is meant: cargo xtask bench --bless",
        TOLERANCE * 100.0,
        faults.join("\n  ")
    )))
}
