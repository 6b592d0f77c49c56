//! validator's derive.

use std::process::ExitCode;
use std::sync::LazyLock;

use bench_input::records::{Record, run};
use regex::Regex;
use validator::{Validate, ValidationError};

static LABEL: LazyLock<Regex> = LazyLock::new(|| Regex::new("^[a-z][a-z0-9-]*$").unwrap());

#[derive(Validate)]
#[validate(schema(function = in_order, skip_on_field_errors = false))]
struct Judged {
    #[validate(range(min = 1, max = 64))]
    workers: u16,
    #[validate(length(min = 1, max = 32))]
    name: String,
    #[validate(regex(path = *LABEL))]
    label: String,
    #[validate(email)]
    mail: String,
    min: u32,
    max: u32,
}

fn in_order(record: &Judged) -> Result<(), ValidationError> {
    if record.min <= record.max { Ok(()) } else { Err(ValidationError::new("order")) }
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
    refused.iter().map(|errors| errors.errors().len()).sum()
}

impl From<Record> for Judged {
    fn from(Record { workers, name, label, mail, min, max }: Record) -> Self {
        Self { workers, name, label, mail, min, max }
    }
}
