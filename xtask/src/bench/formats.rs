//! JSON and YAML beside the crates that read them into serde types.

use std::fmt::Write as _;

use crate::error::{Error, Result};

use super::programs::{LOAD, Programs};
use super::table::{Budgets, grouped, ratio};
use super::valgrind;

/// A format, its peers (what ours is compared with comes first or is the best), and the most that
/// ours may cost.
struct Format {
    name: &'static str,
    ours: &'static str,
    peers: &'static [&'static str],
    most: f64,
}

const FORMATS: [Format; 2] = [
    Format { name: "JSON", ours: "json-confkit", peers: &["json-serde_json"], most: 1.25 },
    Format {
        name: "YAML",
        ours: "yaml-confkit",
        peers: &["yaml-yaml_serde", "yaml-serde_norway", "yaml-serde-saphyr"],
        most: 1.0,
    },
];

/// Numbers of keys that are measured.
const CASES: [usize; 2] = [1_000, 5_000];

/// One table; the promises go to the others.
pub(crate) fn table(budgets: &mut Budgets) -> Result<String> {
    let names: Vec<&'static str> =
        FORMATS.iter().flat_map(|format| format.peers.iter().copied().chain([format.ours])).collect();
    let programs = Programs::build(&names)?;
    let mut text = String::from("## Instructions of one load, JSON and YAML\n\n|");
    for keys in CASES {
        let _ = write!(text, " | {} keys | × confkit", grouped(keys as u64));
    }
    text.push_str(" |\n|---|---:|---:|---:|---:|");
    for format in &FORMATS {
        let mut rows: Vec<(&str, Vec<u64>)> = Vec::new();
        for &name in [format.ours].iter().chain(format.peers) {
            rows.push((name, counts(&programs, name, format.ours)?));
        }
        let ours = rows[0].1.clone();
        for (name, counts) in &rows {
            let _ = write!(text, "\n| {name}");
            for (count, ours) in counts.iter().zip(&ours) {
                let _ = write!(text, " | {} | {:.2}", grouped(*count), ratio(*count, *ours));
            }
            text.push_str(" |");
        }
        for (case, keys) in CASES.iter().enumerate() {
            let best = rows[1..].iter().map(|(name, counts)| (counts[case], *name)).min();
            if let Some((best, name)) = best {
                let what = format!("{}, {} keys against {name}", format.name, grouped(*keys as u64));
                budgets.push(&what, ratio(ours[case], best), format.most, "× peer");
            }
        }
    }
    text.push('\n');
    Ok(text)
}

/// The counts of one program; it has to load what ours loads.
fn counts(programs: &Programs, name: &str, ours: &str) -> Result<Vec<u64>> {
    let count = |keys| {
        eprintln!("counting {name}, {keys} keys");
        let measure = |name| valgrind::instructions(&programs.load(name, keys)?, LOAD);
        let measured = measure(name)?;
        if name != ours && measured.sum != measure(ours)?.sum {
            return Err(Error::new(format!("{name} loads another value than {ours} from {keys} keys")));
        }
        Ok(measured.amount)
    };
    CASES.iter().map(|&keys| count(keys)).collect()
}
