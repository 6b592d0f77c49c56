//! Layers that have been read, and loads from them.

use std::collections::BTreeSet;
use std::io;
#[cfg(feature = "env")]
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use confkit_sources::declared::{Metadata, Unknown};
#[cfg(feature = "env")]
use confkit_sources::env::{self, Finding, Names, Variables};
use confkit_sources::path::Segment;
use confkit_sources::{Document, NodeRef, Origin, OriginKind, Read, ReadContext, SourceError};

use super::assemble::Assembler;
use super::profile::{self, Profile};
use super::stack::{self, Stack, Step};
use super::warnings;
use crate::config::Config;
use crate::explain::Loaded;
use crate::report::{Code, Problem, Report, Severity, nearest};
use crate::resolve::{Cx, Draft, Layer, Step as PathStep, Terms};

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
    claims: Mutex<Claims>,
}

/// What modules have claimed.
#[derive(Debug, Default)]
struct Claims {
    sections: Vec<Vec<Segment<'static>>>,
    variables: BTreeSet<String>,
    /// The profiles that modules know.
    profiles: BTreeSet<String>,
    /// All names that modules declare.
    names: BTreeSet<String>,
}

#[derive(Debug)]
struct ReadLayer {
    /// Its position in the stack.
    position: usize,
    unknown: Unknown,
    content: Content,
}

#[derive(Debug)]
enum Content {
    Document(Arc<Document>),
    #[cfg(feature = "env")]
    Variables(Variables),
}

impl ReadLayer {
    /// The document, if it is the same for every type.
    #[cfg_attr(
        not(feature = "env"),
        expect(clippy::unnecessary_wraps, reason = "variables are bound to a type")
    )]
    fn document(&self) -> Option<&Arc<Document>> {
        match &self.content {
            Content::Document(document) => Some(document),
            #[cfg(feature = "env")]
            Content::Variables(_) => None,
        }
    }
}

/// A document as one type sees it: variables bound to its names.
#[derive(Debug, Clone)]
pub(crate) struct Bound {
    pub(crate) position: usize,
    pub(crate) unknown: Unknown,
    pub(crate) document: Arc<Document>,
}

/// What outlives a load for explanations.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    pub(crate) layers: Vec<Bound>,
    pub(crate) section: Vec<Segment<'static>>,
    pub(crate) profile: String,
    pub(crate) warnings: Vec<Problem>,
    /// Notes on settings that explanations repeat: variables that were ignored.
    pub(crate) ignored: Vec<(String, String)>,
    /// Nodes whose types hid their values: number of the layer and of the node.
    pub(crate) secrets: Vec<(u32, u32)>,
}

