//! What INI, dotenv and properties mean here and to other readers: one table of texts, all verdicts.
//!
//! `bench-untyped <folder of cases> <python> [java]`; the readers that are not Rust are handed the texts as
//! lines of hexadecimal digits, and answer in the same way. With `UNTYPED_ALL` set every verdict is shown.

mod cases;
mod ours;
mod rust;

use std::path::Path;
use std::process::ExitCode;

use bench_untyped::Verdict;
use bench_untyped::programs::Program;
use cases::Case;

/// A reader and its verdicts on all cases of a format.
type Peer = (&'static str, Vec<Verdict>);

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, python, rest @ ..] = arguments.as_slice() else {
        eprintln!("usage: bench-untyped <folder of cases> <python> [java]");
        return ExitCode::FAILURE;
    };
    let mut wrong = 0;
    for format in ["dotenv", "ini", "properties"] {
        let cases = cases::read(&Path::new(folder).join(format!("{format}.toml")));
        let peers = match format {
            "dotenv" => vec![
                ("dotenvy", each(&cases, rust::dotenvy)),
                ("python-dotenv", answers(&cases, Program::python(python, "dotenv"))),
            ],
            "ini" => vec![
                ("configparser (Rust)", each(&cases, rust::configparser)),
                ("configparser (Python)", answers(&cases, Program::python(python, "ini"))),
            ],
            _ => {
                let mut peers =
                    vec![("javaproperties", answers(&cases, Program::python(python, "properties")))];
                peers.extend(rest.first().map(|java| ("java", answers(&cases, Program::java(java)))));
                peers
            }
        };
        wrong += compare(format, &cases, &peers);
    }
    if wrong > 0 {
        eprintln!("\n{wrong} verdicts are not what the table says");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

fn each(cases: &[Case], read: impl Fn(&str) -> Verdict) -> Vec<Verdict> {
    cases.iter().map(|case| read(&case.text)).collect()
}

fn answers(cases: &[Case], mut program: Program) -> Vec<Verdict> {
    cases.iter().map(|case| program.verdict(&case.text)).collect()
}

/// Prints the counts of a format and what is wrong; returns how much that is.
fn compare(format: &str, cases: &[Case], peers: &[Peer]) -> usize {
    let everything = std::env::var_os("UNTYPED_ALL").is_some();
    let (mut agree, mut differ, mut alone, mut wrong) = (0, 0, Vec::new(), 0);
    for (at, case) in cases.iter().enumerate() {
        let ours = ours::verdict(format, &case.text);
        if ours != case.verdict {
            wrong += 1;
            println!("{} is not what the table says: {}", case.name(), shown(&ours));
        }
        let theirs: Vec<&Verdict> = peers.iter().map(|(_, verdicts)| &verdicts[at]).collect();
        let one_voice = theirs.windows(2).all(|pair| pair[0] == pair[1]);
        let is_alone = one_voice && theirs.first().is_some_and(|theirs| **theirs != ours);
        match (one_voice, is_alone) {
            (_, true) => alone.push(case.name()),
            (true, false) => agree += 1,
            (false, _) => differ += 1,
        }
        if is_alone != case.alone {
            wrong += 1;
            println!("{}: alone is {is_alone}, and the table says {}", case.name(), case.alone);
        }
        if everything {
            println!("{}\n  {:<22}{}", case.name(), "confkit", shown(&ours));
            for (name, verdicts) in peers {
                println!("  {name:<22}{}", shown(&verdicts[at]));
            }
        }
    }
    let names: Vec<&str> = peers.iter().map(|(name, _)| *name).collect();
    println!("{format}: {} texts beside {}", cases.len(), names.join(" and "));
    println!("  {agree:>4} all agree");
    println!("  {differ:>4} the others differ from one another; ours is what the table says");
    println!("  {:>4} the others agree and we differ, with the reason in docs/design/0014:", alone.len());
    for name in alone {
        println!("         {name}");
    }
    wrong
}

fn shown(verdict: &Verdict) -> String {
    verdict.as_ref().map_or_else(|| "refused".to_owned(), |settings| format!("{settings:?}"))
}
