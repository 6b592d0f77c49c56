//! Layers that have been read, and loads from them.

mod again;
#[cfg(feature = "args")]
mod arguments;
mod binding;
mod claims;
#[cfg(feature = "env")]
mod files;
#[cfg(feature = "live")]
mod overlaid;
#[cfg(feature = "env")]
mod spellings;
#[cfg(feature = "env")]
mod unbound;
mod unset;
#[cfg(feature = "env")]
mod variables;
#[cfg(feature = "migrate")]
mod versions;

#[cfg(all(feature = "args", feature = "testing"))]
pub(crate) use arguments::clash_problems as argument_problems;
#[cfg(feature = "args")]
pub(super) use arguments::help;
#[cfg(all(feature = "env", feature = "testing"))]
pub(crate) use variables::clash_problems;

use std::any::{TypeId, type_name};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use confkit_sources::declared::{Metadata, Unknown};
#[cfg(feature = "env")]
use confkit_sources::env::Variables;
#[cfg(feature = "env")]
use confkit_sources::mounted::Mounted;
use confkit_sources::path::Segment;
use confkit_sources::{Document, Origin, OriginKind, Read, ReadContext, Revision, Source as _, SourceError};

use self::again::Known;
#[cfg(feature = "args")]
use self::arguments::Words;
use self::binding::Binding;
pub(crate) use self::binding::Bound;
use self::claims::Claims;
pub(super) use self::unset::UNSET;
#[cfg(feature = "migrate")]
pub(super) use self::versions::problems as problems_of;
use super::assemble::Assembler;
use super::found;
use super::profile::{self, Profile};
use super::stack::{self, Stack, Step};
use super::warnings::{self, Moment};
use crate::config::Config;
use crate::explain::{Loaded, spelled};
use crate::report::{Code, KnownSecrets, Problem, Report, nearest};
use crate::resolve::{
    Cx, Defaulted, Draft, Facts, Layer, Lists, Step as PathStep, Terms, Unneeded, set_aside,
};
#[cfg(feature = "async")]
use crate::rules::Deferred;
use crate::rules::{Judged, Memory};

/// The layers of a [`Stack`], read once. Modules claim their sections from it.
///
/// # Example
///
/// ```
/// use confkit::{Config, Format, Stack};
///
/// #[derive(Config)]
/// struct Http {
///     port: u16,
/// }
///
/// let layers = Stack::new().text(Format::Toml, "app.toml", "[http]\nport = 80").read()?;
/// assert_eq!(layers.load::<Http>("http")?.port, 80);
/// layers.finish()?;
/// # Ok::<(), confkit::Report>(())
/// ```
#[derive(Debug)]
pub struct Layers {
    stack: Stack,
    profile: Profile,
    layers: Vec<ReadLayer>,
    /// Layers that could not be read, with what is told about them.
    unreadable: Vec<(String, Vec<Problem>)>,
    /// Profiles that providers know.
    provided_profiles: BTreeSet<String>,
    /// The marks that sources gave, each with the position of its layer.
    revisions: Vec<(usize, Revision)>,
    /// The warnings of content that was not taken, since newer content is held.
    outrun: Vec<Problem>,
    /// Whether a layer takes something away.
    unsets: bool,
    /// A value that somebody has just set: no section is set aside that has it in it.
    #[cfg(feature = "live")]
    wanted: Option<Arc<Document>>,
    claims: Mutex<Claims>,
}

#[derive(Debug, Clone)]
struct ReadLayer {
    /// Its position in the stack.
    position: usize,
    unknown: Unknown,
    content: Content,
}

#[derive(Debug, Clone)]
enum Content {
    Document(Arc<Document>),
    #[cfg(feature = "env")]
    Variables(Arc<Variables>),
    #[cfg(feature = "env")]
    Files(Arc<Mounted>),
    #[cfg(feature = "args")]
    Arguments(Arc<Words>),
}

impl ReadLayer {
    /// The document, if it is the same for every type.
    #[cfg_attr(
        not(any(feature = "args", feature = "env")),
        expect(clippy::unnecessary_wraps, reason = "variables and arguments are bound to a type")
    )]
    fn document(&self) -> Option<&Arc<Document>> {
        match &self.content {
            Content::Document(document) => Some(document),
            #[cfg(feature = "env")]
            Content::Variables(_) | Content::Files(_) => None,
            #[cfg(feature = "args")]
            Content::Arguments(_) => None,
        }
    }
}

