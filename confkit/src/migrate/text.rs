//! Changes of a document, made in its text.

use confkit_sources::path::{self, Segment};
use confkit_sources::{Document, EditError, Editor, NodeRef, OriginKind, SourceError, same};

use super::stop::Stop;
use super::values::{Change, Made};
use crate::report::Code;

/// The text of a document after the changes that were made in memory, read again. It means exactly what
/// was made, besides the version, or there is none.
pub(super) fn changed(
    document: &Document,
    made: &Made,
    (key, version): (&[Segment<'_>], u32),
) -> Result<Document, Stop> {
    let root = document.root().id();
    let mut editor = editor(document).map_err(|stop| stop.at(Some(root)))?;
    let unedited = |error| unedited(document, error);
    made.changes.iter().try_for_each(|change| make(&mut editor, change)).map_err(unedited)?;
    editor.set(&path::to_string(key), version).map_err(unedited)?;
    let differs = || {
        let message = "the text would not mean what the steps make of it";
        Stop::new(Code::Unwritable, "", message).at(Some(root)).help("change it by hand")
    };
    let format = document.format().ok_or_else(differs)?;
    let text = editor.into_text();
    let changed = format.read(OriginKind::File, document.name(), text).map_err(|_| differs())?;
    let stated = changed.root().at(key).map(NodeRef::id);
    if same(&changed.without(stated.as_slice()), &made.document) { Ok(changed) } else { Err(differs()) }
}

fn editor(document: &Document) -> Result<Editor, Stop> {
    let (name, text) = (document.name(), document.text());
    let refused = |message: String| Stop::new(Code::Unwritable, "", message);
    let Some(format) = document.format() else {
        return Err(refused(format!("{name} has no text that can be edited")));
    };
    Editor::new(format, name, text).map_err(|error| match error {
        SourceError::Other { message, help } => help.into_iter().fold(refused(message), Stop::help),
        _ => refused(format!("{name} cannot be edited")),
    })
}

fn make(editor: &mut Editor, change: &Change) -> Result<(), EditError> {
    let shown = |path: &[Segment<'_>]| path::to_string(path);
    match change {
        Change::Move(from, to) => editor.move_to(&shown(from), &shown(to)),
        Change::Set(path, value) => editor.put(&shown(path), value),
        Change::Remove(path) => editor.remove_whole(&shown(path)),
        Change::Merge(from, into) => editor.merge_into(&shown(from), &shown(into)),
    }
}

/// An edit that was refused, at what the file has of the path: earlier changes may have made the rest.
fn unedited(document: &Document, error: EditError) -> Stop {
    let path = path::parse(&error.path).unwrap_or_default();
    let near = (0..=path.len()).rev().find_map(|end| document.root().at(&path[..end]));
    let stop = Stop::new(Code::Unwritable, &error.path, format!("`{}` {}", error.path, error.message))
        .at(near.map(NodeRef::id));
    error.help.into_iter().fold(stop, Stop::help)
}
