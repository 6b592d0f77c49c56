//! From a broken rule to a problem.

use confkit_sources::declared::{Content, Rule};
use confkit_sources::{NodeKind, NodeRef};

use super::message::{filled, is_whole};
use super::{Chain, On};
use crate::report::{Code, Severity};
use crate::resolve::{Cx, Draft, InsideOf, Located, PlaceOf, Scope, found_words, shortened, subject};
use crate::secret::MASK;

/// What a problem says of the value that was found.
pub(super) enum Found {
    /// As it was written.
    Written,
    /// This value.
    Value(String),
    /// This many characters, elements or entries.
    Length(usize),
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
        let (is, found) = match found {
            _ if at.secret => ("", None),
            Found::Nothing => ("", None),
            Found::Value(value) => ("it is", Some(value)),
            Found::Length(length) => ("its length is", Some(length.to_string())),
            Found::Written => ("it is", self.written(&at, is_key)),
        };
        let found = found.as_deref().map(|found| (is, found));
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
        (!node.is_container()).then(|| value_words(node))
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
            format!("{} is {}", at.path, value_words(found))
        };
        let place = if found.is_container() { PlaceOf::Key(node) } else { PlaceOf::Value(node) };
        Some((place, words))
    }
}

/// A value in words. What is judged has the right type, so that it need not be told.
pub(super) fn value_words(node: NodeRef<'_>) -> String {
    match node.kind() {
        NodeKind::String => format!("\"{}\"", shortened(node.text())),
        _ => found_words(node, false),
    }
}

/// Puts a sentence together from the path, what is wrong and what was found.
fn sentence(
    rule: &Rule,
    at: &Located,
    is_key: bool,
    words: &str,
    found: Option<(&str, &str)>,
    params: &[(&'static str, String)],
) -> String {
    let subject = subject(&at.path);
    let subject = match at.inside {
        _ if is_key => format!("the key of {subject}"),
        InsideOf::Set => format!("an element of {subject}"),
        _ => subject.to_owned(),
    };
    let aside = |words: &str| found.map(|(is, found)| aside(words, is, found)).unwrap_or_default();
    let Some(template) = rule.message() else { return format!("{subject} {words}{}", aside(words)) };
    let value = || if at.secret { MASK } else { found.map_or("", |(_, found)| found) };
    let text = filled(template, &|name| match name {
        "path" => Some(at.path.clone()),
        "field" => Some(at.field.key().to_owned()),
        "value" => Some(value().to_owned()),
        _ => params.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone()),
    });
    match template {
        _ if is_whole(template) => text,
        _ if template.contains("{value}") => format!("{subject} {text}"),
        _ => format!("{subject} {text}{}", aside(&text)),
    }
}

/// What is said of the value, behind what is wrong with it.
pub(super) fn aside(words: &str, is: &str, found: &str) -> String {
    // "must not contain `a`, not `b`" could be read as two demands.
    let names_the_right = ["must be ", "must have ", "must match "];
    if names_the_right.iter().any(|start| words.starts_with(start)) {
        format!(", not {found}")
    } else {
        format!("; {is} {found}")
    }
}
