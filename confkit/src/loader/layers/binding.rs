//! The layers as one type sees them: what comes under names is bound to its names.

use std::sync::Arc;

use confkit_sources::declared::{Metadata, Unknown};
use confkit_sources::path::Segment;
use confkit_sources::{Document, NodeRef};

use super::super::assemble::Assembler;
use super::super::stack::{self, Stack};
use super::super::ways::Ways;
#[cfg(feature = "env")]
use super::unbound::Unbound;
use super::{Content, Layers, ReadLayer, read};
#[cfg(feature = "migrate")]
use crate::migrate::Moves;
use crate::report::{Problem, Report};
use crate::resolve::{Cx, Layer, field_for, rest_field};

/// The key by which a document names its schema.
const SCHEMA: &str = "$schema";

/// A document as one type sees it: variables bound to its names.
#[derive(Debug, Clone)]
pub(crate) struct Bound {
    pub(crate) position: usize,
    pub(crate) unknown: Unknown,
    pub(crate) document: Arc<Document>,
    /// The document as it was read, if another layer takes something away from it.
    pub(crate) whole: Option<Arc<Document>>,
    /// Where things stood before the document was migrated.
    #[cfg(feature = "migrate")]
    pub(crate) moves: Option<Arc<Moves>>,
}

impl Bound {
    pub(super) fn new(layer: &ReadLayer, document: Arc<Document>) -> Self {
        Self {
            position: layer.position,
            unknown: layer.unknown,
            document,
            whole: None,
            #[cfg(feature = "migrate")]
            moves: None,
        }
    }

    /// The document as it was read.
    pub(crate) fn whole(&self) -> &Arc<Document> {
        self.whole.as_ref().unwrap_or(&self.document)
    }
}

/// A type's view of the layers.
#[derive(Default)]
pub(super) struct Binding {
    pub(super) layers: Vec<Bound>,
    pub(super) problems: Vec<Problem>,
    /// The names of documents that are of no version that the type reads.
    #[cfg(feature = "migrate")]
    pub(super) unusable: Vec<String>,
    /// Variables that bind nothing.
    #[cfg(feature = "env")]
    pub(super) unbound: Vec<Unbound>,
    /// What is told of files that are called as no setting, and the files that are.
    #[cfg(feature = "env")]
    pub(super) strangers: Vec<Problem>,
    #[cfg(feature = "env")]
    pub(super) taken: Vec<(usize, String)>,
    #[cfg(feature = "env")]
    pub(super) names: Vec<String>,
    #[cfg(feature = "env")]
    pub(super) prefix: Option<String>,
    /// Variables that are told about.
    pub(super) mentioned: Vec<String>,
    pub(super) ignored: Vec<(String, String)>,
    /// What is wrong with arguments, and whether the argument may be another module's.
    #[cfg(feature = "args")]
    pub(super) arguments: Vec<(Problem, bool)>,
    /// Secrets that were given by arguments and not taken.
    #[cfg(feature = "args")]
    pub(super) withheld: Vec<String>,
    /// Whether the arguments ask for help.
    #[cfg(feature = "args")]
    pub(super) help: bool,
}

impl Binding {
    pub(super) fn push(&mut self, layer: &ReadLayer, document: Arc<Document>) {
        self.layers.push(Bound::new(layer, document));
    }

    /// Leaves nodes out of a document.
    pub(super) fn leave_out(&mut self, layer: usize, nodes: &[u32]) {
        let bound = &mut self.layers[layer];
        let without = Arc::new(bound.document.without(nodes));
        let before = std::mem::replace(&mut bound.document, without);
        bound.whole.get_or_insert(before);
    }

    /// Leaves out the key by which documents name their schema, where a map would take it.
    fn forget_schemas(&mut self, metadata: &'static Metadata, section: &[Segment<'static>]) {
        let is_taken = rest_field(metadata).is_some() && field_for(metadata, SCHEMA).is_none();
        if !section.is_empty() || !is_taken {
            return;
        }
        for number in 0..self.layers.len() {
            let node = self.layers[number].document.root().get(SCHEMA).map(NodeRef::id);
            node.into_iter().for_each(|node| self.leave_out(number, &[node]));
        }
    }
}