/// Reads every layer of a stack.
pub(super) fn read(stack: &Stack, metadata: Option<&'static Metadata>) -> Layers {
    let profile = stack.chosen_profile(metadata);
    let mut layers = Layers {
        stack: stack.clone(),
        profile,
        layers: Vec::with_capacity(stack.steps.len()),
        unreadable: Vec::new(),
        provided_profiles: BTreeSet::new(),
        claims: Mutex::default(),
    };
    for (position, step) in stack.steps.iter().enumerate() {
        if layers.profile.wrong.is_some() && step.name().contains("{profile}") {
            // A name that is none must not become a part of a path.
            layers.unreadable.push((step.name().into_owned(), Vec::new()));
            continue;
        }
        match layers.content(step, metadata) {
            Ok(Some(content)) => layers.layers.push(ReadLayer { position, unknown: step.unknown(), content }),
            Ok(None) => {}
            Err(error) => {
                let problems = super::assemble::source_problems(&layers.stack, position, &error, metadata);
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
        step: &Step,
        metadata: Option<&'static Metadata>,
    ) -> Result<Option<Content>, SourceError> {
        match step {
            Step::File(file) => self.source(file, metadata),
            Step::Source(source) => self.source(&**source, metadata),
            Step::Text { format, name, text } => {
                let document = confkit_sources::read_text(*format, OriginKind::Text, name, text.to_string())?;
                Ok(Some(Content::Document(Arc::new(document))))
            }
            #[cfg(feature = "env")]
            Step::Env => {
                Ok(Some(Content::Variables(Variables::of_system(&self.stack.system, &self.stack.root))))
            }
            #[cfg(feature = "env")]
            Step::EnvVars(vars) => {
                let variables = Variables::new(vars.to_vec(), &self.stack.system, &self.stack.root);
                Ok(Some(Content::Variables(variables)))
            }
            Step::Set { document, .. } => match document {
                Ok(document) => Ok(document.clone().map(Content::Document)),
                Err(message) => Err(SourceError::new(message.clone())),
            },
            Step::Provider(provider) => {
                let provided = (provider.read)(&self.profile.name)?;
                self.provided_profiles.extend(provided.profiles);
                Ok(Some(Content::Document(Arc::new(provided.document))))
            }
        }
    }

    fn source(
        &self,
        source: &dyn confkit_sources::Source,
        metadata: Option<&'static Metadata>,
    ) -> Result<Option<Content>, SourceError> {
        let mut cx = ReadContext::new()
            .with_system(self.stack.system.clone())
            .with_root(&self.stack.root)
            .with_profile(&self.profile.name);
        if let Some(metadata) = metadata {
            cx = cx.with_declared(metadata);
        }
        match source.read(&cx)? {
            Read::Document(document, _) => Ok(Some(Content::Document(Arc::new(document)))),
            Read::Absent => Ok(None),
            _ => Err(SourceError::new("it says that nothing has changed, but it was not read before")),
        }
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
    pub fn load<T: Config>(&self, section: &str) -> Result<T, Report> {
        let loaded = self.load_section::<T>(section, true)?;
        let warnings = loaded.warnings();
        self.stack.warnings.tell(T::METADATA.name(), warnings);
        Ok(Loaded::into_inner(loaded))
    }

    /// Tells the keys and variables that no module claimed, by the stack's policy.
    ///
    /// # Errors
    ///
    /// Keys of files that nobody claimed, unless the policy says otherwise, and an unknown profile.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, Format, Stack};
    ///
    /// #[derive(Config)]
    /// struct Http {
    ///     #[config(default = 8080)]
    ///     port: u16,
    /// }
    ///
    /// let layers = Stack::new().text(Format::Toml, "app.toml", "[htpp]\nport = 80").read()?;
    /// let http: Http = layers.load("http")?;
    /// let report = layers.finish().unwrap_err();
    /// assert_eq!(report.problems()[0].suggestion(), Some("http"));
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn finish(self) -> Result<(), Report> {
        let claims = std::mem::take(&mut *self.claims.lock().unwrap_or_else(PoisonError::into_inner));
        let mut report = self.report("");
        let mut cx = Cx::new(self.documents(), self.terms(false));
        for layer in &self.layers {
            let Some(document) = layer.document() else { continue };
            unclaimed(&mut cx, document, &claims.sections);
        }
        let assembler = Assembler::new(&self.stack, self.bound_documents(), None, &[]);
        let drafts = std::mem::take(&mut cx.drafts);
        assembler.assemble(&mut report, drafts, &cx);
        for name in self.stray_variables(&claims) {
            let policy = self.stack.unknown.unwrap_or(Unknown::Warn);
            let names = claims.names.iter().map(String::as_str);
            unbound_problem(&name, names, self.stack.prefix.as_deref(), policy)
                .into_iter()
                .for_each(|problem| report.add(problem));
        }
        self.judge_profile(&mut report, claims.profiles, false);
        report.sort();
        warnings::judge(&self.stack.warnings, &mut report);
        if report.is_empty() {
            self.stack.warnings.tell("", report.warnings());
            return Ok(());
        }
        Err(report)
    }

    /// The variables under the stack's prefix that no module has claimed.
    #[cfg(feature = "env")]
    fn stray_variables(&self, claims: &Claims) -> BTreeSet<String> {
        let Some(prefix) = &self.stack.prefix else { return BTreeSet::new() };
        let variables = self.layers.iter().filter_map(|layer| match &layer.content {
            Content::Variables(variables) => Some(variables),
            Content::Document(_) => None,
        });
        let names = variables.flat_map(|variables| variables.under(prefix));
        let chooses = self.stack.profile_env.as_ref();
        names.filter(|name| !claims.variables.contains(name) && Some(name) != chooses).collect()
    }

    #[cfg(not(feature = "env"))]
    fn stray_variables(&self, _: &Claims) -> BTreeSet<String> {
        BTreeSet::new()
    }

    fn documents(&self) -> Vec<Layer<'_>> {
        let layers = self.layers.iter();
        layers
            .filter_map(|layer| layer.document().map(|document| Layer { document, unknown: layer.unknown }))
            .collect()
    }

    fn bound_documents(&self) -> Vec<Bound> {
        let bound = |layer: &ReadLayer| {
            let document = Arc::clone(layer.document()?);
            Some(Bound { position: layer.position, unknown: layer.unknown, document })
        };
        self.layers.iter().filter_map(bound).collect()
    }

    fn terms(&self, incomplete: bool) -> Terms<'_> {
        Terms { profile: &self.profile.name, unknown: self.stack.unknown, incomplete }
    }

    /// Loads a type that claims everything.
    pub(super) fn load_whole<T: Config>(self, section: &str) -> Result<Loaded<T>, Report> {
        self.load_section(section, false)
    }

    fn load_section<T: Config>(&self, section: &str, shared: bool) -> Result<Loaded<T>, Report> {
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
        let incomplete = !self.unreadable.is_empty();
        let (value, drafts, notes, secrets, problems) = {
            let layers =
                bound.layers.iter().map(|bound| Layer { document: &bound.document, unknown: bound.unknown });
            let steps: Vec<PathStep<'_>> = section
                .iter()
                .map(|segment| match segment {
                    Segment::Key(key) => PathStep::Key(key),
                    Segment::Index(index) => PathStep::Index(*index),
                })
                .collect();
            let mut cx = Cx::new(layers.collect(), self.terms(incomplete));
            let value = cx.read::<T>(&steps);
            let quiet = cx.drafts.is_empty() && cx.unjudged.is_empty() && cx.not_found == 0;
            let secrets = cx.shared.secrets.take();
            if quiet {
                (value, Vec::new(), Vec::new(), secrets, Vec::new())
            } else {
                let notes = self.notes(&cx);
                let drafts = std::mem::take(&mut cx.drafts);
                cx.shared.secrets.replace(secrets.clone());
                let names = self.names_for_help(metadata, &section);
                let assembler = Assembler::new(
                    &self.stack,
                    bound.layers.clone(),
                    Some((metadata, names)),
                    &bound.ignored,
                );
                let mut told = self.report(metadata.name());
                assembler.assemble(&mut told, drafts, &cx);
                let problems = told.problems().iter().chain(told.warnings()).cloned().collect::<Vec<_>>();
                (value, Vec::<Draft>::new(), notes, secrets, problems)
            }
        };
        drop(drafts);
        problems.into_iter().for_each(|problem| report.add(problem));
        notes.into_iter().for_each(|note| report.note(note));
        self.add_environment(&mut report, &bound, shared);
        self.add_unreadable(&mut report);
        if !shared {
            self.judge_profile(&mut report, profile::declared(metadata), incomplete);
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
                    ignored: bound.ignored,
                    secrets: secrets.into_iter().map(|at| (at.layer, at.node)).collect(),
                };
                Ok(Loaded::new(value, kept))
            }
            _ => Err(report),
        }
    }

    fn claim(&self, metadata: &'static Metadata, section: &[Segment<'static>], bound: &Binding) {
        let mut claims = self.claims.lock().unwrap_or_else(PoisonError::into_inner);
        claims.sections.push(section.to_vec());
        claims.profiles.extend(profile::declared(metadata));
        let variables =
            bound.layers.iter().filter(|layer| layer.document.origin_kind() == OriginKind::Variable);
        let nodes = variables.flat_map(|layer| layer.document.nodes());
        claims.variables.extend(nodes.filter_map(|node| node.origin().key().map(str::to_owned)));
        claims.variables.extend(bound.mentioned.iter().cloned());
        claims.names.extend(self.declared_names(metadata, section));
    }

    fn add_unreadable(&self, report: &mut Report) {
        self.unreadable
            .iter()
            .flat_map(|(_, problems)| problems)
            .for_each(|problem| report.add(problem.clone()));
    }

    fn add_environment(&self, report: &mut Report, bound: &Binding, shared: bool) {
        bound.problems.iter().for_each(|problem| report.add_once(problem.clone()));
        if !shared {
            let mut told = BTreeSet::new();
            for (name, own) in bound.unbound.iter().filter(|(name, _)| told.insert(name.as_str())) {
                let policy = own.or(self.stack.unknown).unwrap_or(Unknown::Warn);
                let names = bound.names.iter().map(String::as_str);
                unbound_problem(name, names, bound.prefix.as_deref(), policy)
                    .into_iter()
                    .for_each(|problem| report.add(problem));
            }
        }
    }

    fn judge_profile(&self, report: &mut Report, mut known: BTreeSet<String>, incomplete: bool) {
        if let Some(wrong) = &self.profile.wrong {
            return report.add(self.bad_profile(wrong));
        }
        if self.profile.is_default() || incomplete {
            return;
        }
        known.extend(self.provided_profiles.iter().cloned());
        if known.contains(&self.profile.name) {
            return;
        }
        for step in &self.stack.steps {
            if let Step::File(file) = step {
                known.extend(profile::of_files(&self.stack.system, &self.stack.root, file.path()));
                if file.path().contains("{profile}") {
                    let path = self.stack.root.join(file.path().replace("{profile}", &self.profile.name));
                    if self.stack.system.read_up_to(&path, 0).is_ok_and(|_| true)
                        || matches!(self.stack.system.read_up_to(&path, 0), Err(error) if error.kind() == io::ErrorKind::FileTooLarge)
                    {
                        known.insert(self.profile.name.clone());
                    }
                }
            }
        }
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
        self.profile.variable.clone().map(Origin::variable)
    }

    /// What could not be judged.
    fn notes(&self, cx: &Cx<'_>) -> Vec<String> {
        let mut notes = Vec::new();
        if cx.is_incomplete() {
            let names: Vec<&str> = self.unreadable.iter().map(|(name, _)| name.as_str()).collect();
            let settings = counted(cx.not_found, "required setting");
            let rules = counted(cx.unjudged.len(), "rule");
            let what: Vec<String> = [settings, rules].into_iter().flatten().collect();
            if !what.is_empty() {
                let one = cx.not_found + cx.unjudged.len() == 1;
                let (were, names) = (if one { "was" } else { "were" }, names.join(" and "));
                notes.push(format!(
                    "{} {were} not checked because {names} could not be read",
                    what.join(" and ")
                ));
            }
            return notes;
        }
        let because: BTreeSet<&str> =
            cx.unjudged.iter().filter_map(|unjudged| unjudged.because.as_deref()).collect();
        if let Some(rules) = counted(cx.unjudged.len(), "rule") {
            let were = if cx.unjudged.len() == 1 { "was" } else { "were" };
            let because = because.into_iter().collect::<Vec<_>>().join(", ");
            let because = match (because.is_empty(), cx.drafts.first()) {
                (true, Some(draft)) => draft.path.clone(),
                _ => because,
            };
            notes.push(format!("{rules} {were} not checked because {because} could not be read"));
        }
        notes
    }
}

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

