//! How a command ends.

use std::process::ExitCode;

/// How a command ended. The numbers are those of `sysexits.h` where it has one, so that a script can
/// tell bad settings from a bad command.
///
/// # Example
///
/// ```
/// use confkit::cli::Status;
///
/// assert_eq!(Status::Config.code(), 78);
/// assert_eq!(Status::of_code(66), Some(Status::NoInput));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Status {
    /// It did what was asked for.
    Done,
    /// The answer is no.
    No,
    /// The words of the command cannot be used.
    Usage,
    /// A file cannot be edited as it is written.
    Data,
    /// A file that the command names is not there.
    NoInput,
    /// A file or stream cannot be read or written.
    Io,
    /// The system does not allow it.
    Permission,
    /// The settings have problems, or would have.
    Config,
}

impl Status {
    /// Every status, with its meaning, in the order of the numbers.
    pub(super) const ALL: [(Self, &'static str); 8] = [
        (Self::Done, "done"),
        (Self::No, "no: `diff` found differences, `get` no value, `schema --compare` a break"),
        (Self::Usage, "the command cannot be used so"),
        (Self::Data, "a file cannot be edited as it is written"),
        (Self::NoInput, "a file that the command names is not there"),
        (Self::Io, "a file or stream cannot be read or written"),
        (Self::Permission, "the system does not allow it"),
        (Self::Config, "the settings have problems, or would have"),
    ];

    /// Returns the exit code.
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::No => 1,
            Self::Usage => 64,
            Self::Data => 65,
            Self::NoInput => 66,
            Self::Io => 74,
            Self::Permission => 77,
            Self::Config => 78,
        }
    }

    /// Returns what an exit code means; nothing for codes that no command ends with.
    pub fn of_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().map(|(status, _)| status).find(|status| status.code() == code)
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status.code())
    }
}
