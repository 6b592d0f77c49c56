//! Ways of merging that do not fit what a field holds, where the derive could not see it.

#[cfg(feature = "testing")]
use confkit_sources::declared::Metadata;
use confkit_sources::declared::{Content, Field, Kind, Merge, Shape, ValueKind};

use super::super::{Draft, field_for};
use super::in_list;
use crate::report::{Code, nearest};

/// What is wrong with the way in which a field's layers come together.
pub(super) fn wrong(path: &str, field: &'static Field) -> Option<Draft> {
    let merge = field.merge()?;
    let message = match field.content() {
        Content::Nested(shape) => of_sections(path, shape(), merge),
        Content::Value(kind) => of_value(path, &kind(), merge),
        _ => None,
    }?;
    let (message, suggestion) = message;
    let help = format!("change `merge` of `{}` in the declaration", field.name());
    let draft = Draft::new(Code::Declaration, path.to_owned(), message).help(help);
    Some(Draft { suggestion, ..draft })
}

type Wrong = Option<(String, Option<String>)>;

fn of_sections(path: &str, shape: Shape, merge: Merge) -> Wrong {
    match merge {
        Merge::Replace | Merge::Deep | Merge::Function => None,
        _ if !in_list(shape) => Some((no_list(path, merge), None)),
        Merge::Key(name) => {
            let section = shape.section();
            let takes_all = section.variants().is_some()
                || section
                    .fields()
                    .iter()
                    .any(|field| matches!(field.content(), Content::Rest(_) | Content::Flattened(_)));
            let is_known = takes_all || field_for(section, name).is_some();
            let keys = section.fields().iter().map(Field::key);
            let message = || {
                format!("`merge(key = \"{name}\")` on {path}: `{}` has no setting `{name}`", section.name())
            };
            (!is_known).then(|| (message(), nearest(name, keys).map(str::to_owned)))
        }
        _ => None,
    }
}

fn of_value(path: &str, kind: &ValueKind, merge: Merge) -> Wrong {
    let opaque = matches!(kind.kind(), Kind::Any | Kind::Other);
    let is_list = opaque || *kind.kind() == Kind::List;
    let is_table = matches!(kind.kind(), Kind::Map | Kind::Structure(_) | Kind::Choice(_));
    match merge {
        Merge::Replace | Merge::Function => None,
        Merge::Deep if is_list || is_table => None,
        Merge::Deep => {
            Some((format!("{path} is neither a list nor a table, and `merge = \"deep\"` is for those"), None))
        }
        _ if !is_list => Some((no_list(path, merge), None)),
        Merge::Key(name) => match kind.element().map(ValueKind::kind) {
            Some(Kind::Map | Kind::Structure(_) | Kind::Choice(_) | Kind::Any | Kind::Other) | None => None,
            Some(_) => {
                let message = format!(
                    "the elements of {path} have no keys, and `merge(key = \"{name}\")` is for tables"
                );
                Some((message, None))
            }
        },
        _ => None,
    }
}

fn no_list(path: &str, merge: Merge) -> String {
    let merge = match merge {
        Merge::Key(name) => format!("merge(key = \"{name}\")"),
        other => format!("merge = \"{}\"", other.as_str()),
    };
    format!("{path} is not a list, and `{merge}` is for lists")
}

/// All of them in a declaration.
#[cfg(feature = "testing")]
pub(crate) fn wrong_merges(metadata: &'static Metadata) -> Vec<Draft> {
    let mut drafts = Vec::new();
    collect(metadata, "", &mut drafts, &mut Vec::new());
    drafts
}

#[cfg(feature = "testing")]
fn collect(
    metadata: &'static Metadata,
    around: &str,
    drafts: &mut Vec<Draft>,
    open: &mut Vec<*const Metadata>,
) {
    if open.contains(&std::ptr::from_ref(metadata)) {
        return;
    }
    open.push(metadata);
    for field in metadata.fields() {
        let mut path = around.to_owned();
        if !field.key().is_empty() {
            confkit_sources::path::push_key(&mut path, field.key());
        }
        drafts.extend(wrong(&path, field));
        if let Content::Nested(shape) | Content::Flattened(shape) = field.content() {
            collect(shape().section(), &path, drafts, open);
        }
    }
    open.pop();
}
