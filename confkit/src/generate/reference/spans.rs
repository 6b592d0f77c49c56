//! The marks of Markdown that words of settings use: code and bold.

/// A piece of a line.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Span<'t> {
    Plain(&'t str),
    Bold(&'t str),
    Code(&'t str),
}

/// Takes a line apart. A mark that has no end is a character like others.
pub(super) fn spans(mut rest: &str) -> Vec<Span<'_>> {
    let mut spans = Vec::new();
    while !rest.is_empty() {
        let next = rest.char_indices().find_map(|(at, c)| match c {
            '`' => code(&rest[at..]).map(|(text, length)| (at, Span::Code(text), length)),
            '*' => bold(&rest[at..]).map(|(text, length)| (at, Span::Bold(text), length)),
            _ => None,
        });
        let Some((at, span, length)) = next else {
            spans.push(Span::Plain(rest));
            break;
        };
        spans.extend((at > 0).then(|| Span::Plain(&rest[..at])));
        spans.push(span);
        rest = &rest[at + length..];
    }
    spans
}

/// Code at the beginning of a text, and the length with its marks: as many at the end as before it.
fn code(text: &str) -> Option<(&str, usize)> {
    let marks = text.len() - text.trim_start_matches('`').len();
    let inside = &text[marks..];
    let mut at = 0;
    while let Some(found) = inside[at..].find('`') {
        let start = at + found;
        let length = inside[start..].len() - inside[start..].trim_start_matches('`').len();
        if length == marks {
            let held = &inside[..start];
            // A blank keeps a mark inside from those around it.
            let stripped = held.strip_prefix(' ').and_then(|held| held.strip_suffix(' '));
            let stripped = stripped.filter(|stripped| stripped.starts_with('`') || stripped.ends_with('`'));
            return Some((stripped.unwrap_or(held), marks + start + length));
        }
        at = start + length;
    }
    None
}

fn bold(text: &str) -> Option<(&str, usize)> {
    let inside = text.strip_prefix("**")?;
    let end = inside.find("**").filter(|end| *end > 0)?;
    Some((&inside[..end], end + 4))
}
