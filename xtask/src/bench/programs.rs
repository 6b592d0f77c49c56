//! The measured programs: built each for itself, run on generated files with exactly the generated variables.

use std::path::PathBuf;

use crate::error::{Context as _, Result};
use crate::tool::{self, Tool};

/// What the others are compared with.
pub(crate) const FLOOR: &str = "floor";
/// The program that uses this project.
pub(crate) const OURS: &str = "confkit";
/// The parts that a load of ours cannot do without; it loads no value.
pub(crate) const BARE: &str = "bare";
/// All programs, `benches/<name>`; the floor comes first.
pub(crate) const PROGRAMS: [&str; 7] = [FLOOR, BARE, OURS, "confique", "schematic", "figment", "config"];
/// What is in the name of the function that loads, in all programs that load.
pub(crate) const LOAD: &str = "load_once";
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

    /// One program on one case, with exactly the variables of the case.
    pub(crate) fn load(&self, program: &str, keys: usize) -> Result<Run> {
        let case = self.folder.join("cases").join(keys.to_string());
        let variables = case.join("variables");
        let text = std::fs::read_to_string(&variables).context(|| variables.display().to_string())?;
        let variables = text.lines().filter_map(|line| line.split_once('='));
        let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Ok(Run { variables, ..self.run(program, [keys.to_string(), case.display().to_string()]) })
    }

    /// One program with arguments and no variables.
    pub(crate) fn run(&self, program: &str, arguments: impl Into<Vec<String>>) -> Run {
        let path = self.folder.join("release").join(format!("bench-{program}"));
        Run { path, arguments: arguments.into(), variables: Vec::new() }
    }
}

/// A program, its arguments and its environment.
pub(crate) struct Run {
    path: PathBuf,
    arguments: Vec<String>,
    variables: Vec<(String, String)>,
}

impl Run {
    /// The same with further arguments before and after its own.
    pub(crate) fn between(mut self, before: &[&str], after: &[String]) -> Self {
        self.arguments.splice(..0, before.iter().map(|word| (*word).to_owned()));
        self.arguments.extend_from_slice(after);
        self
    }

    /// Runs it by itself, and returns what it says.
    pub(crate) fn said(&self) -> Result<String> {
        Ok(self.under(Tool::new("env")).output()?.trim().to_owned())
    }

    /// Adds it to a measuring tool.
    pub(crate) fn under(&self, tool: Tool) -> Tool {
        let tool = self.variables.iter().fold(tool.only_env(), |tool, (name, value)| tool.env(name, value));
        tool.arg(&self.path).args(&self.arguments)
    }

    /// The line that runs it.
    pub(crate) fn line(&self) -> String {
        self.under(Tool::new("env")).line()
    }
}
