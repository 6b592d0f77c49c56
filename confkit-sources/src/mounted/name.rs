//! From a file's name to the settings it may mean.

use std::collections::BTreeMap;

use crate::declared::find;
use crate::env::{Lookup, Names, Spelling, upper_snake};
use crate::path::{self, Segment};

type Path = Vec<Segment<'static>>;

/// Looks names of files up in a declaration.
pub(super) struct Files<'a> {
    names: &'a Names<'a>,
    /// By the names of variables, and by the same names without the prefix.
    lookups: [Lookup<'a>; 2],
}

impl<'a> Files<'a> {
    pub(super) fn new(names: &'a Names<'a>, spelling: Spelling<'a>) -> Self {
        let without = Names { prefix: Some(""), ..*names };
        Self { names, lookups: [Lookup::new(*names, spelling), Lookup::new(without, spelling)] }
    }

    /// The settings that a file's name may mean, each with its path as text.
    pub(super) fn find(&mut self, name: &str) -> BTreeMap<String, Path> {
        if let Some(exact) = self.exact(name) {
            let mut only = BTreeMap::new();
            only.insert(path::to_string(&exact), exact);
            return only;
        }
        let mut found = BTreeMap::new();
        for variable in variables(name) {
            let [with, without] = &mut self.lookups;
            let paths = with.find(&variable).into_iter().chain(without.find(&format!("_{variable}")));
            found.extend(paths.map(|path| (path::to_string(&path), path)));
        }
        found
    }

    /// The setting whose path is written so, with folders or dots between the keys.
    fn exact(&self, name: &str) -> Option<Path> {
        let setting = |path: &[Segment<'_>]| {
            let found = find::setting(self.names.metadata, self.names.section, path, |_| false)?;
            Some(found.path)
        };
        let keys: Path = name.split('/').map(|key| Segment::key(key.to_owned())).collect();
        setting(&keys).or_else(|| {
            let parts = name.split('/').map(path::parse).collect::<Result<Vec<_>, _>>().ok()?;
            setting(&parts.concat())
        })
    }

    /// Whether a name that means nothing may belong to this part of the settings.
    pub(super) fn concerns(&self, name: &str) -> bool {
        let step = |segment: &Segment<'_>| match segment {
            Segment::Key(key) => format!("{}_", upper_snake(key)),
            Segment::Index(index) => format!("{index}_"),
        };
        let start: String = self.names.section.iter().map(step).collect();
        let prefix = self.names.prefix.map(|prefix| format!("{prefix}_")).unwrap_or_default();
        let is_below =
            |variable: &String| variable.strip_prefix(&prefix).unwrap_or(variable).starts_with(&start);
        variables(name).iter().any(is_below)
    }
}

/// How variables are called that a file's name may mean: in upper case, with `_` between words.
pub(super) fn variables(name: &str) -> Vec<String> {
    let joined = name.replace('/', "__");
    let mut names = vec![upper_snake(&joined), joined.replace(['-', '.'], "_").to_uppercase()];
    names.dedup();
    names
}