/// With what rules are judged, and what is known of them.
#[derive(Debug)]
pub(super) struct Judging<'c> {
    pub(super) context: Option<&'c Facts>,
    pub(super) memory: Option<Memory>,
    #[cfg(feature = "async")]
    pub(super) deferred: Deferred,
}

impl<'c> Judging<'c> {
    pub(super) fn new(context: Option<&'c Facts>, memory: Option<Memory>) -> Self {
        Self {
            context,
            memory,
            #[cfg(feature = "async")]
            deferred: Deferred::default(),
        }
    }

    /// Lends what is known to a load.
    fn judge<'a, T>(&mut self, cx: &mut Cx<'a>, read: impl FnOnce(&mut Cx<'a>) -> T) -> T {
        cx.memory = self.memory.take();
        #[cfg(feature = "async")]
        std::mem::swap(&mut cx.deferred, &mut self.deferred);
        let value = read(cx);
        self.memory = cx.memory.take();
        #[cfg(feature = "async")]
        std::mem::swap(&mut cx.deferred, &mut self.deferred);
        value
    }
}

/// What outlives a load for explanations.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    pub(crate) layers: Vec<Bound>,
    pub(crate) section: Vec<Segment<'static>>,
    pub(crate) profile: String,
    pub(crate) warnings: Vec<Problem>,
    /// The paths of sections that are set aside.
    pub(crate) set_aside: Vec<Vec<Segment<'static>>>,
    /// Notes on settings that explanations repeat: variables that were ignored.
    pub(crate) ignored: Vec<(String, String)>,
    /// The rules that were kept, for the load after this one.
    pub(crate) judged: Option<Arc<Judged>>,
    /// Nodes whose types hid their values: number of the layer and of the node.
    pub(crate) secrets: Vec<(u32, u32)>,
    /// Fields that got their defaults.
    pub(crate) defaults: Vec<Defaulted>,
    /// The lists that layers make together, once somebody has asked for elements of them.
    pub(crate) lists: Lists,
}

/// Reads every layer of a stack.
pub(super) fn read(stack: &Stack, metadata: Option<&'static Metadata>) -> Layers {
    read_after(None, stack, metadata)
}

/// Reads every layer of a stack, perhaps after it was read before.
pub(super) fn read_after(
    before: Option<&Layers>,
    stack: &Stack,
    metadata: Option<&'static Metadata>,
) -> Layers {
    let profile = stack.chosen_profile(metadata);
    let expanded = found::expand(stack, &profile);
    let stack = expanded.as_ref().unwrap_or(stack);
    let mut layers = Layers {
        stack: stack.clone(),
        profile,
        layers: Vec::with_capacity(stack.steps.len()),
        unreadable: Vec::new(),
        provided_profiles: BTreeSet::new(),
        revisions: Vec::new(),
        outrun: Vec::new(),
        unsets: false,
        #[cfg(feature = "live")]
        wanted: None,
        claims: Mutex::default(),
    };
    for (position, step) in stack.steps.iter().enumerate() {
        if layers.profile.wrong.is_some() && step.name().contains("{profile}") {
            // A name that is none must not become a part of a path.
            layers.unreadable.push((step.name().into_owned(), Vec::new()));
            continue;
        }
        if let Some(problem) = super::unreadable::wrong_placeholder(step, position) {
            layers.unreadable.push((step.name().into_owned(), vec![problem]));
            continue;
        }
        let known = before.and_then(|before| before.known(position, step, &layers.profile.name));
        match layers.content(position, step, known, metadata) {
            Ok(Some(content)) => {
                let layer = ReadLayer { position, unknown: step.unknown(), content };
                layers.unsets |=
                    layer.document().is_some_and(|document| document.root().get(UNSET).is_some());
                layers.layers.push(layer);
            }
            Ok(None) => {}
            Err(error) => {
                let problems = super::unreadable::source_problems(&layers.stack, position, &error, metadata);
                let name = match &error {
                    SourceError::NotFound { path } | SourceError::Io { path, .. } => {
                        path.display().to_string()
                    }
                    _ => step.name().replace("{profile}", &layers.profile.name),
                };
                layers.unreadable.push((name, problems));
            }
        }
    }
    layers
}

