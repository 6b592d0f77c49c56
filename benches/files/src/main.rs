//! Reads every `.json`, `.yaml`, `.yml` and `.toml` file under some folders, here and by a reference
//! parser (`serde_json`, `yaml_serde`, `toml`). Of the files that the reference reads, 99 of 100
//! have to be read here to the same values; the others are listed with the reason.

mod reference;
mod same;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use confkit_sources::{Document, Format, OriginKind, SyntaxError};

use reference::Reference;

/// Larger files are data, not settings.
const LARGEST: u64 = 4 << 20;

/// What became of the files of one format that the reference reads.
#[derive(Default)]
struct Counts {
    equal: usize,
    /// Refused by a rule that settings have and the format has not, by its words.
    ruled_out: BTreeMap<String, Vec<PathBuf>>,
    /// Everything else.
    faults: Vec<String>,
}

fn main() -> ExitCode {
    let mut files = Vec::new();
    std::env::args().skip(1).for_each(|folder| collect(Path::new(&folder), &mut files));
    files.sort();
    let mut formats: BTreeMap<&str, Counts> = BTreeMap::new();
    for path in &files {
        let Some(format) = Format::of_path(path) else { continue };
        let Ok(text) = std::fs::read_to_string(path) else { continue };
        if let Some(reference) = Reference::read(format, &text) {
            judge(path, format, &text, &reference, formats.entry(format.as_str()).or_default());
        }
    }
    let verdicts: Vec<bool> = formats.iter().map(|(name, counts)| tell(name, counts)).collect();
    ExitCode::from(u8::from(verdicts.contains(&false)))
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        match entry.metadata() {
            Ok(data) if data.is_dir() => collect(&path, files),
            Ok(data) if data.is_file() && data.len() <= LARGEST => files.push(path),
            _ => {}
        }
    }
}

fn judge(path: &Path, format: Format, text: &str, reference: &Reference, counts: &mut Counts) {
    let fault = match read(format, text, reference.is_table()) {
        Ok(document) => {
            let root = document.root();
            // What is no table was read as the only element of one.
            let node =
                if reference.is_table() && !reference.is_stream() { Some(root) } else { root.items().next() };
            match node.map(|node| reference.same(node)) {
                None if reference.is_nothing() => Ok(()),
                None => Err("there is no document".to_owned()),
                Some(verdict) => verdict,
            }
        }
        Err(errors) => {
            let first = &errors[0];
            if first.is_duplicate || first.message.starts_with("a key has to be") {
                let rule = if first.is_duplicate { "a key is there twice" } else { first.message.as_str() };
                return counts.ruled_out.entry(rule.to_owned()).or_default().push(path.to_owned());
            }
            Err(first.message.clone())
        }
    };
    match fault {
        Ok(()) => counts.equal += 1,
        Err(fault) => counts.faults.push(format!("{}: {fault}", path.display())),
    }
}

fn read(format: Format, text: &str, is_table: bool) -> Result<Document, Vec<SyntaxError>> {
    if matches!(format, Format::Yaml) {
        return Document::yaml_stream(text.to_owned());
    }
    let text = if is_table { text.to_owned() } else { format!("{{\"inside\":{text}}}") };
    format.read(OriginKind::File, "file", text).map_err(|(_, errors)| errors)
}

/// Says what was counted; whether it is enough.
fn tell(name: &str, counts: &Counts) -> bool {
    let ruled_out: usize = counts.ruled_out.values().map(Vec::len).sum();
    let all = counts.equal + ruled_out + counts.faults.len();
    println!("{name}: {all} files read by the reference, {} read here to the same values", counts.equal);
    for (rule, paths) in &counts.ruled_out {
        println!("  {}: {rule}, such as {}", paths.len(), paths[0].display());
    }
    counts.faults.iter().for_each(|fault| println!("  {fault}"));
    counts.equal * 100 >= all * 99
}
