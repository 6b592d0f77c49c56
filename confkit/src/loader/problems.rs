//! Problems that no load has drafted: without a place in a document, or with one that is known already.

use confkit_sources::Origin;

#[cfg(any(feature = "clap", feature = "migrate"))]
use crate::report::Code;
#[cfg(feature = "env")]
use crate::report::Related;
use crate::report::{Problem, Snippet, Told, clean, clean_origin};
use crate::resolve::Draft;

/// Places behind all others.
pub(super) const LAST: (usize, usize) = (usize::MAX, usize::MAX);

/// A problem without a place in a document.
pub(super) fn unplaced(draft: Draft, origin: Option<Origin>) -> Problem {
    told(draft, origin, None, LAST)
}

/// A mistake of the declaration, found without any layer.
#[cfg(feature = "testing")]
pub(crate) fn declared_problem(draft: Draft) -> Problem {
    unplaced(draft, None)
}

/// What is wrong with the arguments of a command.
#[cfg(feature = "clap")]
pub(crate) fn command_problem(message: String, help: &str) -> Problem {
    unplaced(Draft::new(Code::Declaration, String::new(), message).help(help), None)
}

/// What is wrong with a file that is to be written.
#[cfg(feature = "migrate")]
pub(crate) fn file_problem(code: Code, message: String, help: &str, origin: Origin) -> Problem {
    unplaced(Draft::new(code, String::new(), message).help(help), Some(origin))
}

/// A problem of a layer without positions.
#[cfg(feature = "args")]
pub(super) fn in_layer(draft: Draft, origin: Origin, position: usize) -> Problem {
    told(draft, Some(origin), None, (position, 0))
}

/// Where a name stands that a layer has: its place, the line to show, and its rank among all places.
#[cfg(feature = "env")]
#[derive(Debug, Clone)]
pub(super) struct Spot {
    pub(super) origin: Origin,
    pub(super) snippet: Option<Snippet>,
    pub(super) order: (usize, usize),
}

/// A problem with a name, and the other places that have part in it.
#[cfg(feature = "env")]
pub(super) fn at_spot(
    draft: Draft,
    spot: Spot,
    related: impl IntoIterator<Item = (Spot, String)>,
) -> Problem {
    let related = related.into_iter().map(|(spot, message)| Related {
        origin: clean_origin(spot.origin),
        message,
        snippet: spot.snippet,
    });
    let related = related.collect();
    Problem::new(Told { related, ..told_of(draft, Some(spot.origin), spot.snippet, spot.order) })
}

pub(super) fn told(
    draft: Draft,
    origin: Option<Origin>,
    snippet: Option<Snippet>,
    order: (usize, usize),
) -> Problem {
    Problem::new(told_of(draft, origin, snippet, order))
}

fn told_of(draft: Draft, origin: Option<Origin>, snippet: Option<Snippet>, order: (usize, usize)) -> Told {
    Told {
        code: draft.code,
        severity: draft.severity,
        rule: draft.rule,
        path: clean(&draft.path).into_owned(),
        message: clean(&draft.message).into_owned(),
        params: draft.params,
        origin: origin.map(clean_origin),
        snippet,
        related: Vec::new(),
        suggestion: draft.suggestion.map(|name| clean(&name).into_owned()),
        help: draft.help.map(|help| clean(&help).into_owned()),
        order,
    }
}
