//! Entries that go elsewhere in a text, with their comments and their spelling.

use super::comments::{self, Comments};
use super::error::{EditError, EditErrorKind};
use super::plan::{self, Path, Step};
use super::scope::node;
use super::tree::{Scalar, Tree};
use super::{Editor, inline, parsed};
use crate::document::{Document, NodeKind, NodeRef};
use crate::format::Format;
use crate::origin::OriginKind;
use crate::path::Segment;

impl Editor {
    /// Puts what a path leads to under another path, with its comments. Tables on the way are made;
    /// tables that become empty go.
    ///
    /// # Errors
    ///
    /// A path that leads nowhere or to an element of a list, a key that is there already, a text in
    /// which the edit would change anything else or lose a comment.
    ///
    /// # Example
    ///
    /// ```
    /// # #[cfg(feature = "toml-edit")] {
    /// use confkit_sources::{Editor, Format};
    ///
    /// let text = "workers = 4\n\n# Who listens.\n[http]\n# Behind nginx.\nport = 0x50 # tcp\n";
    /// let mut editor = Editor::new(Format::Toml, "app.toml", text)?;
    /// editor.move_to("http.port", "port")?;
    /// assert_eq!(
    ///     editor.text(),
    ///     "workers = 4\n# Who listens.\n# Behind nginx.\nport = 0x50 # tcp\n",
    /// );
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn move_to(&mut self, from: &str, to: &str) -> Result<(), EditError> {
        let (from, to) = (parsed(from)?, parsed(to)?);
        let tree = self.tree();
        plan::find(&tree, &from)?;
        if from == to {
            return Ok(());
        }
        let key = match (from.split_last(), to.split_last()) {
            (Some((Segment::Key(_), before)), Some((Segment::Key(key), after))) if before == after => {
                return plan::rename(&tree, &from, key).and_then(|steps| self.make(&steps));
            }
            (Some((Segment::Key(_), _)), Some((Segment::Key(key), _))) => key,
            (Some((Segment::Key(_), _)), _) => return Err(no_key(&to)),
            _ => return Err(no_key(&from)),
        };
        if to.starts_with(&from) {
            let message = format!("cannot be moved into itself, as `{key}`");
            return Err(EditError::new(EditErrorKind::InTheWay, &from, message));
        }
        if tree.at(&to).is_some() {
            return Err(EditError::new(EditErrorKind::Exists, &to, "exists already")
                .with_help("remove it first, or choose another path"));
        }
        self.whole(&from, |work, before| {
            let own = comments::of(before, &from);
            work.relocate(&from, &to, before)?;
            let mut comments = work.pruned(&from[..from.len() - 1])?;
            comments.above.extend(own.above);
            work.attach(&to, Comments { behind: own.behind, ..comments }, before);
            Ok(())
        })
    }

    /// Removes what a path leads to; its comments go to another entry.
    ///
    /// # Errors
    ///
    /// Those of [`remove`](Self::remove), and a comment that would be lost.
    #[doc(hidden)]
    pub fn merge_into(&mut self, from: &str, into: &str) -> Result<(), EditError> {
        let (from, into) = (parsed(from)?, parsed(into)?);
        plan::find(&self.tree(), &from)?;
        self.whole(&from, |work, before| {
            let mut comments = comments::of(before, &from);
            work.make(&[Step::Remove(from.clone())])?;
            comments.above.splice(0..0, work.pruned(&from[..from.len() - 1])?.above);
            comments.above.extend(comments.behind.take());
            work.attach(&into, comments, before);
            Ok(())
        })
    }

    /// Removes what a path leads to, and the tables that become empty.
    ///
    /// # Errors
    ///
    /// Those of [`remove`](Self::remove).
    #[doc(hidden)]
    pub fn remove_whole(&mut self, path: &str) -> Result<(), EditError> {
        self.remove(path)?;
        let path = parsed(path)?;
        self.pruned(&path[..path.len() - 1]).map(drop)
    }

