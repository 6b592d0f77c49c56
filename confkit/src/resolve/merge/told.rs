//! What is told of lists that layers do not make together.

use confkit_sources::declared::Merge;

use super::super::{Cx, Draft, PlaceOf, found_words};
use super::{Fault, How};
use crate::report::Code;

impl Cx<'_> {
    /// Tells why there is no list at a path.
    #[cold]
    pub(in crate::resolve) fn fault(&mut self, path: String, fault: Fault, how: How, secret: bool) {
        let name = match how.merge {
            Some(Merge::Key(name)) => name,
            _ => "",
        };
        let draft = match fault {
            Fault::NotList(place) => {
                // What stands in place of a list may be one of its secrets.
                let secret = secret || how.section.is_some();
                let found = found_words(self.shared.node(place), secret || self.is_secret());
                let message = format!("{path} must be a list, not {found}");
                let draft = Draft::new(Code::Type, path, message).at(PlaceOf::Value(place));
                Draft { secret, ..draft }
            }
            Fault::Beyond { place, index, len } => {
                let mut path = path;
                confkit_sources::path::push_index(&mut path, index);
                let elements = if len == 1 { "element" } else { "elements" };
                let message = format!("{path} is set, but the list has only {len} {elements}");
                let help = format!("set element {len} first: elements are counted from 0 without gaps");
                Draft::new(Code::Invalid, path, message).at(PlaceOf::Value(place)).help(help)
            }
            Fault::NoKey(place) => {
                let message = format!("an element of {path} has no `{name}`, by which its layers combine");
                let draft = Draft::new(Code::Missing, path, message).at(PlaceOf::Value(place));
                Draft { secret: true, ..draft }.help(format!("add `{name}` to the element"))
            }
            Fault::BadKey(place) => {
                let found = found_words(self.shared.node(place), true);
                let message = format!("`{name}` of an element of {path} must be a single value, not {found}");
                let draft = Draft::new(Code::Type, path, message).at(PlaceOf::Value(place));
                Draft { secret: true, ..draft }.help("the layers of the list combine by it")
            }
            Fault::Twice(first, second) => {
                let message = format!("two elements of {path} have the same `{name}`");
                let mut draft = Draft::new(Code::Duplicate, path, message).at(PlaceOf::Key(second));
                draft.related.push((PlaceOf::Key(first), "the first is here".to_owned()));
                draft.help(format!("make one element of the two, or give one another `{name}`"))
            }
        };
        self.push(draft);
    }
}
