//! The measured programs: built each for itself, run on generated files with exactly the generated variables.

use std::path::PathBuf;

use crate::error::{Context as _, Result};
use crate::tool::{self, Tool};

/// What the others are compared with.
pub(crate) const FLOOR: &str = "floor";
/// The program that uses this project.
pub(crate) const OURS: &str = "confkit";
/// All programs, `benches/<name>`; the floor comes first.
pub(crate) const PROGRAMS: [&str; 6] = [FLOOR, OURS, "confique", "schematic", "figment", "config"];
/// Numbers of keys, as `benches/input` generates them.
pub(crate) const CASES: [usize; 4] = [30, 1_000, 5_000, 50_000];
/// The manifest of the workspace that holds them.
pub(crate) const MANIFEST: &str = "benches/Cargo.toml";

/// Built programs and their input.
pub(crate) struct Programs {
    names: Vec<&'static str>,
    folder: PathBuf,
}

impl Programs {
    /// Builds the named programs and writes the input.
    pub(crate) fn build(names: &[&'static str]) -> Result<Self> {
        let folder = tool::scratch("benches")?;
        for name in names {
            // One at a time: built together, they would share the union of their features.
            Tool::cargo("build --quiet --release --manifest-path")
                .arg(MANIFEST)
                .arg(format!("--package=bench-{name}"))
                .arg("--target-dir")
                .arg(&folder)
                .run()?;
        }
        Tool::cargo("run --quiet --release --package bench-input --manifest-path")
            .arg(MANIFEST)
            .arg("--target-dir")
            .arg(&folder)
            .arg("--")
            .arg(folder.join("cases"))
            .run()?;
        Ok(Self { names: names.to_vec(), folder })
    }

    /// The programs, the floor first.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.names.iter().copied()
    }

    /// A place for a tool's output.
    pub(crate) fn scratch(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Adds to a measuring tool the program, its arguments and its environment.
    pub(crate) fn under(&self, tool: Tool, program: &str, keys: usize) -> Result<Tool> {
        let case = self.folder.join("cases").join(keys.to_string());
        let variables = case.join("variables");
        let text = std::fs::read_to_string(&variables).context(|| variables.display().to_string())?;
        let tool = text
            .lines()
            .filter_map(|line| line.split_once('='))
            .fold(tool.only_env(), |tool, (name, value)| tool.env(name, value));
        Ok(tool
            .arg(self.folder.join("release").join(format!("bench-{program}")))
            .arg(keys.to_string())
            .arg(case))
    }
}
