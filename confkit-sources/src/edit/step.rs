//! One step: made in the text, held against what is meant.

use super::error::EditError;
use super::lines::Lines;
use super::plan::Step;
use super::tree::Tree;
use super::{inline, scope};
use crate::document::Document;
use crate::format::{Format, Nesting};
use crate::origin::OriginKind;

/// The document after a step, if it is exactly what is meant.
pub(super) fn stepped(format: Format, document: &Document, step: &Step) -> Result<Document, EditError> {
    let refused = |why: &str| EditError::refused(step.path(), why);
    let read = |text: String| format.read(OriginKind::File, document.name(), text).ok();
    let before = Tree::of(document.root());
    let mut meant = before.clone();
    step.apply(&mut meant).ok_or_else(|| refused("what it is about is not where it was"))?;
    let lines = Lines::of(document.text());
    let plain = read(lines.plain()).ok_or_else(|| refused("its lines end in several ways"))?;
    let edited = edited(format, &plain, step)?;
    let scope = scope::of(step, &plain, &lines);
    let marks = format.comments();
    let is_comment = |line: &str| marks.iter().any(|mark| line.trim_start().starts_with(mark));
    let text = lines
        .patched(&edited, &scope, is_comment)
        .ok_or_else(|| refused("other lines would have to change"))?;
    let document = read(text).ok_or_else(|| refused("the text would not be valid any more"))?;
    if is_meant(&before, meant, Tree::of(document.root()), step, format) {
        return Ok(document);
    }
    Err(refused("something else would change its meaning"))
}

/// The text with a step made in it, by what edits the format.
fn edited(format: Format, document: &Document, step: &Step) -> Result<String, EditError> {
    if let Step::Remove(path) = step
        && let Some(text) = inline::without(document, path)
    {
        return Ok(text);
    }
    match format {
        #[cfg(feature = "toml-edit")]
        Format::Toml => super::toml::edit(document, step),
        #[cfg(feature = "json-edit")]
        Format::Json | Format::Jsonc | Format::Json5 => super::json::edit(format, document, step),
        #[cfg(feature = "yaml-edit")]
        Format::Yaml | Format::YamlMerge => super::yaml::edit(document, step),
        #[cfg(feature = "ini")]
        Format::Ini => super::untyped::edit(format, document, step),
        #[cfg(feature = "dotenv")]
        Format::Dotenv => super::untyped::edit(format, document, step),
        #[cfg(feature = "properties")]
        Format::Properties => super::untyped::edit(format, document, step),
        #[allow(unreachable_patterns, reason = "every format may be on")]
        _ => {
            let _ = document;
            Err(EditError::refused(step.path(), "this build does not edit the format"))
        }
    }
}

/// Whether a text means what was asked for. The place of a new key among the others is the
/// format's business; everything else is in its order.
fn is_meant(before: &Tree, mut meant: Tree, mut read: Tree, step: &Step, format: Format) -> bool {
    match step {
        Step::Put(path, value) => {
            let is_new = before.at(path).is_none();
            let is_there = read.at(path).is_some_and(|read| value.means_in_any_order(read));
            if is_new || format.nesting() != Nesting::Inside {
                meant.remove(path);
                read.remove(path);
            }
            is_there && meant.means(&read)
        }
        Step::Remove(path) if format.nesting() != Nesting::Inside => {
            // Tables that no line of their own makes are gone with the last entry.
            let mut parents = &path[..path.len() - 1];
            while !meant.means(&read) && meant.at(parents).is_some_and(Tree::is_empty) && !parents.is_empty()
            {
                meant.remove(parents);
                parents = &parents[..parents.len() - 1];
            }
            meant.means(&read)
        }
        _ => meant.means(&read),
    }
}
