//! Workflow commands of GitHub Actions: each problem becomes an annotation of its line.

use confkit_sources::{Origin, OriginKind};

use crate::report::{Problem, Report, Severity};

/// A command for each problem, warning and note.
pub(super) fn commands(report: &Report) -> String {
    let problems = report.problems().iter().chain(report.warnings()).map(command);
    let notes = report.notes().iter().map(|note| format!("::notice::{}", data(note)));
    problems.chain(notes).collect::<Vec<_>>().join("\n")
}

fn command(problem: &Problem) -> String {
    let name = match problem.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut properties = problem.origin().map(place).unwrap_or_default();
    properties.push(("title", problem.code().as_str().to_owned()));
    let properties: Vec<String> =
        properties.into_iter().map(|(key, value)| format!("{key}={}", property(&value))).collect();
    format!("::{name} {}::{}", properties.join(","), data(&message(problem)))
}

/// Where the problem is: in a file, or in words.
fn place(origin: &Origin) -> Vec<(&'static str, String)> {
    if !is_file(origin) {
        return Vec::new();
    }
    let mut place = vec![("file", origin.source().to_owned())];
    place.extend(origin.line().map(|line| ("line", line.to_string())));
    place.extend(origin.column().map(|column| ("col", column.to_string())));
    place.extend(origin.end().map(|end| ("endLine", end.line.to_string())));
    place.extend(origin.end().map(|end| ("endColumn", end.column.to_string())));
    place
}

/// Whether a place is one in a file; a variable is in one if it has a line.
pub(super) fn is_file(origin: &Origin) -> bool {
    match origin.kind() {
        OriginKind::File => true,
        OriginKind::Variable => origin.line().is_some(),
        _ => false,
    }
}

/// The message, where it is about, and what to do.
pub(super) fn message(problem: &Problem) -> String {
    let mut message = problem.message().to_owned();
    let is_named = |origin: &Origin| origin.key().is_some_and(|name| problem.message().contains(name));
    if let Some(origin) = problem.origin().filter(|origin| !is_file(origin) && !is_named(origin)) {
        message.push_str(&format!(" (in {origin})"));
    }
    if let Some(name) = problem.suggestion() {
        message.push_str(&format!("\ndid you mean `{name}`?"));
    }
    if let Some(help) = problem.help() {
        message.push_str(&format!("\n{help}"));
    }
    message
}

/// What stands behind the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// What stands behind `=`.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
