//! Files of values among the layers of a type.

use std::collections::BTreeSet;
use std::sync::Arc;

use confkit_sources::declared::Unknown;
use confkit_sources::env::{self, Declared, FileFault, Names};
use confkit_sources::mounted::{Finding, Mounted};
use confkit_sources::{Origin, OriginKind};

use super::super::problems::{self, Spot};
use super::binding::Binding;
use super::claims::Claims;
use super::spellings::Spellings;
use super::{Content, Layers, ReadLayer};
use crate::report::{Code, Problem, Report, Severity, nearest};
use crate::resolve::Draft;

impl Layers {
    /// Whether directories of values are among the layers.
    pub(super) fn has_files(&self) -> bool {
        self.layers.iter().any(|layer| matches!(layer.content, Content::Files(_)))
    }

    /// Binds files to the names of a type.
    pub(super) fn bind_files(
        &self,
        mounted: &Mounted,
        layer: &ReadLayer,
        names: &Names<'_>,
        binding: &mut Binding,
    ) {
        let spellings = Spellings::new(self, *names);
        let bound = mounted.bind(names, &|path, key| spellings.of(path, key));
        binding.push(layer, Arc::new(bound.document));
        bound.parts.into_iter().for_each(|parts| binding.push(layer, Arc::new(parts)));
        binding.problems.extend(bound.findings.into_iter().map(|finding| problem(finding, layer.position)));
        binding.taken.extend(bound.taken.into_iter().map(|name| (layer.position, name)));
        if bound.unbound.is_empty() {
            return;
        }
        let listed = Names { prefix: Some(""), ..*names };
        let declared = env::declared_names(&listed);
        let strangers = bound.unbound.iter().filter_map(|name| {
            let variable = format!("_{}", name.replace(['-', '.', '/'], "_").to_uppercase());
            let policy = env::policy_for(&listed, &variable);
            let path = mounted.path(name);
            self.stranger(name, spot(path, layer.position), policy, &declared, names.prefix)
        });
        binding.strangers.extend(strangers);
    }

    /// Tells the files that no module of a stack has claimed.
    pub(super) fn add_stray_files(&self, report: &mut Report, claims: &Claims) {
        for layer in &self.layers {
            let Content::Files(mounted) = &layer.content else { continue };
            let is_stray = |name: &&str| !claims.files.contains(&(layer.position, (*name).to_owned()));
            for name in mounted.files().filter(is_stray) {
                let spot = spot(mounted.path(name), layer.position);
                let told = self.stranger(name, spot, None, &claims.declared, self.stack.prefix.as_deref());
                told.into_iter().for_each(|problem| report.add(problem));
            }
        }
    }

    /// What the policy says of a file that is called as no setting.
    fn stranger(
        &self,
        name: &str,
        spot: Spot,
        policy: Option<Unknown>,
        declared: &[Declared],
        prefix: Option<&str>,
    ) -> Option<Problem> {
        let message = format!("no setting is called as the file {}", spot.origin.source());
        let mut draft = Draft::new(Code::UnknownKey, String::new(), message);
        draft.severity = match policy.or(self.stack.unknown) {
            Some(Unknown::Allow) => return None,
            Some(Unknown::Deny) => Severity::Error,
            _ => Severity::Warning,
        };
        let fixed = declared.iter().filter(|declared| !declared.name.contains('<'));
        let spelled: BTreeSet<String> =
            fixed.map(|declared| spelled(declared, name, prefix)).filter(|spelled| spelled != name).collect();
        draft.suggestion = nearest(name, spelled.iter().map(String::as_str)).map(str::to_owned);
        Some(problems::at_spot(draft, spot, []))
    }
}

/// A setting's name, spelled as the name of a file is.
fn spelled(declared: &Declared, like: &str, prefix: Option<&str>) -> String {
    if like.contains(['.', '/']) {
        let separator = if like.contains('/') { "/" } else { "." };
        return declared.path.replace('.', separator);
    }
    let upper = like.replace('-', "_").to_uppercase();
    let prefix = prefix.map(|prefix| format!("{prefix}_")).filter(|prefix| upper.starts_with(prefix));
    let name = format!("{}{}", prefix.unwrap_or_default(), declared.name);
    match like {
        _ if !like.contains(char::is_lowercase) => name,
        _ if like.contains('-') => name.to_lowercase().replace('_', "-"),
        _ => name.to_lowercase(),
    }
}

fn spot(path: String, position: usize) -> Spot {
    Spot { origin: Origin::new(OriginKind::File, path), snippet: None, order: (position, 0) }
}

/// What is wrong with a file that is called as a setting.
fn problem(finding: Finding, position: usize) -> Problem {
    let message = finding.to_string();
    let problem = |code, path: String, help: &str, file: String| {
        problems::at_spot(Draft::new(code, path, message.clone()).help(help), spot(file, position), [])
    };
    match finding {
        Finding::Conflict { path, first, second } => {
            let other = (spot(second, position), "it is given here too".to_owned());
            let draft = Draft::new(Code::Conflict, path, message).help("keep one of the two files");
            problems::at_spot(draft, spot(first, position), [other])
        }
        Finding::Ambiguous { file, .. } => {
            problem(Code::Conflict, String::new(), "call it as the path of one of them", file)
        }
        Finding::File { file, path, fault } => {
            let help = match fault {
                FileFault::Exposed => exposed_help(&file),
                FileFault::Permission => "check its owner and mode".to_owned(),
                FileFault::TooLarge => "a value has at most 1 MiB".to_owned(),
                FileFault::Encoding => "save it as UTF-8".to_owned(),
                _ => "replace it by a file".to_owned(),
            };
            problem(super::variables::file_code(fault), path, &help, file)
        }
        _ => problem(Code::Source, String::new(), "remove it", String::new()),
    }
}

/// What to do about a file that everybody may read.
pub(super) fn exposed_help(file: &str) -> String {
    format!("chmod 600 {file}")
}
