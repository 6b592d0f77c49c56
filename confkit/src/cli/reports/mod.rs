//! Reports in the forms in which people and machines read them.

mod github;
mod sarif;

use super::failure::Failure;
use crate::config::Config;
use crate::report::{Report, Style, rendered_problem};

/// The form of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Output {
    Human,
    Json,
    Sarif,
    Github,
}

impl Output {
    /// The forms by their names.
    pub(super) const ALL: [(&'static str, Self, &'static str); 4] = [
        ("human", Self::Human, "for people"),
        ("json", Self::Json, "one line of JSON"),
        ("sarif", Self::Sarif, "SARIF 2.1.0, for code scanning"),
        ("github", Self::Github, "workflow commands of GitHub Actions"),
    ];

    /// A report of problems, or of warnings alone.
    pub(super) fn report(self, report: &Report, style: Style) -> String {
        match self {
            Self::Human => report.rendered(style),
            Self::Json => report.to_json(),
            Self::Sarif => sarif::log(report),
            Self::Github => github::commands(report),
        }
    }

    /// What is told of a command that failed, if there is anybody to tell.
    pub(super) fn failure<T: Config>(self, failure: &Failure, style: Style) -> Option<String> {
        match failure {
            Failure::Report(report) => Some(self.report(report, style)),
            Failure::Problem(_, problem) if self == Self::Human => Some(rendered_problem(problem, style)),
            Failure::Problem(_, problem) => {
                let mut report = Report::new(T::METADATA.name(), None);
                report.add((**problem).clone());
                Some(self.report(&report, style))
            }
            Failure::Unheard(_) => None,
        }
    }
}
