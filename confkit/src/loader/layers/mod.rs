//! Layers that have been read, and loads from them.

mod again;
#[cfg(feature = "args")]
mod arguments;
mod binding;
mod claims;
#[cfg(feature = "env")]
mod files;
mod load;
#[cfg(feature = "live")]
mod overlaid;
mod profiles;
mod reading;
#[cfg(feature = "env")]
mod spellings;
#[cfg(feature = "env")]
mod unbound;
mod unset;
#[cfg(feature = "env")]
mod variables;
#[cfg(feature = "migrate")]
mod versions;

#[cfg(all(feature = "args", feature = "testing"))]
pub(crate) use arguments::clash_problems as argument_problems;
#[cfg(feature = "args")]
pub(super) use arguments::help;
#[cfg(all(feature = "env", feature = "testing"))]
pub(crate) use variables::clash_problems;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use confkit_sources::declared::Unknown;
#[cfg(feature = "env")]
use confkit_sources::env::Variables;
#[cfg(feature = "env")]
use confkit_sources::mounted::Mounted;
use confkit_sources::{Document, Origin, Revision};

#[cfg(feature = "args")]
use self::arguments::Words;
use self::binding::Binding;
pub(crate) use self::binding::Bound;
use self::claims::Claims;
pub(super) use self::load::Judging;
pub(crate) use self::load::Kept;
pub(super) use self::reading::read;
#[cfg(feature = "live")]
pub(super) use self::reading::read_after;
pub(super) use self::unset::UNSET;
#[cfg(feature = "migrate")]
pub(super) use self::versions::problems as problems_of;
use super::profile::Profile;
use super::stack::Stack;
use super::warnings::Moment;
use crate::config::Config;
use crate::explain::Loaded;
use crate::report::{Code, Problem, Report};
use crate::resolve::{Draft, Facts, Layer, Terms, Unneeded};

/// The layers of a [`Stack`], read once. Modules claim their sections from it.
///
/// # Example
///
/// ```
/// use confkit::{Config, Format, Stack};
///
/// #[derive(Config)]
/// struct Http {
///     port: u16,
/// }
///
/// let layers = Stack::new().text(Format::Toml, "app.toml", "[http]\nport = 80").read()?;
/// assert_eq!(layers.load::<Http>("http")?.port, 80);
/// layers.finish()?;
/// # Ok::<(), confkit::Report>(())
/// ```
#[derive(Debug)]
pub struct Layers {
    stack: Stack,
    profile: Profile,
    layers: Vec<ReadLayer>,
    /// Layers that could not be read, with what is told about them.
    unreadable: Vec<(String, Vec<Problem>)>,
    /// Profiles that providers know.
    provided_profiles: BTreeSet<String>,
    /// The marks that sources gave, each with the position of its layer.
    revisions: Vec<(usize, Revision)>,
    /// The warnings of content that was not taken, since newer content is held.
    outrun: Vec<Problem>,
    /// Whether a layer takes something away.
    unsets: bool,
    /// A value that somebody has just set: no section is set aside that has it in it.
    #[cfg(feature = "live")]
    wanted: Option<Arc<Document>>,
    claims: Mutex<Claims>,
}

#[derive(Debug, Clone)]
struct ReadLayer {
    /// Its position in the stack.
    position: usize,
    unknown: Unknown,
    content: Content,
}

#[derive(Debug, Clone)]
enum Content {
    Document(Arc<Document>),
    #[cfg(feature = "env")]
    Variables(Arc<Variables>),
    #[cfg(feature = "env")]
    Files(Arc<Mounted>),
    #[cfg(feature = "args")]
    Arguments(Arc<Words>),
}

impl ReadLayer {
    /// The document, if it is the same for every type.
    #[cfg_attr(
        not(any(feature = "args", feature = "env")),
        expect(clippy::unnecessary_wraps, reason = "variables and arguments are bound to a type")
    )]
    fn document(&self) -> Option<&Arc<Document>> {
        match &self.content {
            Content::Document(document) => Some(document),
            #[cfg(feature = "env")]
            Content::Variables(_) | Content::Files(_) => None,
            #[cfg(feature = "args")]
            Content::Arguments(_) => None,
        }
    }
}

