//! Enums without a tag: the first variant that fits is taken; if none does, the nearest is judged.

use std::collections::HashMap;

use confkit_sources::NodeKind;
use confkit_sources::declared::{Content, Field, Holds, Kind, Metadata, Unknown, Variant, Variants};

use super::super::draft::subject;
use super::super::error::kind_words;
use super::super::{At, Cx, Draft, PlaceOf, Ref, Unjudged, found_words};
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

/// Which enum is asked for, and in which nodes.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Question {
    variants: *const Variants,
    nodes: Vec<Ref>,
    flattened: bool,
    policy: Option<&'static str>,
}

/// What became of an enum.
#[derive(Debug, Clone, Copy)]
enum Verdict {
    /// The variant was taken or is the nearest; whether no other comes into question.
    Variant {
        index: usize,
        alone: bool,
    },
    NoForm,
}

/// What became of enums inside variants that are only tried. Without it the cost would double with
/// every level, since each variant around asks for what is inside anew.
#[derive(Debug, Default)]
pub(in crate::resolve) struct Verdicts {
    /// How many variants are being tried.
    open: usize,
    known: HashMap<Question, Verdict>,
}

impl Verdicts {
    fn is_idle(&self) -> bool {
        self.open == 0
    }

    fn known(&self, question: &Question) -> Option<Verdict> {
        self.known.get(question).copied()
    }

    fn remember(&mut self, question: Question, verdict: Verdict) {
        self.known.insert(question, verdict);
    }
}

impl Cx<'_> {
    pub(super) fn untagged<T>(
        &mut self,
        at: At,
        variants: &'static Variants,
        flattened_into: Option<&'static Metadata>,
        read: &impl Fn(&mut Self, At, usize) -> Option<T>,
    ) -> Option<T> {
        let Some((top, at)) = self.of_one_form(at) else {
            self.missing_here();
            return None;
        };
        // An enum around is tried in several forms, and comes here in each of them.
        let question = (!self.verdicts.is_idle()).then(|| Question {
            variants: std::ptr::from_ref(variants),
            nodes: self.candidates(at).collect(),
            flattened: flattened_into.is_some(),
            policy: self.policies.last().copied().map(Unknown::as_str),
        });
        if let Some(verdict) = question.as_ref().and_then(|question| self.verdicts.known(question)) {
            return self.again(top, at, variants, verdict, flattened_into, read);
        }
        let mut attempts: Vec<Attempt<T>> = Vec::new();
        for index in 0..variants.list().len() {
            let attempt = self.attempt(index, flattened_into, |cx| read(cx, at, index));
            if attempt.is_clean() {
                attempts = vec![attempt];
                break;
            }
            attempts.push(attempt);
        }
        let fitting = attempts.iter().position(Attempt::fits).map(|at| attempts.swap_remove(at));
        let (verdict, value) = match fitting {
            Some(attempt) => (Verdict::Variant { index: attempt.index, alone: true }, self.take(attempt)),
            None => (self.none_fits(top, variants, attempts), None),
        };
        if let Some(question) = question {
            self.verdicts.remember(question, verdict);
        }
        value
    }

    /// Reads what was judged before: the one variant that was taken, or that was the nearest.
    fn again<T>(
        &mut self,
        top: Ref,
        at: At,
        variants: &'static Variants,
        verdict: Verdict,
        flattened_into: Option<&'static Metadata>,
        read: &impl Fn(&mut Self, At, usize) -> Option<T>,
    ) -> Option<T> {
        let Verdict::Variant { index, alone } = verdict else {
            self.no_such_form(top, self.path_text(), variants);
            return None;
        };
        let mut attempt = self.attempt(index, flattened_into, |cx| read(cx, at, index));
        if !alone {
            self.say_nearest(&mut attempt, variants);
        }
        self.take(attempt)
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

    fn attempt<T>(
        &mut self,
        index: usize,
        flattened_into: Option<&'static Metadata>,
        read: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Attempt<T> {
        let (drafts, unjudged, not_found) = (self.drafts.len(), self.unjudged.len(), self.not_found);
        let marks = (self.shared.secrets.borrow().len(), self.shared.texts.borrow().len());
        self.flattened_into = flattened_into;
        self.verdicts.open += 1;
        let value = read(self);
        self.verdicts.open -= 1;
        self.flattened_into = None;
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
    fn none_fits<T>(
        &mut self,
        top: Ref,
        variants: &'static Variants,
        mut attempts: Vec<Attempt<T>>,
    ) -> Verdict {
        let path = self.path_text();
        // What was meant is not known, so that what any variant calls secret is.
        for attempt in &mut attempts {
            self.hide(std::mem::take(&mut attempt.secrets), std::mem::take(&mut attempt.texts));
        }
        if attempts.iter().all(|attempt| attempt.has_other_form(&path)) {
            self.no_such_form(top, path, variants);
            return Verdict::NoForm;
        }
        // How far the value is from a variant: its form first, then what is wrong inside.
        let is_table = self.shared.node(top).kind() == NodeKind::Table;
        let other_form = |attempt: &Attempt<T>| {
            attempt.has_other_form(&path) || (is_table && is_name(&variants.list()[attempt.index]))
        };
        let of_this_form = attempts.iter().filter(|attempt| !other_form(attempt)).count();
        attempts.sort_by_key(|attempt| {
            let missing = attempt.drafts.iter().filter(|draft| draft.code == Code::Missing).count();
            // Of two with as many problems, what is there says more than what is missing.
            let missing = missing + attempt.not_found;
            (other_form(attempt), attempt.drafts.len() + attempt.not_found, missing)
        });
        let Some(mut nearest) = attempts.into_iter().next() else { return Verdict::NoForm };
        let index = nearest.index;
        // Where only one variant has the form of the value, nobody would think of another.
        let alone = of_this_form <= 1;
        if !alone {
            self.say_nearest(&mut nearest, variants);
        }
        self.take(nearest);
        Verdict::Variant { index, alone }
    }

    /// Says that the variant that is judged is only the nearest.
    #[cold]
    fn say_nearest<T>(&self, nearest: &mut Attempt<T>, variants: &'static Variants) {
        let draft = nearest.drafts.iter_mut().find(|draft| draft.help.is_none() && draft.missing.is_none());
        let Some(draft) = draft else { return };
        let path = self.path_text();
        let name = variants.list()[nearest.index].metadata().name();
        let subject = subject(&path);
        let help = format!("{subject} may have several forms; the nearest one, `{name}`, is judged here");
        draft.help = Some(help);
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
