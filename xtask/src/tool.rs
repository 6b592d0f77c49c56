//! Running other programs, shown the way a person would type them.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::error::{Context as _, Error, Result};

/// A program about to run.
pub(crate) struct Tool {
    program: OsString,
    arguments: Vec<OsString>,
    variables: Vec<(OsString, OsString)>,
    toolchain: Option<String>,
    bare: bool,
}

impl Tool {
    /// Any program, looked up in `PATH`.
    pub(crate) fn new(program: impl AsRef<OsStr>) -> Self {
        Self {
            program: program.as_ref().to_owned(),
            arguments: Vec::new(),
            variables: Vec::new(),
            toolchain: None,
            bare: false,
        }
    }

    /// The cargo that runs this tool, with arguments as on a command line.
    pub(crate) fn cargo(line: &str) -> Self {
        Self::new("cargo").args(line.split_whitespace())
    }

    /// The same cargo of another installed toolchain.
    pub(crate) fn cargo_of(toolchain: &str, line: &str) -> Self {
        let mut tool = Self::cargo(line);
        tool.toolchain = Some(toolchain.to_owned());
        tool
    }

    /// One more argument.
    pub(crate) fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.arguments.push(argument.as_ref().to_owned());
        self
    }

    /// More arguments.
    pub(crate) fn args(mut self, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Self {
        self.arguments.extend(arguments.into_iter().map(|argument| argument.as_ref().to_owned()));
        self
    }

    /// One variable for the program.
    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.variables.push((name.into(), value.as_ref().to_owned()));
        self
    }

    /// Runs with the given variables and no others.
    pub(crate) fn only_env(mut self) -> Self {
        self.bare = true;
        self
    }

    /// The line a person would type.
    pub(crate) fn line(&self) -> String {
        let mut words = Vec::new();
        if !self.bare {
            for (name, value) in &self.variables {
                words.push(format!("{}={}", name.display(), quoted(value)));
            }
        }
        words.push(quoted(&self.program));
        words.extend(self.toolchain.iter().map(|toolchain| format!("+{toolchain}")));
        words.extend(self.arguments.iter().map(|argument| quoted(argument)));
        words.join(" ")
    }

    /// Runs with its output on this terminal; a failure is an error that shows the line to repeat.
    pub(crate) fn run(&self) -> Result<()> {
        let status = self.command().status().context(|| format!("cannot run {}", self.line()))?;
        if status.success() {
            return Ok(());
        }
        Err(Error::new(format!("{status}\nrepeat it with: {}", self.line())))
    }

    /// Runs and returns everything, the status unjudged.
    pub(crate) fn outcome(&self) -> Result<Output> {
        self.command().stdin(Stdio::null()).output().context(|| format!("cannot run {}", self.line()))
    }

    /// Runs and returns what it printed; on failure the error holds what it complained of.
    pub(crate) fn output(&self) -> Result<String> {
        let output = self.outcome()?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
        Err(Error::new(format!(
            "{}\n{}\nrepeat it with: {}",
            complaint.trim_end(),
            output.status,
            self.line()
        )))
    }

    fn command(&self) -> Command {
        let mut command = match &self.toolchain {
            Some(toolchain) => {
                let mut command = Command::new("rustup");
                command.args(["run", toolchain]).arg(&self.program);
                for name in ["RUSTUP_TOOLCHAIN", "CARGO", "RUSTC", "RUSTDOC"] {
                    command.env_remove(name);
                }
                command
            }
            None if self.program == "cargo" => {
                Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            }
            None => Command::new(&self.program),
        };
        if self.bare {
            command.env_clear();
        } else {
            // Set by the cargo that runs this tool for the package `xtask`; its children are about other packages.
            let own = std::env::vars_os().map(|(name, _)| name);
            for name in own.filter(|name| name.to_string_lossy().starts_with("CARGO_PKG_")) {
                command.env_remove(name);
            }
            command.env_remove("CARGO_MANIFEST_DIR");
        }
        command.args(&self.arguments).envs(self.variables.iter().cloned());
        command
    }
}

/// What `cargo metadata` says of the workspace's own packages.
pub(crate) fn metadata() -> Result<Value> {
    let text = Tool::cargo("metadata --format-version 1 --no-deps").output()?;
    serde_json::from_str(&text).context(|| "cargo metadata".to_owned())
}

/// A folder for what a command builds and measures, beside the workspace's own build.
pub(crate) fn scratch(name: &str) -> Result<PathBuf> {
    let metadata = metadata()?;
    let target = metadata["target_directory"].as_str();
    let target = target.ok_or_else(|| Error::new("cargo metadata names no target folder"))?;
    let folder = Path::new(target).join(name);
    std::fs::create_dir_all(&folder).context(|| format!("cannot create {}", folder.display()))?;
    Ok(folder)
}

/// Whether `program` can be started at all.
pub(crate) fn exists(program: &str) -> bool {
    Command::new(program)
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Makes the workspace's folder the current one, wherever the tool was called from.
pub(crate) fn enter_workspace() -> Result<()> {
    let manifest = Tool::cargo("locate-project --workspace --message-format plain").output()?;
    let root = Path::new(manifest.trim())
        .parent()
        .ok_or_else(|| Error::new("the workspace's Cargo.toml lies in no folder"))?;
    std::env::set_current_dir(root).context(|| format!("cannot enter {}", root.display()))
}

/// `word` as a shell wants it.
fn quoted(word: &OsStr) -> String {
    let text = word.to_string_lossy();
    let plain = |c: char| c.is_alphanumeric() || "-_./=:,+@%".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text.into_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}