impl Layers {
    fn content(
        &mut self,
        position: usize,
        step: &Step,
        known: Option<Known<'_>>,
        metadata: Option<&'static Metadata>,
    ) -> Result<Option<Content>, SourceError> {
        match step {
            Step::File(file) => {
                let read = self.read_source(metadata, |cx| match known {
                    Some(known) => file.read_after(known.document, &cx),
                    None => file.read(&cx),
                });
                self.taken(position, read?, known)
            }
            Step::Source(source) => {
                let previous = known.and_then(|known| known.revision);
                let read = self.read_source(metadata, |cx| match previous {
                    Some(previous) => source.read(&cx.with_previous(previous)),
                    None => source.read(&cx),
                });
                self.taken(position, read?, known.filter(|_| previous.is_some()))
            }
            #[cfg(feature = "dotenv")]
            Step::Dotenv(file) => {
                let (system, root) = (&self.stack.system, &self.stack.root);
                Ok(match self.read_source(metadata, |cx| file.read(&cx))? {
                    Read::Document(document, _) => {
                        Some(self.variables(Variables::of_document(document, system, root)))
                    }
                    _ => None,
                })
            }
            Step::Found(finder) => finder.check(&self.stack, &self.profile.name).map(|()| None),
            Step::Text { format, name, text } => {
                if let Some(known) = known {
                    return Ok(Some(Content::Document(Arc::clone(known.document))));
                }
                let document = confkit_sources::read_text(*format, OriginKind::Text, name, text.to_string())?;
                Ok(Some(Content::Document(Arc::new(document))))
            }
            #[cfg(feature = "env")]
            Step::Secrets(directory) => {
                let mounted = directory.read(&self.stack, &self.profile.name)?;
                Ok(mounted.map(|mounted| Content::Files(Arc::new(mounted))))
            }
            #[cfg(feature = "env")]
            Step::Env => Ok(Some(self.variables(Variables::of_system(&self.stack.system, &self.stack.root)))),
            #[cfg(feature = "env")]
            Step::EnvVars(vars) => {
                let variables = Variables::new(vars.to_vec(), &self.stack.system, &self.stack.root);
                Ok(Some(self.variables(variables)))
            }
            // clap has read them, and knows more of them than the settings.
            #[cfg(feature = "args")]
            Step::Args if self.stack.is_matched() => Ok(None),
            #[cfg(feature = "args")]
            Step::Args => Ok(Some(Content::Arguments(Arc::new(Words(self.stack.system.arguments()))))),
            #[cfg(feature = "args")]
            Step::ArgsGiven { words, .. } => Ok(Some(Content::Arguments(Arc::new(Words(words.to_vec()))))),
            Step::Set { document, .. } => match document {
                Ok(document) => Ok(document.clone().map(Content::Document)),
                Err(unfit) => {
                    let may_hold_secret = metadata.is_none_or(Metadata::may_hold_secret);
                    Err(SourceError::new(unfit.told(may_hold_secret)))
                }
            },
            Step::Provider(provider) => {
                let provided = (provider.read)(&self.profile.name)?;
                self.provided_profiles.extend(provided.profiles);
                Ok(Some(Content::Document(Arc::new(provided.document))))
            }
        }
    }

    #[cfg(feature = "env")]
    fn variables(&self, variables: Variables) -> Content {
        Content::Variables(Arc::new(variables.private(self.stack.private)))
    }

