//! garde.

use std::process::ExitCode;
use std::sync::LazyLock;

use bench_input::records::{Record, run};
use garde::Validate;
use regex::Regex;

static LABEL: LazyLock<Regex> = LazyLock::new(|| Regex::new("^[a-z][a-z0-9-]*$").unwrap());

#[derive(Validate)]
struct Judged {
    #[garde(range(min = 1, max = 64))]
    workers: u16,
    #[garde(length(chars, min = 1, max = 32))]
    name: String,
    #[garde(pattern(LABEL))]
    label: String,
    #[garde(email)]
    mail: String,
    #[garde(custom(not_above(&self.max)))]
    min: u32,
    #[garde(skip)]
    max: u32,
}

fn not_above(max: &u32) -> impl FnOnce(&u32, &()) -> garde::Result + '_ {
    move |min, ()| if min <= max { Ok(()) } else { Err(garde::Error::new("must not be above max")) }
}

fn main() -> ExitCode {
    run(|records| records.into_iter().map(Judged::from).collect(), judge, judge_once)
}

#[inline(never)]
fn judge_once(records: &[Judged]) -> usize {
    judge(records)
}

fn judge(records: &[Judged]) -> usize {
    let refused: Vec<_> = records.iter().filter_map(|record| record.validate().err()).collect();
    refused.iter().map(|report| report.iter().count()).sum()
}

impl From<Record> for Judged {
    fn from(Record { workers, name, label, mail, min, max }: Record) -> Self {
        Self { workers, name, label, mail, min, max }
    }
}
