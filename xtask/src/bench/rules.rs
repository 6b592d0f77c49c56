//! What rules cost: confkit beside code written by hand, garde and validator.

use std::fmt::Write as _;

use crate::error::{Error, Result};

use super::programs::{Programs, Run};
use super::table::{Budgets, grouped, ratio};
use super::valgrind;

/// What is measured: a program, which rules it has, and what is taken off.
struct Judge {
    shown: &'static str,
    program: &'static str,
    variant: &'static str,
    /// The variant without rules, for a program that does more than judge.
    without: Option<&'static str>,
}

impl Judge {
    const fn of(shown: &'static str, program: &'static str, variant: &'static str) -> Self {
        Self { shown, program, variant, without: None }
    }
}

const BY_HAND: Judge = Judge::of("by hand", "rules-by-hand", "all");
const OURS: Judge = Judge { without: Some("none"), ..Judge::of("confkit", "rules-confkit", "all") };
const GARDE: Judge = Judge::of("garde", "rules-garde", "all");
const VALIDATOR: Judge = Judge::of("validator", "rules-validator", "all");
/// The rules that compare, without those on what text means.
const FRAME_BY_HAND: Judge = Judge::of("by hand, range, length and order", "rules-by-hand", "frame");
const OUR_FRAME: Judge = Judge {
    without: Some("none"),
    ..Judge::of("confkit, range, length and order", "rules-confkit", "frame")
};

/// All valid, and a tenth not.
const CASES: [&str; 2] = ["valid", "tenth"];

const INTRODUCTION: &str = "## Rules alone, 1,000 records of 5 rules

Range, length, regular expression, e-mail address, and one field not above another. By hand the expression is regex's and
the address validator's, as in confkit. Counted is one pass after another one has compiled the expression. confkit judges
inside a load: its figures are those of a load of the records less those of the same load into a type that differs in
having no rules. Where a tenth is invalid they hold the whole report: lines, columns and snippets of a hundred problems.
Allocations are those of one pass; validator's check of an address makes one.
";

/// Counts of all that were measured, for the baseline.
#[derive(Default)]
pub(crate) struct Judged(Vec<(&'static str, [u64; 2])>);

impl Judged {
    /// Case, name and count.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (String, &'static str, u64)> + '_ {
        let cases = CASES.iter().enumerate();
        cases.flat_map(|(case, name)| {
            self.0.iter().map(move |(judge, counts)| (format!("rules, {name}"), *judge, counts[case]))
        })
    }
}

/// The counts that the baseline is held against.
pub(crate) fn counts() -> Result<Judged> {
    let judges = [BY_HAND, OURS, FRAME_BY_HAND, OUR_FRAME];
    let programs = build(&judges)?;
    judges
        .iter()
        .map(|judge| Ok((judge.shown, instructions(&programs, judge)?)))
        .collect::<Result<_>>()
        .map(Judged)
}

/// The table with its explanation; the promises go to the others.
pub(crate) fn table(budgets: &mut Budgets) -> Result<(String, Judged)> {
    let judges = [BY_HAND, OURS, GARDE, VALIDATOR, FRAME_BY_HAND, OUR_FRAME];
    let programs = build(&judges)?;
    let mut text = String::from(INTRODUCTION);
    text.push_str("\n| | all valid | × by hand | a tenth invalid | × by hand | allocations, all valid |\n");
    text.push_str("|---|---:|---:|---:|---:|---:|\n");
    let mut judged = Judged::default();
    let mut floor = ([0; 2], 0);
    for judge in &judges {
        let (counts, allocated) = (instructions(&programs, judge)?, allocations(&programs, judge)?);
        if judge.program == BY_HAND.program {
            floor = (counts, allocated);
        }
        let _ = write!(text, "| {}", judge.shown);
        for (count, floor) in counts.iter().zip(floor.0) {
            let _ = write!(text, " | {} | {:.2}", grouped(*count), ratio(*count, floor));
        }
        let _ = writeln!(text, " | {} |", grouped(allocated));
        if judge.shown == OURS.shown {
            budgets.push("rules, all valid", ratio(counts[0], floor.0[0]), 1.1, "× by hand");
            let more = allocated.saturating_sub(floor.1);
            budgets.push("allocations of rules beside e-mail's own", ratio(more, 1), 0.0, "number");
        }
        judged.0.push((judge.shown, counts));
    }
    Ok((text, judged))
}

fn build(judges: &[Judge]) -> Result<Programs> {
    let mut names: Vec<&'static str> = judges.iter().map(|judge| judge.program).collect();
    names.sort_unstable();
    names.dedup();
    Programs::build(&names)
}

/// Instructions of one pass in each case.
fn instructions(programs: &Programs, judge: &Judge) -> Result<[u64; 2]> {
    eprintln!("counting {}", judge.shown);
    let mut counts = [0; 2];
    for (case, count) in CASES.iter().zip(&mut counts) {
        let expected = broken(case, judge.variant);
        *count = less(judge, |variant| {
            let measured = valgrind::instructions(&run(programs, judge, case, 1, variant), "judge_once")?;
            if variant == judge.variant && measured.sum != expected {
                let found = format!("{} finds {} broken rules, not {expected}", judge.shown, measured.sum);
                return Err(Error::new(found));
            }
            Ok(measured.amount)
        })?;
    }
    Ok(counts)
}

/// Allocations of one pass where all is valid: those of two passes less those of one.
fn allocations(programs: &Programs, judge: &Judge) -> Result<u64> {
    less(judge, |variant| {
        let after = |passes| valgrind::allocations(&run(programs, judge, CASES[0], passes, variant));
        Ok(after(2)?.saturating_sub(after(1)?))
    })
}

/// What is measured with the rules, less what it is without.
fn less(judge: &Judge, measure: impl Fn(&str) -> Result<u64>) -> Result<u64> {
    let without = judge.without.map_or(Ok(0), &measure)?;
    Ok(measure(judge.variant)?.saturating_sub(without))
}

fn run(programs: &Programs, judge: &Judge, case: &str, passes: usize, variant: &str) -> Run {
    programs.run(judge.program, [case.to_owned(), passes.to_string(), variant.to_owned()])
}

/// How many rules the records break.
fn broken(case: &str, variant: &str) -> &'static str {
    match (case, variant) {
        ("valid", _) => "0",
        (_, "frame") => "60",
        _ => "100",
    }
}
