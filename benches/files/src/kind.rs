//! Which files are counted, and as what.

use std::path::Path;

use confkit_sources::Format;

/// Folders with the published cases of a format, many of which are wrong on purpose.
const CASES: [&str; 3] = ["test-data", "toml-test", "yaml-test-suite"];

/// A format, and the row in which its files are counted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kind {
    pub(crate) row: &'static str,
    pub(crate) format: Format,
    /// Whether the file is a case of a test suite, as against one that somebody uses.
    pub(crate) is_case: bool,
}

impl Kind {
    /// By extension or name; `None` for what is no file of settings in a format of ours.
    pub(crate) fn of(path: &Path) -> Option<Self> {
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        let name = path.file_name()?.to_str()?;
        let folder = path.parent()?.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let (row, format) = match (extension, name) {
            // Other programs' INI, under names that do not tell us the format.
            ("cfg" | "desktop", _) => ("ini", Format::Ini),
            ("service" | "socket" | "timer" | "mount" | "target" | "path" | "slice", _) => {
                ("ini (systemd)", Format::Ini)
            }
            (_, "environment" | "os-release" | "lsb-release") => ("dotenv", Format::Dotenv),
            ("", _) if folder == "default" => ("dotenv", Format::Dotenv),
            _ => {
                let format = Format::of_path(path)?;
                (format.as_str(), format)
            }
        };
        let is_case = path.components().any(|part| CASES.iter().any(|case| part.as_os_str() == *case));
        Some(Self { row, format, is_case })
    }
}
