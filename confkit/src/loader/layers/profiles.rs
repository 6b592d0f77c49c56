//! Whether the profile is one that the settings know.

use std::collections::BTreeSet;

use confkit_sources::Origin;

use super::super::{problems, profile};
use super::{Layers, plain};
use crate::report::{Code, Problem, Report, nearest};
use crate::resolve::Draft;

impl Layers {
    pub(super) fn judge_profile(
        &self,
        report: &mut Report,
        declared: impl FnOnce() -> BTreeSet<String>,
        incomplete: bool,
    ) {
        if let Some(wrong) = &self.profile.wrong {
            return report.add(self.bad_profile(wrong));
        }
        if self.profile.is_default() || incomplete {
            return;
        }
        let mut known = declared();
        known.extend(self.provided_profiles.iter().cloned());
        if known.contains(&self.profile.name) {
            return;
        }
        known.extend(self.stack.profiles_of_files());
        if !known.contains(&self.profile.name) {
            known.insert(profile::DEFAULT.to_owned());
            report.add(self.unknown_profile(&known));
        }
    }

    fn unknown_profile(&self, known: &BTreeSet<String>) -> Problem {
        let name = &self.profile.name;
        let names: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
        let help = format!("the profiles are {}", names.join(", "));
        let draft =
            Draft::new(Code::Profile, String::new(), format!("there is no profile `{name}`")).help(help);
        let suggestion = nearest(name, known.iter().map(String::as_str)).map(str::to_owned);
        problems::unplaced(Draft { suggestion, ..draft }, self.profile_origin())
    }

    pub(super) fn bad_profile(&self, wrong: &str) -> Problem {
        let message = if self.profile.is_default() {
            wrong.to_owned()
        } else {
            format!("`{}` cannot be a profile: {wrong}", self.profile.name)
        };
        plain(Code::Profile, message, self.profile_origin())
    }

    fn profile_origin(&self) -> Option<Origin> {
        self.profile.origin.clone()
    }
}