/// What the policy says of a variable under the prefix that no setting has.
fn unbound_problem<'n>(
    name: &str,
    declared: impl Iterator<Item = &'n str>,
    prefix: Option<&str>,
    policy: Unknown,
) -> Option<Problem> {
    let message = format!("no setting has the environment variable {name}");
    let mut draft = Draft::new(Code::UnknownKey, String::new(), message);
    draft.severity = match policy {
        Unknown::Allow => return None,
        Unknown::Deny => Severity::Error,
        _ => Severity::Warning,
    };
    // What all names begin with says nothing about how near they are.
    let begin = prefix.map(|prefix| format!("{prefix}_")).unwrap_or_default();
    let rest = |name: &'n str| name.strip_prefix(begin.as_str());
    let wanted = name.strip_prefix(begin.as_str()).unwrap_or(name);
    let known = declared.filter(|name| !name.contains('<')).filter_map(rest);
    draft.suggestion = nearest(wanted, known).map(|rest| format!("{begin}{rest}"));
    Some(super::assemble::unplaced(draft, Some(Origin::variable(name.to_owned()))))
}

/// Drafts what nobody claimed of a document.
fn unclaimed(cx: &mut Cx<'_>, document: &Document, sections: &[Vec<Segment<'static>>]) {
    let is_own = |layer: &Layer<'_>| std::ptr::eq(layer.document, document);
    let Some(layer) = cx.shared.layers.iter().position(is_own) else { return };
    let layer = u32::try_from(layer).unwrap_or(u32::MAX);
    unclaimed_inside(cx, layer, document.root(), &mut Vec::new(), sections);
}

