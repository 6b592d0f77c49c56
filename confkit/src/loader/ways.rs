//! How settings can be given, besides in files.

use confkit_sources::declared::Metadata;
#[cfg(any(feature = "args", feature = "env"))]
use confkit_sources::path;

/// How a missing setting can be given, besides in files.
#[derive(Debug, Default)]
pub(super) struct Ways {
    /// The prefix of variables, if variables are among the layers.
    #[cfg(feature = "env")]
    pub(super) variables: Option<Option<String>>,
    /// Where variables can stand, if not in the environment alone.
    pub(super) variables_in: Option<String>,
    /// The directory in which files can give values.
    pub(super) secrets: Option<String>,
    /// Whether arguments are among the layers.
    #[cfg(feature = "args")]
    pub(super) arguments: bool,
    /// Whether they may be paths, too; clap knows only those it was told of.
    #[cfg(feature = "args")]
    pub(super) paths: bool,
}

/// The type may stand below the root; the shortest section that leads to the setting is it.
impl Ways {
    /// The variable of a setting.
    #[cfg(feature = "env")]
    pub(super) fn variable(&self, metadata: &'static Metadata, path: &str) -> Option<String> {
        use confkit_sources::env::{Names, variable_for};
        let prefix = self.variables.as_ref()?;
        let path = path::parse(path).ok()?;
        (0..path.len()).find_map(|section| {
            let names = Names { prefix: prefix.as_deref(), section: &path[..section], metadata };
            variable_for(&names, &path)
        })
    }

    #[cfg(not(feature = "env"))]
    pub(super) fn variable(&self, _: &'static Metadata, _: &str) -> Option<String> {
        None
    }

    /// The argument of a setting.
    #[cfg(feature = "args")]
    pub(super) fn argument(&self, metadata: &'static Metadata, path: &str) -> Option<String> {
        use confkit_sources::args::{Names, argument_for, declared_arguments};
        let path = path::parse(path).ok().filter(|_| self.arguments)?;
        (0..path.len()).find_map(|section| {
            let names = Names { section: &path[..section], metadata };
            let argument = argument_for(&names, &path)?;
            let is_declared =
                || declared_arguments(&names).iter().any(|one| !one.is_dynamic && argument[2..] == one.long);
            (self.paths || is_declared()).then_some(argument)
        })
    }

    #[cfg(not(feature = "args"))]
    pub(super) fn argument(&self, _: &'static Metadata, _: &str) -> Option<String> {
        None
    }
}
