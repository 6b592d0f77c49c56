//! Room for one more entry between brackets.

use toml_edit::Value;

use super::text;

/// What stands around a new last element.
pub(super) struct Gap {
    pub(super) front: String,
    pub(super) suffix: String,
    /// What stands before the closing bracket, behind a comma if there is one.
    pub(super) trailing: String,
}

/// Makes room behind the last element: comments on its line stay there, and the new one stands on a
/// line of its own if the others do.
pub(super) fn gap(
    fronts: &[String],
    last: Option<&mut Value>,
    has_comma: bool,
    trailing: &str,
    only: &str,
) -> Gap {
    let Some(last) = last else {
        return Gap {
            front: only.to_owned(),
            suffix: only.to_owned(),
            trailing: trailing.trim_matches(' ').to_owned(),
        };
    };
    let tail = if has_comma { trailing.to_owned() } else { text(last.decor().suffix()).to_owned() };
    if !has_comma {
        last.decor_mut().set_suffix("");
    }
    let sibling = fronts.last().map_or("", |front| &**front);
    let indent = sibling.rfind('\n').map(|newline| &sibling[newline..]);
    let (front, end) = match (tail.rfind('\n'), indent) {
        (Some(newline), _) => (
            format!(
                "{}{}",
                &tail[..newline],
                indent.map_or_else(|| format!("{}  ", &tail[newline..]), str::to_owned)
            ),
            tail[newline..].to_owned(),
        ),
        (None, Some(indent)) => (indent.to_owned(), tail),
        (None, None) if fronts.len() > 1 && sibling.is_empty() => (String::new(), tail),
        (None, None) => (" ".to_owned(), tail),
    };
    if has_comma {
        Gap { front, suffix: String::new(), trailing: end }
    } else {
        Gap { front, suffix: end, trailing: trailing.to_owned() }
    }
}
