//! The committed instruction counts and the comparison with them.

use serde_json::{Map, Value};

use crate::error::{Context as _, Error, Result};

use super::table::{grouped, ratio};

/// The committed counts: case, then program.
pub(crate) const FILE: &str = "benches/baseline.json";
/// How far a count may move either way.
const TOLERANCE: f64 = 0.03;

/// Writes the counts of this run: case, name and count.
pub(crate) fn write(rows: &[(String, &'static str, u64)]) -> Result<()> {
    let mut cases = Map::new();
    for (case, name, amount) in rows {
        let programs = cases.entry(case.as_str()).or_insert_with(|| Value::Object(Map::new()));
        programs[*name] = (*amount).into();
    }
    let text = serde_json::to_string_pretty(&Value::Object(cases)).context(|| FILE.to_owned())?;
    std::fs::write(FILE, text + "\n").context(|| FILE.to_owned())
}

/// Compares what was counted; a better count fails too, so that the baseline is moved with the change.
pub(crate) fn compare(rows: impl Iterator<Item = (String, &'static str, u64)>) -> Result<()> {
    let text = std::fs::read_to_string(FILE).context(|| FILE.to_owned())?;
    let baseline: Value = serde_json::from_str(&text).context(|| FILE.to_owned())?;
    let mut faults = Vec::new();
    for (case, name, now) in rows {
        let Some(before) = baseline[&case][name].as_u64() else {
            faults.push(format!("{name}, {case}: not in the baseline"));
            continue;
        };
        let change = ratio(now, before) - 1.0;
        println!("{name}, {case}: {:+.1} %", change * 100.0);
        if change.abs() > TOLERANCE {
            faults.push(format!(
                "{name}, {case}: {} instructions, the baseline says {} ({:+.1} %)",
                grouped(now),
                grouped(before),
                change * 100.0
            ));
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
