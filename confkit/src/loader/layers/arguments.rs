//! A type's arguments among its layers.

use std::ffi::OsString;
use std::fmt;
use std::sync::Arc;

use confkit_sources::args::{self, Clash, Declared, Finding, Names, declared_arguments};
use confkit_sources::declared::{Metadata, Unknown};
use confkit_sources::path::Segment;
use confkit_sources::{Origin, OriginKind};

use super::super::problems;
use super::super::stack::{self, Stack, Step};
use super::binding::Binding;
use super::{Content, Layers, ReadLayer};
use crate::help::Help;
use crate::report::{Code, Problem, Report, Severity, longer, nearest};
use crate::resolve::Draft;

/// A type, and where it stands below the root.
type Claimed = (Vec<Segment<'static>>, &'static Metadata);

/// The words of a command line.
pub(super) struct Words(pub(super) Vec<OsString>);

/// Shows how many there are; any of them may be secret.
impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Words").field("count", &self.0.len()).finish_non_exhaustive()
    }
}

impl Layers {
    /// Whether arguments are among the layers.
    pub(super) fn has_arguments(&self) -> bool {
        self.layers.iter().any(|layer| matches!(layer.content, Content::Arguments(_)))
    }

    /// Whether some of them were not read by clap.
    pub(super) fn has_words(&self) -> bool {
        self.stack.steps.iter().any(|step| match step {
            Step::ArgsGiven { matched, .. } => !matched,
            Step::Args => !self.stack.is_matched(),
            _ => false,
        })
    }

