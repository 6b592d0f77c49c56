//! A stack that is loaded again and again.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hash, Hasher};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use confkit_sources::declared::Metadata;
use confkit_sources::path::Segment;
use confkit_sources::{Document, Looked, Signal, Watch, WatchContext};
use serde::Serialize;

use super::Loader;
use super::layers::{self, Bound, Judging, Layers};
use super::stack::{self, Stack, Step};
use super::unfit::Unfit;
use super::warnings::Moment;
use crate::config::Config;
use crate::explain::Loaded;
use crate::report::{Code, Problem, Report, Severity};
use crate::resolve::{Draft, Facts};
use crate::rules::{Memory, hash};

/// What a loader has recorded, without its type.
pub(crate) struct Repeated {
    stack: Stack,
    section: String,
    context: Option<Arc<Facts>>,
    /// Of documents; keyed, so that what was hashed cannot be guessed.
    keys: RandomState,
    /// The documents that were marked last.
    marks: Mutex<Vec<(Weak<Document>, u64)>>,
}

/// All layers as they were read at one time, and the files that were looked at.
#[derive(Debug, Clone)]
pub(crate) struct Base(Arc<Layers>, Looked);

impl Base {
    /// The files, none if the system is in memory. Those that a value names come with the load.
    pub(crate) fn looked(&self) -> &Looked {
        &self.1
    }
}

/// Marks of what layers say: equal marks, equal content, within one process.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Contents {
    pub(crate) whole: u64,
    /// Without the values that are set over them.
    pub(crate) base: u64,
}

/// One value over all layers.
#[derive(Debug, Clone)]
pub(crate) struct Override {
    pub(crate) path: String,
    document: Arc<Document>,
}

impl Override {
    /// Takes a value; `None` if it is nothing.
    pub(crate) fn new(path: &str, value: impl Serialize) -> Result<Option<Self>, Unfit> {
        let document = stack::set_document("set_override", path, value)?;
        Ok(document.map(|document| Self { path: path.to_owned(), document }))
    }
}

impl Repeated {
    pub(crate) fn of<T: Config>(loader: Loader<T>) -> Self {
        let Loader { stack, section, context, .. } = loader;
        Self { stack, section, context, keys: RandomState::new(), marks: Mutex::default() }
    }

