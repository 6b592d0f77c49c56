//! Enums without a tag: the first variant that fits is taken; if none does, the nearest is judged.

use confkit_sources::NodeKind;
use confkit_sources::declared::{Content, Field, Holds, Kind, Variant, Variants};

use super::error::kind_words;
use super::{At, Cx, Draft, PlaceOf, Ref, Unjudged, found_words};
use crate::report::{Code, Severity};

/// What came of one variant.
struct Attempt<T> {
    index: usize,
    value: Option<T>,
    drafts: Vec<Draft>,
    unjudged: Vec<Unjudged>,
    not_found: usize,
    secrets: Vec<Ref>,
    texts: Vec<String>,
}

impl<T> Attempt<T> {
    fn is_clean(&self) -> bool {
        self.value.is_some() && self.drafts.is_empty()
    }

    fn fits(&self) -> bool {
        self.value.is_some() && self.drafts.iter().all(|draft| draft.severity != Severity::Error)
    }

    /// Whether the value is told to be of another kind than the variant as a whole.
    fn has_other_form(&self, path: &str) -> bool {
        self.drafts.iter().any(|draft| draft.code == Code::Type && draft.path == path)
    }
}

impl Cx<'_> {
    pub(super) fn untagged<T>(
        &mut self,
        at: At,
        variants: &'static Variants,
        flattened: bool,
        read: &impl Fn(&mut Self, At, usize) -> Option<T>,
    ) -> Option<T> {
        let Some((top, at)) = self.of_one_form(at) else {
            self.missing_here();
            return None;
        };
        let mut attempts: Vec<Attempt<T>> = Vec::new();
        for index in 0..variants.list().len() {
            self.flattened = flattened;
            let attempt = self.attempt(index, |cx| read(cx, at, index));
            self.flattened = false;
            if attempt.is_clean() {
                return self.take(attempt);
            }
            attempts.push(attempt);
        }
        if let Some(fitting) = attempts.iter().position(Attempt::fits) {
            let fitting = attempts.swap_remove(fitting);
            return self.take(fitting);
        }
        self.none_fits(top, variants, attempts);
        None
    }

    /// The candidates of the topmost form, with the topmost: a table combines with the tables below
    /// it, and anything else stands alone.
    fn of_one_form(&mut self, at: At) -> Option<(Ref, At)> {
        let said = |cx: &Self, node: Ref| {
            let node = cx.shared.node(node);
            !(node.kind() == NodeKind::Text && node.text().is_empty())
        };
        let nodes: Vec<Ref> = self.candidates(at).filter(|&node| said(self, node)).collect();
        let top = *nodes.first()?;
        let is_table = |node: &Ref| self.shared.node(*node).kind() == NodeKind::Table;
        let kept: Vec<Ref> =
            if is_table(&top) { nodes.into_iter().take_while(is_table).collect() } else { vec![top] };
        Some((top, self.list(&kept)))
    }

    fn attempt<T>(&mut self, index: usize, read: impl FnOnce(&mut Self) -> Option<T>) -> Attempt<T> {
        let (drafts, unjudged, not_found) = (self.drafts.len(), self.unjudged.len(), self.not_found);
        let marks = (self.shared.secrets.borrow().len(), self.shared.texts.borrow().len());
        let value = read(self);
        Attempt {
            index,
            value,
            drafts: self.drafts.split_off(drafts),
            unjudged: self.unjudged.split_off(unjudged),
            not_found: std::mem::replace(&mut self.not_found, not_found) - not_found,
            secrets: self.shared.secrets.borrow_mut().split_off(marks.0),
            texts: self.shared.texts.borrow_mut().split_off(marks.1),
        }
    }

    fn take<T>(&mut self, attempt: Attempt<T>) -> Option<T> {
        self.drafts.extend(attempt.drafts);
        self.unjudged.extend(attempt.unjudged);
        self.not_found += attempt.not_found;
        self.hide(attempt.secrets, attempt.texts);
        attempt.value
    }

    fn hide(&self, secrets: Vec<Ref>, texts: Vec<String>) {
        self.shared.secrets.borrow_mut().extend(secrets);
        self.shared.texts.borrow_mut().extend(texts);
    }

    #[cold]
    fn none_fits<T>(&mut self, top: Ref, variants: &'static Variants, mut attempts: Vec<Attempt<T>>) {
        let path = self.path_text();
        // What was meant is not known, so that what any variant calls secret is.
        for attempt in &mut attempts {
            self.hide(std::mem::take(&mut attempt.secrets), std::mem::take(&mut attempt.texts));
        }
        if attempts.iter().all(|attempt| attempt.has_other_form(&path)) {
            return self.no_such_form(top, path, variants);
        }
        // How far the value is from a variant: its form first, then what is wrong inside.
        let is_table = self.shared.node(top).kind() == NodeKind::Table;
        let other_form = |attempt: &Attempt<T>| {
            attempt.has_other_form(&path) || (is_table && is_name(&variants.list()[attempt.index]))
        };
        let of_this_form = attempts.iter().filter(|attempt| !other_form(attempt)).count();
        attempts.sort_by_key(|attempt| (other_form(attempt), attempt.drafts.len() + attempt.not_found));
        let Some(mut nearest) = attempts.into_iter().next() else { return };
        // Where only one variant has the form of the value, nobody would think of another.
        if of_this_form > 1
            && let Some(draft) =
                nearest.drafts.iter_mut().find(|draft| draft.help.is_none() && draft.missing.is_none())
        {
            let name = variants.list()[nearest.index].metadata().name();
            let subject = if path.is_empty() { "the settings" } else { path.as_str() };
            let help = format!("{subject} may have several forms; the nearest one, `{name}`, is judged here");
            draft.help = Some(help);
        }
        self.take(nearest);
    }

    /// Tells that a value has none of the forms.
    #[cold]
    fn no_such_form(&mut self, top: Ref, path: String, variants: &'static Variants) {
        let mut forms: Vec<String> = Vec::new();
        for form in variants.list().iter().map(form) {
            if !forms.contains(&form) {
                forms.push(form);
            }
        }
        let secret = variants
            .list()
            .iter()
            .flat_map(|variant| variant.metadata().fields())
            .any(Field::may_hold_secret);
        let found = found_words(self.shared.node(top), secret || self.secret > 0);
        let message = format!("{path} must be {}, not {found}", forms.join(" or "));
        let draft = Draft::new(Code::Type, path, message).at(PlaceOf::Value(top));
        self.push(Draft { secret, ..draft });
    }
}

/// Whether a variant holds one of several names, for which a table hardly stands.
fn is_name(variant: &Variant) -> bool {
    let content = variant.metadata().fields().first().map(Field::content);
    matches!(content, Some(Content::Value(kind)) if matches!(kind().kind(), Kind::Choice(_)))
}

/// What a variant looks like in a document.
fn form(variant: &Variant) -> String {
    match (variant.holds(), variant.metadata().fields().first()) {
        (Holds::Nothing, _) => "null".to_owned(),
        (Holds::Value, Some(field)) => match field.content() {
            Content::Value(kind) => kind_words(kind().kind()),
            _ => "a value".to_owned(),
        },
        _ => "a table".to_owned(),
    }
}
