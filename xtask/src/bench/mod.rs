//! `bench`: what a load costs in instructions and heap, and what the crate costs to build, beside the floor and peers.

mod baseline;
mod cost;
mod formats;
mod live;
mod programs;
mod rules;
mod table;
mod valgrind;

use std::fmt::Write as _;

use crate::error::{Context as _, Error, Result};
use crate::options::Options;
pub(crate) use programs::MANIFEST;
use programs::{BARE, CASES, FLOOR, LOAD, OURS, PROGRAMS, Programs};
use table::{Budgets, Counts};

/// Where `--bless` writes the tables.
const RESULTS: &str = "benches/results.md";

/// Measures everything, or with `--quick`, `--formats`, `--rules`, `--live` and `--gate` the part that takes a minute.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let mut options = Options::new(arguments);
    let (quick, gate) = (options.flag("--quick"), options.flag("--gate"));
    let [bless, formats, rules, live] =
        ["--bless", "--formats", "--rules", "--live"].map(|name| options.flag(name));
    options.finish()?;
    if bless && (quick || gate || formats || rules || live) {
        return Err(Error::new("--bless writes a whole run; leave the other options away"));
    }
    valgrind::available()?;
    if gate {
        return compare();
    }
    if formats || rules || live {
        let mut budgets = Budgets::default();
        if formats {
            println!("\n{}", formats::table(&mut budgets)?);
        }
        if rules {
            println!("\n{}", rules::table(&mut budgets)?.0);
        }
        if live {
            println!("\n{}", live::table(&mut budgets)?.0);
        }
        print!("{}", budgets.table());
        return Ok(());
    }
    let cases: &[usize] = if quick { &[30, 5_000] } else { &CASES };
    let programs = Programs::build(&PROGRAMS)?;
    let counts = counts(&programs, cases)?;
    let mut budgets = Budgets::default();
    let mut report = String::new();
    let mut show = |part: String| {
        println!("\n{part}");
        report.push_str(&part);
        report.push('\n');
    };
    show(table::instructions(&counts));
    budgets.loading(&counts);
    let mut rows: Vec<_> = counts.rows().collect();
    if !quick {
        show(formats::table(&mut budgets)?);
        let (table, judged) = rules::table(&mut budgets)?;
        show(table);
        rows.extend(judged.rows());
        let (table, lived) = live::table(&mut budgets)?;
        show(table);
        rows.extend(lived.rows());
        show(heap(&programs, &mut budgets)?);
        show(cost::weights(&mut budgets)?);
        show(cost::derive(&mut budgets)?);
    }
    show(budgets.table());
    if bless {
        let text = format!("{}\n{}\n", table::HEADER, report.trim_end());
        std::fs::write(RESULTS, text).context(|| RESULTS.to_owned())?;
        baseline::write(&rows)?;
        println!("written: {RESULTS} and {}", baseline::FILE);
    }
    Ok(())
}

/// Fails when the floor or confkit moved away from the committed counts.
fn compare() -> Result<()> {
    let programs = Programs::build(&[FLOOR, OURS])?;
    let counts = counts(&programs, &CASES)?;
    print!("\n{}", table::instructions(&counts));
    baseline::compare(counts.rows().chain(rules::counts()?.rows()).chain(live::counts()?.rows()))
}

/// Counts every program on every case; all that load a value must load the same one.
fn counts(programs: &Programs, cases: &[usize]) -> Result<Counts> {
    let mut counts = Counts::default();
    for &keys in cases {
        let mut expected: Option<String> = None;
        for program in programs.names() {
            eprintln!("counting {program}, {keys} keys");
            let measured = valgrind::instructions(&programs.load(program, keys)?, LOAD)?;
            match &expected {
                Some(sum) if program != BARE && *sum != measured.sum => {
                    return Err(Error::new(format!(
                        "{program} loads another value than {FLOOR} from {keys} keys ({} and {sum})",
                        measured.sum
                    )));
                }
                Some(_) => {}
                None => expected = Some(measured.sum),
            }
            counts.push(program, keys, measured.amount);
        }
    }
    Ok(counts)
}

/// Peak heap of the whole program at 5,000 keys.
fn heap(programs: &Programs, budgets: &mut Budgets) -> Result<String> {
    let mut text = String::from("## Peak heap, 5,000 keys\n\n| | bytes | × floor |\n|---|---:|---:|\n");
    let mut floor = 0;
    for program in programs.names().filter(|program| *program != BARE) {
        eprintln!("weighing {program}");
        let file = programs.scratch(&format!("massif.{program}"));
        let peak = valgrind::heap(&programs.load(program, 5_000)?, &file)?.amount;
        if program == FLOOR {
            floor = peak;
        }
        let ratio = table::ratio(peak, floor);
        let _ = writeln!(text, "| {program} | {} | {ratio:.2} |", table::grouped(peak));
        if program == OURS {
            budgets.push("peak heap, 5,000 keys", ratio, 0.8, "× floor");
        }
    }
    Ok(text)
}