    /// Makes several changes, after which every comment is still there; or none.
    fn whole(
        &mut self,
        path: &[Segment<'static>],
        change: impl FnOnce(&mut Self, &Document) -> Result<(), EditError>,
    ) -> Result<(), EditError> {
        let mut work = self.again(path)?;
        change(&mut work, &self.document)?;
        if let Some(line) = comments::lost(&self.document, &work.document) {
            return Err(EditError::refused(path, &format!("the comment in line {line} would be lost")));
        }
        self.document = work.document;
        Ok(())
    }

    /// The same text once more.
    fn again(&self, path: &[Segment<'_>]) -> Result<Self, EditError> {
        let (name, text) = (self.document.name(), self.document.text().to_owned());
        let read = self.format.read(OriginKind::File, name, text);
        let document = read.map_err(|_| EditError::refused(path, "it cannot be read"))?;
        Ok(Self { format: self.format, document })
    }

    /// Moves an entry without its own comments. A section moves key by key, so that what is inside takes
    /// its comments along.
    fn relocate(&mut self, from: &Path, to: &Path, before: &Document) -> Result<(), EditError> {
        let value = plan::find(&self.tree(), from)?.clone();
        match &value {
            Tree::Table(entries) if !value.is_empty() && !self.is_in_brackets(from) => {
                for (key, _) in entries {
                    let inside = |path: &Path| [&path[..], &[Segment::key(key.clone())]].concat();
                    let comments = comments::of(&self.document, &inside(from));
                    self.relocate(&inside(from), &inside(to), before)?;
                    self.attach(&inside(to), comments, before);
                }
                if self.tree().at(from).is_none() {
                    return Ok(());
                }
            }
            _ => self.copy(from, to, value)?,
        }
        self.make(&[Step::Remove(from.clone())])
    }

    /// Makes a path hold a value that stands elsewhere, in its spelling where that is possible.
    fn copy(&mut self, from: &Path, to: &Path, value: Tree) -> Result<(), EditError> {
        let tree = self.tree();
        if let Some(old) = node(&self.document, from)
            && let Some(written) = written(old)
        {
            let indent = old.span().map(|span| comments::indent(self.document.text(), span.start));
            let mut work = self.again(from)?;
            work.make(&plan::set(&tree, to, placeholder(self.format))?)?;
            if work.spell(to, (written, indent.unwrap_or_default()), &value) {
                self.document = work.document;
                return Ok(());
            }
        }
        self.make(&plan::set(&tree, to, value)?)
    }

    fn is_in_brackets(&self, path: &[Segment<'_>]) -> bool {
        node(&self.document, path).is_some_and(|node| inline::brackets(node).is_some())
    }

    /// Writes a value in place of another one as it is written elsewhere, with the indentation of its new
    /// place, if it means the same here.
    fn spell(&mut self, path: &[Segment<'_>], (written, indent): (&str, &str), value: &Tree) -> bool {
        let Some(span) = node(&self.document, path).and_then(NodeRef::span) else { return false };
        let mut meant = self.tree();
        let Some(place) = meant.at_mut(path) else { return false };
        *place = value.clone();
        let text = self.document.text();
        let new_indent = comments::indent(text, span.start);
        let fitted = written.replace(&format!("\n{indent}"), &format!("\n{new_indent}"));
        let texts = [&*fitted, written].map(|w| format!("{}{w}{}", &text[..span.start], &text[span.end..]));
        texts.into_iter().any(|text| self.retell(text, &meant))
    }

    /// Puts comments to an entry that are gone since before, if the text then means the same.
    fn attach(&mut self, path: &[Segment<'_>], comments: Comments, before: &Document) {
        let gone = comments.gone(before, &self.document);
        if let Some(text) = gone.attached(&self.document, path) {
            let meant = self.tree();
            self.retell(text, &meant);
        }
    }

    /// Takes another text, if it means what it is to mean.
    fn retell(&mut self, text: String, meant: &Tree) -> bool {
        let read = self.format.read(OriginKind::File, self.document.name(), text);
        let document = read.ok().filter(|document| Tree::of(document.root()).means(meant));
        let is_taken = document.is_some();
        if let Some(document) = document {
            self.document = document;
        }
        is_taken
    }

    /// Removes tables that have become empty, the innermost first, and returns the comments above them.
    fn pruned(&mut self, path: &[Segment<'static>]) -> Result<Comments, EditError> {
        let mut gone = Comments::default();
        let mut path = path.to_vec();
        while let Some(Segment::Key(_)) = path.last() {
            let tree = self.tree();
            match tree.at(&path) {
                Some(Tree::Table(entries)) if entries.is_empty() => {
                    let Comments { above, behind } = comments::of(&self.document, &path);
                    gone.above.splice(0..0, above.into_iter().chain(behind));
                    self.make(&[Step::Remove(path.clone())])?;
                }
                Some(_) => break,
                None => {}
            }
            path.pop();
        }
        Ok(gone)
    }
}

/// A value as it is written, where it stands in one piece.
fn written(node: NodeRef<'_>) -> Option<&str> {
    let is_one = !node.is_container() || inline::brackets(node).is_some();
    node.document().text().get(node.span().filter(|_| is_one)?)
}

/// What stands for a value until it is spelled.
fn placeholder(format: Format) -> Tree {
    let kind = if format.has_types() { NodeKind::String } else { NodeKind::Text };
    Tree::Scalar(Scalar { kind, text: "x".to_owned(), radix: 10 })
}

fn no_key(path: &[Segment<'_>]) -> EditError {
    EditError::new(EditErrorKind::InTheWay, path, "is an element of a list and has no key")
}