impl Layers {
    /// What could not be read, for stacks without a type.
    pub(super) fn unreadable_report(&self) -> Option<Report> {
        let mut report = self.report("");
        if let Some(wrong) = &self.profile.wrong {
            report.add(self.bad_profile(wrong));
        }
        self.unreadable
            .iter()
            .flat_map(|(_, problems)| problems)
            .for_each(|problem| report.add(problem.clone()));
        report.sort();
        (!report.is_empty()).then_some(report)
    }

    fn report(&self, name: &str) -> Report {
        Report::new(name, (!self.profile.is_default()).then_some(self.profile.name.as_str()))
    }

    /// Gives a section to the module that claims it.
    ///
    /// # Errors
    ///
    /// Everything that is wrong in the section.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, Format, Stack};
    ///
    /// #[derive(Config)]
    /// struct Http {
    ///     port: u16,
    /// }
    ///
    /// let layers = Stack::new().text(Format::Toml, "app.toml", "[server.http]\nport = 80").read()?;
    /// assert_eq!(layers.load::<Http>("server.http")?.port, 80);
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn load<T: Config>(&self, section: &str) -> Result<T, Report>
    where
        T::Needs: Unneeded<T>,
    {
        self.load_claimed(section, None)
    }

    /// Gives a section to the module that claims it, and hands over the
    /// [context](Config::Context) that the type needs.
    ///
    /// # Errors
    ///
    /// Everything that is wrong in the section.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, Format, Stack};
    ///
    /// struct Machine {
    ///     cores: u16,
    /// }
    ///
    /// #[derive(Config)]
    /// #[config(context = Machine)]
    /// struct Http {
    ///     workers: u16,
    /// }
    ///
    /// let layers = Stack::new().text(Format::Toml, "app.toml", "[http]\nworkers = 4").read()?;
    /// assert_eq!(layers.load_with::<Http>("http", Machine { cores: 8 })?.workers, 4);
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn load_with<T: Config>(&self, section: &str, context: T::Context) -> Result<T, Report> {
        self.load_claimed(section, Some(&context))
    }

    fn load_claimed<T: Config>(&self, section: &str, context: Option<&Facts>) -> Result<T, Report> {
        let loaded = self.load_section::<T>(section, true, &mut Judging::new(context, None))?;
        let warnings = loaded.warnings();
        self.stack.warnings.tell(T::METADATA.name(), Moment::Load, warnings);
        Ok(Loaded::into_inner(loaded))
    }

    fn documents(&self) -> Vec<Layer<'_>> {
        let layers = self.layers.iter();
        layers
            .filter_map(|layer| {
                let document = layer.document()?;
                Some(Layer { document, unknown: layer.unknown, position: layer.position })
            })
            .collect()
    }

    fn bound_documents(&self) -> Vec<Bound> {
        let bound = |layer: &ReadLayer| Some(Bound::new(layer, Arc::clone(layer.document()?)));
        self.layers.iter().filter_map(bound).collect()
    }

    fn terms<'t>(&'t self, incomplete: bool, context: Option<&'t Facts>) -> Terms<'t> {
        let Stack { unknown, warnings, strict, .. } = &self.stack;
        let sets_aside = !incomplete && !strict && !warnings.is_deny();
        Terms { profile: &self.profile.name, unknown: *unknown, incomplete, sets_aside, context }
    }

    /// Whether a layer gives nothing that should.
    fn is_incomplete(&self, bound: &Binding) -> bool {
        !self.unread(bound).is_empty()
    }

    /// The names of layers that give nothing.
    #[cfg_attr(not(feature = "migrate"), expect(unused_variables, reason = "documents have no versions"))]
    fn unread<'n>(&'n self, bound: &'n Binding) -> Vec<&'n str> {
        let names = self.unreadable.iter().map(|(name, _)| name);
        #[cfg(feature = "migrate")]
        let names = names.chain(&bound.unusable);
        names.map(String::as_str).collect()
    }
}

/// A problem without a place in a document.
pub(super) fn plain(code: Code, message: String, origin: Option<Origin>) -> Problem {
    super::problems::unplaced(Draft::new(code, String::new(), message), origin)
}
