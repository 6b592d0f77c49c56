//! Which profile is chosen, and whether there is such a profile.

use std::collections::BTreeSet;
use std::path::Path;

use confkit_sources::declared::{Content, Metadata, Rule, Variants};
use confkit_sources::{Origin, System};

use super::stack::{Stack, Step};
#[cfg(feature = "testing")]
use crate::{Config, Loader};

/// The profile that is in force where none is chosen.
pub(crate) const DEFAULT: &str = "default";

/// A chosen profile, and what chose it.
#[derive(Debug, Clone)]
pub(crate) struct Profile {
    pub(crate) name: String,
    /// The variable that chose it, or the place of that in a file.
    pub(crate) origin: Option<Origin>,
    /// What is wrong with its name.
    pub(crate) wrong: Option<String>,
}

impl Profile {
    pub(crate) fn new(name: &str, origin: Option<Origin>) -> Self {
        let valid =
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
        let wrong = (!valid).then(|| "a profile's name consists of A-Z, a-z, 0-9, `_` and `-`".to_owned());
        Self { name: name.to_owned(), origin, wrong }
    }

    pub(crate) fn not_utf8(variable: &str) -> Self {
        let wrong = Some(format!("the value of {variable} is not UTF-8"));
        Self { name: DEFAULT.to_owned(), origin: Some(Origin::variable(variable.to_owned())), wrong }
    }

    pub(crate) fn is_default(&self) -> bool {
        self.name == DEFAULT
    }
}

/// Collects the profiles that a declaration knows.
pub(crate) fn declared(metadata: &'static Metadata) -> BTreeSet<String> {
    let mut names = metadata.loading().profiles().iter().map(|&name| name.to_owned()).collect();
    collect(metadata, &mut names, &mut Vec::new());
    names
}

fn collect(metadata: &'static Metadata, names: &mut BTreeSet<String>, seen: &mut Vec<*const Metadata>) {
    if seen.contains(&std::ptr::from_ref(metadata)) {
        return;
    }
    seen.push(metadata);
    metadata.checks().iter().for_each(|check| of_rules(std::slice::from_ref(check.rule()), names));
    for field in metadata.fields() {
        names.extend(field.required_profiles().iter().map(|&name| name.to_owned()));
        of_rules(field.rules(), names);
        field.refinements().iter().for_each(|refinement| of_rules(refinement.rules(), names));
        if let Content::Nested(shape) | Content::Flattened(shape) = field.content() {
            collect(shape().section(), names, seen);
        }
    }
    let variants = metadata.variants().into_iter().flat_map(Variants::list);
    variants.for_each(|variant| collect(variant.metadata(), names, seen));
}

/// A profile in which a rule holds is one.
fn of_rules(rules: &[Rule], names: &mut BTreeSet<String>) {
    for rule in rules {
        names.extend(rule.profiles().iter().map(|&name| name.to_owned()));
        of_rules(rule.inner(), names);
    }
}

impl Stack {
    /// The profiles for which files are there.
    pub(super) fn profiles_of_files(&self) -> BTreeSet<String> {
        let files = self.steps.iter().filter_map(Step::path);
        let mut names = BTreeSet::new();
        for pattern in files.clone().filter(|path| path.contains("{profile}")) {
            let found = of_files(&self.system, &self.root, pattern);
            // A file that the stack names itself is no profile's.
            let is_own = |name: &String| files.clone().any(|path| path == pattern.replace("{profile}", name));
            names.extend(found.into_iter().filter(|name| !is_own(name)));
        }
        names
    }
}

#[cfg(feature = "testing")]
impl<T: Config> Loader<T> {
    /// The profiles that the declaration knows, and those for which files are there.
    pub(crate) fn profiles(&self) -> BTreeSet<String> {
        let mut names = declared(T::METADATA);
        names.extend(self.stack.profiles_of_files());
        names
    }
}

/// The profiles for which files of a pattern such as `config/{profile}.toml` are there.
fn of_files(system: &System, root: &Path, pattern: &str) -> BTreeSet<String> {
    let mut parent = root.to_owned();
    let mut parts = Path::new(pattern).components();
    for part in parts.by_ref() {
        let text = part.as_os_str().to_str().unwrap_or_default();
        let Some((before, behind)) = text.split_once("{profile}") else {
            parent.push(part);
            continue;
        };
        let rest = parts.as_path().to_owned();
        let names = system.names(&parent).into_iter();
        return names
            .filter_map(|name| Some(name.strip_prefix(before)?.strip_suffix(behind)?.to_owned()))
            .filter(|name| Profile::new(name, None).wrong.is_none())
            .filter(|name| {
                let rest = rest.to_string_lossy().replace("{profile}", name);
                rest.is_empty() || system.exists(&parent.join(format!("{before}{name}{behind}")).join(rest))
            })
            .collect();
    }
    BTreeSet::new()
}
