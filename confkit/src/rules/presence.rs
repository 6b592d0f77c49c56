//! Rules on which settings are given.

use confkit_sources::declared::{Rule, RuleKind};

use super::On;
use crate::report::Code;
use crate::resolve::{Cx, Draft, PlaceOf, Scope, one_of, shortened};

/// Whether a field is given; `None` if it could not be read.
type Given = Option<bool>;

impl Cx<'_> {
    /// Judges `required`.
    pub fn required(&mut self, on: On<'_>, given: Given) {
        if given == Some(false) {
            self.missing_because(on, "", None);
        }
    }

    /// Judges `required_if`.
    pub fn required_if(&mut self, on: On<'_>, given: Given, other: usize, condition: Option<bool>) {
        match (given, condition) {
            (Some(false), Some(true)) => self.required_for(on, other),
            (Some(false), None) => self.unjudged_by(on.scope, other),
            _ => {}
        }
    }

    /// Judges `required_unless`.
    pub fn required_unless(&mut self, on: On<'_>, given: Given, other: usize, condition: Option<bool>) {
        self.required_if(on, given, other, condition.map(|condition| !condition));
    }

    /// Judges `required_with`.
    pub fn required_with(&mut self, on: On<'_>, given: Given, others: &[(usize, Given)]) {
        if given != Some(false) {
            return;
        }
        if let Some((other, _)) = others.iter().find(|(_, given)| *given == Some(true)) {
            self.required_for(on, *other);
        } else if let Some((other, _)) = others.iter().find(|(_, given)| given.is_none()) {
            self.unjudged_by(on.scope, *other);
        }
    }

    /// Judges `requires`.
    pub fn requires(&mut self, on: On<'_>, given: Given, others: &[(usize, Given)]) {
        if given != Some(true) {
            return;
        }
        for (other, given) in others {
            match given {
                Some(true) => {}
                Some(false) => self.required_by(on, *other),
                None => self.unjudged_by(on.scope, *other),
            }
        }
    }

    /// Judges `conflicts_with`.
    pub fn conflicts_with(&mut self, on: On<'_>, given: Given, others: &[(usize, Given)]) {
        if given != Some(true) {
            return;
        }
        for (other, given) in others {
            match given {
                Some(true) => {
                    let path = self.path_to(on.scope, on.index);
                    let subject = format!("{path} ");
                    self.exclude(on.scope, on.rule(), &[on.index, *other], [&subject, &path]);
                }
                Some(false) => {}
                None => self.unjudged_by(on.scope, *other),
            }
        }
    }

    /// Judges `exactly_one_of`.
    pub fn exactly_one_of(&mut self, scope: &Scope, check: usize, fields: &[(usize, Given)]) {
        self.one_of_several(scope, check, fields, true, true);
    }

    /// Judges `at_least_one_of`.
    pub fn at_least_one_of(&mut self, scope: &Scope, check: usize, fields: &[(usize, Given)]) {
        self.one_of_several(scope, check, fields, true, false);
    }

    /// Judges `at_most_one_of`.
    pub fn at_most_one_of(&mut self, scope: &Scope, check: usize, fields: &[(usize, Given)]) {
        self.one_of_several(scope, check, fields, false, true);
    }

    fn one_of_several(
        &mut self,
        scope: &Scope,
        check: usize,
        fields: &[(usize, Given)],
        at_least: bool,
        at_most: bool,
    ) {
        let given = |wanted: Given| fields.iter().filter(move |(_, given)| *given == wanted);
        let (some, unread) = (given(Some(true)).count(), given(None).count());
        if at_most && some > 1 {
            let fields: Vec<usize> = given(Some(true)).map(|(index, _)| *index).collect();
            let path = self.section_path();
            let rule = scope.metadata().checks()[check].rule();
            self.exclude(scope, rule, &fields, [&subject_of(&path), &path]);
        } else if at_least && some == 0 && unread == 0 {
            self.none_given(scope, check, fields);
        } else if unread > 0 && (some == 0 || at_most) {
            let unread = given(None).map(|(index, _)| *index).next().unwrap_or_default();
            self.unjudged_by(scope, unread);
        }
    }

    #[cold]
    fn required_for(&mut self, on: On<'_>, other: usize) {
        if self.is_incomplete() {
            return self.unjudged_by(on.scope, other);
        }
        let at = self.locate(on.scope, other, "");
        let shown = match (on.rule().kind(), at.nodes.first().map(|&node| self.shared.node(node))) {
            (RuleKind::RequiredWith(_), _) => " is set".to_owned(),
            (kind, _) if at.secret || at.field.holds_secret() => match kind {
                RuleKind::RequiredUnless { .. } => " has another value".to_owned(),
                _ => " has its value".to_owned(),
            },
            (_, Some(node)) if !node.is_container() => format!(" is `{}`", shortened(node.text())),
            (RuleKind::RequiredUnless { value, .. }, _) => format!(" is not `{}`", value.trim_matches('"')),
            (RuleKind::RequiredIf { value, .. }, _) => format!(" is `{}`", value.trim_matches('"')),
            _ => " is set".to_owned(),
        };
        let place = at.place().map(|place| (place, "because of this".to_owned()));
        self.missing_because(on, &format!(" because {}{shown}", at.path), place);
    }

    /// The field of a rule has to be given.
    #[cold]
    fn missing_because(&mut self, on: On<'_>, why: &str, related: Option<(PlaceOf, String)>) {
        let field = on.scope.metadata().fields()[on.index].key();
        debug_assert!(!field.is_empty(), "what is required has a key");
        self.missing_field(on, on.index, why, related);
    }

    /// Another field has to be given because that of the rule is.
    #[cold]
    fn required_by(&mut self, on: On<'_>, other: usize) {
        let at = self.locate(on.scope, on.index, "");
        let place = at.place().map(|place| (place, "because of this".to_owned()));
        let why = format!(" because {} is set", at.path);
        self.missing_field(on, other, &why, place);
    }

    fn missing_field(&mut self, on: On<'_>, index: usize, why: &str, related: Option<(PlaceOf, String)>) {
        let before = self.drafts.len();
        self.missing(&on.scope.metadata().fields()[index], Some(on.rule().name()), why);
        if let Some(draft) = self.drafts.get_mut(before) {
            draft.related.extend(related);
        }
        let path = self.path_to(on.scope, on.index);
        self.settle(on.rule(), before, &format!("{path} "), &path);
    }

    /// Fields of which only one may be given.
    #[cold]
    fn exclude(&mut self, scope: &Scope, rule: &'static Rule, fields: &[usize], [subject, path]: [&str; 2]) {
        let before = self.drafts.len();
        let paths: Vec<String> = fields.iter().map(|&index| self.path_to(scope, index)).collect();
        let (last, first) = match &paths[..] {
            [first @ .., last] => (last.as_str(), first.join(", ")),
            [] => return,
        };
        let message = format!("{first} and {last} exclude each other: only one of them may be set");
        let mut draft = Draft::new(Code::Conflict, last.to_owned(), message);
        let mut places = fields.iter().rev().filter_map(|&index| {
            Some((self.place(scope, index)?, format!("{} is set here", self.path_to(scope, index))))
        });
        draft.place = places.next().map(|(place, _)| PlaceOf::Key(place.node()));
        draft.related = places.map(|(place, words)| (PlaceOf::Key(place.node()), words)).collect();
        draft.secret = fields.iter().any(|&index| scope.metadata().fields()[index].is_secret());
        self.push(draft.help("remove all but one of them"));
        self.settle(rule, before, subject, path);
    }

    /// Fields of which one has to be given.
    #[cold]
    fn none_given(&mut self, scope: &Scope, check: usize, fields: &[(usize, Given)]) {
        if self.is_incomplete() {
            return self.unjudged_by(scope, fields[0].0);
        }
        let before = self.drafts.len();
        let rule = scope.metadata().checks()[check].rule();
        let keys: Vec<&str> =
            fields.iter().map(|(index, _)| scope.metadata().fields()[*index].key()).collect();
        let section = self.section_path();
        let inside = if section.is_empty() { String::new() } else { format!(" in `{section}`") };
        let least = if matches!(rule.kind(), RuleKind::AtLeastOneOf) { "at least " } else { "" };
        let (subject, wanted) = (subject_of(&section), format!("{least}{}", one_of(&keys)));
        let message = format!("{subject}{wanted} is required");
        let mut draft = Draft::new(Code::Missing, section.clone(), message);
        draft.help = Some(format!("set {wanted}{inside}"));
        self.push(draft);
        self.settle(rule, before, &subject, &section);
    }

    #[cold]
    fn unjudged_by(&mut self, scope: &Scope, index: usize) {
        self.unjudged(scope, &[scope.metadata().fields()[index].name()]);
    }
}

/// What a sentence about a whole section begins with.
pub(super) fn subject_of(section: &str) -> String {
    if section.is_empty() { String::new() } else { format!("{section}: ") }
}
