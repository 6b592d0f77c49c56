//! What came of all scenarios, for people.

use std::io::{self, Write as _};
use std::thread;
use std::time::{Duration, Instant};

use crate::run;
use crate::scenario::{Outcome, Result, Scenario, Size};

/// Faults of one scenario that are told.
const MOST_FAULTS: usize = 20;
/// Processes at a time in the quick size, most of which wait for files to rest. What is measured for people has the
/// machine for itself.
const AT_ONCE: usize = 8;

/// What came of one scenario, in how much time; `None` if this system cannot have its fault.
type Played = (Result<Option<Outcome>>, Duration);

/// Plays scenarios and prints a line for each, at most 80 columns wide; returns whether all is right.
pub(crate) fn print(scenarios: &[&Scenario], size: Size) -> Result<bool> {
    println!("           recovered in, ms  wrong                changes  events   log  took");
    println!("scenario     median   worst values of reads    told right    told whole     s");
    let (mut is_right, mut below) = (true, Vec::new());
    for some in scenarios.chunks(size.of(AT_ONCE, 1)) {
        for (scenario, (played, took)) in some.iter().zip(play(some, size)) {
            let Some(outcome) = played? else {
                println!("{:<11} this system cannot have it", scenario.name);
                continue;
            };
            println!("{}", line(scenario.name, &outcome, took));
            is_right &= outcome.is_right();
            below.extend(remarks(scenario, &outcome));
        }
        io::stdout().flush()?;
    }
    println!();
    below.iter().for_each(|words| println!("{words}"));
    Ok(is_right)
}

/// Plays scenarios at the same time.
fn play(scenarios: &[&Scenario], size: Size) -> Vec<Played> {
    let play = |scenario| {
        let begun = Instant::now();
        (run::apart(scenario, size), begun.elapsed())
    };
    thread::scope(|scope| {
        let started: Vec<_> = scenarios.iter().map(|scenario| scope.spawn(move || play(scenario))).collect();
        let panicked = |_| (Err("it could not be played".into()), Duration::ZERO);
        started.into_iter().map(|thread| thread.join().unwrap_or_else(panicked)).collect()
    })
}

/// What stands below the table.
fn remarks(scenario: &Scenario, outcome: &Outcome) -> Vec<String> {
    let mut remarks: Vec<String> =
        outcome.notes.iter().map(|note| format!("{}: {note}", scenario.name)).collect();
    if !outcome.is_right() {
        remarks.push(format!("{} FAILED: {}", scenario.name, scenario.about));
        remarks.extend(outcome.faults.iter().take(MOST_FAULTS).map(|fault| format!("  {fault}")));
    }
    remarks
}

fn line(name: &str, outcome: &Outcome, took: Duration) -> String {
    let (median, worst) = (outcome.recoveries.median(), outcome.recoveries.worst());
    format!(
        "{name:<11} {:>7} {:>7} {:>6} {:>8} {:>13} {:>7} {:>5} {:>5.1}{}",
        milliseconds(median),
        milliseconds(worst),
        outcome.wrong,
        outcome.reads,
        format!("{}/{}", outcome.told, outcome.changes),
        outcome.logged,
        if outcome.kept == outcome.logged { "yes" } else { "NO" },
        took.as_secs_f64(),
        if outcome.is_right() { "" } else { " !!" },
    )
}

/// Hundredths of those that are short.
fn milliseconds(time: Option<Duration>) -> String {
    match time.map(|time| time.as_secs_f64() * 1e3) {
        None => "-".to_owned(),
        Some(time) if time < 1e3 => format!("{time:.2}"),
        Some(time) => format!("{time:.0}"),
    }
}
