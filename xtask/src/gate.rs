//! The dependency gate: licences out of the list in `deny.toml`, and no crate twice in confkit's default tree.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::{Context as _, Error, Result};
use crate::spdx;
use crate::tool::Tool;

/// One crate of a dependency tree.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) licence: String,
}

/// Judges the trees; the error lists every crate that does not fit.
pub(crate) fn run() -> Result<()> {
    let text = std::fs::read_to_string("deny.toml").context(|| "deny.toml".to_owned())?;
    let allowed = list(&text, "allow");
    if allowed.is_empty() {
        return Err(Error::new("deny.toml has no `allow = [\"…\"]` list of licences"));
    }
    let everything = tree("--workspace --all-features --edges normal,build --target all")?;
    let default = tree("--package confkit --edges normal,build")?;
    let mut faults: Vec<String> = everything
        .iter()
        .filter(|package| !spdx::satisfied(&package.licence, &allowed))
        .map(|package| {
            let Package { name, version, licence } = package;
            format!("{name} {version}: licence `{licence}` is not allowed by deny.toml")
        })
        .collect();
    faults.extend(twice(&default));
    if faults.is_empty() {
        println!(
            "{} crates in all trees, each with an allowed licence; {} in confkit's default tree, none twice",
            everything.len(),
            default.len()
        );
        return Ok(());
    }
    Err(Error::new(format!("the dependency gate found\n  {}", faults.join("\n  "))))
}

/// The crates `cargo tree` names for a choice of packages, features and kinds of dependency.
pub(crate) fn tree(choice: &str) -> Result<BTreeSet<Package>> {
    let printed = Tool::cargo("tree --prefix none --no-dedupe --format")
        .arg("{p}\t{l}")
        .args(choice.split_whitespace())
        .output()?;
    Ok(printed.lines().filter_map(package).collect())
}

/// Reads `name v1.2.3 (place)<tab>licence`.
fn package(line: &str) -> Option<Package> {
    let (id, licence) = line.split_once('\t')?;
    let mut words = id.split_whitespace();
    Some(Package {
        name: words.next()?.to_owned(),
        version: words.next()?.trim_start_matches('v').to_owned(),
        licence: licence.trim().to_owned(),
    })
}

/// Crates that are there in more than one version.
fn twice(packages: &BTreeSet<Package>) -> Vec<String> {
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for package in packages {
        versions.entry(&package.name).or_default().push(&package.version);
    }
    versions
        .into_iter()
        .filter(|(_, versions)| versions.len() > 1)
        .map(|(name, versions)| {
            format!("{name} is in confkit's default tree {} times: {}", versions.len(), versions.join(", "))
        })
        .collect()
}

/// The quoted entries of `key = […]`, comments aside.
fn list(text: &str, key: &str) -> Vec<String> {
    let mut lines = text.lines().map(|line| line.split('#').next().unwrap_or_default());
    let opens = |line: &&str| {
        line.split_once('=')
            .is_some_and(|(name, value)| name.trim() == key && value.trim_start().starts_with('['))
    };
    let Some(first) = lines.find(opens) else {
        return Vec::new();
    };
    let mut body = String::new();
    for line in std::iter::once(first).chain(lines) {
        body.push_str(line);
        if line.contains(']') {
            break;
        }
    }
    body.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::{list, package, twice};

    #[test]
    fn a_list_over_several_lines_is_read() {
        let text = "[licenses]\nallow = [\n  \"MIT\", # plain\n  \"Apache-2.0\",\n]\nother = [\"no\"]\n";
        assert_eq!(list(text, "allow"), ["MIT", "Apache-2.0"]);
        assert_eq!(list(text, "missing"), [] as [&str; 0]);
    }

    #[test]
    fn two_versions_of_a_crate_are_found() {
        let lines = ["a v1.0.0\tMIT", "a v2.0.0\tMIT", "b v1.0.0 (somewhere)\tMIT", "b v1.0.0\tMIT"];
        let packages = lines.iter().filter_map(|line| package(line)).collect();
        assert_eq!(twice(&packages), ["a is in confkit's default tree 2 times: 1.0.0, 2.0.0"]);
    }
}