    fn read_source(
        &self,
        metadata: Option<&'static Metadata>,
        read: impl FnOnce(ReadContext<'_>) -> Result<Read, SourceError>,
    ) -> Result<Read, SourceError> {
        let mut cx = ReadContext::new()
            .with_system(self.stack.system.clone())
            .with_root(&self.stack.root)
            .with_profile(&self.profile.name)
            .with_formats(&self.stack.formats);
        if let Some(metadata) = metadata {
            cx = cx.with_declared(metadata);
        }
        read(cx)
    }

    /// Takes what a source gave, or what is known of it.
    fn taken(
        &mut self,
        position: usize,
        read: Read,
        known: Option<Known<'_>>,
    ) -> Result<Option<Content>, SourceError> {
        let (document, revision) = match (read, known) {
            (Read::Document(_, Some(revision)), Some(known)) if known.is_after(&revision) => {
                self.outrun.push(self.not_taken(position, &revision, known));
                (Arc::clone(known.document), known.revision.cloned())
            }
            (Read::Document(document, revision), _) => (Arc::new(document), revision),
            (Read::Absent, _) => return Ok(None),
            (_, Some(known)) => (Arc::clone(known.document), known.revision.cloned()),
            _ => {
                return Err(SourceError::new("it says that nothing has changed, but it was not read before"));
            }
        };
        self.revisions.extend(revision.map(|revision| (position, revision)));
        Ok(Some(Content::Document(document)))
    }

    /// What could not be read, for stacks without a type.
    pub(super) fn unreadable_report(&self) -> Option<Report> {
        let mut report = self.report("");
        if let Some(wrong) = &self.profile.wrong {
            report.add(self.bad_profile(wrong));
        }
        self.unreadable
            .iter()
            .flat_map(|(_, problems)| problems)
            .for_each(|problem| report.add(problem.clone()));
        report.sort();
        (!report.is_empty()).then_some(report)
    }

    fn report(&self, name: &str) -> Report {
        Report::new(name, (!self.profile.is_default()).then_some(self.profile.name.as_str()))
    }

    /// Gives a section to the module that claims it.
    ///
    /// # Errors
    ///
    /// Everything that is wrong in the section.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, Format, Stack};
    ///
    /// #[derive(Config)]
    /// struct Http {
    ///     port: u16,
    /// }
    ///
    /// let layers = Stack::new().text(Format::Toml, "app.toml", "[server.http]\nport = 80").read()?;
    /// assert_eq!(layers.load::<Http>("server.http")?.port, 80);
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn load<T: Config>(&self, section: &str) -> Result<T, Report>
    where
        T::Needs: Unneeded<T>,
    {
        self.load_claimed(section, None)
    }

    /// Gives a section to the module that claims it, and hands over the
    /// [context](Config::Context) that the type needs.
    ///
    /// # Errors
    ///
    /// Everything that is wrong in the section.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, Format, Stack};
    ///
    /// struct Machine {
    ///     cores: u16,
    /// }
    ///
    /// #[derive(Config)]
    /// #[config(context = Machine)]
    /// struct Http {
    ///     workers: u16,
    /// }
    ///
    /// let layers = Stack::new().text(Format::Toml, "app.toml", "[http]\nworkers = 4").read()?;
    /// assert_eq!(layers.load_with::<Http>("http", Machine { cores: 8 })?.workers, 4);
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn load_with<T: Config>(&self, section: &str, context: T::Context) -> Result<T, Report> {
        self.load_claimed(section, Some(&context))
    }

    fn load_claimed<T: Config>(&self, section: &str, context: Option<&Facts>) -> Result<T, Report> {
        let loaded = self.load_section::<T>(section, true, &mut Judging::new(context, None))?;
        let warnings = loaded.warnings();
        self.stack.warnings.tell(T::METADATA.name(), Moment::Load, warnings);
        Ok(Loaded::into_inner(loaded))
    }

    fn documents(&self) -> Vec<Layer<'_>> {
        let layers = self.layers.iter();
        layers
            .filter_map(|layer| {
                let document = layer.document()?;
                Some(Layer { document, unknown: layer.unknown, position: layer.position })
            })
            .collect()
    }

    fn bound_documents(&self) -> Vec<Bound> {
        let bound = |layer: &ReadLayer| Some(Bound::new(layer, Arc::clone(layer.document()?)));
        self.layers.iter().filter_map(bound).collect()
    }

    fn terms<'t>(&'t self, incomplete: bool, context: Option<&'t Facts>) -> Terms<'t> {
        let Stack { unknown, warnings, strict, .. } = &self.stack;
        let sets_aside = !incomplete && !strict && !warnings.is_deny();
        Terms { profile: &self.profile.name, unknown: *unknown, incomplete, sets_aside, context }
    }

    /// Loads a type that claims everything.
    pub(super) fn load_whole<T: Config>(
        &self,
        section: &str,
        judging: &mut Judging<'_>,
    ) -> Result<Loaded<T>, Report> {
        self.load_section(section, false, judging)
    }

