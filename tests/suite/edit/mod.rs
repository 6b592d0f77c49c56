//! Edits that keep comments, order and layout.

mod found;
mod generated;
mod json;
mod moves;
mod refusals;
mod secrets;
mod toml;
mod untyped;
mod yaml;

use confkit_sources::{EditError, Editor, Format};
use serde_json::Value;

/// Makes an edit that is written as `set path json`, `remove path`, `rename path key`,
/// `append path json` or `move path path`.
fn make(editor: &mut Editor, edit: &str) -> Result<(), EditError> {
    let mut words = edit.splitn(3, ' ');
    let (what, path, rest) = (words.next().unwrap(), words.next().unwrap(), words.next().unwrap_or("null"));
    let value = || serde_json::from_str::<Value>(rest).expect(edit);
    match what {
        "set" => editor.set(path, value()),
        "remove" => editor.remove(path),
        "rename" => editor.rename(path, rest),
        "append" => editor.append(path, value()),
        "move" => editor.move_to(path, rest),
        other => panic!("{other}"),
    }
}

/// The text after edits, or the error.
fn edited(format: Format, text: &str, edits: &[&str]) -> Result<String, EditError> {
    let mut editor = Editor::new(format, "case", text).unwrap_or_else(|error| panic!("{error}: {text:?}"));
    edits.iter().try_for_each(|edit| make(&mut editor, edit))?;
    Ok(editor.into_text())
}

/// Every edit of one text with the lines that it changes, for a snapshot.
fn told(format: Format, text: &str, edits: &[&str]) -> String {
    let mut told = format!("{text}\n");
    for edit in edits {
        told.push_str(&format!("==== {edit}\n"));
        match edited(format, text, &[edit]) {
            Ok(after) => told.push_str(&changes(text, &after)),
            Err(error) => told.push_str(&format!("error: {error}\n")),
        }
    }
    told
}

/// The lines that differ, with those beside them.
fn changes(before: &str, after: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) =
        (before.split_inclusive('\n').collect(), after.split_inclusive('\n').collect());
    let least = old.len().min(new.len());
    let front = (0..least).take_while(|&at| old[at] == new[at]).count();
    let back =
        (0..least - front).take_while(|&at| old[old.len() - 1 - at] == new[new.len() - 1 - at]).count();
    let mut shown = String::new();
    let mut show = |mark: &str, lines: &[&str]| {
        for line in lines {
            let end = if line.ends_with('\n') { "" } else { " (no newline)" };
            shown.push_str(&format!("{mark} {}{end}\n", line.trim_end_matches('\n').replace('\r', "\\r")));
        }
    };
    show(" ", &old[front.saturating_sub(2)..front]);
    show("-", &old[front..old.len() - back]);
    show("+", &new[front..new.len() - back]);
    show(" ", &old[old.len() - back..(old.len() - back + 2).min(old.len())]);
    shown
}
