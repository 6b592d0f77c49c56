//! INI, dotenv and properties: lines that our own readers know the places of.

mod spelling;

use std::ops::Range;

pub(super) use self::spelling::tree;
use super::error::EditError;
use super::headers;
use super::inline::entry;
use super::plan::Step;
use super::scope;
use super::tree::Tree;
use crate::document::{Document, NodeRef};
use crate::format::Format;
use crate::origin::OriginKind;
use crate::path::Segment;
use crate::write::Refusal;

pub(super) fn edit(format: Format, document: &Document, step: &Step) -> Result<String, EditError> {
    let page = Page { format, document, text: document.text(), path: step.path() };
    match step {
        Step::Put(path, value) => match scope::node(document, path) {
            Some(old) if !old.is_container() && matches!(value, Tree::Scalar(_)) => page.replace(old, value),
            Some(old) if page.is_properties() => page.replace_whole(old, value),
            Some(old) => again(format, &page.without(old), step, |page| page.insert(path, value)),
            None => page.insert(path, value),
        },
        Step::Rename(path, name) => match scope::node(document, path) {
            Some(node) => page.rename(node, path, name),
            None => Err(page.lost()),
        },
        Step::Remove(path) => {
            let node = scope::node(document, path).ok_or_else(|| page.lost())?;
            Ok(page.without(node))
        }
        Step::Append(path, _) => Err(no_lists(format, path)),
    }
}

/// A list is one value in these formats, and not changed in parts.
pub(super) fn no_lists(format: Format, path: &[Segment<'_>]) -> EditError {
    EditError::unfit(format, path, "lists, only values that are read as one", "set the whole value")
}

/// Goes on with a text that was changed already.
fn again(
    format: Format,
    text: &str,
    step: &Step,
    go_on: impl FnOnce(Page<'_>) -> Result<String, EditError>,
) -> Result<String, EditError> {
    let read = format.read(OriginKind::File, "text", text.to_owned());
    let document = read.map_err(|_| EditError::refused(step.path(), "the text would not be valid"))?;
    go_on(Page { format, document: &document, text: document.text(), path: step.path() })
}

struct Page<'d> {
    format: Format,
    document: &'d Document,
    text: &'d str,
    path: &'d [Segment<'static>],
}