    fn load_section<T: Config>(
        &self,
        section: &str,
        shared: bool,
        judging: &mut Judging<'_>,
    ) -> Result<Loaded<T>, Report> {
        let metadata = T::METADATA;
        let mut report = self.report(metadata.name());
        let section: Vec<Segment<'static>> = match stack::section(section) {
            Ok(section) => section.into_iter().map(Segment::into_owned).collect(),
            Err(error) => {
                report.add(plain(Code::Declaration, format!("`{section}` is not a path: {error}"), None));
                return Err(report);
            }
        };
        let mut bound = Binding::default();
        self.bind(metadata, &section, &mut bound);
        let unset = self.unset(metadata, &section, &mut bound);
        #[cfg(feature = "args")]
        if bound.help && !shared {
            return Err(self.help_report(&[(section, metadata)]));
        }
        let incomplete = !self.unread(&bound).is_empty();
        let defaults;
        let (value, known, notes, secrets, aside, problems) = {
            let layers = bound.layers.iter().map(|bound| Layer {
                document: &bound.document,
                unknown: bound.unknown,
                position: bound.position,
            });
            let steps: Vec<PathStep<'_>> = section
                .iter()
                .map(|segment| match segment {
                    Segment::Key(key) => PathStep::Key(key),
                    Segment::Index(index) => PathStep::Index(*index),
                })
                .collect();
            let mut cx = Cx::new(layers.collect(), self.terms(incomplete, judging.context));
            #[cfg(feature = "args")]
            cx.shared.texts.borrow_mut().append(&mut bound.withheld);
            let value = judging.judge(&mut cx, |cx| cx.read::<T>(&steps));
            cx.drafts.extend(unset);
            let quiet = cx.drafts.is_empty() && cx.unjudged.is_empty() && !incomplete;
            let secrets = cx.shared.secrets.take();
            defaults = cx.defaults.clone();
            if quiet {
                (value, KnownSecrets::default(), Vec::new(), secrets, Vec::new(), Vec::new())
            } else {
                let notes = notes(&cx, &self.unread(&bound));
                let mut drafts = std::mem::take(&mut cx.drafts);
                #[cfg(feature = "live")]
                self.insist(metadata, &section, &mut drafts);
                // What is given and cannot be used is told; that it is absent would be noise.
                let is_told = |path: &str| bound.problems.iter().any(|problem| problem.path() == path);
                drafts.retain(|draft| draft.missing.is_none() || !is_told(&draft.path));
                let aside = set_aside(&drafts).into_iter();
                let aside = aside.map(|path| spelled(metadata, &section, &path)).collect();
                cx.shared.secrets.replace(secrets.clone());
                let assembler = Assembler::new(
                    &self.stack,
                    bound.layers.clone(),
                    Some((metadata, self.ways(metadata))),
                    &bound.ignored,
                );
                let mut told = self.report(metadata.name());
                let known = assembler.assemble(&mut told, drafts, &cx);
                let problems = told.problems().iter().chain(told.warnings()).cloned().collect::<Vec<_>>();
                (value, known, notes, secrets, aside, problems)
            }
        };
        problems.into_iter().for_each(|problem| report.add(problem));
        notes.into_iter().for_each(|note| report.note(note));
        self.add_bound(&mut report, &bound, shared);
        self.outrun.iter().for_each(|warning| report.add(warning.clone()));
        self.add_unreadable(&mut report, &known);
        if judging.context.is_none() {
            no_context::<T>().into_iter().for_each(|problem| report.add(problem));
        }
        if !shared {
            self.judge_profile(&mut report, || profile::declared(metadata), incomplete);
        }
        report.sort();
        warnings::judge(&self.stack.warnings, &mut report);
        if shared {
            self.claim(metadata, &section, &bound);
        }
        match value {
            Some(value) if report.is_empty() => {
                let kept = Kept {
                    layers: bound.layers,
                    section,
                    profile: self.profile.name.clone(),
                    warnings: report.into_warnings(),
                    set_aside: aside,
                    ignored: bound.ignored,
                    judged: judging.memory.as_ref().map(|memory| Arc::new(memory.judged())),
                    secrets: secrets.into_iter().map(|at| (at.layer, at.node)).collect(),
                    defaults,
                    lists: Lists::default(),
                };
                Ok(Loaded::new(value, kept))
            }
            #[cfg(feature = "args")]
            _ if bound.help => Err(self.help_report(&[(section, metadata)])),
            _ => Err(report),
        }
    }

    fn add_unreadable(&self, report: &mut Report, secrets: &KnownSecrets) {
        for problem in self.unreadable.iter().flat_map(|(_, problems)| problems) {
            report.add(problem.clone().masked(secrets));
        }
    }

    fn judge_profile(
        &self,
        report: &mut Report,
        declared: impl FnOnce() -> BTreeSet<String>,
        incomplete: bool,
    ) {
        if let Some(wrong) = &self.profile.wrong {
            return report.add(self.bad_profile(wrong));
        }
        if self.profile.is_default() || incomplete {
            return;
        }
        let mut known = declared();
        known.extend(self.provided_profiles.iter().cloned());
        if known.contains(&self.profile.name) {
            return;
        }
        known.extend(self.stack.profiles_of_files());
        if !known.contains(&self.profile.name) {
            known.insert(profile::DEFAULT.to_owned());
            report.add(self.unknown_profile(&known));
        }
    }

    fn unknown_profile(&self, known: &BTreeSet<String>) -> Problem {
        let name = &self.profile.name;
        let names: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
        let help = format!("the profiles are {}", names.join(", "));
        let draft =
            Draft::new(Code::Profile, String::new(), format!("there is no profile `{name}`")).help(help);
        let suggestion = nearest(name, known.iter().map(String::as_str)).map(str::to_owned);
        super::assemble::unplaced(Draft { suggestion, ..draft }, self.profile_origin())
    }

    fn bad_profile(&self, wrong: &str) -> Problem {
        let message = if self.profile.is_default() {
            wrong.to_owned()
        } else {
            format!("`{}` cannot be a profile: {wrong}", self.profile.name)
        };
        plain(Code::Profile, message, self.profile_origin())
    }

    fn profile_origin(&self) -> Option<Origin> {
        self.profile.origin.clone()
    }

    /// The names of layers that give nothing.
    #[cfg_attr(not(feature = "migrate"), expect(unused_variables, reason = "documents have no versions"))]
    fn unread<'n>(&'n self, bound: &'n Binding) -> Vec<&'n str> {
        let names = self.unreadable.iter().map(|(name, _)| name);
        #[cfg(feature = "migrate")]
        let names = names.chain(&bound.unusable);
        names.map(String::as_str).collect()
    }
}

