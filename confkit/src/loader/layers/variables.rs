//! A type's variables among its layers.

use std::sync::Arc;

use confkit_sources::NodeRef;
use confkit_sources::declared::Metadata;
use confkit_sources::env::{self, FileFault, Finding, Names, Variables};
use confkit_sources::path::Segment;

use super::super::problems::{self, Spot};
use super::super::stack::Step;
use super::binding::Binding;
use super::spellings::Spellings;
use super::unbound::Unbound;
use super::{Content, Layers, ReadLayer};
use crate::report::{Code, Problem, Reveal, Severity, Snippet};
use crate::resolve::Draft;

impl Layers {
    pub(super) fn prefix(&self, metadata: &'static Metadata) -> Option<String> {
        let prefix = self.stack.prefix.as_deref().or(metadata.loading().env_prefix());
        prefix.map(|prefix| prefix.strip_suffix('_').unwrap_or(prefix).to_owned())
    }

    /// Whether variables are among the layers, be they in a file that is not there.
    pub(super) fn has_variables(&self) -> bool {
        self.has_environment() || self.stack.steps.iter().any(Step::has_variables)
    }

    fn has_environment(&self) -> bool {
        self.layers.iter().any(|layer| match &layer.content {
            Content::Variables(variables) => variables.file().is_none(),
            _ => false,
        })
    }

    /// Where variables can stand, if there is more than the environment.
    pub(super) fn variables_in(&self) -> Option<String> {
        #[cfg(feature = "dotenv")]
        if let Some(file) = self.stack.dotenv_name() {
            let file = file.replace("{profile}", &self.profile.name);
            let environment = if self.has_environment() { " in the environment or" } else { "" };
            return Some(format!("{environment} in {file}"));
        }
        None
    }

    /// Binds variables to the names of a type.
    pub(super) fn bind_variables(
        &self,
        variables: &Variables,
        layer: &ReadLayer,
        names: &Names<'_>,
        binding: &mut Binding,
    ) {
        let spellings = Spellings::new(self, *names);
        let bound = env::bind(variables, names, &|path, key| spellings.of(path, key));
        binding.push(layer, Arc::new(bound.document));
        bound.parts.into_iter().for_each(|parts| binding.push(layer, Arc::new(parts)));
        let chooses = self.profile_variable(names.metadata).map(|name| variables.folded(name));
        let unbound = bound.unbound.into_iter().filter(|name| Some(&**name) != chooses.as_deref());
        let folded = names.prefix.map(|prefix| variables.folded(prefix));
        let listed = Names { prefix: folded.as_deref(), ..*names };
        let unbound = unbound.map(|name| {
            let policy = env::policy_for(&listed, &name);
            let spot = spot(variables, &name, layer.position);
            Unbound { name, policy, spot }
        });
        binding.unbound.extend(unbound);
        for finding in bound.findings {
            finding_in(variables, finding, names.metadata, layer.position, binding);
        }
    }

    /// Tells what is wrong with the declared variables, and keeps their names for what is unbound.
    pub(super) fn judge_variables(&self, names: &Names<'_>, binding: &mut Binding) {
        if self.has_variables() && env::may_clash(names.metadata) {
            for (name, paths) in env::clashes(names) {
                binding.problems.push(ambiguous(&Finding::Ambiguous { name, paths }));
            }
        }
        if !binding.unbound.is_empty() {
            binding.prefix = names.prefix.map(str::to_owned);
            binding.names = env::declared_names(names).into_iter().map(|declared| declared.name).collect();
        }
    }

    /// The variable that chooses the profile; it is under the prefix more often than not.
    fn profile_variable(&self, metadata: &'static Metadata) -> Option<&str> {
        self.stack.profile_env.as_deref().or(metadata.loading().profile_env())
    }

