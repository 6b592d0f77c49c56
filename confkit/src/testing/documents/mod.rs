//! Documents that load, and documents that must not, for properties of the user's own.

mod choices;
mod faults;
mod grown;

use std::fmt;

use confkit_sources::{Document, Format};
use proptest::prelude::{Strategy, any};

use self::choices::Choices;
use super::filler::Filler;
use super::tree::Tree;
use super::values::written;
use crate::config::Config;
use crate::loader::Warnings;
use crate::report::Code;
use crate::write::{Defaults, Secrets};

/// How many choices a document is made of at most; shorter tapes give smaller documents.
const CHOICES: usize = 256;

/// A document for settings of one type.
///
/// # Example
///
/// ```
/// use confkit::{Config, Format, testing};
/// use proptest::prelude::*;
///
/// #[derive(Debug, Config)]
/// struct Settings {
///     port: u16,
/// }
///
/// proptest!(|(generated in testing::documents::<Settings>())| {
///     assert!(generated.fault().is_none());
///     assert!(generated.text(Format::Toml).starts_with("port = "));
/// });
/// ```
#[derive(Clone)]
pub struct Generated {
    tree: Tree,
    fault: Option<Fault>,
}

impl Generated {
    /// Returns the document; secrets in it are generated too.
    pub fn document(&self) -> Document {
        self.tree.document()
    }

    /// Returns the document as text.
    ///
    /// # Panics
    ///
    /// If the format cannot hold it: without types, for example, or without null.
    #[track_caller]
    pub fn text(&self, format: Format) -> String {
        written(&self.document(), format)
    }

    /// Returns what is wrong with it, if something was made wrong.
    pub fn fault(&self) -> Option<&Fault> {
        self.fault.as_ref()
    }
}

/// For the failures of a property: nothing in it comes from outside.
impl fmt::Debug for Generated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Generated").field("tree", &self.tree).field("fault", &self.fault).finish()
    }
}

/// What was made wrong in a document, and how the load has to tell it.
///
/// # Example
///
/// ```
/// use confkit::testing::{self, FaultKind};
/// use confkit::{Config, Format};
/// use proptest::prelude::*;
///
/// #[derive(Debug, Config)]
/// struct Settings {
///     port: u16,
/// }
///
/// proptest!(|(broken in testing::broken_documents::<Settings>())| {
///     let fault = broken.fault().unwrap();
///     let text = broken.text(Format::Toml);
///     let report = Settings::loader().text(Format::Toml, "app.toml", text).load().unwrap_err();
///     assert_eq!(testing::problem_at(&report, fault.path()).code(), fault.code());
///     if fault.kind() == FaultKind::Missing {
///         assert_eq!(fault.path(), "port");
///     }
/// });
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    kind: FaultKind,
    path: String,
    code: Code,
}

impl Fault {
    /// Returns what was done.
    pub fn kind(&self) -> FaultKind {
        self.kind
    }

    /// Returns the path of the problem that the load has to tell.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the code of that problem.
    pub fn code(&self) -> Code {
        self.code
    }
}

/// What is done to a document that loads, so that it does not.
///
/// # Example
///
/// ```
/// use confkit::testing::FaultKind;
///
/// assert_eq!(FaultKind::UnknownKey.as_str(), "unknown_key");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum FaultKind {
    /// A value has another type than its field reads.
    Type,
    /// A value is outside of what a rule allows.
    Limit,
    /// A table has a key that no field takes.
    UnknownKey,
    /// A required value is taken away.
    Missing,
    /// A single value stands where a table or a list has to be, or a table where a single value has to.
    Nesting,
    /// A variant has a name that there is not.
    Variant,
}

impl FaultKind {
    /// Returns the stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Limit => "limit",
            Self::UnknownKey => "unknown_key",
            Self::Missing => "missing",
            Self::Nesting => "nesting",
            Self::Variant => "variant",
        }
    }
}

/// Documents that load: what is required, and any of what is not, with any values that the rules allow.
///
/// What the declaration cannot tell of a value is found by loading; a property that shrinks comes down
/// to what [`Config::test`] gives.
///
/// # Panics
///
/// The strategy panics with a report if no value is found for a setting; give it an `example` in the
/// declaration then.
///
/// # Example
///
/// ```
/// use confkit::{Config, Format, testing};
/// use proptest::prelude::*;
///
/// #[derive(Debug, Config)]
/// struct Settings {
///     #[config(validate(range(min = 1024)))]
///     port: u16,
///     host: Option<String>,
/// }
///
/// proptest!(|(generated in testing::documents::<Settings>())| {
///     let text = generated.text(Format::Toml);
///     let settings = Settings::loader().text(Format::Toml, "app.toml", text).load().unwrap();
///     assert!(settings.port >= 1024);
/// });
/// ```
pub fn documents<T: Config>() -> impl Strategy<Value = Generated>
where
    T::Needs: crate::resolve::Unneeded<T>,
{
    tapes().prop_map(|tape| Generated { tree: loading::<T>(&tape), fault: None })
}

/// Documents that must not load: each is one that does, with one thing made wrong that the
/// declaration forbids. [`Generated::fault`] says what the load has to tell.
///
/// Faults are chosen by the declaration alone, without a look at what the load says. One that is in a
/// [`Lenient`](crate::Lenient) section is a warning, unless the loader [denies](crate::Warnings::Deny) those.
///
/// # Panics
///
/// As [`documents`], and if the declaration forbids nothing.
///
/// # Example
///
/// ```
/// use confkit::{Config, Format, testing};
/// use proptest::prelude::*;
///
/// #[derive(Debug, Config)]
/// struct Settings {
///     #[config(validate(range(min = 1024)))]
///     port: u16,
/// }
///
/// proptest!(|(broken in testing::broken_documents::<Settings>())| {
///     let text = broken.text(Format::Toml);
///     assert!(Settings::loader().text(Format::Toml, "app.toml", text).load().is_err());
/// });
/// ```
pub fn broken_documents<T: Config>() -> impl Strategy<Value = Generated>
where
    T::Needs: crate::resolve::Unneeded<T>,
{
    (tapes(), any::<[u16; 2]>()).prop_map(|(tape, chosen)| {
        let tree = loading::<T>(&tape);
        let (tree, fault) = faults::broken(T::METADATA, tree, &mut Choices::new(&chosen));
        Generated { tree, fault: Some(fault) }
    })
}

fn tapes() -> impl Strategy<Value = Vec<u16>> {
    proptest::collection::vec(any::<u16>(), 0..CHOICES)
}

/// A tree that loads, made by the choices of a tape; of fewer of them where all lead nowhere.
fn loading<T: Config>(tape: &[u16]) -> Tree {
    let mut length = tape.len();
    loop {
        let loader =
            T::loader().unknown_keys(confkit_sources::declared::Unknown::Deny).warnings(Warnings::Ignore);
        let mut filler = Filler::over(loader);
        grown::grow(&mut filler, &mut Choices::new(&tape[..length]));
        match filler.fill() {
            Ok(loaded) => {
                let document = loaded.to_document(Defaults::Omit, Secrets::Expose);
                return Tree::of(document.unwrap_or_else(|report| panic!("{report}")).root());
            }
            Err(report) if length == 0 => panic!("{report}"),
            Err(_) => length /= 2,
        }
    }
}