fn unclaimed_inside(
    cx: &mut Cx<'_>,
    layer: u32,
    table: NodeRef<'_>,
    path: &mut Vec<Segment<'static>>,
    sections: &[Vec<Segment<'static>>],
) {
    if sections.iter().any(|section| section == path) {
        return;
    }
    for (key, node) in table.entries() {
        if path.is_empty() && key == "$schema" {
            continue;
        }
        path.push(Segment::key(key.to_owned()));
        if sections.iter().any(|section| section.starts_with(path)) {
            unclaimed_inside(cx, layer, node, path, sections);
        } else {
            let beside = sections.iter().filter(|section| section.starts_with(&path[..path.len() - 1]));
            let names = beside.filter_map(|section| match section.get(path.len() - 1) {
                Some(Segment::Key(name)) => Some(&**name),
                _ => None,
            });
            let suggestion = nearest(key, names).map(str::to_owned);
            cx.unclaimed_key(layer, node.id(), confkit_sources::path::to_string(path), suggestion);
        }
        path.pop();
    }
}

/// A type's view of the layers.
#[derive(Debug, Default)]
struct Binding {
    layers: Vec<Bound>,
    problems: Vec<Problem>,
    /// Variables that bind nothing, with what the nearest section says of unknown keys.
    unbound: Vec<(String, Option<Unknown>)>,
    names: Vec<String>,
    prefix: Option<String>,
    /// Variables that are told about.
    mentioned: Vec<String>,
    ignored: Vec<(String, String)>,
}

#[cfg(not(feature = "env"))]
impl Layers {
    fn names_for_help(&self, _: &'static Metadata, _: &[Segment<'static>]) -> Option<Option<String>> {
        None
    }

    fn bind(&self, _: &'static Metadata, _: &[Segment<'static>], binding: &mut Binding) {
        binding.layers = self.bound_documents();
    }

    fn declared_names(&self, _: &'static Metadata, _: &[Segment<'static>]) -> Vec<String> {
        Vec::new()
    }
}

