//! `set` and `unset`: changes of a file that leave the settings right.

use ::clap::ArgMatches;
use confkit_sources::path::{self, Segment};
use confkit_sources::{
    Document, EditError, EditErrorKind, Editor, Format, NodeKind, OriginKind, SourceError,
};
use figment::value::{Dict, Value};

use super::arguments::{DRY_RUN, FILE, KEY, VALUE, word};
use super::changes::Shown;
use super::failure::Failure;
use super::session::Session;
use super::{Status, changes, value};
use crate::config::Config;
use crate::explain::{Addressed, Loaded};
use crate::loader::Edited;
use crate::report::{Code, Problem, Report, rendered_warnings};
use crate::resolve::{plainly, trail};

/// What stands for a value on standard input.
const STDIN: &str = "-";

pub(super) fn set<T: Config>(
    session: &mut Session<'_, '_, T>,
    matches: &ArgMatches,
) -> Result<Status, Failure> {
    let mut change = Change::begin(session, matches)?;
    let typed = word(matches, VALUE).unwrap_or_default();
    let text = match typed {
        STDIN => session.read_value()?,
        _ if change.takes_secret() => return Err(change.seen()),
        text => text.to_owned(),
    };
    let mut refused = None;
    for value in value::values(&change.setting, &change.key, &text, change.edited.format().has_types())? {
        let mut editor = change.editor()?;
        change.put(&mut editor, &value).map_err(|error| refusal(&error))?;
        match change.checked(editor) {
            Ok(()) => return change.finish(session, matches, "set"),
            // The first meaning is the likeliest: what is wrong is told about it.
            Err(failure) => drop(refused.get_or_insert(failure)),
        }
    }
    Err(refused.unwrap_or_else(|| change.seen()))
}

pub(super) fn unset<T: Config>(
    session: &mut Session<'_, '_, T>,
    matches: &ArgMatches,
) -> Result<Status, Failure> {
    let mut change = Change::begin(session, matches)?;
    let mut editor = change.editor()?;
    editor.remove(&change.place).map_err(|error| refusal(&error))?;
    change.checked(editor)?;
    change.finish(session, matches, "not set any more")
}

/// One setting in one file, on its way to another value.
struct Change<T> {
    edited: Edited<T>,
    setting: Addressed,
    /// The setting's path as the declaration spells it.
    key: String,
    /// The path in the file, in the spelling that is there.
    place: String,
    old: Option<String>,
    /// What the file has to say of its version, too.
    #[cfg(feature = "migrate")]
    version: super::file_version::Unsaid,
    /// The text with the change, and what its load says.
    new: Option<(String, Result<Loaded<T>, Report>)>,
}

impl<T: Config> Change<T> {
    fn begin(session: &Session<'_, '_, T>, matches: &ArgMatches) -> Result<Self, Failure> {
        let file = word(matches, FILE).unwrap_or_default();
        let setting = session.setting(word(matches, KEY).unwrap_or_default())?;
        let key = path::to_string(&setting.path);
        let found = Edited::find(&session.loader, file).map_err(|error| Failure::of_file(file, &error))?;
        let edited = found.ok_or_else(|| Failure::no_format(file))?;
        let old = edited.read().map_err(|error| Failure::of_file(edited.name(), &error))?;
        if old.is_none() && !edited.is_read() {
            return Err(absent(file));
        }
        let mut change = Self {
            edited,
            setting,
            key,
            place: String::new(),
            old,
            #[cfg(feature = "migrate")]
            version: None,
            new: None,
        };
        change.place = change.placed(session)?;
        #[cfg(feature = "migrate")]
        if !change.edited.has_variables() {
            let document = change.read(change.text())?;
            change.version = super::file_version::checked(session, change.edited.name(), &document)?;
        }
        Ok(change)
    }

    /// Where the setting is, or goes, in the file.
    fn placed(&self, session: &Session<'_, '_, T>) -> Result<String, Failure> {
        if self.edited.has_variables() {
            let variable = session.loader.variable(&self.key);
            return variable.map(|name| path::to_string(&[Segment::key(name)])).ok_or_else(|| {
                let message =
                    format!("{} has no variable, and {} holds variables", self.key, self.edited.name());
                Failure::about(Status::Usage, Code::UnknownKey, &self.key, &message, None)
            });
        }
        let section = session.loader.section_path();
        let document = self.read(self.text())?;
        let mut place = self.setting.path.clone();
        if let Some(root) = plainly(document.root(), &section) {
            let inside = place[section.len()..].to_vec();
            for (step, node) in place[section.len()..].iter_mut().zip(trail(T::METADATA, root, &inside)) {
                if let Segment::Key(key) = step {
                    *key = node.key().to_owned().into();
                }
            }
        }
        Ok(path::to_string(&place))
    }

