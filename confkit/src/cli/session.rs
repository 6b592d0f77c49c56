//! One command on its way: what it is asked about, and where it answers.

use std::collections::BTreeSet;
use std::path::Path;

use confkit_sources::args::{Names, declared_arguments};
use confkit_sources::path;

use super::arguments::Options;
use super::failure::Failure;
use super::{Status, Terminal};
use crate::clap::Typed;
use crate::config::Config;
use crate::explain::{Addressed, Loaded};
use crate::loader::Loader;
use crate::report::{Code, Style, clean, nearest};

pub(super) struct Session<'s, 't, T> {
    pub(super) loader: Loader<T>,
    terminal: &'s mut Terminal<'t>,
    pub(super) options: Options,
}

impl<'s, 't, T: Config> Session<'s, 't, T> {
    pub(super) fn new(loader: &Loader<T>, terminal: &'s mut Terminal<'t>, options: Options) -> Self {
        let mut loader = loader.clone();
        if T::METADATA.loading().reads_args() {
            // The words of the process are the command's; clap has read them.
            loader = loader.matches(Typed::default());
        }
        if let Some(profile) = &options.profile {
            loader = loader.profile(profile);
        }
        Self { loader, terminal, options }
    }

    pub(super) fn load(&self) -> Result<Loaded<T>, Failure> {
        Ok(self.loader.load_traced()?)
    }

    /// The columns of the answer; none where lines may be as long as they are.
    pub(super) fn columns(&self) -> Option<usize> {
        self.options.width.or(self.terminal.columns())
    }

    pub(super) fn is_coloured(&self) -> bool {
        self.options.colour.unwrap_or_else(|| self.terminal.is_coloured(self.loader.looked_up_in()))
    }

    pub(super) fn style(&self) -> Style {
        Style::new(self.columns(), self.is_coloured())
    }

    /// Writes the answer, or a part of it that is whole lines.
    pub(super) fn answer(&mut self, text: &str) -> Result<(), Failure> {
        self.terminal.answer(text)?;
        if !text.is_empty() && !text.ends_with('\n') {
            self.terminal.answer("\n")?;
        }
        Ok(())
    }

    /// Tells something beside the answer.
    pub(super) fn tell(&mut self, text: &str) -> Result<(), Failure> {
        Ok(self.terminal.tell(&format!("{text}\n"))?)
    }

    /// Tells what is good to know, to people.
    pub(super) fn note(&mut self, text: &str) -> Result<(), Failure> {
        let text = clean(text).into_owned();
        self.tell(&format!("note: {text}"))
    }

    pub(super) fn read_value(&mut self) -> Result<String, Failure> {
        self.terminal.read_value().map_err(|error| Failure::of_file("standard input", &error))
    }

    /// Makes sure that a file is there.
    pub(super) fn is_there(&self, file: &str) -> Result<(), Failure> {
        let status = self.loader.looked_up_in().status(Path::new(file));
        status.map(drop).map_err(|error| Failure::of_file(file, &error))
    }

    /// The declared setting at a path.
    pub(super) fn setting(&self, key: &str) -> Result<Addressed, Failure> {
        let told = |error| {
            Failure::new(Status::Usage, Code::UnknownKey, &format!("`{key}` is not a path: {error}"), None)
        };
        let path = path::parse(key).map_err(told)?;
        let section = self.loader.section_path();
        Addressed::at(T::METADATA, &section, &path).ok_or_else(|| self.unknown(key))
    }

    /// What is told of a path that leads to no setting.
    pub(super) fn unknown(&self, key: &str) -> Failure {
        let section = self.loader.section_path();
        let declared = declared_arguments(&Names { section: &section, metadata: T::METADATA });
        let mut known: BTreeSet<String> = declared.into_iter().map(|one| one.path).collect();
        let sections = |path: &String| path.match_indices('.').map(|(at, _)| path[..at].to_owned()).collect();
        known.extend(known.iter().flat_map::<Vec<String>, _>(sections).collect::<Vec<_>>());
        let help =
            nearest(key, known.iter().map(String::as_str)).map(|near| format!("did you mean `{near}`?"));
        let message = format!("there is no setting `{key}`");
        Failure::new(Status::Usage, Code::UnknownKey, &message, help.as_deref())
    }

    /// Ends the command: what is wrong is told.
    pub(super) fn finish(mut self, result: Result<Status, Failure>) -> Status {
        let style = self.style();
        let (status, told) = match &result {
            Ok(status) => (*status, None),
            Err(failure) => (failure.status(), self.options.output.failure::<T>(failure, style)),
        };
        let told = told.map_or(Ok(()), |text| self.tell(&text));
        match (told, self.terminal.flush()) {
            (Ok(()), Ok(())) => status,
            (Err(failure), _) => failure.status(),
            (_, Err(error)) => Failure::from(error).status(),
        }
    }
}
