//! From a broken rule to a problem.

use confkit_sources::declared::{Content, Field, FieldDefault, Rule};
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
        let is_key = on.is_on_key();
        let (is, found) = match found {
            _ if at.secret => ("", None),
            Found::Nothing => ("", None),
            Found::Value(value) => ("it is", Some(value)),
            Found::Length(length) => ("its length is", Some(length.to_string())),
            Found::Written => ("it is", self.written(&at, is_key)),
        };
        let found = found.as_deref().map(|found| (is, found));
        let message = match rule.message() {
            None => sentence(&at, is_key, words, found),
            Some(template) => {
                let text = filled(template, &|name| match name {
                    "path" => Some(at.path.clone()),
                    "field" => Some(at.field.key().to_owned()),
                    "value" => Some(on.key().unwrap_or_else(|| self.shown(&at))),
                    _ => params.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone()),
                });
                let found = found.filter(|_| !template.contains("{value}"));
                if is_whole(template) { text } else { sentence(&at, is_key, &text, found) }
            }
        };
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

    /// Applies what is declared about a rule to the problems it has just made: `subject` is what the
    /// rule is about, and `path` where that is.
    pub(super) fn settle(&mut self, rule: &'static Rule, before: usize, subject: &str, path: &str) {
        self.drafts[before..].iter_mut().for_each(|draft| settle(draft, rule, subject, path));
    }

    /// Where the value that a rule judges stands.
    pub(super) fn located(&self, on: On<'_>) -> Located {
        let mut found = self.locate(on.scope, on.index, on.below());
        self.go_in(&mut found, on.chain);
        found.secret |= match found.nodes.first() {
            Some(node) if found.inside == InsideOf::Nothing => self.shared.secrets.borrow().contains(node),
            // A default, or what is inside a text or a set, is not known by its node.
            _ => found.field.holds_secret(),
        };
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
            _ if at.inside == InsideOf::Function => "what its layers make together".to_owned(),
            Some(node) if node.is_container() => found_words(node, false),
            Some(node) => shortened(node.text()),
            None => default_text(at.field),
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

/// Applies what is declared about a rule to one problem.
pub(super) fn settle(draft: &mut Draft, rule: &'static Rule, subject: &str, path: &str) {
    draft.rule = Some(rule.name());
    if rule.warns() {
        draft.severity = Severity::Warning;
    }
    if let Some(message) = rule.message() {
        let filled = filled(message, &|name| match name {
            "path" | "field" => Some(path.to_owned()),
            _ => None,
        });
        draft.message = if is_whole(message) { filled } else { format!("{subject}{filled}") };
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
fn sentence(at: &Located, is_key: bool, words: &str, found: Option<(&str, &str)>) -> String {
    let subject = subject(&at.path);
    let subject = match at.inside {
        _ if is_key => format!("the key of {subject}"),
        InsideOf::Set => format!("an element of {subject}"),
        _ => subject.to_owned(),
    };
    let aside = found.map(|(is, found)| aside(words, is, found)).unwrap_or_default();
    format!("{subject} {words}{aside}")
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

/// A default as far as the declaration shows it.
fn default_text(field: &Field) -> String {
    let text = match field.default() {
        FieldDefault::Text(text) => Some((*text).to_owned()),
        FieldDefault::List(texts) => Some(texts.join(", ")),
        FieldDefault::Expression { shown, .. } => shown(),
        _ if field.is_optional() => Some("nothing".to_owned()),
        _ => None,
    };
    text.map_or_else(|| "its default".to_owned(), |text| shortened(&text))
}
