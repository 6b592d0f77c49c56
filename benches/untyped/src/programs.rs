//! Readers that are programs: a line of hexadecimal digits for each text, and one for each answer.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Verdict;
use crate::cases::Case;

pub(crate) fn python(python: &str, format: &str, cases: &[Case]) -> Vec<Verdict> {
    ask(Command::new(python).arg(beside("peers.py")).arg(format), cases)
}

pub(crate) fn java(java: &str, cases: &[Case]) -> Vec<Verdict> {
    ask(Command::new(java).arg(beside("Peers.java")), cases)
}

fn beside(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn ask(command: &mut Command, cases: &[Case]) -> Vec<Verdict> {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it starts");
    let mut texts = child.stdin.take().expect("it listens");
    let asked: String = cases.iter().map(|case| hex(&case.text) + "\n").collect();
    let writer = std::thread::spawn(move || texts.write_all(asked.as_bytes()));
    let output = child.wait_with_output().expect("it ends");
    writer.join().expect("no panic").expect("it listens to the end");
    assert!(output.status.success(), "it fails: {}", output.status);
    let answers = String::from_utf8(output.stdout).expect("ASCII");
    let verdicts: Vec<Verdict> = answers.lines().map(verdict).collect();
    assert_eq!(verdicts.len(), cases.len(), "an answer for each text");
    verdicts
}

/// `refused`, or `read` with the names and values behind it.
fn verdict(answer: &str) -> Verdict {
    let entries = answer.strip_prefix("read")?;
    let entry = |entry: &str| {
        let (key, value) = entry.split_once('=').expect("a name and a value");
        (text(key), text(value))
    };
    Some(entries.split_whitespace().map(entry).collect())
}

fn hex(text: &str) -> String {
    text.bytes().map(|byte| format!("{byte:02x}")).collect()
}

fn text(hex: &str) -> String {
    let bytes = (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16));
    String::from_utf8(bytes.collect::<Result<_, _>>().expect("digits")).expect("UTF-8")
}
