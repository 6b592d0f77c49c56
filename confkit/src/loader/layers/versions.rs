//! Files of older versions among the layers of a type.

use std::sync::Arc;

use confkit_sources::declared::{Metadata, Versioned};
use confkit_sources::path::Segment;
use confkit_sources::{Document, OriginKind};

use super::super::assemble::Assembler;
use super::super::problems::told;
use super::super::stack::Stack;
use super::super::ways::Ways;
use super::binding::{Binding, Bound};
use super::{Layers, ReadLayer};
use crate::migrate::{Current, Versions};
use crate::report::{Code, Problem, Report, Severity};
use crate::resolve::{Cx, Draft, Layer, Terms};

impl Layers {
    /// Binds a document as the type reads it: one of an older version is migrated.
    pub(super) fn bind_document(
        &self,
        document: &Arc<Document>,
        layer: &ReadLayer,
        metadata: &'static Metadata,
        section: &[Segment<'static>],
        binding: &mut Binding,
    ) {
        let has_version = matches!(document.origin_kind(), OriginKind::File | OriginKind::Text);
        let Some(versions) = Versions::of(metadata, section).filter(|_| has_version) else {
            return binding.push(layer, Arc::clone(document));
        };
        match versions.load(document) {
            Ok(None) => binding.push(layer, Arc::clone(document)),
            Ok(Some(Current { document, moves, migrated_from })) => {
                if let Some(from) = migrated_from {
                    binding.problems.push(outdated(&document, from, metadata, layer.position));
                }
                let mut bound = Bound::new(layer, Arc::new(document));
                bound.moves = Some(Arc::new(moves));
                binding.layers.push(bound);
            }
            Err(failed) => {
                let (document, draft) = *failed;
                binding.unusable.push(document.name().to_owned());
                let bound = Bound::new(layer, Arc::new(document));
                binding.problems.extend(problems(&self.stack, metadata, bound, vec![draft]));
            }
        }
    }
}

/// The warning of a file that is older than the program.
fn outdated(document: &Document, from: u32, metadata: &'static Metadata, position: usize) -> Problem {
    let target = metadata.loading().versioned().map(Versioned::version).unwrap_or_default();
    let name = document.name();
    let message = format!("{name} is of version {from} and was migrated to version {target} in memory");
    let mut draft = Draft::new(Code::Version, String::new(), message);
    draft.severity = Severity::Warning;
    draft.help = Some(match document.origin_kind() {
        OriginKind::File => "write it so: `confkit::migrate::Files::of(&loader).up()`".to_owned(),
        _ => format!("bring it to version {target}"),
    });
    told(draft, Some(document.origin()), None, (position, 0))
}

/// What is told of one document, with its places.
pub(in crate::loader) fn problems(
    stack: &Stack,
    metadata: &'static Metadata,
    bound: Bound,
    drafts: Vec<Draft>,
) -> Vec<Problem> {
    let mut report = Report::new(metadata.name(), None);
    let document = Arc::clone(&bound.document);
    let layer = Layer { document: &document, unknown: bound.unknown, position: bound.position };
    let terms = Terms { profile: "", unknown: None, incomplete: true, sets_aside: false, context: None };
    let cx = Cx::new(vec![layer], terms);
    let assembler = Assembler::new(stack, vec![bound], Some((metadata, Ways::default())), &[]);
    assembler.assemble(&mut report, drafts, &cx);
    report.problems().to_vec()
}
