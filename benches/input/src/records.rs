//! Records for rules: what is judged, and the frame of a program that judges.

use std::fmt::Write as _;
use std::process::ExitCode;

/// How many records there are.
pub const RECORDS: usize = 1_000;

/// Something with five rules: a range, a length, an expression, an e-mail address, and an order.
#[derive(Debug)]
pub struct Record {
    /// From 1 to 64.
    pub workers: u16,
    /// 1 to 32 characters.
    pub name: String,
    /// Matches `^[a-z][a-z0-9-]*$`.
    pub label: String,
    /// An e-mail address.
    pub mail: String,
    /// Not more than `max`.
    pub min: u32,
    pub max: u32,
}

/// The records; where a tenth is not valid, each of those breaks one rule, each rule in its turn.
pub fn records(a_tenth_invalid: bool) -> Vec<Record> {
    let record = |index: usize| {
        let number = index as u32;
        let mut record = Record {
            workers: 1 + (number % 64) as u16,
            name: format!("record number {index}"),
            label: format!("team-{}-{index}", number % 7),
            mail: format!("owner{index}@mail{}.example.com", number % 5),
            min: number % 50,
            max: 50 + number % 50,
        };
        if a_tenth_invalid && index.is_multiple_of(10) {
            match index / 10 % 5 {
                0 => record.workers = 65,
                1 => record.name.push_str(" with a name that is too long"),
                2 => record.label.insert(0, '-'),
                3 => record.mail = record.mail.replace('@', " at "),
                _ => record.min = 100,
            }
        }
        record
    };
    (0..RECORDS).map(record).collect()
}

/// The records as a file.
pub fn toml(records: &[Record]) -> String {
    let mut text = String::new();
    for Record { workers, name, label, mail, min, max } in records {
        let _ = writeln!(
            text,
            "[[records]]\nworkers = {workers}\nname = \"{name}\"\nlabel = \"{label}\"\nmail = \"{mail}\"\nmin = {min}\nmax = {max}\n"
        );
    }
    text
}

/// Judges as `<valid|tenth> <passes>` ask, and prints how many rules are broken.
///
/// The first pass is not counted: it compiles the expression. The others call `judge_once`, which the
/// counting looks for by its name.
pub fn run<T>(
    make: fn(Vec<Record>) -> Vec<T>,
    judge: fn(&[T]) -> usize,
    judge_once: fn(&[T]) -> usize,
) -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (a_tenth_invalid, passes) = match arguments.get(..2) {
        Some([case, passes]) if ["valid", "tenth"].contains(&case.as_str()) => {
            (case == "tenth", passes.parse().unwrap_or(0))
        }
        _ => {
            eprintln!("usage: <valid|tenth> <passes> [<variant>]");
            return ExitCode::FAILURE;
        }
    };
    let input = make(records(a_tenth_invalid));
    let mut broken = judge(&input);
    for _ in 0..passes {
        broken = judge_once(&input);
    }
    println!("{broken}");
    ExitCode::SUCCESS
}

/// The variant of the program that is asked for.
pub fn variant() -> String {
    std::env::args().nth(3).unwrap_or_default()
}
