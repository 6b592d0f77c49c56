//! From a broken rule to a problem.

use confkit_sources::declared::{Content, Rule};

use super::message::{filled, is_whole};
use super::{Chain, On};
use crate::report::{Code, Severity};
use crate::resolve::{Cx, Draft, InsideOf, Located, PlaceOf, Scope, found_words, subject};
use crate::secret::MASK;

/// What a problem says of the value that was found.
pub(super) enum Found {
    /// As it was written.
    Written,
    /// These words.
    Words(String),
    /// Nothing.
    Nothing,
}

/// Facts about a broken rule for machines, and for placeholders.
pub(super) type Params = Vec<(&'static str, String)>;

impl Cx<'_> {
    /// Tells a broken rule: `words` are what the value has to be, as in "must be at least 1".
    #[cold]
    pub(super) fn broken(&mut self, on: On<'_>, words: &str, found: Found, params: Params) {
        self.broken_as(on, Code::Invalid, words, found, params);
    }

    #[cold]
    pub(super) fn broken_as(
        &mut self,
        on: On<'_>,
        code: Code,
        words: &str,
        found: Found,
        params: Params,
    ) -> &mut Draft {
        self.not_kept();
        let rule = on.rule();
        let at = self.located(on);
        let is_key = on.chain.is_some_and(|chain| chain.is_key);
        let found = match found {
            _ if at.secret => None,
            Found::Nothing => None,
            Found::Words(words) => Some(words),
            Found::Written => self.written(&at, is_key),
        };
        let message = sentence(rule, &at, is_key, words, found, &params);
        let field = at.field;
        let mut draft = Draft::new(code, at.path.clone(), message).rule(rule.name());
        draft.place = match at.nodes.first() {
            Some(&node) if is_key => Some(PlaceOf::Key(node)),
            _ => at.place(),
        };
        draft.secret = at.secret && !is_key;
        draft.open = !at.secret && !field.holds_secret() && matches!(field.content(), Content::Value(_));
        draft.params = params;
        if rule.warns() {
            draft.severity = Severity::Warning;
        }
        if draft.place.is_none() && matches!(field.content(), Content::Value(_)) {
            draft.help = Some("this is the declared default".to_owned());
        }
        self.push(draft);
        let last = self.drafts.len() - 1;
        &mut self.drafts[last]
    }

    /// Applies what is declared about a rule to the problems it has just made.
    pub(super) fn settle(&mut self, rule: &'static Rule, before: usize) {
        for draft in &mut self.drafts[before..] {
            draft.rule = Some(rule.name());
            if rule.warns() {
                draft.severity = Severity::Warning;
            }
            if let Some(message) = rule.message() {
                let filled = filled(message, &|name| match name {
                    "path" | "field" => Some(draft.path.clone()),
                    _ => None,
                });
                draft.message =
                    if is_whole(message) { filled } else { format!("{} {filled}", subject(&draft.path)) };
            }
        }
    }

    /// Where the value that a rule judges stands.
    pub(super) fn located(&self, on: On<'_>) -> Located {
        let mut found = self.locate(on.scope, on.index, on.below());
        self.go_in(&mut found, on.chain);
        found.secret |= found.nodes.first().is_some_and(|node| self.shared.secrets.borrow().contains(node));
        found
    }

    fn go_in(&self, found: &mut Located, chain: Option<&Chain<'_>>) {
        if let Some(chain) = chain {
            self.go_in(found, chain.outer);
            self.step(found, chain.inside);
        }
    }

    /// A value as it was written; nothing of lists and tables.
    pub(super) fn written(&self, at: &Located, is_key: bool) -> Option<String> {
        // Of a list that one variable gives as text, the text would be shown as a whole.
        if at.inside != InsideOf::Nothing {
            return None;
        }
        let Some(&node) = at.nodes.first() else {
            return matches!(at.field.content(), Content::Value(_)).then(|| "the default".to_owned());
        };
        let node = self.shared.node(node);
        if is_key {
            return Some(format!("`{}`", node.key()));
        }
        (!node.is_container()).then(|| found_words(node, false))
    }

    /// What a message about several fields says of one of them.
    pub(super) fn shown(&self, at: &Located) -> String {
        let node = at.nodes.first().map(|&node| self.shared.node(node));
        match node {
            _ if at.secret || at.field.holds_secret() => MASK.to_owned(),
            Some(node) if node.is_container() => found_words(node, false),
            Some(node) => node.text().to_owned(),
            None => "its default".to_owned(),
        }
    }

    /// Where another field stands, and what it is, for a problem that it has part in.
    pub(super) fn related(&self, scope: &Scope, index: usize, below: &str) -> Option<(PlaceOf, String)> {
        let at = self.locate(scope, index, below);
        let node = *at.nodes.first()?;
        let found = self.shared.node(node);
        let words = if at.secret || found.is_container() || at.field.holds_secret() {
            format!("{} is set here", at.path)
        } else {
            format!("{} is {}", at.path, found_words(found, false))
        };
        let place = if found.is_container() { PlaceOf::Key(node) } else { PlaceOf::Value(node) };
        Some((place, words))
    }
}

/// Puts a sentence together from the path, what is wrong and what was found.
fn sentence(
    rule: &Rule,
    at: &Located,
    is_key: bool,
    words: &str,
    found: Option<String>,
    params: &[(&'static str, String)],
) -> String {
    let subject = subject(&at.path);
    let subject = match at.inside {
        _ if is_key => format!("the key of {subject}"),
        InsideOf::Set => format!("an element of {subject}"),
        _ => subject.to_owned(),
    };
    let Some(template) = rule.message() else {
        let not = found.map(|found| format!(", not {found}")).unwrap_or_default();
        return format!("{subject} {words}{not}");
    };
    let value = || if at.secret { MASK.to_owned() } else { found.clone().unwrap_or_default() };
    let text = filled(template, &|name| match name {
        "path" => Some(at.path.clone()),
        "field" => Some(at.field.key().to_owned()),
        "value" => Some(value()),
        _ => params.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone()),
    });
    let not = match &found {
        Some(found) if !is_whole(template) && !template.contains("{value}") => format!(", not {found}"),
        _ => String::new(),
    };
    if is_whole(template) { text } else { format!("{subject} {text}{not}") }
}
