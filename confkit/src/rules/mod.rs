//! The rules on values, as generated code calls them.
//!
//! Each kind of rule is a method of [`Cx`]. It takes an [`On`], which says what is judged and by which
//! rule of the metadata, and what is there to judge. As long as all is well it compares and returns;
//! paths, places and sentences are made once a rule is broken.

#[cfg(feature = "json-schema")]
mod by_schema;
#[cfg(feature = "validator")]
mod by_type;
mod checks;
#[cfg(feature = "async")]
mod deferred;
mod inner;
mod limits;
mod memory;
mod message;
mod parts;
#[cfg(all(feature = "testing", feature = "validator"))]
mod patterns;
mod presence;
mod telling;
mod text;
mod values;

use std::fmt;

use confkit_sources::declared::{Refinement, Rule};

#[cfg(feature = "json-schema")]
pub use self::by_schema::JsonSchema;
#[cfg(feature = "async")]
pub(crate) use self::deferred::{Deferred, Waiting};
#[cfg(feature = "generate")]
pub(crate) use self::limits::{length_words, range_words};
#[cfg(feature = "live")]
pub(crate) use self::memory::hash;
pub(crate) use self::memory::{Judged, Memory};
pub use self::parts::{Contains, Each, Keys, Text};
#[cfg(all(feature = "testing", feature = "validator"))]
pub(crate) use self::patterns::wrong_patterns;
pub use self::text::Pattern;
pub use self::values::{Length, Newtype, Ranged};
use crate::resolve::{Cx, Scope, Unjudged};

/// A rule on a value: what is judged, and by what.
#[derive(Debug, Clone, Copy)]
pub struct On<'r> {
    scope: &'r Scope,
    /// The field of the open section.
    index: usize,
    /// Which of the refinements of the field, if the rule is about a field inside it.
    refinement: Option<u32>,
    which: Which,
    /// The element or entry at hand, where the rule is about those.
    chain: Option<&'r Chain<'r>>,
}

/// Where the metadata has the rule.
#[derive(Debug, Clone, Copy)]
enum Which {
    /// Among the rules of the field, or of the refinement.
    Of(usize),
    /// Inside another rule.
    Inner(&'static Rule),
}

/// The way from a value to something inside it.
#[derive(Debug)]
pub(crate) struct Chain<'r> {
    outer: Option<&'r Chain<'r>>,
    inside: Inside<'r>,
    /// Whether the key of an entry is judged and not its value.
    is_key: bool,
}

/// Where something is inside a collection.
#[derive(Clone, Copy)]
pub enum Inside<'r> {
    /// At a position.
    Index(usize),
    /// Under a key.
    Key(&'r dyn fmt::Display),
    /// In a set, which has an order of its own; counted as it goes through them.
    Somewhere(usize),
}

impl fmt::Debug for Inside<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Index(index) => write!(f, "[{index}]"),
            Self::Key(key) => write!(f, "{key}"),
            Self::Somewhere(_) => f.write_str("somewhere"),
        }
    }
}

impl Scope {
    /// A rule on a field.
    #[inline]
    pub fn on(&self, index: usize, rule: usize) -> On<'_> {
        On { scope: self, index, refinement: None, which: Which::Of(rule), chain: None }
    }

    /// A rule that a field adds to one inside it.
    #[inline]
    pub fn refined(&self, index: usize, refinement: u32, rule: usize) -> On<'_> {
        On { scope: self, index, refinement: Some(refinement), which: Which::Of(rule), chain: None }
    }
}

impl<'r> On<'r> {
    fn rule(&self) -> &'static Rule {
        match (self.which, self.refined()) {
            (Which::Inner(rule), _) => rule,
            (Which::Of(rule), Some(refined)) => &refined.rules()[rule],
            (Which::Of(rule), None) => &self.scope.metadata().fields()[self.index].rules()[rule],
        }
    }

    fn refined(&self) -> Option<&'static Refinement> {
        let refinements = || self.scope.metadata().fields()[self.index].refinements();
        self.refinement.map(|refinement| &refinements()[refinement as usize])
    }

    /// The names of the field inside that is judged.
    fn below(&self) -> &'static str {
        self.refined().map_or("", Refinement::field)
    }

    /// Whether the key of an entry is judged and not its value.
    fn is_on_key(&self) -> bool {
        self.chain.is_some_and(|chain| chain.is_key)
    }

    /// The key that is judged.
    fn key(&self) -> Option<String> {
        let chain = self.chain.filter(|chain| chain.is_key)?;
        match chain.inside {
            Inside::Key(key) => Some(key.to_string()),
            Inside::Index(_) | Inside::Somewhere(_) => None,
        }
    }

    /// A rule inside this one.
    pub fn inner(&self, rule: usize) -> On<'r> {
        On { which: Which::Inner(&self.rule().inner()[rule]), ..*self }
    }
}

impl Cx<'_> {
    /// Whether the profile is one in which a rule holds.
    pub fn in_profile(&self, on: On<'_>) -> bool {
        self.is_one_of(on.rule().profiles())
    }

    /// Whether a rule holds, as its condition says; `None` if that could not be judged.
    pub fn when(&mut self, on: On<'_>, condition: Option<bool>) -> bool {
        self.in_force(on.scope, on.rule(), condition)
    }

    /// The same for a rule over several fields.
    pub fn check_when(&mut self, scope: &Scope, check: usize, condition: Option<bool>) -> bool {
        self.in_force(scope, scope.metadata().checks()[check].rule(), condition)
    }

    /// Whether the profile is one in which a rule over several fields holds.
    pub fn check_in_profile(&self, scope: &Scope, check: usize) -> bool {
        self.is_one_of(scope.metadata().checks()[check].rule().profiles())
    }

    fn is_one_of(&self, profiles: &[&str]) -> bool {
        profiles.is_empty() || profiles.contains(&self.profile())
    }

    fn in_force(&mut self, scope: &Scope, rule: &'static Rule, condition: Option<bool>) -> bool {
        if !self.is_one_of(rule.profiles()) {
            return false;
        }
        if condition.is_none() {
            self.unjudged(scope, rule.when().map_or(&[], |when| when.fields()));
        }
        condition == Some(true)
    }

    /// Notes that a rule could not be judged because of fields that could not be read; without any
    /// it is about the whole section.
    #[cold]
    fn unjudged(&mut self, scope: &Scope, fields: &[&str]) {
        if self.is_incomplete() {
            return self.unjudged.push(Unjudged { because: Vec::new() });
        }
        let section = self.section_path();
        // What is wrong in the section was told last.
        let here = self.drafts.iter().rev().take_while(|draft| is_within(&draft.path, &section));
        let unread: Vec<&str> =
            here.filter(|draft| draft.is_unread()).map(|draft| draft.path.as_str()).collect();
        let named: Vec<String> =
            fields.iter().filter_map(|names| Some(self.path_to(scope, Cx::named(scope, names)?.0))).collect();
        let is_named = |path: &&&str| named.iter().any(|named| is_within(path, named));
        let mut because: Vec<&str> = unread.iter().filter(is_named).copied().collect();
        // A rule on the whole waits for fields that it does not name.
        if because.is_empty() {
            because = unread;
        }
        let because = because.into_iter().map(str::to_owned).collect();
        self.unjudged.push(Unjudged { because });
    }
}

/// Whether a path is another one or goes on from there.
fn is_within(path: &str, outer: &str) -> bool {
    let rest = path.strip_prefix(outer);
    rest.is_some_and(|rest| outer.is_empty() || rest.is_empty() || rest.starts_with(['.', '[']))
}
