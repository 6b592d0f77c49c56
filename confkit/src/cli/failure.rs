//! Why a command was not done.

use std::io;

use crate::report::{Code, Problem, Report};

use super::Status;

/// What is told instead of an answer.
pub(super) enum Failure {
    /// The settings have problems.
    Report(Report),
    /// Something else is wrong.
    Problem(Status, Box<Problem>),
    /// The answer cannot be written.
    Unheard(io::Error),
}

impl Failure {
    /// Something that is wrong, and what to do about it.
    pub(super) fn new(status: Status, code: Code, message: &str, help: Option<&str>) -> Self {
        Self::Problem(status, Box::new(Problem::unplaced(code, "", message, help)))
    }

    /// The same about a setting.
    pub(super) fn about(status: Status, code: Code, path: &str, message: &str, help: Option<&str>) -> Self {
        Self::Problem(status, Box::new(Problem::unplaced(code, path, message, help)))
    }

    /// A file that the operating system does not hand over, or take.
    pub(super) fn of_file(name: &str, error: &io::Error) -> Self {
        let (status, code, what) = match error.kind() {
            io::ErrorKind::NotFound => (Status::NoInput, Code::NotFound, "is not there"),
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                (Status::Permission, Code::Permission, "may not be read or changed")
            }
            io::ErrorKind::InvalidData => (Status::Data, Code::Encoding, "is not UTF-8"),
            io::ErrorKind::IsADirectory => (Status::Io, Code::Source, "is a directory"),
            _ => (Status::Io, Code::Source, "cannot be read or written"),
        };
        Self::new(status, code, &format!("{name} {what}"), None)
    }

    /// A file whose name tells no format.
    pub(super) fn no_format(file: &str) -> Self {
        Self::new(
            Status::Usage,
            Code::Source,
            &format!("the name of {file} tells no format that is read here"),
            None,
        )
    }

    /// A command that was added to ours by somebody else.
    pub(super) fn unknown_command() -> Self {
        let message = "there is no such command";
        Self::new(Status::Usage, Code::UnknownKey, message, Some("run it before `confkit::cli::run`"))
    }

    pub(super) fn status(&self) -> Status {
        match self {
            Self::Report(_) => Status::Config,
            Self::Problem(status, _) => *status,
            // Whoever listened has heard enough.
            Self::Unheard(error) if error.kind() == io::ErrorKind::BrokenPipe => Status::Done,
            Self::Unheard(_) => Status::Io,
        }
    }
}

impl From<Report> for Failure {
    fn from(report: Report) -> Self {
        Self::Report(report)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Unheard(error)
    }
}