    /// Binds arguments to the names of a type.
    pub(super) fn bind_arguments(
        &self,
        words: &Words,
        layer: &ReadLayer,
        metadata: &'static Metadata,
        section: &[Segment<'static>],
        binding: &mut Binding,
    ) {
        let names = Names { section, metadata };
        let bound = args::bind(&words.0, &[names]);
        binding.help |= bound.help;
        binding.withheld.extend(bound.withheld);
        binding.push(layer, Arc::new(bound.document));
        bound.parts.into_iter().for_each(|parts| binding.push(layer, Arc::new(parts)));
        for finding in bound.findings {
            let is_stray = matches!(finding, Finding::Unknown { .. } | Finding::Stray { .. });
            let problem = if is_stray {
                self.stray(finding, &[names], layer.position)
            } else {
                self.wrong(finding, metadata, layer.position)
            };
            binding.arguments.extend(problem.map(|problem| (problem, is_stray)));
        }
    }

    /// Tells what is wrong with the declared arguments.
    pub(super) fn judge_arguments(
        &self,
        metadata: &'static Metadata,
        section: &[Segment<'static>],
        binding: &mut Binding,
    ) {
        if self.has_arguments() {
            let declared = declared_arguments(&Names { section, metadata });
            binding.problems.extend(declaration(&declared));
        }
    }

    /// What no module of a stack knows, and whether help is asked for.
    pub(super) fn stray_arguments(&self, types: &[Claimed]) -> (Vec<Problem>, bool) {
        let names = names(types);
        let (mut stray, mut help) = (Vec::new(), false);
        for layer in &self.layers {
            let Content::Arguments(words) = &layer.content else { continue };
            let bound = args::bind(&words.0, &names);
            help |= bound.help;
            let findings = bound.findings.into_iter();
            stray.extend(findings.filter_map(|finding| self.stray(finding, &names, layer.position)));
        }
        if self.has_arguments() {
            // Two modules may have names for arguments that are alike.
            let declared: Vec<Declared> = names.iter().flat_map(declared_arguments).collect();
            stray.extend(declaration(&declared));
        }
        (stray, help)
    }

    /// Tells an argument that no setting has, or a word that belongs to none.
    fn stray(&self, finding: Finding, names: &[Names<'_>], position: usize) -> Option<Problem> {
        match finding {
            Finding::Unknown { name } => {
                let plain = name.trim_start_matches('-');
                let own = names.iter().find_map(|names| args::policy_for(names, plain));
                let mut draft = Draft::new(
                    Code::UnknownKey,
                    String::new(),
                    format!("no setting has the argument {name}"),
                );
                draft.severity = match own.or(self.stack.unknown) {
                    Some(Unknown::Allow) => return None,
                    Some(Unknown::Warn) => Severity::Warning,
                    _ => Severity::Error,
                };
                draft.suggestion = suggestion(&name, names);
                if draft.suggestion.is_none() {
                    draft.help = inside(&name, names);
                }
                Some(problems::in_layer(draft, Origin::argument(name), position))
            }
            Finding::Stray { position: word, switch } => {
                let message = format!("word {word} of the arguments belongs to no argument");
                let help = match switch {
                    Some(name) => format!("write a value of {name} behind `=`, as in `{name}=false`"),
                    None => "remove it, or put the name of its setting in front of it".to_owned(),
                };
                let draft = Draft::new(Code::Syntax, String::new(), message).help(help);
                let origin = Origin::new(OriginKind::Argument, format!("word {word} of the arguments"));
                Some(problems::in_layer(draft, origin, position))
            }
            _ => None,
        }
    }

    /// Tells what is wrong with an argument that a setting has.
    fn wrong(&self, finding: Finding, metadata: &'static Metadata, position: usize) -> Option<Problem> {
        let problem = |code, path: String, message: String, name: String, help: String| {
            let draft = Draft::new(code, path, message).help(help);
            Some(problems::in_layer(draft, Origin::argument(name), position))
        };
        match finding {
            Finding::NoValue { name, path } => {
                let (message, sign) =
                    (format!("{name} has no value"), if is_letter(&name) { "" } else { "=" });
                let help =
                    format!("write `{name} …`; a value that begins with `-` is written `{name}{sign}-…`");
                problem(Code::Syntax, path, message, name, help)
            }
            Finding::NeedlessValue { name, path } => {
                let help = format!("write `{name}` alone");
                problem(Code::Syntax, path, format!("{name} takes no value"), name, help)
            }
            Finding::Encoding { name, path } => {
                let help = format!("give {name} UTF-8 text");
                problem(Code::Encoding, path, format!("the value of {name} is not UTF-8"), name, help)
            }
            Finding::Conflict { path, first, second } => {
                let message = if first == second {
                    format!("{path} is set twice by {first}, with different values")
                } else {
                    format!("{path} is set by {first} and by {second}, with different values")
                };
                problem(Code::Conflict, path, message, first, "keep one of the two arguments".to_owned())
            }
            Finding::Secret { name, path } => {
                let message = format!(
                    "{path} is a secret and has no argument: other users can see the arguments of a process"
                );
                let help = self.instead_of_argument(metadata, &path);
                problem(Code::UnknownKey, path, message, name, help)
            }
            _ => None,
        }
    }

    /// Where a secret is given.
    fn instead_of_argument(&self, metadata: &'static Metadata, path: &str) -> String {
        match self.variable(metadata, path) {
            Some(variable) => {
                format!("set {variable}, or {variable}_FILE to the path of a file that holds it")
            }
            None => format!("set `{path}` in a file"),
        }
    }

    /// The variable of a setting, if variables are among the layers.
    fn variable(&self, metadata: &'static Metadata, path: &str) -> Option<String> {
        self.ways(metadata).variable(metadata, path)
    }

    /// The answer to `--help`.
    pub(super) fn help_report(&self, types: &[Claimed]) -> Report {
        let type_names: Vec<&str> = types.iter().map(|(_, metadata)| metadata.name()).collect();
        Report::of_help(&type_names.join(", "), self.help(types))
    }

    fn help(&self, types: &[Claimed]) -> Help {
        let variable = |path: &str| types.iter().find_map(|(_, metadata)| self.variable(metadata, path));
        Help::new(&self.stack.system.program(), &names(types), &variable)
    }
}

/// The options of a type, without reading anything.
pub(in super::super) fn help(stack: &Stack, metadata: &'static Metadata, section: &str) -> Help {
    // Only which kinds of layer there are is asked; files are not looked at.
    let steps = stack.steps.iter().filter(|step| is_named(step)).cloned().collect();
    let layers = super::read(&Stack { steps, ..stack.clone() }, Some(metadata));
    let section = stack::section(section).unwrap_or_default();
    layers.help(&[(section.into_iter().map(Segment::into_owned).collect(), metadata)])
}

/// Whether values of a layer come under names.
fn is_named(step: &Step) -> bool {
    match step {
        #[cfg(feature = "env")]
        Step::Env | Step::EnvVars(_) => true,
        Step::Args | Step::ArgsGiven { .. } => true,
        _ => false,
    }
}

fn names(types: &[Claimed]) -> Vec<Names<'_>> {
    types.iter().map(|(section, metadata)| Names { section, metadata }).collect()
}

fn is_letter(name: &str) -> bool {
    !name.starts_with("--")
}

/// The nearest argument that there is, with its dashes.
fn suggestion(name: &str, types: &[Names<'_>]) -> Option<String> {
    let plain = name.strip_prefix("--")?;
    let mut declared: Vec<Declared> = types.iter().flat_map(declared_arguments).collect();
    let pattern = in_brackets(plain, |_| "<N>");
    if declared.iter().any(|one| one.is_dynamic && one.long == pattern) {
        return Some(format!("--{}", in_brackets(plain, |position| position)));
    }
    declared.retain(|one| !one.is_secret && !one.is_dynamic && !one.is_former);
    let mut known: Vec<String> = vec!["help".to_owned()];
    for one in declared {
        if one.is_switch() {
            known.push(format!("no-{}", one.long));
        }
        // A path that is nearly right is answered by a path.
        if plain.contains('.') {
            known.push(one.path);
        }
        known.push(one.long);
    }
    nearest(plain, known.iter().map(String::as_str)).map(|known| format!("--{known}"))
}

/// A path whose positions stand in brackets, as paths have them.
fn in_brackets<'p>(path: &'p str, position: impl Fn(&'p str) -> &'p str) -> String {
    let mut written = String::new();
    for step in path.split('.') {
        match step.parse::<usize>() {
            Ok(_) if !written.is_empty() => written.extend(["[", position(step), "]"]),
            _ if written.is_empty() => written.push_str(step),
            _ => written.extend([".", step]),
        }
    }
    written
}

/// What to give instead of a section, or of a list or map of sections, as a whole.
fn inside(name: &str, types: &[Names<'_>]) -> Option<String> {
    let declared = types.iter().flat_map(declared_arguments);
    let shown = declared.filter(|one| !one.is_secret && !one.is_former && !one.is_hidden);
    let known: Vec<String> = shown.map(|one| format!("--{}", one.long)).collect();
    longer(name, known.iter().map(String::as_str))
}

/// What is wrong with the arguments of a declaration.
fn declaration(declared: &[Declared]) -> Vec<Problem> {
    let problem = |message: String, help: &str| {
        problems::unplaced(Draft::new(Code::Declaration, String::new(), message).help(help), None)
    };
    let clash = |Clash { name, paths }: Clash| {
        let paths = paths.iter().map(|path| format!("`{path}`")).collect::<Vec<_>>().join(" and ");
        let message = match name.as_str() {
            "--help" | "-h" => format!("{name} prints the options and cannot set {paths}"),
            _ => format!("the argument {name} would set {paths}"),
        };
        problem(message, "give a setting another name with `arg(long = \"…\")`, or none with `arg(skip)`")
    };
    let needless = declared.iter().filter(|one| one.is_needless).map(|one| {
        let message = format!("`{}` has `arg(secret_on_command_line)` and is no secret", one.path);
        problem(message, "drop it, or make the value secret")
    });
    args::clashes(declared).into_iter().map(clash).chain(needless).collect()
}

/// The arguments that name more than one setting, as problems of the declaration: where it says
/// anything of arguments.
#[cfg(feature = "testing")]
pub(crate) fn clash_problems(metadata: &'static Metadata) -> Vec<Problem> {
    use confkit_sources::declared::ArgName;
    let declared = declared_arguments(&Names { section: &[], metadata });
    let is_named = |one: &Declared| *one.field.arg() != ArgName::DERIVED;
    if metadata.loading().reads_args() || declared.iter().any(is_named) {
        declaration(&declared)
    } else {
        Vec::new()
    }
}