    pub(super) fn declared_names(
        &self,
        metadata: &'static Metadata,
        section: &[Segment<'static>],
    ) -> Vec<String> {
        let prefix = self.prefix(metadata);
        let names = Names { prefix: prefix.as_deref(), section, metadata };
        env::declared_names(&names).into_iter().map(|declared| declared.name).collect()
    }
}

/// Tells what became of a variable.
fn finding_in(
    variables: &Variables,
    finding: Finding,
    metadata: &'static Metadata,
    position: usize,
    binding: &mut Binding,
) {
    binding.mentioned.extend(finding.names().map(str::to_owned));
    let message = finding.to_string();
    let at = |name: &str| spot(variables, name, position);
    let problem = |code, path: String, name: &str, help: String| {
        problems::at_spot(Draft::new(code, path, message.clone()).help(help), at(name), [])
    };
    let told = match finding {
        Finding::Conflict { path, first, second } => {
            let help = "keep one of the two variables".to_owned();
            let other = variables.file().map(|_| (at(&second), "it is set here too".to_owned()));
            let draft = Draft::new(Code::Conflict, path, message).help(help);
            problems::at_spot(draft, at(&first), other)
        }
        // The declaration is told about below, whether or not the variable is set.
        Finding::Ambiguous { .. } if env::may_clash(metadata) => return,
        Finding::Ambiguous { .. } => ambiguous(&finding),
        Finding::Alike { name, .. } => {
            let help = "spell the key in one way in all layers, or set the one that is meant in a file";
            problem(Code::Conflict, String::new(), &name, help.to_owned())
        }
        Finding::Case { path, name, right } => {
            binding.ignored.push((path, format!("{name} is set and is not read because of its case")));
            let mut draft = Draft::new(Code::UnknownKey, String::new(), message);
            draft.severity = Severity::Warning;
            draft.suggestion = Some(right);
            problems::at_spot(draft, at(&name), [])
        }
        Finding::Depth { name } => problem(Code::Limit, String::new(), &name, "remove it".to_owned()),
        Finding::Encoding { name, path } => {
            let help = format!("set {name} to UTF-8 text");
            problem(Code::Encoding, path, &name, help)
        }
        Finding::File { name, path, file, fault: fault @ FileFault::Exposed } => {
            problem(file_code(fault), path, &name, super::files::exposed_help(&file.display().to_string()))
        }
        Finding::File { name, path, fault, .. } => {
            let help = format!("correct {name}, or give the value in {}", name.trim_end_matches("_FILE"));
            problem(file_code(fault), path, &name, help)
        }
        Finding::Link { path, .. } => return binding.ignored.push((path, message)),
        _ => return,
    };
    binding.problems.push(told);
}

/// Where the name of a variable stands. In a file its line is shown, without the value.
pub(super) fn spot(variables: &Variables, name: &str, position: usize) -> Spot {
    let span = variables.node(name).and_then(NodeRef::key_span);
    let shown = variables.file().zip(span.as_ref());
    let snippet = shown
        .map(|(file, span)| Snippet::new(file.name(), file.text(), span, Reveal::Value(file, None, &[])));
    // Variables without places are told about behind what has some.
    let order = span.map_or((position, 0), |span| (position, span.start));
    Spot { origin: variables.origin(name), snippet, order }
}

pub(super) fn file_code(fault: FileFault) -> Code {
    match fault {
        FileFault::NotFound => Code::NotFound,
        FileFault::Permission | FileFault::Exposed => Code::Permission,
        FileFault::TooLarge => Code::Limit,
        FileFault::Encoding => Code::Encoding,
        _ => Code::Source,
    }
}

fn ambiguous(finding: &Finding) -> Problem {
    let help = "give one of them another name with `env = \"…\"`, `rename` or `nested(env_prefix = \"…\")`";
    problems::unplaced(Draft::new(Code::Declaration, String::new(), finding.to_string()).help(help), None)
}

/// The variables that name more than one setting, as problems of the declaration.
#[cfg(feature = "testing")]
pub(crate) fn clash_problems(metadata: &'static Metadata) -> Vec<Problem> {
    let names = Names { prefix: metadata.loading().env_prefix(), section: &[], metadata };
    let clashes = env::clashes(&names).into_iter();
    clashes.map(|(name, paths)| ambiguous(&Finding::Ambiguous { name, paths })).collect()
}
