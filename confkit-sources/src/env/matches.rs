//! The settings that one name leads to.

use std::ops::Range;

use crate::path::Segment;

/// Where a variable's name leads.
#[derive(Clone, Copy)]
pub(super) struct Match<'m> {
    pub(super) path: &'m [Segment<'static>],
    /// Whether the variable names a file that holds the value.
    pub(super) file: bool,
}

/// Where a name leads, most often to one setting. It is emptied for the next name, and keeps its room:
/// the paths stand one behind another.
#[derive(Default)]
pub(super) struct Matches {
    steps: Vec<Segment<'static>>,
    list: Vec<(Range<usize>, bool)>,
}

impl Matches {
    pub(super) fn push(&mut self, path: impl IntoIterator<Item = Segment<'static>>, file: bool) {
        let start = self.steps.len();
        self.steps.extend(path);
        self.list.push((start..self.steps.len(), file));
    }

    pub(super) fn clear(&mut self) {
        self.steps.clear();
        self.list.clear();
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Match<'_>> {
        self.list.iter().map(|(path, file)| Match { path: &self.steps[path.clone()], file: *file })
    }

    pub(super) fn retain(&mut self, keep: impl Fn(Match<'_>) -> bool) {
        let Self { steps, list } = self;
        list.retain(|(path, file)| keep(Match { path: &steps[path.clone()], file: *file }));
    }

    /// Leaves out what is there twice, one behind the other.
    pub(super) fn dedup(&mut self) {
        let Self { steps, list } = self;
        list.dedup_by(|(path, file), (other, of_file)| {
            file == of_file && steps[path.clone()] == steps[other.clone()]
        });
    }
}
