//! What a field's way of merging makes of its candidates.

use confkit_sources::NodeKind;
use confkit_sources::declared::{Field, Kind, Merge, Metadata, Shape};

use super::super::containers::says_something;
use super::super::{At, Cx, Ref, Scope};
use super::{Element, How, declared};

/// What becomes of a value's candidates.
pub(in crate::resolve) enum Merged {
    /// They are read as those of any other field.
    Usual,
    /// Only these count.
    Only(At),
    /// They make a list together, or would but for what has been told.
    List { parts: Vec<Ref>, elements: Vec<Element>, complete: bool },
    /// They do not, which has been told.
    Failed,
}

impl Cx<'_> {
    /// Merges the candidates of a value as its field says.
    #[cold]
    pub(in crate::resolve) fn merged(&mut self, scope: &Scope, index: usize, merge: Merge) -> Merged {
        let field = scope.field(index);
        let candidates: Vec<Ref> = self.candidates(self.slot(scope, index)).collect();
        let is_list = self.is_list(field, &candidates);
        if merge == Merge::Replace {
            let how = How::of_values(None, field.env_delimiter());
            let parts = self.shared.parts(&candidates, how);
            let only = match parts.first() {
                Some(_) if is_list => return Merged::Usual,
                Some(&top) => self.of_position(&candidates, top),
                None => return Merged::Usual,
            };
            return Merged::Only(self.list(&only));
        }
        if self.is_wrongly_merged(field) {
            return Merged::Failed;
        }
        if merge == Merge::Function || merge == Merge::Deep && !is_list {
            return Merged::Usual;
        }
        let how = How::of_values(Some(merge), field.env_delimiter());
        let parts = self.shared.parts(&candidates, how);
        let Some(&top) = parts.first() else { return Merged::Usual };
        if !is_list || self.shared.node(top).kind() == NodeKind::Null {
            return Merged::Usual;
        }
        let (elements, faults) = self.shared.elements_and_faults(&candidates, how);
        let complete = faults.is_empty();
        for fault in faults {
            self.fault(self.field_path(field), fault, how, field.may_hold_secret());
        }
        Merged::List { parts, elements, complete }
    }

    /// Tells a way of merging that does not fit.
    fn is_wrongly_merged(&mut self, field: &'static Field) -> bool {
        let draft = declared::wrong(&self.field_path(field), field);
        let is_wrong = draft.is_some();
        draft.into_iter().for_each(|draft| self.push(draft));
        is_wrong
    }

    /// Whether a value is a list; where its type does not tell, what layers give does.
    fn is_list(&self, field: &Field, candidates: &[Ref]) -> bool {
        let kind = field.kind().map(|kind| kind.kind().clone());
        let given = || candidates.iter().any(|&at| self.shared.node(at).kind() == NodeKind::Array);
        match kind {
            Some(Kind::List) => true,
            Some(Kind::Other | Kind::Any) => given(),
            _ => false,
        }
    }

    /// The candidates of one place in the stack: what one call gives may be two documents.
    pub(in crate::resolve) fn of_position(&self, candidates: &[Ref], top: Ref) -> Vec<Ref> {
        let position = self.shared.layers[top.layer as usize].position;
        let is_same = |at: &Ref| self.shared.layers[at.layer as usize].position == position;
        candidates.iter().copied().filter(is_same).collect()
    }
}

/// Sections.
impl Cx<'_> {
    /// What counts of a nested field's candidates; how a list is merged is left for it to find.
    #[cold]
    pub(in crate::resolve) fn merged_sections(
        &mut self,
        scope: &Scope,
        index: usize,
        merge: Merge,
        shape: Shape,
        section: &'static Metadata,
    ) -> Option<At> {
        let (field, at) = (scope.field(index), self.slot(scope, index));
        if self.is_wrongly_merged(field) {
            return None;
        }
        match (merge, in_list(shape)) {
            (Merge::Replace, true) | (Merge::Deep, false) => Some(at),
            (Merge::Replace, false) => {
                let candidates: Vec<Ref> = self.candidates(at).collect();
                let says = |at: &&Ref| says_something(self.shared.node(**at), section);
                let Some(&top) = candidates.iter().find(says) else { return Some(at) };
                let only = self.of_position(&candidates, top);
                Some(self.list(&only))
            }
            _ => {
                self.merge = Some(merge);
                Some(at)
            }
        }
    }
}

/// Whether a shape is a list of sections.
pub(crate) fn in_list(shape: Shape) -> bool {
    match shape {
        Shape::Optional(inner) => in_list(inner()),
        Shape::List(_) => true,
        _ => false,
    }
}
