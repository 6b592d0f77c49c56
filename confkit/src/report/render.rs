//! Reports for people.

use super::Problem;

/// A report may have thousands of problems; so many are written out.
const SHOWN: usize = 50;

/// How wide, and whether in colour.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    width: usize,
    #[cfg_attr(not(feature = "diagnostics"), expect(dead_code, reason = "only the renderer has colours"))]
    colour: bool,
}

impl Style {
    pub(super) const PLAIN: Self = Self { width: 100, colour: false };

    /// So many columns; those of `Display` where nothing is known.
    #[cfg(feature = "cli")]
    pub(crate) fn new(width: Option<usize>, colour: bool) -> Self {
        Self { width: width.unwrap_or(Self::PLAIN.width), colour }
    }
}

/// Writes title, problems, warnings and notes.
pub(super) fn report(
    title: &str,
    problems: &[Problem],
    warnings: &[Problem],
    notes: &[String],
    style: Style,
) -> String {
    let mut text = wrapped(title, style.width, "  ");
    text.push('\n');
    let all = problems.iter().chain(warnings);
    let hidden = (problems.len() + warnings.len()).saturating_sub(SHOWN);
    for problem in all.take(SHOWN) {
        text.push('\n');
        text.push_str(&self::problem(problem, style));
    }
    if hidden > 0 {
        text.push_str(&format!("\n… and {hidden} more; `problems()` and the JSON have all of them"));
    }
    for note in notes {
        text.push('\n');
        text.push_str(&wrapped(&format!("note: {note}"), style.width, "      "));
    }
    text
}

/// Breaks a text into lines at blanks; lines behind the first are indented.
pub(crate) fn wrapped(text: &str, width: usize, indent: &str) -> String {
    let mut lines = String::new();
    let mut len = 0;
    let words = text.split(' ').flat_map(|word| pieces(word, width.saturating_sub(indent.len() + 10)));
    for word in words {
        let word_len = columns(word);
        if len > 0 && len + 1 + word_len > width {
            lines.push('\n');
            lines.push_str(indent);
            len = indent.len();
        } else if len > 0 {
            lines.push(' ');
            len += 1;
        }
        lines.push_str(word);
        len += word_len;
    }
    lines
}

/// Words longer than a line are cut.
fn pieces(word: &str, most: usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut wide) = (0, 0);
    for (at, c) in word.char_indices() {
        let width = columns(c.encode_utf8(&mut [0; 4]));
        if wide + width > most.max(2) {
            pieces.push(&word[start..at]);
            (start, wide) = (at, 0);
        }
        wide += width;
    }
    pieces.push(&word[start..]);
    pieces
}

/// How many columns a terminal needs for a text.
#[cfg(feature = "diagnostics")]
pub(crate) fn columns(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(text)
}

#[cfg(not(feature = "diagnostics"))]
pub(crate) fn columns(text: &str) -> usize {
    text.chars().count()
}

fn title(problem: &Problem, width: usize) -> String {
    let head = format!("{}[{}]: ", problem.severity().as_str(), problem.code());
    wrapped(&format!("{head}{}", problem.message()), width, "  ")
}

/// Lines of help that the renderer indents by itself.
fn help(problem: &Problem, width: usize) -> Option<String> {
    Some(wrapped(problem.help()?, width.saturating_sub(12), ""))
}

/// What is said of a name that would be right.
fn suggestion(problem: &Problem) -> Option<String> {
    let name = problem.suggestion()?;
    Some(match problem.code() {
        super::Code::Deprecated => format!("rename it to `{name}`"),
        _ => format!("did you mean `{name}`?"),
    })
}

/// A problem without a snippet: a line for each place.
fn plain(problem: &Problem, style: Style) -> String {
    let mut text = title(problem, style.width);
    if let Some(origin) = problem.origin() {
        text.push_str(&format!("\n --> {}", super::clean(&origin.to_string())));
    }
    if let Some(suggestion) = suggestion(problem) {
        text.push_str(&format!("\n  = help: {suggestion}"));
    }
    for related in problem.related() {
        text.push_str(&format!(
            "\n  = note: {}: {}",
            super::clean(&related.origin().to_string()),
            related.message()
        ));
    }
    if let Some(help) = help(problem, style.width) {
        text.push_str(&format!("\n  = help: {}", help.replace('\n', "\n          ")));
    }
    text
}

#[cfg(not(feature = "diagnostics"))]
fn problem(problem: &Problem, style: Style) -> String {
    plain(problem, style)
}

#[cfg(not(feature = "diagnostics"))]
#[expect(clippy::print_stderr, reason = "reports go to standard error")]
pub(super) fn print(text: impl FnOnce(Style) -> String) {
    eprintln!("{}", text(Style::PLAIN));
}

