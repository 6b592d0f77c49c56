//! JSON and its kin, by the syntax tree of jsonc-parser.

use jsonc_parser::ParseOptions;
use jsonc_parser::cst::{
    CstArray, CstContainerNode, CstInputValue, CstLeafNode, CstNode, CstObject, CstObjectProp, CstRootNode,
    ObjectPropName,
};

use super::error::EditError;
use super::plan::Step;
use super::tree::{Scalar, Tree};
use super::{inline, scope};
use crate::document::{Document, NodeKind, NodeRef};
use crate::format::Format;
use crate::path::Segment;

pub(super) fn edit(format: Format, document: &Document, step: &Step) -> Result<String, EditError> {
    let unknown = || EditError::refused(step.path(), "the library that edits JSON takes the text otherwise");
    let root = CstRootNode::parse(document.text(), &options(format)).map_err(|_| unknown())?;
    let (last, parents) = step.path().split_last().ok_or_else(unknown)?;
    if let Some(text) = in_line(format, document, step)? {
        return Ok(text);
    }
    let nodes = Nodes { document, root: &root };
    let done = match step {
        Step::Put(path, value) => {
            let value = input(format, value, path)?;
            match nodes.at(path) {
                Some(_) => nodes.at(parents).and_then(|parent| replace(&nodes, parent, path, last, value)),
                None => nodes.at(parents).and_then(|parent| insert(parent, last, value)),
            }
        }
        Step::Append(path, value) => {
            let value = input(format, value, path)?;
            nodes.at(path).and_then(|list| list.as_array()).map(|list| drop(list.append(value)))
        }
        Step::Rename(path, name) => nodes.property(path).and_then(|property| rename(property, name)),
        Step::Remove(path) => match last {
            Segment::Key(_) => nodes.property(path).map(CstObjectProp::remove),
            Segment::Index(_) => nodes.at(path).map(CstNode::remove),
        },
    };
    done.ok_or_else(unknown)?;
    Ok(root.to_string())
}

/// Finds nodes by their place among their siblings, as our reader counts them.
struct Nodes<'d> {
    document: &'d Document,
    root: &'d CstRootNode,
}