/// What could not be judged.
fn notes(cx: &Cx<'_>, unread: &[&str]) -> Vec<String> {
    let mut notes = Vec::new();
    if cx.is_incomplete() {
        let names = unread;
        let settings = counted(cx.not_found, "required setting");
        let rules = counted(cx.unjudged.len(), "rule");
        let what: Vec<String> = [settings, rules].into_iter().flatten().collect();
        if !what.is_empty() {
            let one = cx.not_found + cx.unjudged.len() == 1;
            let (were, names) = (if one { "was" } else { "were" }, names.join(" and "));
            notes
                .push(format!("{} {were} not checked because {names} could not be read", what.join(" and ")));
        }
        return notes;
    }
    let because: BTreeSet<&str> =
        cx.unjudged.iter().flat_map(|unjudged| &unjudged.because).map(String::as_str).collect();
    if let Some(rules) = counted(cx.unjudged.len(), "rule") {
        let were = if cx.unjudged.len() == 1 { "was" } else { "were" };
        let because: Vec<&str> = because.into_iter().filter(|path| !path.is_empty()).collect();
        let more = because.len().saturating_sub(MOST_NAMED);
        let mut because = because[..because.len() - more].join(", ");
        if more > 0 {
            let _ = write!(because, " and {more} more");
        }
        let because = if because.is_empty() { "a setting" } else { &because };
        notes.push(format!("{rules} {were} not checked because {because} could not be read"));
    }
    notes
}

/// What is told of a load without the context that the type needs.
fn no_context<T: Config>() -> Option<Problem> {
    if TypeId::of::<T::Context>() == TypeId::of::<()>() {
        return None;
    }
    let message = format!("`{}` needs the context `{}`", T::METADATA.name(), type_name::<T::Context>());
    let help = "hand it to the loader before `load`: `.context(…)`";
    Some(super::assemble::unplaced(Draft::new(Code::Declaration, String::new(), message).help(help), None))
}

/// How many settings a note names.
const MOST_NAMED: usize = 3;

/// `3 rules`, `1 rule`, or nothing.
fn counted(count: usize, what: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {what}")),
        count => Some(format!("{count} {what}s")),
    }
}

/// A problem without a place in a document.
pub(super) fn plain(code: Code, message: String, origin: Option<Origin>) -> Problem {
    super::assemble::unplaced(Draft::new(code, String::new(), message), origin)
}