    /// The text that is changed: that of the file, or of one without settings.
    fn text(&self) -> &str {
        self.old.as_deref().unwrap_or(match self.edited.format().as_str() {
            "json" | "jsonc" | "json5" => "{}\n",
            "ron" => "()\n",
            _ => "",
        })
    }

    /// The file as it is; one that is not there has no text, in whatever format.
    fn before(&self) -> Result<Document, Failure> {
        match &self.old {
            Some(text) => self.read(text),
            None => self.read_as(Format::Dotenv, ""),
        }
    }

    fn read(&self, text: &str) -> Result<Document, Failure> {
        self.read_as(self.edited.format(), text)
    }

    fn read_as(&self, format: Format, text: &str) -> Result<Document, Failure> {
        let name = self.edited.name();
        let read = confkit_sources::read_text(format, OriginKind::File, name, text.to_owned());
        read.map_err(|error| self.unreadable(&error))
    }

    fn editor(&self) -> Result<Editor, Failure> {
        let text = self.text();
        let editor = Editor::new(self.edited.format(), self.edited.name(), text);
        #[cfg_attr(not(feature = "migrate"), expect(unused_mut, reason = "files have no versions"))]
        let mut editor = editor.map_err(|error| self.unreadable(&error))?;
        #[cfg(feature = "migrate")]
        if let Some((place, version)) = &self.version {
            editor.set(place, version).map_err(|error| refusal(&error))?;
        }
        Ok(editor)
    }

    /// Puts the value in its place. As in a variable, the position behind the end of a list adds an
    /// element.
    fn put(&self, editor: &mut Editor, value: &Value) -> Result<(), EditError> {
        let placed = editor.set(&self.place, value);
        match placed {
            Err(error) if error.kind == EditErrorKind::Missing => {
                let Some((list, element)) = self.behind_the_end(value) else { return Err(error) };
                editor.append(&list, element)
            }
            placed => placed,
        }
    }

    /// The list that the place is the end of, and what it takes.
    fn behind_the_end(&self, value: &Value) -> Option<(String, Value)> {
        let document = self.read(self.text()).ok()?;
        let place = path::parse(&self.place).ok()?;
        let behind = place.iter().enumerate().find_map(|(at, step)| {
            let list =
                plainly(document.root(), &place[..at]).filter(|list| list.kind() == NodeKind::Array)?;
            (*step == Segment::Index(list.items().count())).then_some(at)
        })?;
        Some((path::to_string(&place[..behind]), inside_of(&place[behind + 1..], value)?))
    }

    /// A file that cannot be read as it is: what a load tells of it, with all places.
    fn unreadable(&self, error: &SourceError) -> Failure {
        let report = self.edited.supposing(self.text()).load_traced().err();
        match (error, report) {
            (SourceError::Syntax { .. }, Some(report)) => Failure::Report(report),
            (SourceError::Other { message, help }, _) => {
                Failure::new(Status::Data, Code::Source, message, help.as_deref())
            }
            _ => {
                let message = format!("{} cannot be edited as it is written", self.edited.name());
                Failure::new(Status::Data, Code::Source, &message, Some("change it by hand"))
            }
        }
    }

    /// Loads the settings as if the text were written. What was wrong before does not stand in the way.
    fn checked(&mut self, editor: Editor) -> Result<(), Failure> {
        let text = editor.into_text();
        let after = self.edited.supposing(&text).load_traced();
        if let Err(report) = &after {
            let before = self.edited.loader().load_traced().err();
            let known = before.as_ref().map(Report::problems).unwrap_or_default();
            let is_known = |problem: &Problem| known.iter().any(|known| is_same(known, problem));
            let added: Vec<&Problem> =
                report.problems().iter().filter(|problem| !is_known(problem)).collect();
            if !added.is_empty() {
                let mut refused = Report::of_writing(T::METADATA.name());
                added.into_iter().for_each(|problem| refused.add(problem.clone()));
                return Err(Failure::Report(refused));
            }
        }
        self.new = Some((text, after));
        Ok(())
    }

    /// Writes the file, or shows what would be written, and tells what the user may not expect.
    fn finish(
        &self,
        session: &mut Session<'_, '_, T>,
        matches: &ArgMatches,
        done: &str,
    ) -> Result<Status, Failure> {
        let Some((text, after)) = &self.new else { return Ok(Status::Done) };
        let name = self.edited.name();
        if matches.get_flag(DRY_RUN) {
            let (before, now) = (self.before()?, self.read(text)?);
            session.answer(&changes::shown(name, &before, &now, &|path| self.shown(session, path)))?;
        } else if self.old.as_ref() != Some(text) {
            self.write(text)?;
            session.answer(&format!("{} is {done} in {name}", self.key))?;
        } else {
            session.answer(&format!("{name} is as it was"))?;
        }
        self.remarks(session, after)?;
        Ok(Status::Done)
    }

