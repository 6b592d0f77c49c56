//! By hand: comparisons, and for what text means the same crates as confkit.

use std::process::ExitCode;
use std::sync::LazyLock;

use bench_input::records::{Record, run, variant};
use regex::Regex;
use validator::ValidateEmail;

static LABEL: LazyLock<Regex> = LazyLock::new(|| Regex::new("^[a-z][a-z0-9-]*$").unwrap());

/// What is wrong, and where.
#[allow(dead_code, reason = "it stands for a report")]
struct Broken {
    record: usize,
    field: &'static str,
    message: &'static str,
}

fn main() -> ExitCode {
    match variant().as_str() {
        "frame" => run(|records| records, judge::<false>, judge_once::<false>),
        _ => run(|records| records, judge::<true>, judge_once::<true>),
    }
}

#[inline(never)]
fn judge_once<const MEANINGS: bool>(records: &[Record]) -> usize {
    judge::<MEANINGS>(records)
}

/// Judges all records; rules on what text means are left out unless `MEANINGS`.
fn judge<const MEANINGS: bool>(records: &[Record]) -> usize {
    let mut broken = Vec::new();
    for (index, record) in records.iter().enumerate() {
        let mut tell = |field, message| broken.push(Broken { record: index, field, message });
        if !(1..=64).contains(&record.workers) {
            tell("workers", "must be from 1 to 64");
        }
        if !(1..=32).contains(&record.name.chars().count()) {
            tell("name", "must have 1 to 32 characters");
        }
        if MEANINGS && !LABEL.is_match(&record.label) {
            tell("label", "must match the expression");
        }
        if MEANINGS && !record.mail.validate_email() {
            tell("mail", "must be an e-mail address");
        }
        if record.min > record.max {
            tell("min", "must not be above max");
        }
    }
    broken.len()
}
