//! Sections that are set aside where they are wrong: their problems become warnings.

use std::collections::BTreeSet;

use confkit_sources::declared::{Metadata, Shape};
use confkit_sources::path::{self, Segment};

use super::{At, Cx, Draft, Resolve, subject};
use crate::lenient::Lenient;
use crate::report::{Code, Severity};

/// Whatever the section needs and is, it may be wrong.
impl<T: Resolve> Resolve for Lenient<T> {
    type Needs = T::Needs;

    const METADATA: &'static Metadata = T::METADATA;

    fn shape() -> Shape {
        T::shape()
    }

    fn resolve(cx: &mut Cx<'_>, at: At) -> Option<Self> {
        cx.leniently(|cx| T::resolve(cx, at))
    }

    fn absent(cx: &mut Cx<'_>) -> Option<Self> {
        cx.leniently(T::absent)
    }
}

impl Cx<'_> {
    /// Reads a section, and sets it aside if anything in it is wrong.
    fn leniently<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<Lenient<T>> {
        let before = self.drafts.len();
        let value = read(self);
        if self.terms.sets_aside && self.drafts[before..].iter().any(Draft::is_of_content) {
            self.set_aside(before);
            return Some(Lenient::set_aside());
        }
        value.map(Lenient::from)
    }

    /// Sets the section at hand aside because of what was told since.
    #[cold]
    fn set_aside(&mut self, since: usize) {
        let path = self.path_text();
        for draft in self.drafts[since..].iter_mut().filter(|draft| draft.is_of_content()) {
            draft.severity = Severity::Warning;
            draft.set_aside = Some(path.clone());
        }
    }
}

impl Draft {
    /// Whether something that layers say, or do not say, is wrong. The declaration is the program's own.
    fn is_of_content(&self) -> bool {
        self.severity == Severity::Error && self.code != Code::Declaration
    }

    /// What becomes of the section that is set aside.
    pub(crate) fn aside_words(&self) -> Option<String> {
        let path = self.set_aside.as_deref()?;
        Some(format!("until it is mended, {} alone is set aside", subject(path)))
    }
}

/// The paths of all sections that were set aside.
pub(crate) fn set_aside(drafts: &[Draft]) -> Vec<Vec<Segment<'static>>> {
    let paths: BTreeSet<&str> = drafts.iter().filter_map(|draft| draft.set_aside.as_deref()).collect();
    let parsed = paths.into_iter().filter_map(|path| path::parse(path).ok());
    parsed.map(|path| path.into_iter().map(Segment::into_owned).collect()).collect()
}
