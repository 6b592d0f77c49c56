//! One load of a type from layers that have been read.

use std::any::{TypeId, type_name};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

use confkit_sources::declared::Metadata;
use confkit_sources::path::Segment;

use super::super::assemble::Assembler;
use super::super::{problems, profile, stack, warnings};
use super::binding::Binding;
use super::{Bound, Layers, plain};
use crate::config::Config;
use crate::explain::{Loaded, spelled};
use crate::report::{Code, KnownSecrets, Problem, Report};
use crate::resolve::{Cx, Defaulted, Draft, Facts, Layer, Lists, Ref, Step as PathStep, set_aside};
#[cfg(feature = "async")]
use crate::rules::Deferred;
use crate::rules::{Judged, Memory};

/// With what rules are judged, and what is known of them.
#[derive(Debug)]
pub(in crate::loader) struct Judging<'c> {
    pub(in crate::loader) context: Option<&'c Facts>,
    pub(in crate::loader) memory: Option<Memory>,
    #[cfg(feature = "async")]
    pub(in crate::loader) deferred: Deferred,
}

impl<'c> Judging<'c> {
    pub(in crate::loader) fn new(context: Option<&'c Facts>, memory: Option<Memory>) -> Self {
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

/// What was read of a type.
struct Resolved<T> {
    value: Option<T>,
    /// Nodes whose types hid their values.
    secrets: Vec<Ref>,
    defaults: Vec<Defaulted>,
    told: Told,
}

/// What comes of telling what is wrong.
#[derive(Default)]
struct Told {
    /// What nothing that is told later may show.
    secrets: KnownSecrets,
    /// The paths of sections that are set aside.
    set_aside: Vec<Vec<Segment<'static>>>,
}

impl Layers {
    /// Loads a type that claims everything.
    pub(in crate::loader) fn load_whole<T: Config>(
        &self,
        section: &str,
        judging: &mut Judging<'_>,
    ) -> Result<Loaded<T>, Report> {
        self.load_section(section, false, judging)
    }

    pub(super) fn load_section<T: Config>(
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
        let Resolved { value, secrets, defaults, told } =
            self.resolve::<T>(&section, &mut bound, unset, judging, &mut report);
        self.add_bound(&mut report, &bound, shared);
        self.outrun.iter().for_each(|warning| report.add(warning.clone()));
        self.add_unreadable(&mut report, &told.secrets);
        if judging.context.is_none() {
            no_context::<T>().into_iter().for_each(|problem| report.add(problem));
        }
        if !shared {
            self.judge_profile(&mut report, || profile::declared(metadata), self.is_incomplete(&bound));
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
                    set_aside: told.set_aside,
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

    /// Reads the value, and tells what is wrong with it.
    fn resolve<T: Config>(
        &self,
        section: &[Segment<'static>],
        bound: &mut Binding,
        unset: Vec<Draft>,
        judging: &mut Judging<'_>,
        report: &mut Report,
    ) -> Resolved<T> {
        let incomplete = self.is_incomplete(bound);
        #[cfg(feature = "args")]
        let mut withheld = std::mem::take(&mut bound.withheld);
        let layers = bound.layers.iter().map(|bound| Layer {
            document: &bound.document,
            unknown: bound.unknown,
            position: bound.position,
        });
        let steps = section.iter().map(|segment| match segment {
            Segment::Key(key) => PathStep::Key(key),
            Segment::Index(index) => PathStep::Index(*index),
        });
        let steps: Vec<PathStep<'_>> = steps.collect();
        let mut cx = Cx::new(layers.collect(), self.terms(incomplete, judging.context));
        #[cfg(feature = "args")]
        cx.shared.texts.borrow_mut().append(&mut withheld);
        let value = judging.judge(&mut cx, |cx| cx.read::<T>(&steps));
        cx.drafts.extend(unset);
        let is_quiet = cx.drafts.is_empty() && cx.unjudged.is_empty() && !incomplete;
        let told =
            if is_quiet { Told::default() } else { self.tell(T::METADATA, section, bound, &mut cx, report) };
        Resolved { value, secrets: cx.shared.secrets.take(), defaults: cx.defaults, told }
    }

    /// Tells what is wrong with a value, and what could not be judged.
    fn tell(
        &self,
        metadata: &'static Metadata,
        section: &[Segment<'static>],
        bound: &Binding,
        cx: &mut Cx<'_>,
        report: &mut Report,
    ) -> Told {
        notes(cx, &self.unread(bound)).into_iter().for_each(|note| report.note(note));
        let mut drafts = std::mem::take(&mut cx.drafts);
        #[cfg(feature = "live")]
        self.insist(metadata, section, &mut drafts);
        // What is given and cannot be used is told; that it is absent would be noise.
        let is_told = |path: &str| bound.problems.iter().any(|problem| problem.path() == path);
        drafts.retain(|draft| draft.missing.is_none() || !is_told(&draft.path));
        let aside = set_aside(&drafts).into_iter();
        let set_aside = aside.map(|path| spelled(metadata, section, &path)).collect();
        let declared = Some((metadata, self.ways(metadata)));
        let assembler = Assembler::new(&self.stack, bound.layers.clone(), declared, &bound.ignored);
        Told { secrets: assembler.assemble(report, drafts, cx), set_aside }
    }

    fn add_unreadable(&self, report: &mut Report, secrets: &KnownSecrets) {
        for problem in self.unreadable.iter().flat_map(|(_, problems)| problems) {
            report.add(problem.clone().masked(secrets));
        }
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
    Some(problems::unplaced(Draft::new(Code::Declaration, String::new(), message).help(help), None))
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
