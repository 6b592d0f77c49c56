//! Names of variables that lead to no setting.

use std::collections::BTreeSet;

use confkit_sources::declared::Unknown;

use super::super::problems::{self, Spot};
use super::binding::Binding;
use super::claims::Claims;
use super::{Content, Layers};
use crate::report::{Code, Problem, Report, Severity, longer, nearest};
use crate::resolve::Draft;

/// A variable under the prefix that binds nothing.
pub(super) struct Unbound {
    pub(super) name: String,
    /// What the nearest section says of unknown keys.
    pub(super) policy: Option<Unknown>,
    pub(super) spot: Spot,
}

impl Layers {
    /// Tells the variables that lead to no setting of a type that has all layers to itself.
    pub(super) fn add_unbound(&self, report: &mut Report, bound: &Binding) {
        let mut told = BTreeSet::new();
        let source = |one: &Unbound| one.spot.origin.source().to_owned();
        for one in bound.unbound.iter().filter(|one| told.insert((one.name.as_str(), source(one)))) {
            let policy = one.policy.or(self.stack.unknown).unwrap_or(Unknown::Warn);
            let names = bound.names.iter().map(String::as_str);
            let problem =
                unbound_problem(&one.name, names, bound.prefix.as_deref(), policy, one.spot.clone());
            problem.into_iter().for_each(|problem| report.add(problem));
        }
    }

    /// Tells the variables that no module of a stack has claimed.
    pub(super) fn add_stray(&self, report: &mut Report, claims: &Claims) {
        for (name, spot) in self.stray_variables(claims) {
            let policy = self.stack.unknown.unwrap_or(Unknown::Warn);
            let names = claims.names.iter().map(String::as_str);
            let problem = unbound_problem(&name, names, self.stack.prefix.as_deref(), policy, spot);
            problem.into_iter().for_each(|problem| report.add(problem));
        }
    }

    /// The variables under the stack's prefix that no module has claimed.
    fn stray_variables(&self, claims: &Claims) -> Vec<(String, Spot)> {
        let Some(prefix) = &self.stack.prefix else { return Vec::new() };
        let chooses = self.stack.profile_env.as_ref();
        let mut told = BTreeSet::new();
        let mut stray = Vec::new();
        for layer in &self.layers {
            let Content::Variables(variables) = &layer.content else { continue };
            let names = variables.under(prefix).into_iter();
            for name in names.filter(|name| !claims.variables.contains(name) && Some(name) != chooses) {
                let spot = super::variables::spot(variables, &name, layer.position);
                if told.insert((name.clone(), spot.origin.source().to_owned())) {
                    stray.push((name, spot));
                }
            }
        }
        stray
    }
}

/// What the policy says of a variable under the prefix that no setting has.
fn unbound_problem<'n>(
    name: &str,
    declared: impl Iterator<Item = &'n str> + Clone,
    prefix: Option<&str>,
    policy: Unknown,
    spot: Spot,
) -> Option<Problem> {
    let message = format!("no setting has the environment variable {name}");
    let mut draft = Draft::new(Code::UnknownKey, String::new(), message);
    draft.severity = match policy {
        Unknown::Allow => return None,
        Unknown::Deny => Severity::Error,
        _ => Severity::Warning,
    };
    draft.suggestion = near(name, declared.clone(), prefix);
    if draft.suggestion.is_none() {
        draft.help = longer(name, declared);
    }
    // Without a place it stands behind all that has one.
    let order = if spot.snippet.is_some() { spot.order } else { problems::LAST };
    Some(problems::at_spot(draft, Spot { order, ..spot }, []))
}

/// The declared name that is most like another one. What all begin with says nothing about that.
fn near<'n>(name: &str, declared: impl Iterator<Item = &'n str>, prefix: Option<&str>) -> Option<String> {
    let begin = prefix.map(|prefix| format!("{prefix}_")).unwrap_or_default();
    let wanted = name.strip_prefix(begin.as_str()).unwrap_or(name);
    let plain = declared.filter(|name| !name.contains('<'));
    let known = plain.filter_map(|name| name.strip_prefix(begin.as_str()));
    nearest(wanted, known).map(|rest| format!("{begin}{rest}"))
}