/// Writes help to standard output, as wide as the terminal.
#[cfg(feature = "args")]
pub(super) fn print_help(text: impl FnOnce(usize) -> String) {
    use std::io::Write as _;
    #[cfg(feature = "diagnostics")]
    let width = terminal_size::terminal_size_of(std::io::stdout())
        .map_or(crate::help::WIDTH, |(width, _)| usize::from(width.0).clamp(40, 120));
    #[cfg(not(feature = "diagnostics"))]
    let width = crate::help::WIDTH;
    let text = text(width);
    // Whoever asked may have closed the pipe.
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

#[cfg(feature = "diagnostics")]
pub(super) use drawn::print;
#[cfg(feature = "diagnostics")]
pub(super) use drawn::problem;

#[cfg(feature = "diagnostics")]
mod drawn {
    use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet as Drawn};

    use super::{Problem, Style, help, plain, suggestion, wrapped};
    use crate::report::{Severity, Snippet};

    /// Writes a problem as rustc does.
    pub(in crate::report) fn problem(problem: &Problem, style: Style) -> String {
        let Some(snippet) = problem.snippet() else { return coloured(problem, style) };
        let level = match problem.severity() {
            Severity::Warning => Level::WARNING,
            Severity::Error => Level::ERROR,
        };
        // The renderer indents further lines of the title as far as its head is long.
        let head = problem.severity().as_str().len() + problem.code().as_str().len() + 4;
        let title = wrapped(problem.message(), style.width.saturating_sub(head), "");
        let label = suggestion(problem);
        let mut elsewhere = Vec::new();
        let mut group = level.primary_title(title).id(problem.code().as_str()).element(drawn(
            snippet,
            AnnotationKind::Primary,
            label.as_deref().or(snippet.label.as_deref()),
        ));
        for related in problem.related() {
            match &related.snippet {
                Some(snippet) => {
                    group = group.element(drawn(snippet, AnnotationKind::Context, Some(related.message())));
                }
                None => elsewhere.push(format!("{}: {}", related.origin(), related.message())),
            }
        }
        for note in &elsewhere {
            group = group.element(Level::NOTE.message(note.as_str()));
        }
        let help = help(problem, style.width);
        if let Some(help) = &help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        let renderer = if style.colour { Renderer::styled() } else { Renderer::plain() };
        let mut text = renderer.term_width(style.width).render(&[group]).clone();
        let related = problem.related().iter().filter_map(|related| related.snippet.as_ref());
        for snippet in std::iter::once(snippet).chain(related) {
            text = true_column(text, snippet);
        }
        text
    }

    fn drawn<'s>(
        snippet: &'s Snippet,
        kind: AnnotationKind,
        label: Option<&'s str>,
    ) -> Drawn<'s, annotate_snippets::Annotation<'s>> {
        let mut mark = snippet.mark.clone();
        if mark.is_empty() && mark.end < snippet.text.len() {
            let width = snippet.text[mark.end..].chars().next().map_or(0, char::len_utf8);
            mark.end += width;
        }
        Drawn::source(snippet.text.as_str())
            .path(snippet.source.as_str())
            .line_start(snippet.line)
            .annotation(kind.span(mark).label(label))
    }

    /// The renderer counts columns in the shown text, where parts may be hidden.
    fn true_column(text: String, snippet: &Snippet) -> String {
        let shown = snippet.text[..snippet.mark.start].chars().count() + 1;
        if shown == snippet.column {
            return text;
        }
        let place = |column| format!("{}:{}:{column}", snippet.source, snippet.line);
        text.replacen(&place(shown), &place(snippet.column), 1)
    }

    fn coloured(problem: &Problem, style: Style) -> String {
        let text = plain(problem, style);
        if !style.colour {
            return text;
        }
        let (head, rest) = text.split_once(": ").unwrap_or((&text, ""));
        let colour = match problem.severity() {
            Severity::Warning => "\u{1b}[1m\u{1b}[33m",
            Severity::Error => "\u{1b}[1m\u{1b}[91m",
        };
        format!("{colour}{head}\u{1b}[0m: {rest}")
    }

    /// Writes to standard error, by what the terminal can.
    pub(in crate::report) fn print(text: impl FnOnce(Style) -> String) {
        use std::io::Write as _;
        let width = terminal_size::terminal_size_of(std::io::stderr()).map(|(width, _)| usize::from(width.0));
        let width = width.unwrap_or(Style::PLAIN.width).clamp(40, 140);
        let mut stderr = anstream::stderr().lock();
        // There is nobody left to tell that standard error is closed.
        let _ = writeln!(stderr, "{}", text(Style { width, colour: true }));
    }
}
