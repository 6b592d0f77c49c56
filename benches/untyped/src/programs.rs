//! Readers that are programs: a line of hexadecimal digits for each text, and one for each answer.

use std::io::{BufRead as _, BufReader, Lines, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use crate::Verdict;

/// A reader that runs until it is dropped.
#[derive(Debug)]
pub struct Program {
    child: Child,
    /// Gone when there is nothing more to ask.
    texts: Option<ChildStdin>,
    answers: Lines<BufReader<ChildStdout>>,
}

impl Program {
    /// Python's reader of a format: `dotenv`, `ini` or `properties`.
    ///
    /// # Panics
    ///
    /// If the program does not start.
    pub fn python(python: &str, format: &str) -> Self {
        Self::start(Command::new(python).arg(beside("peers.py")).arg(format))
    }

    /// Java's own reader of properties.
    ///
    /// # Panics
    ///
    /// If the program does not start.
    pub fn java(java: &str) -> Self {
        Self::start(Command::new(java).arg(beside("Peers.java")))
    }

    fn start(command: &mut Command) -> Self {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it starts");
        let answers = BufReader::new(child.stdout.take().expect("it answers")).lines();
        Self { texts: child.stdin.take(), answers, child }
    }

    /// What the program makes of a text.
    ///
    /// # Panics
    ///
    /// If the program ends, or answers otherwise than agreed.
    pub fn verdict(&mut self, text: &str) -> Verdict {
        let asked = hex(text) + "\n";
        self.texts.as_mut().expect("it listens").write_all(asked.as_bytes()).expect("it listens");
        verdict(&self.answers.next().expect("an answer for each text").expect("ASCII"))
    }
}

impl Drop for Program {
    /// Ends the program by ending its input.
    fn drop(&mut self) {
        self.texts = None;
        drop(self.child.wait());
    }
}

fn beside(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
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
