//! Texts that match a regular expression.

use regex_syntax::hir::{Class, Hir, HirKind};

/// How many repetitions more than the fewest are tried.
const MORE: [u32; 6] = [1, 0, 2, 4, 8, 16];

/// Texts of several lengths that match, the plainest first; none of an expression that is none.
///
/// Assertions such as `\b` are passed over: whether a text matches is for the load to say.
pub(super) fn matching(pattern: &str) -> Vec<String> {
    let Ok(hir) = regex_syntax::parse(pattern) else { return Vec::new() };
    MORE.map(|more| {
        let mut text = String::new();
        write(&hir, more, &mut text);
        text
    })
    .into()
}

fn write(hir: &Hir, more: u32, text: &mut String) {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(class) => text.extend(plain(class)),
        HirKind::Repetition(repetition) => {
            let count = repetition.min.saturating_add(more).min(repetition.max.unwrap_or(u32::MAX));
            (0..count.min(1 << 12)).for_each(|_| write(&repetition.sub, more, text));
        }
        HirKind::Capture(capture) => write(&capture.sub, more, text),
        HirKind::Concat(parts) => parts.iter().for_each(|part| write(part, more, text)),
        HirKind::Alternation(ways) => ways.iter().take(1).for_each(|way| write(way, more, text)),
    }
}

/// A letter or digit of a class, if it has one.
fn plain(class: &Class) -> Option<char> {
    let ranges: Vec<(char, char)> = match class {
        Class::Unicode(class) => class.ranges().iter().map(|range| (range.start(), range.end())).collect(),
        Class::Bytes(class) => {
            class.ranges().iter().map(|range| (char::from(range.start()), char::from(range.end()))).collect()
        }
    };
    let has = |wanted: &char| ranges.iter().any(|(start, end)| (start..=end).contains(&wanted));
    ['a', 'A', '1', '0'].into_iter().find(has).or_else(|| ranges.first().map(|(start, _)| *start))
}