impl Nodes<'_> {
    fn at(&self, path: &[Segment<'_>]) -> Option<CstNode> {
        let Some((last, parents)) = path.split_last() else { return self.root.value() };
        match last {
            Segment::Key(_) => self.property(path)?.value(),
            Segment::Index(index) => self.at(parents)?.as_array()?.elements().into_iter().nth(*index),
        }
    }

    fn property(&self, path: &[Segment<'_>]) -> Option<CstObjectProp> {
        let (_, parents) = path.split_last()?;
        let node = scope::node(self.document, path)?;
        let before = scope::node(self.document, parents)?.items().take_while(|inner| inner.id() != node.id());
        let at = before.count();
        self.at(parents)?.as_object()?.properties().into_iter().nth(at)
    }
}

fn replace(
    nodes: &Nodes<'_>,
    parent: CstNode,
    path: &[Segment<'_>],
    last: &Segment<'_>,
    value: CstInputValue,
) -> Option<()> {
    match last {
        Segment::Key(_) => nodes.property(path)?.set_value(value),
        Segment::Index(index) => {
            let array: CstArray = parent.as_array()?;
            let element = array.elements().into_iter().nth(*index)?;
            replaced(element, value)?;
        }
    }
    Some(())
}

fn replaced(node: CstNode, value: CstInputValue) -> Option<()> {
    match node {
        CstNode::Container(CstContainerNode::Object(node)) => node.replace_with(value),
        CstNode::Container(CstContainerNode::Array(node)) => node.replace_with(value),
        CstNode::Leaf(CstLeafNode::StringLit(node)) => node.replace_with(value),
        CstNode::Leaf(CstLeafNode::NumberLit(node)) => node.replace_with(value),
        CstNode::Leaf(CstLeafNode::BooleanLit(node)) => node.replace_with(value),
        CstNode::Leaf(CstLeafNode::NullKeyword(node)) => node.replace_with(value),
        CstNode::Leaf(CstLeafNode::WordLit(node)) => node.replace_with(value),
        _ => None,
    }
    .map(drop)
}

fn insert(parent: CstNode, last: &Segment<'_>, value: CstInputValue) -> Option<()> {
    let Segment::Key(key) = last else { return None };
    let object: CstObject = parent.as_object()?;
    object.append(key, value);
    Some(())
}

fn rename(property: CstObjectProp, name: &str) -> Option<()> {
    match property.name()? {
        ObjectPropName::String(key) if key.raw_value().starts_with('\'') => {
            key.set_raw_value(format!("'{}'", escaped(name).replace('\'', "\\'").replace("\\\"", "\"")));
        }
        ObjectPropName::String(key) => key.set_raw_value(format!("\"{}\"", escaped(name))),
        ObjectPropName::Word(key) => key.set_raw_value(word(name)),
    }
    Some(())
}

/// Text between quotation marks, in which JSON's escapes stand.
fn escaped(text: &str) -> String {
    let quoted = crate::write::json::quoted(text);
    quoted[1..quoted.len() - 1].to_owned()
}

/// A key of JSON5: as it is where it may stand without quotation marks.
fn word(name: &str) -> String {
    let begins = |c: char| c.is_ascii_alphabetic() || c == '_' || c == '$';
    if name.starts_with(begins) && name.chars().all(|c| begins(c) || c.is_ascii_digit()) {
        return name.to_owned();
    }
    format!("\"{}\"", escaped(name))
}

fn input(format: Format, tree: &Tree, path: &[Segment<'_>]) -> Result<CstInputValue, EditError> {
    Ok(match tree {
        Tree::Scalar(scalar) => single(format, scalar, path)?,
        Tree::List(items) => {
            let items = items.iter().map(|item| input(format, item, path));
            CstInputValue::Array(items.collect::<Result<_, _>>()?)
        }
        Tree::Table(entries) => {
            let entries = entries.iter().map(|(key, inner)| Ok((key.clone(), input(format, inner, path)?)));
            CstInputValue::Object(entries.collect::<Result<_, EditError>>()?)
        }
    })
}

fn single(format: Format, scalar: &Scalar, path: &[Segment<'_>]) -> Result<CstInputValue, EditError> {
    let number = |text: &str| CstInputValue::Number(text.to_owned());
    Ok(match scalar.kind {
        NodeKind::Null => CstInputValue::Null,
        NodeKind::Bool => CstInputValue::Bool(scalar.text == "true"),
        NodeKind::Integer => number(&scalar.text),
        NodeKind::Float => match &*scalar.text {
            "NaN" | "inf" | "-inf" if format != Format::Json5 => {
                return Err(EditError::unfit(format, path, "such numbers", "write it as text"));
            }
            "inf" => number("Infinity"),
            "-inf" => number("-Infinity"),
            text => number(text),
        },
        _ => CstInputValue::String(scalar.text.clone()),
    })
}

/// The text after a step in a list or table that stands on one line, which stays so.
fn in_line(format: Format, document: &Document, step: &Step) -> Result<Option<String>, EditError> {
    let text = document.text();
    let (Step::Put(path, value) | Step::Append(path, value)) = step else { return Ok(None) };
    let (last, parents) = path.split_last().map_or((None, &[][..]), |(last, parents)| (Some(last), parents));
    let holder = if matches!(step, Step::Append(..)) { path } else { parents };
    let Some(holder) = scope::node(document, holder) else { return Ok(None) };
    let Some(inside) = inline::brackets(holder) else { return Ok(None) };
    // A comment that ends with its line cannot stand before a bracket on the same one.
    if text[inside.clone()].contains(['\n', '\r', '\u{2028}', '\u{2029}']) {
        return Ok(None);
    }
    let style = Style::of(holder);
    // What it cannot hold is told in the same words whatever the layout.
    input(format, value, path)?;
    if let (Step::Put(..), Some(old)) = (step, scope::node(document, path)) {
        if matches!(value, Tree::Scalar(_)) {
            return Ok(None);
        }
        let span = old.span().unwrap_or_default();
        return Ok(Some(format!("{}{}{}", &text[..span.start], style.value(value), &text[span.end..])));
    }
    let Some(end) = holder.items().last().map(|last| inline::entry(last).end) else { return Ok(None) };
    if !matches!(text[end..inside.end].trim(), "" | ",") {
        return Ok(None);
    }
    let entry = match (step, last) {
        (Step::Put(..), Some(Segment::Key(key))) => {
            format!("{}{}{}", style.key(key, holder), style.colon, style.value(value))
        }
        _ => style.value(value),
    };
    Ok(Some(format!("{}{}{entry}{}", &text[..end], style.comma, &text[end..])))
}

/// What stands between keys, values and entries on a line.
struct Style {
    colon: String,
    comma: String,
}

impl Style {
    fn of(holder: NodeRef<'_>) -> Self {
        let text = holder.document().text();
        let entries: Vec<NodeRef<'_>> = holder.items().collect();
        let between = |start: usize, end: usize, mark: &str| {
            text.get(start..end).filter(|between| between.trim() == mark).map(str::to_owned)
        };
        let colon = entries.last().and_then(|last| between(last.key_span()?.end, last.span()?.start, ":"));
        let comma = match &*entries {
            [.., before, last] => between(inline::entry(*before).end, inline::entry(*last).start, ","),
            _ => None,
        };
        let colon = colon.unwrap_or_else(|| ": ".to_owned());
        let comma = comma.unwrap_or_else(|| if colon.ends_with(':') { "," } else { ", " }.to_owned());
        Self { colon, comma }
    }

    /// A key, without quotation marks if the others have none.
    fn key(&self, key: &str, holder: NodeRef<'_>) -> String {
        let begins = |span: std::ops::Range<usize>| holder.document().text()[span].starts_with(['"', '\'']);
        let is_quoted = holder.items().last().and_then(NodeRef::key_span).is_none_or(begins);
        if is_quoted { format!("\"{}\"", escaped(key)) } else { word(key) }
    }

    fn value(&self, tree: &Tree) -> String {
        match tree {
            Tree::Scalar(Scalar { kind: NodeKind::String, text, .. }) => format!("\"{}\"", escaped(text)),
            Tree::Scalar(Scalar { kind: NodeKind::Null, .. }) => "null".to_owned(),
            Tree::Scalar(Scalar { text, .. }) => match &**text {
                "inf" => "Infinity".to_owned(),
                "-inf" => "-Infinity".to_owned(),
                text => text.to_owned(),
            },
            Tree::List(items) => {
                format!(
                    "[{}]",
                    items.iter().map(|item| self.value(item)).collect::<Vec<_>>().join(&self.comma)
                )
            }
            Tree::Table(entries) => {
                let entry = |(key, inner): &(String, Tree)| {
                    format!("\"{}\"{}{}", escaped(key), self.colon, self.value(inner))
                };
                format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(&self.comma))
            }
        }
    }
}

fn options(format: Format) -> ParseOptions {
    let is_json5 = format == Format::Json5;
    ParseOptions {
        allow_comments: format != Format::Json,
        allow_trailing_commas: format != Format::Json,
        allow_loose_object_property_names: is_json5,
        allow_missing_commas: false,
        allow_single_quoted_strings: is_json5,
        allow_hexadecimal_numbers: is_json5,
        allow_unary_plus_numbers: is_json5,
        allow_bare_decimal_point_numbers: is_json5,
        allow_non_finite_numbers: is_json5,
        allow_extended_string_escapes: is_json5,
    }
}