#[cfg(feature = "env")]
impl Layers {
    fn prefix(&self, metadata: &'static Metadata) -> Option<String> {
        let prefix = self.stack.prefix.as_deref().or(metadata.loading().env_prefix());
        prefix.map(|prefix| prefix.strip_suffix('_').unwrap_or(prefix).to_owned())
    }

    /// The prefix, if variables are among the layers.
    fn names_for_help(&self, metadata: &'static Metadata, _: &[Segment<'static>]) -> Option<Option<String>> {
        let has_variables = self.layers.iter().any(|layer| matches!(layer.content, Content::Variables(_)));
        has_variables.then(|| self.prefix(metadata))
    }

    /// Binds variables to the names of a type.
    fn bind(&self, metadata: &'static Metadata, section: &[Segment<'static>], binding: &mut Binding) {
        let prefix = self.prefix(metadata);
        let names = Names { prefix: prefix.as_deref(), section, metadata };
        let spelling = |path: &[Segment<'_>], key: &str| self.spelling(path, key);
        let mut has_variables = false;
        for layer in &self.layers {
            let mut push = |document: Arc<Document>| {
                binding.layers.push(Bound { position: layer.position, unknown: layer.unknown, document });
            };
            match &layer.content {
                Content::Document(document) => push(Arc::clone(document)),
                Content::Variables(variables) => {
                    has_variables = true;
                    let bound = env::bind(variables, &names, &spelling);
                    push(Arc::new(bound.document));
                    bound.parts.into_iter().for_each(|parts| push(Arc::new(parts)));
                    let chooses = self.profile_variable(metadata);
                    let unbound = bound.unbound.into_iter().filter(|name| Some(name.as_str()) != chooses);
                    let unbound = unbound.map(|name| {
                        let policy = env::policy_for(&names, &name);
                        (name, policy)
                    });
                    binding.unbound.extend(unbound);
                    for finding in bound.findings {
                        self.finding(finding, metadata, layer.position, binding);
                    }
                }
            }
        }
        if has_variables && env::may_clash(metadata) {
            for (name, paths) in env::clashes(&names) {
                binding.problems.push(ambiguous(&name, &paths));
            }
        }
        if !binding.unbound.is_empty() {
            binding.prefix.clone_from(&prefix);
            binding.names = env::declared_names(&names).into_iter().map(|declared| declared.name).collect();
        }
    }

    /// The variable that chooses the profile; it is under the prefix more often than not.
    fn profile_variable(&self, metadata: &'static Metadata) -> Option<&str> {
        self.stack.profile_env.as_deref().or(metadata.loading().profile_env())
    }

    fn declared_names(&self, metadata: &'static Metadata, section: &[Segment<'static>]) -> Vec<String> {
        let prefix = self.prefix(metadata);
        let names = Names { prefix: prefix.as_deref(), section, metadata };
        env::declared_names(&names).into_iter().map(|declared| declared.name).collect()
    }

    /// How other layers spell a map's key.
    fn spelling(&self, path: &[Segment<'_>], key: &str) -> Option<String> {
        self.layers.iter().rev().find_map(|layer| {
            let Content::Document(document) = &layer.content else { return None };
            let map = path.iter().try_fold(document.root(), |node, segment| match segment {
                Segment::Key(key) => node.get(key),
                Segment::Index(index) => node.items().nth(*index),
            })?;
            map.entries().map(|(other, _)| other).find(|other| same_key(other, key)).map(str::to_owned)
        })
    }

    fn finding(&self, finding: Finding, metadata: &'static Metadata, position: usize, binding: &mut Binding) {
        binding.mentioned.extend(finding.names().map(str::to_owned));
        let problem = |code, path: &str, message: String, name: &str, help: String| {
            let draft = Draft::new(code, path.to_owned(), message).help(help);
            super::assemble::in_layer(draft, Origin::variable(name.to_owned()), position)
        };
        let told = match finding {
            Finding::Conflict { path, first, second } => problem(
                Code::Conflict,
                &path,
                if first == second {
                    format!("{path} is set twice by {first}, with different values")
                } else {
                    format!("{path} is set by {first} and by {second}, with different values")
                },
                &first,
                "keep one of the two variables".to_owned(),
            ),
            Finding::Ambiguous { name, paths } => {
                // The declaration is told about below, whether or not the variable is set.
                if env::may_clash(metadata) {
                    return;
                }
                ambiguous(&name, &paths)
            }
            Finding::Case { path, name, right } => {
                binding.ignored.push((path, format!("{name} is set and is not read because of its case")));
                let message = format!("the environment variable {name} is not read because of its case");
                let mut draft = Draft::new(Code::UnknownKey, String::new(), message);
                draft.severity = Severity::Warning;
                draft.suggestion = Some(right);
                super::assemble::in_layer(draft, Origin::variable(name), position)
            }
            Finding::Depth { name } => problem(
                Code::Limit,
                "",
                format!("the environment variable {name} leads deeper than 128 levels"),
                &name,
                "remove it".to_owned(),
            ),
            Finding::Encoding { name, path } => problem(
                Code::Encoding,
                &path,
                format!("the value of {name} is not UTF-8"),
                &name,
                format!("set {name} to UTF-8 text"),
            ),
            Finding::File { name, path, file, reason } => problem(
                file_code(&reason),
                &path,
                format!("the file {} that {name} names {reason}", PathBuf::from(&file).display()),
                &name,
                format!("correct {name}, or give the value in {}", name.trim_end_matches("_FILE")),
            ),
            Finding::Link { name, path } => {
                let note = format!(
                    "{name} is set, but for a service of that name by the container platform, and was ignored"
                );
                binding.ignored.push((path, note));
                return;
            }
            _ => return,
        };
        binding.problems.push(told);
    }
}

