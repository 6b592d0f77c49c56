//! Reads the configuration files under some folders, here and by a reference parser of each format,
//! then edits each and reads it again. Of the files that the reference reads, 99 of 100 have to be
//! read here to the same values; all others are listed with the reason, and so are those of YAML that are
//! read, but not as settings. No edit may change anything but what it was asked for.
//!
//! `bench-files <python> <folder>…`

mod counts;
mod edits;
mod kind;
mod reference;
mod same;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};

use confkit_sources::{Document, Format, OriginKind, SyntaxError};

use counts::{Counts, Verdict};
use edits::Edits;
use kind::Kind;
use reference::{Parsers, Reference};

/// Larger files are data, not settings.
const LARGEST: u64 = 4 << 20;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(python) = arguments.next() else {
        eprintln!("usage: bench-files <python> <folder>…");
        return ExitCode::FAILURE;
    };
    let parsers = Parsers::new(&python);
    let mut files = Vec::new();
    arguments.for_each(|folder| collect(Path::new(&folder), &mut files));
    files.sort_by(|(one, _), (other, _)| one.cmp(other));
    files.dedup_by(|(one, _), (other, _)| one == other);
    let mut all = Counts::default();
    for (path, kind, verdict) in judged(&parsers, &files) {
        all.add(kind, path, verdict);
    }
    ExitCode::from(u8::from(!all.tell()))
}

fn collect(folder: &Path, files: &mut Vec<(PathBuf, Kind)>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        match entry.metadata() {
            Ok(data) if data.is_dir() => collect(&path, files),
            Ok(data) if data.is_file() && data.len() <= LARGEST => {
                files.extend(Kind::of(&path).map(|kind| (path, kind)));
            }
            _ => {}
        }
    }
}

/// Judges all files, on every processor, and returns the verdicts in the order of the files.
fn judged<'f>(parsers: &Parsers, files: &'f [(PathBuf, Kind)]) -> Vec<(&'f Path, Kind, Verdict)> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut verdicts = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some((path, kind)) = files.get(at) else { return verdicts };
            verdicts.push((at, judge(parsers, path, kind.format)));
        }
    };
    let count = std::thread::available_parallelism().map_or(1, usize::from);
    let mut verdicts: Vec<(usize, Verdict)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..count).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("no panic")).collect()
    });
    verdicts.sort_by_key(|(at, _)| *at);
    verdicts.into_iter().map(|(at, verdict)| (&*files[at].0, files[at].1, verdict)).collect()
}

fn judge(parsers: &Parsers, path: &Path, format: Format) -> Verdict {
    let Ok(text) = std::fs::read_to_string(path) else { return Verdict::NoText };
    let Some(reference) = parsers.read(format, &text) else { return Verdict::NotAccepted };
    if let Err(why) = compare(format, &text, &reference) {
        return Verdict::NotRead(why);
    }
    if !reference.is_table() {
        return Verdict::Read(Edits::none());
    }
    match edits::read(format, &text) {
        Ok(document) => Verdict::Read(Edits::of(parsers, format, &document)),
        Err(why) => Verdict::NoSettings(why),
    }
}

/// Why a file is not read to the same values.
fn compare(format: Format, text: &str, reference: &Reference) -> Result<(), String> {
    let document = read(format, text, reference.is_table()).map_err(|errors| match &errors[0] {
        first if first.is_duplicate => "a key is there twice, or is both a value and a table".to_owned(),
        first => first.message.clone(),
    })?;
    let root = document.root();
    // What is no table was read as the only element of one.
    let node = if reference.is_table() && !reference.is_stream() { Some(root) } else { root.items().next() };
    match node.map(|node| reference.same(node)) {
        None if reference.is_nothing() => Ok(()),
        None => Err("there is no document".to_owned()),
        Some(verdict) => verdict,
    }
}

fn read(format: Format, text: &str, is_table: bool) -> Result<Document, Vec<SyntaxError>> {
    if matches!(format, Format::Yaml) {
        return Document::yaml_stream(text.to_owned());
    }
    let text = if is_table { text.to_owned() } else { format!("{{\"inside\":{text}}}") };
    format.read(OriginKind::File, "file", text).map_err(|(_, errors)| errors)
}