impl Layers {
    /// Binds what comes under names to the names of a type.
    pub(super) fn bind(
        &self,
        metadata: &'static Metadata,
        section: &[Segment<'static>],
        binding: &mut Binding,
    ) {
        #[cfg(feature = "env")]
        let prefix = self.prefix(metadata);
        #[cfg(feature = "env")]
        let names = confkit_sources::env::Names { prefix: prefix.as_deref(), section, metadata };
        for layer in &self.layers {
            match &layer.content {
                #[cfg(feature = "migrate")]
                Content::Document(document) => {
                    self.bind_document(document, layer, metadata, section, binding);
                }
                #[cfg(not(feature = "migrate"))]
                Content::Document(document) => binding.push(layer, Arc::clone(document)),
                #[cfg(feature = "env")]
                Content::Variables(variables) => self.bind_variables(variables, layer, &names, binding),
                #[cfg(feature = "env")]
                Content::Files(mounted) => self.bind_files(mounted, layer, &names, binding),
                #[cfg(feature = "args")]
                Content::Arguments(words) => self.bind_arguments(words, layer, metadata, section, binding),
            }
        }
        binding.forget_schemas(metadata, section);
        #[cfg(feature = "env")]
        self.judge_variables(&names, binding);
        #[cfg(feature = "args")]
        self.judge_arguments(metadata, section, binding);
    }

    /// Tells what is wrong with variables and arguments.
    pub(super) fn add_bound(&self, report: &mut Report, bound: &Binding, shared: bool) {
        bound.problems.iter().for_each(|problem| report.add_once(problem.clone()));
        #[cfg(feature = "args")]
        for (problem, _) in bound.arguments.iter().filter(|(_, stray)| !(shared && *stray)) {
            report.add_once(problem.clone());
        }
        #[cfg(feature = "env")]
        if !shared {
            self.add_unbound(report, bound);
            bound.strangers.iter().for_each(|problem| report.add(problem.clone()));
        }
        #[cfg(not(feature = "env"))]
        let _ = shared;
    }

    /// How a missing setting can be given, besides in files.
    #[cfg_attr(not(feature = "env"), expect(unused_variables, reason = "only variables have a prefix"))]
    pub(super) fn ways(&self, metadata: &'static Metadata) -> Ways {
        Ways {
            #[cfg(feature = "env")]
            variables: self.has_variables().then(|| self.prefix(metadata)),
            #[cfg(feature = "env")]
            variables_in: self.variables_in(),
            #[cfg(not(feature = "env"))]
            variables_in: None,
            #[cfg(feature = "env")]
            secrets: self.stack.secrets_name().map(|name| name.replace("{profile}", &self.profile.name)),
            #[cfg(not(feature = "env"))]
            secrets: None,
            #[cfg(feature = "args")]
            arguments: self.has_arguments(),
            #[cfg(feature = "args")]
            paths: self.has_words(),
        }
    }

    /// The documents of a stack as one type sees them, to be handed to figment.
    pub(crate) fn for_export(
        stack: &Stack,
        metadata: &'static Metadata,
        section: &str,
    ) -> Result<(Vec<Bound>, Vec<Segment<'static>>), Report> {
        let layers = read(stack, Some(metadata));
        let section = stack::section(section)
            .unwrap_or_default()
            .into_iter()
            .map(Segment::into_owned)
            .collect::<Vec<_>>();
        let mut binding = Binding::default();
        layers.bind(metadata, &section, &mut binding);
        let unset = layers.unset(metadata, &section, &mut binding);
        #[cfg(feature = "args")]
        if binding.help {
            return Err(layers.help_report(&[(section, metadata)]));
        }
        if let Some(report) = layers.unreadable_report() {
            return Err(report);
        }
        let mut report = layers.report(metadata.name());
        if !unset.is_empty() {
            let documents = binding.layers.iter().map(|bound| Layer {
                document: &bound.document,
                unknown: bound.unknown,
                position: bound.position,
            });
            let cx = Cx::new(documents.collect(), layers.terms(false, None));
            let declared = Some((metadata, layers.ways(metadata)));
            let assembler = Assembler::new(&layers.stack, binding.layers.clone(), declared, &[]);
            assembler.assemble(&mut report, unset, &cx);
        }
        #[cfg(feature = "args")]
        binding.arguments.into_iter().for_each(|(problem, _)| report.add(problem));
        binding.problems.into_iter().for_each(|problem| report.add(problem));
        if report.is_empty() { Ok((binding.layers, section)) } else { Err(report) }
    }
}
