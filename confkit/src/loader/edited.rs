//! A file that is to be changed, and the stack in which it counts.

use std::io;
use std::path::{Path, PathBuf};

use confkit_sources::{File, Format};

use super::builder::Loader;
use super::found;
use super::profile::Profile;
use super::stack::{Stack, Step};
use crate::config::Config;

/// What stands for the profile in the path of a file.
const PROFILE: &str = "{profile}";

/// A file on its way to a new text: it is loaded as if it had that text, before it is written.
pub(crate) struct Edited<T> {
    /// Of the profile in which the file is read, with the files of directories one by one. Nothing is set aside:
    /// who edits is told.
    loader: Loader<T>,
    /// The layers that read it.
    layers: Vec<usize>,
    path: PathBuf,
    name: String,
    format: Format,
}

impl<T: Config> Edited<T> {
    /// Finds the layers that read a file. It may be one of another profile, which is chosen then.
    /// Nothing comes back for a file whose name tells no format.
    pub(crate) fn find(loader: &Loader<T>, path: &str) -> io::Result<Option<Self>> {
        let wanted = loader.stack.system.absolute(Path::new(path))?;
        let mut chosen = loader.stack.chosen_profile(Some(T::METADATA)).name;
        let mut stack = of_profile(&loader.stack, &chosen);
        let mut layers = reading(&stack, &wanted, &chosen);
        if layers.is_empty()
            && let Some(profile) =
                loader.stack.steps.iter().find_map(|step| profile_in(loader, step, &wanted))
        {
            stack = of_profile(&loader.stack, &profile);
            layers = reading(&stack, &wanted, &profile);
            chosen = profile;
        }
        let step = layers.first().map(|&at| &stack.steps[at]);
        let format = match step {
            Some(Step::Dotenv(_)) => Some(Format::Dotenv),
            _ => Format::among(&stack.formats, &wanted),
        };
        let name = step.map_or_else(|| path.to_owned(), |step| step.name().replace(PROFILE, &chosen));
        let loader = loader.clone().change(|_| Stack { profile: Some(chosen), strict: true, ..stack });
        Ok(format.map(|format| Self { loader, layers, path: wanted, name, format }))
    }

    /// Whether any layer reads the file. Else it counts as if it lay on top.
    pub(crate) fn is_read(&self) -> bool {
        !self.layers.is_empty()
    }

    /// Whether the file holds variables, and no keys.
    pub(crate) fn has_variables(&self) -> bool {
        self.layers.first().is_some_and(|&at| self.loader.stack.steps[at].has_variables())
    }

    /// The file's path, as reports show it.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn format(&self) -> Format {
        self.format
    }

    /// The stack as it is.
    pub(crate) fn loader(&self) -> &Loader<T> {
        &self.loader
    }

    /// The stack as if the file had this text.
    pub(crate) fn supposing(&self, text: &str) -> Loader<T> {
        let mut loader = self.loader.clone();
        for &at in &self.layers {
            let step = &mut loader.stack.steps[at];
            match step {
                Step::File(file) | Step::Dotenv(file) => *file = file.clone().supposing(text),
                _ => {}
            }
        }
        if self.layers.is_empty() {
            loader.stack.steps.push(Step::File(File::new(&self.path).supposing(text)));
        }
        loader
    }

    /// The stack with another file in place of this one; on top, where no layer reads it.
    pub(crate) fn with_file(&self, path: &str) -> Loader<T> {
        let mut loader = self.loader.clone();
        let wanted = loader.stack.system.absolute(Path::new(path)).unwrap_or_else(|_| path.into());
        // Where paths start where the command stands, the file is told by the name that was typed.
        let is_here = loader.stack.root.as_os_str().is_empty();
        let file = if is_here { File::new(path) } else { File::new(wanted) };
        if self.layers.is_empty() {
            loader.stack.steps.push(Step::File(file));
            return loader;
        }
        for &at in &self.layers {
            let step = &mut loader.stack.steps[at];
            *step = if step.has_variables() {
                Step::Dotenv(file.clone().format(Format::Dotenv))
            } else {
                Step::File(file.clone())
            };
        }
        loader
    }

    /// The text of the file; nothing if it is not there.
    pub(crate) fn read(&self) -> io::Result<Option<String>> {
        let bytes = match self.loader.stack.system.read(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            bytes => bytes?,
        };
        String::from_utf8(bytes).map(Some).map_err(|_| io::Error::from(io::ErrorKind::InvalidData))
    }

    /// Writes the file in one step.
    pub(crate) fn write(&self, text: &str, is_private: bool) -> io::Result<()> {
        self.loader.stack.system.write(&self.path, text.as_bytes(), is_private)
    }
}

/// The stack with the files that a profile finds.
fn of_profile(stack: &Stack, profile: &str) -> Stack {
    found::expand(stack, &Profile::new(profile, None)).unwrap_or_else(|| stack.clone())
}

/// The file of a layer, if it is one.
fn file(step: &Step) -> Option<&File> {
    match step {
        Step::File(file) | Step::Dotenv(file) => Some(file),
        _ => None,
    }
}

/// The layers of a profile that read a file.
fn reading(stack: &Stack, wanted: &Path, profile: &str) -> Vec<usize> {
    let is_it = |step: &Step| {
        let path = file(step).map(|file| file.location(&stack.root, profile));
        path.and_then(|path| stack.system.absolute(&path).ok()).is_some_and(|path| path == wanted)
    };
    (0..stack.steps.len()).filter(|&at| is_it(&stack.steps[at])).collect()
}

/// The profile in which a layer reads a file.
fn profile_in<T>(loader: &Loader<T>, step: &Step, wanted: &Path) -> Option<String> {
    let path = file(step)?.location(&loader.stack.root, PROFILE);
    let path = loader.stack.system.absolute(&path).ok()?;
    let (before, after) = path.to_str()?.split_once(PROFILE)?;
    let name = wanted.to_str()?.strip_prefix(before)?.strip_suffix(after)?;
    Profile::new(name, None).wrong.is_none().then(|| name.to_owned())
}