    /// Where the settings stand in the documents.
    pub(crate) fn section(&self) -> Vec<Segment<'_>> {
        // A path that is none was refused by the first load.
        stack::section(&self.section).unwrap_or_default()
    }

    /// Reads every layer, perhaps after they were read before.
    pub(crate) fn read(&self, before: Option<&Base>, metadata: &'static Metadata) -> Result<Base, Report> {
        let (mut stack, mut looked) = (self.stack.clone(), Looked::default());
        if stack.system.is_real() {
            (stack.system, looked) = self.stack.system.noting();
        }
        let read = || layers::read_after(before.map(|before| &*before.0), &stack, Some(metadata));
        let mut layers = catch_unwind(AssertUnwindSafe(read)).map_err(|_| panicked(metadata))?;
        if self.stack.unknown.is_none() {
            layers.warn_of_unknown_keys();
        }
        Ok(Base(Arc::new(layers), looked))
    }

    /// Has sources tell when they have changed.
    pub(crate) fn watch(&self, profile: &str, signal: &Signal) -> Vec<Box<dyn Watch>> {
        let cx =
            WatchContext::new(signal.clone()).with_system(self.stack.system.clone()).with_profile(profile);
        let sources = self.stack.steps.iter().filter_map(|step| match step {
            Step::Source(source) => Some(source),
            _ => None,
        });
        sources.filter_map(|source| source.watch(&cx)).collect()
    }

    /// Whether there are files that can be watched.
    #[cfg(feature = "watch")]
    pub(crate) fn is_real(&self) -> bool {
        self.stack.system.is_real()
    }

    /// Makes the value of layers that were read, after an earlier one. Nothing that has the wanted override in it is
    /// set aside.
    pub(crate) fn load<T: Config>(
        &self,
        base: &Base,
        overrides: &[&Override],
        wanted: Option<&Override>,
        before: Option<&Loaded<T>>,
    ) -> Result<Loaded<T>, Report> {
        let memory = Memory::after(before.and_then(Loaded::judged), self.context.clone());
        let load = || {
            let mut judging = Judging::new(self.context.as_deref(), Some(memory));
            if overrides.is_empty() {
                return base.0.load_whole(&self.section, &mut judging);
            }
            let values: Vec<(&str, &Arc<Document>)> =
                overrides.iter().map(|one| (one.path.as_str(), &one.document)).collect();
            let wanted = wanted.map(|one| &one.document);
            base.0.under(&values, wanted).load_whole(&self.section, &mut judging)
        };
        catch_unwind(AssertUnwindSafe(load)).unwrap_or_else(|_| Err(panicked(T::METADATA)))
    }

    /// Tells warnings to whom the stack tells them.
    pub(crate) fn tell_warnings(&self, metadata: &'static Metadata, moment: Moment, warnings: &[Problem]) {
        self.stack.warnings.tell(metadata.name(), moment, warnings);
    }

    /// Tells a refusal that nobody else hears: as events with the feature `tracing`, else on standard error.
    pub(crate) fn tell_refusal(&self, metadata: &'static Metadata, report: &Report) {
        #[cfg(feature = "tracing")]
        tracing::error!(settings = metadata.name(), problems = report.problems().len(), "{report}");
        #[cfg(not(feature = "tracing"))]
        {
            let _ = metadata;
            report.print();
        }
    }

    /// Marks of what the layers say.
    pub(crate) fn contents<T: Config>(&self, base: &Base, loaded: &Loaded<T>) -> Contents {
        let marks = self.marks(&loaded.kept().layers);
        let height = base.0.height();
        let content = |counts: &dyn Fn(usize) -> bool| {
            let mut hasher = self.keys.build_hasher();
            loaded.profile().hash(&mut hasher);
            let layers = loaded.kept().layers.iter().zip(&marks);
            for (bound, mark) in layers.filter(|(bound, _)| counts(bound.position)) {
                (bound.position, bound.document.name(), mark).hash(&mut hasher);
            }
            hasher.finish()
        };
        Contents { whole: content(&|_| true), base: content(&|position| position < height) }
    }

    /// A mark of each document, made once as long as loads share the document.
    fn marks(&self, layers: &[Bound]) -> Vec<u64> {
        let mut known = self.marks.lock().unwrap_or_else(PoisonError::into_inner);
        let of = |bound: &Bound| {
            let document = bound.whole();
            let is_it = |(other, _): &&(Weak<Document>, u64)| ptr::eq(other.as_ptr(), Arc::as_ptr(document));
            known.iter().find(is_it).map_or_else(|| self.mark(document), |(_, mark)| *mark)
        };
        let marks: Vec<u64> = layers.iter().map(of).collect();
        let documents = layers.iter().map(|bound| Arc::downgrade(bound.whole()));
        *known = documents.zip(marks.iter().copied()).collect();
        marks
    }

    fn mark(&self, document: &Document) -> u64 {
        let mut hasher = self.keys.build_hasher();
        hash(document.root(), &mut hasher);
        hasher.finish()
    }
}

/// A warning that no layer has.
pub(crate) fn warning(message: String, help: String) -> Problem {
    let draft = Draft::new(Code::Source, String::new(), message).help(help);
    super::problems::unplaced(Draft { severity: Severity::Warning, ..draft }, None)
}

/// A report of one problem that no layer has.
pub(crate) fn refusal(
    metadata: &'static Metadata,
    code: Code,
    message: String,
    help: Option<&str>,
) -> Report {
    let mut report = Report::new(metadata.name(), None);
    let draft = Draft::new(code, String::new(), message);
    report.add(super::problems::unplaced(Draft { help: help.map(str::to_owned), ..draft }, None));
    report
}

fn panicked(metadata: &'static Metadata) -> Report {
    let message = "the program panicked while the settings were read".to_owned();
    refusal(metadata, Code::Source, message, Some("the panic was told where the program tells panics"))
}
