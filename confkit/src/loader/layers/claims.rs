//! What modules claim of a stack, and what nobody does.

use std::collections::BTreeSet;
use std::sync::PoisonError;

use confkit_sources::declared::Metadata;
#[cfg(feature = "env")]
use confkit_sources::env::{Declared, Names, declared_names};
use confkit_sources::path::Segment;
use confkit_sources::{Document, NodeRef, OriginKind};

use super::super::assemble::Assembler;
use super::super::{profile, warnings};
use super::binding::Binding;
use super::{Layers, unset};
use crate::report::{Report, nearest};
use crate::resolve::{Cx, Layer};

/// What modules have claimed.
#[derive(Debug, Default)]
pub(super) struct Claims {
    pub(super) sections: Vec<Vec<Segment<'static>>>,
    pub(super) variables: BTreeSet<String>,
    /// The profiles that modules know.
    profiles: BTreeSet<String>,
    /// All names that modules declare.
    #[cfg(feature = "env")]
    pub(super) names: BTreeSet<String>,
    /// The files that modules have claimed, each with the position of its layer.
    #[cfg(feature = "env")]
    pub(super) files: BTreeSet<(usize, String)>,
    /// What files can be called as.
    #[cfg(feature = "env")]
    pub(super) declared: Vec<Declared>,
    /// The types, each with its section.
    #[cfg(feature = "args")]
    types: Vec<(Vec<Segment<'static>>, &'static Metadata)>,
}

impl Layers {
    /// Tells the keys, variables and arguments that no module claimed, by the stack's policy.
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
        #[cfg(feature = "args")]
        let (stray, help) = self.stray_arguments(&claims.types);
        #[cfg(feature = "args")]
        if help {
            return Err(self.help_report(&claims.types));
        }
        let mut report = self.report("");
        #[cfg(feature = "args")]
        stray.into_iter().for_each(|problem| report.add_once(problem));
        let mut cx = Cx::new(self.documents(), self.terms(false, None));
        for layer in &self.layers {
            let Some(document) = layer.document() else { continue };
            unclaimed(&mut cx, document, &claims);
        }
        let assembler = Assembler::new(&self.stack, self.bound_documents(), None, &[]);
        let drafts = std::mem::take(&mut cx.drafts);
        assembler.assemble(&mut report, drafts, &cx);
        #[cfg(feature = "env")]
        self.add_stray(&mut report, &claims);
        #[cfg(feature = "env")]
        self.add_stray_files(&mut report, &claims);
        self.judge_profile(&mut report, || claims.profiles, false);
        report.sort();
        warnings::judge(&self.stack.warnings, &mut report);
        if report.is_empty() {
            self.stack.warnings.tell("", warnings::Moment::Load, report.warnings());
            return Ok(());
        }
        Err(report)
    }

    pub(super) fn claim(&self, metadata: &'static Metadata, section: &[Segment<'static>], bound: &Binding) {
        let mut claims = self.claims.lock().unwrap_or_else(PoisonError::into_inner);
        claims.sections.push(section.to_vec());
        claims.profiles.extend(profile::declared(metadata));
        let variables =
            bound.layers.iter().filter(|layer| layer.document.origin_kind() == OriginKind::Variable);
        let nodes = variables.flat_map(|layer| layer.document.nodes());
        claims.variables.extend(nodes.filter_map(|node| node.origin().key().map(str::to_owned)));
        claims.variables.extend(bound.mentioned.iter().cloned());
        #[cfg(feature = "env")]
        claims.names.extend(self.declared_names(metadata, section));
        #[cfg(feature = "env")]
        if self.has_files() {
            claims.files.extend(bound.taken.iter().cloned());
            let names = Names { prefix: Some(""), section, metadata };
            claims.declared.extend(declared_names(&names));
        }
        #[cfg(feature = "args")]
        claims.types.push((section.to_vec(), metadata));
    }
}

/// Drafts what nobody claimed of a document.
fn unclaimed(cx: &mut Cx<'_>, document: &Document, claims: &Claims) {
    let is_own = |layer: &Layer<'_>| std::ptr::eq(layer.document, document);
    let Some(layer) = cx.shared.layers.iter().position(is_own) else { return };
    let layer = u32::try_from(layer).unwrap_or(u32::MAX);
    unset::unclaimed(cx, layer, document, claims);
    unclaimed_inside(cx, layer, document.root(), &mut Vec::new(), &claims.sections);
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
        if path.is_empty() && (key == "$schema" || key == unset::UNSET) {
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
