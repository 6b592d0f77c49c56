//! confkit judges inside a load, so the same records are loaded with rules and without.

#![allow(dead_code, reason = "the values are not looked at")]

use std::process::ExitCode;

use bench_input::records::{run, toml, variant};
use confkit::{Config, Format};

/// All five rules.
#[derive(Config)]
struct All {
    #[config(nested)]
    records: Vec<JudgedByAll>,
}

#[derive(Config)]
#[config(check(self.min <= self.max, "min must not be above max"))]
struct JudgedByAll {
    #[config(validate(range(min = 1, max = 64)))]
    workers: u16,
    #[config(validate(length(min = 1, max = 32)))]
    name: String,
    #[config(validate(regex("^[a-z][a-z0-9-]*$")))]
    label: String,
    #[config(validate(email))]
    mail: String,
    min: u32,
    max: u32,
}

/// Those alone that compare.
#[derive(Config)]
struct Frame {
    #[config(nested)]
    records: Vec<JudgedByFrame>,
}

#[derive(Config)]
#[config(check(self.min <= self.max, "min must not be above max"))]
struct JudgedByFrame {
    #[config(validate(range(min = 1, max = 64)))]
    workers: u16,
    #[config(validate(length(min = 1, max = 32)))]
    name: String,
    label: String,
    mail: String,
    min: u32,
    max: u32,
}

/// None.
#[derive(Config)]
struct None {
    #[config(nested)]
    records: Vec<NotJudged>,
}

#[derive(Config)]
struct NotJudged {
    workers: u16,
    name: String,
    label: String,
    mail: String,
    min: u32,
    max: u32,
}

fn main() -> ExitCode {
    let judge_once = match variant().as_str() {
        "frame" => judge_once::<Frame>,
        "none" => judge_once::<None>,
        _ => judge_once::<All>,
    };
    run(|records| vec![toml(&records)], warm_up, judge_once)
}

/// The same in all variants: how much is copied when something grows depends on what the heap has seen.
fn warm_up(files: &[String]) -> usize {
    load::<All>(files) + load::<Frame>(files) + load::<None>(files)
}

#[inline(never)]
fn judge_once<T: Config<Context = ()>>(files: &[String]) -> usize {
    load::<T>(files)
}

fn load<T: Config<Context = ()>>(files: &[String]) -> usize {
    let loader = T::loader();
    let loader = files.iter().fold(loader, |loader, text| loader.text(Format::Toml, "records.toml", text));
    loader.load().err().map_or(0, |report| report.problems().len())
}