impl Page<'_> {
    fn lost(&self) -> EditError {
        EditError::refused(self.path, "it is not where it was")
    }

    fn unfit(&self, Refusal(why, help): Refusal) -> EditError {
        let error =
            EditError::new(super::EditErrorKind::Value, self.path, format!("cannot be written: {why}"));
        match help {
            Some(help) => error.with_help(help),
            None => error,
        }
    }

    fn spliced(&self, range: Range<usize>, new: &str) -> String {
        format!("{}{new}{}", &self.text[..range.start], &self.text[range.end..])
    }

    /// Where the line ends that a byte is in, behind its line break.
    fn line_end(&self, at: usize) -> usize {
        self.text[at..].find('\n').map_or(self.text.len(), |newline| at + newline + 1)
    }

    fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |newline| newline + 1)
    }

    /// A value as the format writes it, in the quotation marks of the one before it where it can.
    fn value(&self, text: &str, old: Option<&str>) -> Result<String, EditError> {
        let quote = old.and_then(|old| old.chars().next()).filter(|c| matches!(c, '"' | '\''));
        let is_simple = |c: char| !c.is_control() && !matches!(c, '"' | '\'' | '\\' | '$' | '`');
        if let Some(quote) = quote.filter(|_| !self.is_properties() && text.chars().all(is_simple)) {
            return Ok(format!("{quote}{text}{quote}"));
        }
        let mut new = spelling::value(self.format, text).map_err(|why| self.unfit(why))?;
        if self.is_properties() && new.starts_with(['=', ':']) {
            // Behind a blank it would be taken for the separator.
            new.insert(0, '\\');
        }
        // A comment may stand behind the quotation marks, which needs them.
        Ok(match quote {
            Some(_) if !self.is_properties() && !new.starts_with(['"', '\'']) => {
                format!("\"{}\"", new.replace('\\', "\\\\").replace('"', "\\\""))
            }
            _ => new,
        })
    }

    fn is_properties(&self) -> bool {
        self.format.as_str() == "properties"
    }

    fn replace(&self, old: NodeRef<'_>, value: &Tree) -> Result<String, EditError> {
        let Tree::Scalar(scalar) = value else { return Err(self.lost()) };
        let span = old.span().unwrap_or_default();
        let new = self.value(&scalar.text, self.text.get(span.clone()))?;
        let before = &self.text[..span.start];
        let is_below = span.is_empty() || self.text[span.clone()].starts_with(['\n', '\r']);
        let has_room = is_below && before.trim_end_matches(['=', ':']).ends_with(' ');
        let room = if has_room && before.ends_with(['=', ':']) { " " } else { "" };
        Ok(self.spliced(span, &format!("{room}{new}")))
    }

    /// Properties in place of others, where the first of them stood.
    fn replace_whole(&self, old: NodeRef<'_>, value: &Tree) -> Result<String, EditError> {
        let Some(mut names) = names(self.path) else { return Err(self.lost()) };
        let first = first_leaf(old).unwrap_or(old);
        let mut lines = String::new();
        self.write_lines(&mut names, self.separator(Some(first)), value, &mut lines)?;
        Ok(self.with_lines(old, &lines))
    }

    /// A line for each single value.
    fn write_lines(
        &self,
        names: &mut Vec<String>,
        separator: &str,
        value: &Tree,
        lines: &mut String,
    ) -> Result<(), EditError> {
        match value {
            Tree::Scalar(scalar) => {
                let value = self.value(&scalar.text, None)?;
                lines.extend([&*self.dotted(names)?, separator, &value, "\n"]);
                Ok(())
            }
            Tree::Table(entries) if !entries.is_empty() => entries.iter().try_for_each(|(key, inner)| {
                names.push(key.clone());
                let written = self.write_lines(names, separator, inner, lines);
                names.pop();
                written
            }),
            Tree::Table(_) => {
                Err(EditError::unfit(self.format, self.path, "tables without values", "leave it out"))
            }
            Tree::List(_) => Err(no_lists(self.format, self.path)),
        }
    }

    /// The text without every line of an entry.
    fn without(&self, node: NodeRef<'_>) -> String {
        self.with_lines(node, "")
    }

    /// The text with other lines in place of every line of an entry.
    fn with_lines(&self, node: NodeRef<'_>, lines: &str) -> String {
        let mut text = String::with_capacity(self.text.len() + lines.len());
        let mut gone: Vec<Range<usize>> = Vec::new();
        self.lines_of(node, &mut gone);
        gone.sort_by_key(|range| range.start);
        let mut at = gone.first().map_or(0, |first| first.start);
        text.push_str(&self.text[..at]);
        text.push_str(lines);
        for range in gone {
            text.push_str(&self.text[at.min(range.start)..range.start]);
            at = at.max(range.end);
        }
        text.push_str(&self.text[at..]);
        text
    }

    /// The whole lines of an entry; of a table those of all that is in it, and its headers.
    fn lines_of(&self, node: NodeRef<'_>, lines: &mut Vec<Range<usize>>) {
        if !node.is_container() {
            let entry = entry(node);
            lines.push(self.line_start(entry.start)..self.line_end(entry.end));
            return;
        }
        let path = headers::path_of(node);
        lines.extend(
            headers::of(self.document).filter(|header| header.is_in(&path)).map(|header| header.line),
        );
        node.items().for_each(|inner| self.lines_of(inner, lines));
    }

    fn rename(&self, node: NodeRef<'_>, path: &[Segment<'_>], name: &str) -> Result<String, EditError> {
        let place = path.len() - 1;
        let mut changes: Vec<(Range<usize>, String)> = Vec::new();
        if !node.is_container() && !self.is_properties() {
            let new = spelling::key(self.format, name).map_err(|why| self.unfit(why))?;
            changes.push((node.key_span().unwrap_or_default(), new));
        } else if self.is_properties() {
            self.rename_keys(node, place, name, &mut changes)?;
        } else {
            for mut header in
                headers::of(self.document).filter(|header| header.is_in(&headers::path_of(node)))
            {
                name.clone_into(&mut header.names[place]);
                changes.push((header.inside.clone(), self.header(&header.names)?));
            }
        }
        changes.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
        let mut text = self.text.to_owned();
        for (range, new) in changes {
            text.replace_range(range, &new);
        }
        Ok(text)
    }

    /// Writes every key anew that has a name in it.
    fn rename_keys(
        &self,
        node: NodeRef<'_>,
        place: usize,
        name: &str,
        changes: &mut Vec<(Range<usize>, String)>,
    ) -> Result<(), EditError> {
        if node.is_container() {
            return node.items().try_for_each(|inner| self.rename_keys(inner, place, name, changes));
        }
        let key = node.key_span().unwrap_or_default();
        let mut names = headers::path_of(node);
        let start = self.line_start(key.start);
        let start = start + self.text[start..].len()
            - self.text[start..].trim_start_matches([' ', '\t', '\u{c}']).len();
        name.clone_into(&mut names[place]);
        changes.push((start..key.end, self.dotted(&names)?));
        Ok(())
    }

    /// A header's names, without the brackets.
    fn header(&self, names: &[String]) -> Result<String, EditError> {
        let names = names.iter().map(|name| spelling::name(self.format, name));
        Ok(names.collect::<Result<Vec<_>, _>>().map_err(|why| self.unfit(why))?.join("."))
    }

    fn dotted(&self, names: &[String]) -> Result<String, EditError> {
        self.header(names)
    }

    /// Puts a value under a key that is not there.
    fn insert(&self, path: &[Segment<'static>], value: &Tree) -> Result<String, EditError> {
        let Some((last, parents)) = path.split_last() else { return Err(self.lost()) };
        let Some(names) = names(path) else { return Err(self.lost()) };
        match value {
            Tree::List(_) => Err(no_lists(self.format, path)),
            Tree::Table(_) if self.format.as_str() == "dotenv" => {
                Err(EditError::unfit(self.format, path, "tables", "choose a name of its own"))
            }
            Tree::Table(entries) if entries.is_empty() && self.is_properties() => {
                Err(EditError::unfit(self.format, path, "tables without values", "leave it out"))
            }
            Tree::Table(entries) => {
                // Longer headers say as much as one that only tables stand below.
                let needs_header =
                    entries.is_empty() || entries.iter().any(|(_, inner)| matches!(inner, Tree::Scalar(_)));
                let mut text = if needs_header && !self.is_properties() {
                    self.section(&names)?
                } else {
                    self.text.to_owned()
                };
                for (key, inner) in entries {
                    let path = [path, &[Segment::key(key.clone())]].concat();
                    let step = Step::Put(path.clone(), inner.clone());
                    text = again(self.format, &text, &step, |page| page.insert(&path, inner))?;
                }
                Ok(text)
            }
            Tree::Scalar(scalar) => {
                let Segment::Key(key) = last else { return Err(self.lost()) };
                let key = match self.format.as_str() {
                    "properties" => self.dotted(&names)?,
                    _ => spelling::key(self.format, key).map_err(|why| self.unfit(why))?,
                };
                self.add_line(parents, &key, &self.value(&scalar.text, None)?)
            }
        }
    }

    /// Adds a key and its value behind the last one of its table.
    fn add_line(&self, parents: &[Segment<'static>], key: &str, value: &str) -> Result<String, EditError> {
        let table = scope::node(self.document, parents);
        let sibling = table.and_then(|table| {
            if self.is_properties() {
                return last_leaf(table);
            }
            table.items().filter(|inner| !inner.is_container()).last()
        });
        let any = sibling.or_else(|| last_leaf(self.document.root()));
        let line = format!("{}{key}{}{value}", self.front(sibling), self.separator(any));
        if let Some(sibling) = sibling {
            return Ok(self.inserted(self.line_end(entry(sibling).end), &line));
        }
        if self.format.as_str() != "ini" {
            return Ok(self.inserted(self.text.len(), &line));
        }
        let Some(names) = names(parents) else { return Err(self.lost()) };
        let header = headers::of(self.document).filter(|header| header.names == names).last();
        match header {
            Some(header) => Ok(self.inserted(header.line.end, &line)),
            None if names.is_empty() => Ok(self.head(&line)),
            None => {
                let step = Step::Put(parents.to_vec(), Tree::Table(Vec::new()));
                again(self.format, &self.section(&names)?, &step, |page| page.add_line(parents, key, value))
            }
        }
    }

    /// The text with a new line at a place where a line ends.
    fn inserted(&self, at: usize, line: &str) -> String {
        let (before, behind) = self.text.split_at(at);
        let end = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
        format!("{before}{end}{line}\n{behind}")
    }

    /// The text with a first key of the root, before the first header and behind what is said of the
    /// whole file.
    fn head(&self, line: &str) -> String {
        let Some(first) = headers::of(self.document).next() else {
            return self.inserted(self.text.len(), line);
        };
        let mut at = first.line.start;
        while at > 0 {
            let above = self.line_start(at - 1);
            if !self.text[above..at].trim_start().starts_with(['#', ';']) {
                break;
            }
            at = above;
        }
        self.inserted(at, &format!("{line}\n"))
    }

    /// The text with a new section, behind the last one of those around it.
    fn section(&self, names: &[String]) -> Result<String, EditError> {
        if headers::of(self.document).any(|header| header.names == names) {
            return Ok(self.text.to_owned());
        }
        let header = format!("[{}]", self.header(names)?);
        let near = (1..names.len()).rev().find_map(|length| {
            let path: Vec<Segment<'_>> = names[..length].iter().map(|name| Segment::key(&**name)).collect();
            scope::node(self.document, &path)
        });
        let mut lines = Vec::new();
        near.unwrap_or_else(|| self.document.root())
            .items()
            .for_each(|inner| self.lines_of(inner, &mut lines));
        if let Some(near) = near {
            self.lines_of(near, &mut lines);
        }
        let end = lines.iter().map(|range| range.end).max().filter(|_| near.is_some());
        let at = end.unwrap_or(self.text.len());
        let blank = if self.text[..at].is_empty() { "" } else { "\n" };
        Ok(self.inserted(at, &format!("{blank}{header}")))
    }

    /// What stands before the key of a new line: the blanks of the one above.
    fn front(&self, sibling: Option<NodeRef<'_>>) -> &str {
        let Some(start) = sibling.map(|sibling| self.line_start(entry(sibling).start)) else { return "" };
        let line = &self.text[start..];
        let blanks = line.len() - line.trim_start_matches([' ', '\t']).len();
        match line[blanks..].strip_prefix("export ") {
            Some(_) if self.format.as_str() == "dotenv" => &line[..blanks + "export ".len()],
            _ => &line[..blanks],
        }
    }

    /// What stands between key and value, as in another entry.
    fn separator(&self, other: Option<NodeRef<'_>>) -> &str {
        let usual = if self.format.as_str() == "ini" { " = " } else { "=" };
        let between = other.and_then(|other| self.text.get(other.key_span()?.end..other.span()?.start));
        let is_plain = |between: &&str| !between.is_empty() && !between.contains(['\n', '\\']);
        match between.filter(is_plain) {
            Some(between) if between.trim_end() == between && between.len() > 1 => usual,
            Some(between) => between,
            None => usual,
        }
    }
}

/// The last single value in a table, in the order of the text.
fn last_leaf(node: NodeRef<'_>) -> Option<NodeRef<'_>> {
    if !node.is_container() {
        return Some(node);
    }
    node.items().filter_map(last_leaf).max_by_key(|leaf| entry(*leaf).start)
}

/// The first one.
fn first_leaf(node: NodeRef<'_>) -> Option<NodeRef<'_>> {
    if !node.is_container() {
        return Some(node);
    }
    node.items().filter_map(first_leaf).min_by_key(|leaf| entry(*leaf).start)
}

fn names(path: &[Segment<'_>]) -> Option<Vec<String>> {
    let name = |segment: &Segment<'_>| match segment {
        Segment::Key(key) => Some(key.to_string()),
        Segment::Index(_) => None,
    };
    path.iter().map(name).collect()
}