#[cfg(feature = "env")]
fn file_code(reason: &str) -> Code {
    if reason.starts_with("does not exist") {
        Code::NotFound
    } else if reason.starts_with("may not") {
        Code::Permission
    } else if reason.starts_with("is larger") {
        Code::Limit
    } else if reason.starts_with("is not UTF-8") {
        Code::Encoding
    } else {
        Code::Source
    }
}

#[cfg(feature = "env")]
fn ambiguous(name: &str, paths: &[String]) -> Problem {
    let paths = paths.iter().map(|path| format!("`{path}`")).collect::<Vec<_>>().join(" and ");
    let message = format!("the environment variable {name} would set {paths}");
    let help = "give one of them another name with `env = \"…\"`, `rename` or `nested(env_prefix = \"…\")`";
    super::assemble::unplaced(Draft::new(Code::Declaration, String::new(), message).help(help), None)
}

/// Whether two keys are the same but for case and the way words are joined.
#[cfg(feature = "env")]
fn same_key(one: &str, other: &str) -> bool {
    let joined = |c: char| if c == '-' { '_' } else { c };
    let folded = |text: &str| text.chars().map(joined).flat_map(char::to_lowercase).collect::<String>();
    if one.is_ascii() && other.is_ascii() {
        let same = |(a, b): (u8, u8)| {
            let (a, b) = (joined(char::from(a)), joined(char::from(b)));
            a.eq_ignore_ascii_case(&b)
        };
        return one.len() == other.len() && one.bytes().zip(other.bytes()).all(same);
    }
    folded(one) == folded(other)
}

/// The variables that name more than one setting, as problems of the declaration.
#[cfg(all(feature = "env", feature = "testing"))]
pub(crate) fn clash_problems(metadata: &'static Metadata) -> Vec<Problem> {
    let names = Names { prefix: metadata.loading().env_prefix(), section: &[], metadata };
    env::clashes(&names).iter().map(|(name, paths)| ambiguous(name, paths)).collect()
}

impl Layers {
    /// The documents of a stack as one type sees them, to be handed to figment.
    pub(crate) fn for_export(
        stack: &Stack,
        metadata: &'static Metadata,
        section: &str,
    ) -> Result<(Vec<Bound>, Vec<Segment<'static>>), Report> {
        let layers = read(stack, Some(metadata));
        if let Some(report) = layers.unreadable_report() {
            return Err(report);
        }
        let section = stack::section(section)
            .unwrap_or_default()
            .into_iter()
            .map(Segment::into_owned)
            .collect::<Vec<_>>();
        let mut binding = Binding::default();
        layers.bind(metadata, &section, &mut binding);
        let mut report = layers.report(metadata.name());
        binding.problems.into_iter().for_each(|problem| report.add(problem));
        if report.is_empty() { Ok((binding.layers, section)) } else { Err(report) }
    }
}