    /// Writes the file, unless it is another one by now: a value may take long to come in.
    fn write(&self, text: &str) -> Result<(), Failure> {
        let name = self.edited.name();
        let failed = |error| Failure::of_file(name, &error);
        if self.edited.read().map_err(failed)? != self.old {
            let message = format!("{name} has changed meanwhile, and stays as it is now");
            return Err(Failure::new(Status::Io, Code::Source, &message, Some("set it again")));
        }
        self.edited.write(text, self.setting.may_hold_secret).map_err(failed)
    }

    /// What of the value at a place in the file may be shown.
    fn shown(&self, session: &Session<'_, '_, T>, place: &[Segment<'_>]) -> Shown {
        let section = session.loader.section_path();
        let setting = match place {
            [Segment::Key(name)] if self.edited.has_variables() => {
                let declared = session.loader.declared_variables();
                let path = declared.into_iter().find(|one| one.name == **name).map(|one| one.path);
                path.and_then(|path| Addressed::at(T::METADATA, &section, &path::parse(&path).ok()?))
            }
            _ if section.starts_with(place) => return Shown::Keys,
            place => Addressed::at(T::METADATA, &section, place),
        };
        match setting {
            Some(setting) if !setting.may_hold_secret => Shown::All,
            Some(setting) if setting.kind.is_none() && !setting.is_secret => Shown::Keys,
            _ => Shown::Nothing,
        }
    }

    /// Whether what is given may be, or hold, a secret.
    fn takes_secret(&self) -> bool {
        self.setting.is_secret || (self.setting.kind.is_none() && self.setting.may_hold_secret)
    }

    fn remarks(
        &self,
        session: &mut Session<'_, '_, T>,
        after: &Result<Loaded<T>, Report>,
    ) -> Result<(), Failure> {
        let name = self.edited.name();
        if !self.edited.is_read() {
            session.note(&format!("no layer reads {name}: it was checked as if it lay on top"))?;
        }
        match after {
            Ok(loaded) => {
                if !loaded.warnings().is_empty() {
                    let text = rendered_warnings(T::METADATA.name(), loaded.warnings(), session.style());
                    session.tell(&text)?;
                }
                let explanation = loaded.explain(&self.key);
                let above = explanation.filter(|one| one.value().is_some() && one.origin().source() != name);
                if let Some(above) =
                    above.filter(|one| one.shadowed().iter().any(|one| one.origin().source() == name))
                {
                    session.note(&format!("{} stays as it is: {} lies above", self.key, above.origin()))?;
                }
            }
            Err(report) => {
                let count = match report.problems().len() {
                    1 => "1 other problem".to_owned(),
                    count => format!("{count} other problems"),
                };
                session.note(&format!("the settings have {count}: `check` tells"))?;
            }
        }
        Ok(())
    }

    /// A secret among the words of a command.
    fn seen(&self) -> Failure {
        let what = if self.setting.is_secret { "is a secret" } else { "has a secret in it" };
        let message =
            format!("{} {what}: other users can see the words of a command, and shells keep them", self.key);
        let help = "give `-` as the value, and the secret on standard input";
        Failure::about(Status::Usage, Code::Invalid, &self.key, &message, Some(help))
    }
}

/// Whether two loads tell the same; lines may have moved.
fn is_same(one: &Problem, other: &Problem) -> bool {
    (one.code(), one.path(), one.message()) == (other.code(), other.path(), other.message())
}

/// A value below steps that are made for it; lists that are made have one element.
fn inside_of(steps: &[Segment<'_>], value: &Value) -> Option<Value> {
    steps.iter().rev().try_fold(value.clone(), |inside, step| match step {
        Segment::Key(key) => Some(Value::from(Dict::from([(key.to_string(), inside)]))),
        Segment::Index(0) => Some(Value::from(vec![inside])),
        Segment::Index(_) => None,
    })
}

/// An edit that was not made.
fn refusal(error: &EditError) -> Failure {
    let (status, code) = match error.kind {
        EditErrorKind::NotAPath | EditErrorKind::Missing => (Status::Usage, Code::UnknownKey),
        _ => (Status::Data, Code::Unwritable),
    };
    let message = format!("{} {}", error.path, error.message);
    let is_element = error.kind == EditErrorKind::Missing && error.path.ends_with(']');
    let behind = "positions count from 0, and the one behind the last adds an element";
    let help = if is_element { Some(behind) } else { error.help.as_deref() };
    Failure::about(status, code, &error.path, &message, help)
}

fn absent(file: &str) -> Failure {
    let message = format!("{file} is not there, and no layer reads it");
    Failure::new(
        Status::NoInput,
        Code::NotFound,
        &message,
        Some("create it first if it is the file that is meant"),
    )
}
