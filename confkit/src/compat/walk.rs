//! The comparison: along both schemas at once, telling each difference at its path.

use confkit_sources::path::push_key;
use serde_json::{Map, Value};

use super::change::{Change, ChangeKind, Verdict};
use super::limits::{self, Limit, Moved, Side};
use super::same::{same, same_under};
use super::schema::{Node, View};
use super::types::Types;
use super::within::{Place, quoted};
use super::{facts, forms, lists, objects, settings, values};

/// A comparison under way.
#[derive(Debug, Default)]
pub(super) struct Walk {
    changes: Vec<Change>,
    /// Pairs that are being compared: recursive types come back to them.
    active: Vec<(*const Value, *const Value)>,
    pub(super) place: Place,
}

impl Walk {
    pub(super) fn finish(self) -> Vec<Change> {
        self.changes
    }

    /// Compares two roots.
    pub(super) fn whole(&mut self, old: Node<'_>, new: Node<'_>) {
        facts::compare(self, &old.view(), &new.view());
        self.setting(old, new, true);
    }

    /// Compares two settings: what confkit says of them, and the values that they accept.
    pub(super) fn setting(&mut self, old: Node<'_>, new: Node<'_>, was_required: bool) {
        let (before, after) = (old.view(), new.view());
        let was_secret = self.place.is_secret;
        self.place.is_secret |= before.is_secret() || after.is_secret();
        settings::compare(self, &before, &after, was_required);
        self.compare(old, new);
        self.place.is_secret = was_secret;
    }

    /// Compares the values that two schemas accept.
    pub(super) fn compare(&mut self, old: Node<'_>, new: Node<'_>) {
        self.compare_among(old, new, None);
    }

    /// Compares them for text alone.
    pub(super) fn compare_text(&mut self, old: Node<'_>, new: Node<'_>) {
        self.compare_among(old, new, Some(Types::STRING));
    }

    fn compare_among(&mut self, old: Node<'_>, new: Node<'_>, among: Option<Types>) {
        let pair = (old.resolved().identity(), new.resolved().identity());
        if self.active.contains(&pair) {
            return;
        }
        self.active.push(pair);
        let (before, after) = (old.view(), new.view());
        let was_secret = self.place.is_secret;
        self.place.is_secret |= before.is_secret() || after.is_secret();
        self.views(&before, &after, among);
        self.place.is_secret = was_secret;
        self.active.pop();
    }

    fn views(&mut self, old: &View<'_>, new: &View<'_>, among: Option<Types>) {
        let only = |types: Types| among.map_or(types, |among| types & among);
        let accepted = only(Types::accepted(old));
        if accepted.is_none() {
            return;
        }
        if new.is_never {
            let why = "every value is refused";
            return self.tell(Verdict::Breaking, ChangeKind::Type, "accepts no value now", why);
        }
        let shared = accepted & Types::declared(new);
        self.types(accepted, only(Types::accepted(new)), accepted.without(shared));
        if shared.is_none() {
            return;
        }
        values::compare(self, old, new);
        if shared.has(Types::NUMBER) {
            self.numbers(old, new, shared);
        }
        self.counts(old, new, shared);
        if shared.has(Types::STRING) {
            self.text(old, new);
        }
        if shared.has(Types::ARRAY) {
            lists::compare(self, old, new);
            self.unique(old, new);
            self.demands(old, new, &["contains", "minContains", "maxContains"]);
        }
        if shared.has(Types::OBJECT) {
            objects::compare(self, old, new);
            self.demands(old, new, &["dependentRequired"]);
            self.demands(old, new, &["dependentSchemas"]);
        }
        forms::compare(self, old, new);
        self.demands(old, new, &["if", "then", "else"]);
        self.demands(old, new, &["not"]);
        self.unevaluated(old, new);
    }

    fn types(&mut self, before: Types, after: Types, refused: Types) {
        let message = || format!("is {} now, before {}", after.words(), before.words());
        if !refused.is_none() {
            let why = format!("{} is refused", refused.words());
            self.tell(Verdict::Breaking, ChangeKind::Type, message(), why);
        } else if !after.are_in(before) {
            let why = "all that was accepted still is";
            self.tell(Verdict::Compatible, ChangeKind::Type, message(), why);
        }
    }

    fn numbers(&mut self, old: &View<'_>, new: &View<'_>, shared: Types) {
        let is_whole = !shared.has(Types::FRACTION);
        for (side, closed, open) in
            [(Side::Lower, "minimum", "exclusiveMinimum"), (Side::Upper, "maximum", "exclusiveMaximum")]
        {
            let limit = |view: &View<'_>| {
                let given = [limits::given(view, closed, false), limits::given(view, open, true)].concat();
                limits::strictest(given.into_iter().chain(limits::of_format(view, side)), side)
            };
            // Where values are listed, the outermost of them is the limit.
            let listed = limits::of_listed(values::listed(old).as_deref(), side);
            let before = limits::strictest(listed.into_iter().chain(limit(old)), side);
            let moved = limits::moved(before, limit(new), side, is_whole);
            self.limit("be", moved.filter(|moved| listed.is_none() || moved.is_narrower));
        }
        if !limits::steps_are_kept(old, new, is_whole) {
            let why = "values between these steps are refused";
            self.tell(
                Verdict::Breaking,
                ChangeKind::Limit,
                "has to be a multiple of another number now",
                why,
            );
        }
    }

    fn counts(&mut self, old: &View<'_>, new: &View<'_>, shared: Types) {
        for (types, what, least, most) in [
            (Types::STRING, "characters", "minLength", "maxLength"),
            (Types::ARRAY, "elements", "minItems", "maxItems"),
            (Types::OBJECT, "entries", "minProperties", "maxProperties"),
        ] {
            if !shared.has(types) {
                continue;
            }
            for (side, keyword) in [(Side::Lower, least), (Side::Upper, most)] {
                let none = (side == Side::Lower).then(|| Limit::closed(limits::Number::Whole(0)));
                let limit = |view| {
                    limits::strictest(limits::given(view, keyword, false).into_iter().chain(none), side)
                };
                self.limit(&format!("have {what}:"), limits::moved(limit(old), limit(new), side, true));
            }
        }
    }

    fn limit(&mut self, verb: &str, moved: Option<Moved>) {
        let Some(moved) = moved else { return };
        let words = |limit: Option<String>| limit.unwrap_or_else(|| "without this limit".to_owned());
        let (before, after) = (words(moved.before), words(moved.after));
        if moved.is_narrower {
            let message = format!("must {verb} {after}, before {before}");
            self.tell(Verdict::Breaking, ChangeKind::Limit, message, "what is out of this limit is refused");
        } else {
            let message = format!("may {verb} {after}, before {before}");
            self.tell(Verdict::Compatible, ChangeKind::Limit, message, "all that was accepted still is");
        }
    }

    fn text(&mut self, old: &View<'_>, new: &View<'_>) {
        for (keyword, what) in [("pattern", "match the expression"), ("format", "have the format")] {
            let texts = |view: &View<'_>| -> Vec<String> {
                let texts = view.each(keyword).filter_map(Value::as_str);
                texts.filter(|text| limits::range_of(text).is_none()).map(str::to_owned).collect()
            };
            let (before, after) = (texts(old), texts(new));
            for added in after.iter().filter(|text| !before.contains(text)) {
                let message = format!("must {what} {}", quoted(added));
                self.tell(Verdict::Breaking, ChangeKind::Text, message, "text that does not is refused");
            }
            for gone in before.iter().filter(|text| !after.contains(text)) {
                let message = format!("need not {what} {}", quoted(gone));
                self.tell(Verdict::Compatible, ChangeKind::Text, message, "this is asked no longer");
            }
        }
    }

    fn unique(&mut self, old: &View<'_>, new: &View<'_>) {
        let is_unique = |view: &View<'_>| view.each("uniqueItems").any(|value| *value == Value::Bool(true));
        match (is_unique(old), is_unique(new)) {
            (false, true) => {
                let why = "lists with an element twice are refused";
                self.tell(Verdict::Breaking, ChangeKind::Limit, "must not have an element twice", why);
            }
            (true, false) => {
                let why = "all that was accepted still is";
                self.tell(Verdict::Compatible, ChangeKind::Limit, "may have an element twice", why);
            }
            _ => {}
        }
    }

    /// Compares what is kept or different as a whole: whether a new demand is met by all that was
    /// accepted is not decided.
    fn demands(&mut self, old: &View<'_>, new: &View<'_>, keywords: &[&'static str]) {
        let (before, after) = (old.with_any(&keywords[..1]), new.with_any(&keywords[..1]));
        let name = quoted(keywords[0]);
        let is_kept = |map: &Map<String, Value>| {
            let is_out = |refused| keywords == ["not"] && forms::refuses(old, &new.node.at(refused).view());
            before.iter().any(|known| same_under((old.node, known), (new.node, map), keywords))
                || map.get("not").is_some_and(is_out)
        };
        if !after.iter().all(|map| is_kept(map)) {
            let message = format!("has a new or changed condition ({name} of its JSON Schema)");
            let why = "values that do not meet it are refused";
            self.tell(Verdict::Breaking, ChangeKind::Rule, message, why);
        } else if after.len() < before.len() {
            let message = format!("has a condition less ({name} of its JSON Schema)");
            self.tell(Verdict::Compatible, ChangeKind::Rule, message, "all that was accepted still is");
        }
    }

    /// What no other keyword has looked at depends on all of them.
    fn unevaluated(&mut self, old: &View<'_>, new: &View<'_>) {
        for keyword in ["unevaluatedItems", "unevaluatedProperties"] {
            let asks = new.each(keyword).any(|schema| *schema != Value::Bool(true));
            if asks && !same(old.node, new.node) {
                let message =
                    format!("is put together in another way ({} of its JSON Schema)", quoted(keyword));
                let why = "what the parts do not name may be refused";
                self.tell(Verdict::Breaking, ChangeKind::UnknownKeys, message, why);
            }
        }
    }

    /// Whether everything that one schema accepts is accepted by another, and means the same.
    pub(super) fn fits(&mut self, old: Node<'_>, new: Node<'_>) -> bool {
        let kept = std::mem::take(&mut self.changes);
        self.compare(old, new);
        let found = std::mem::replace(&mut self.changes, kept);
        found.iter().all(|change| change.verdict() != Verdict::Breaking)
    }

    /// Goes to what stands under a key.
    pub(super) fn at_key(&mut self, key: &str, look: impl FnOnce(&mut Self)) {
        let length = self.place.path.len();
        push_key(&mut self.place.path, key);
        look(self);
        self.place.path.truncate(length);
    }

    /// Goes to a place that is no key.
    pub(super) fn in_place(&mut self, mark: &str, look: impl FnOnce(&mut Self)) {
        let length = self.place.path.len();
        let mark = if length == 0 { mark.trim_start_matches('.') } else { mark };
        self.place.path.push_str(mark);
        look(self);
        self.place.path.truncate(length);
    }

    /// Goes into a variant.
    pub(super) fn in_form(&mut self, form: Option<&str>, look: impl FnOnce(&mut Self)) {
        let outer = self.place.form.clone();
        self.place.form = form.map(str::to_owned).or_else(|| outer.clone());
        look(self);
        self.place.form = outer;
    }

    /// Goes on where a key is new: names that are made of the old one are still read.
    pub(super) fn renaming(&mut self, before: &str, now: &str, look: impl FnOnce(&mut Self)) {
        self.place.renamed.push((before.to_owned(), now.to_owned()));
        look(self);
        self.place.renamed.pop();
    }

    /// Tells a difference here.
    pub(super) fn tell(
        &mut self,
        verdict: Verdict,
        kind: ChangeKind,
        message: impl Into<String>,
        why: impl Into<String>,
    ) {
        self.changes.push(Change::new(&self.place, verdict, kind, message.into(), why.into()));
    }

    /// Tells that a setting is new, with what a user wants to know of it.
    pub(super) fn tell_added(&mut self, verdict: Verdict, setting: &View<'_>, why: &str) {
        let was_secret = std::mem::replace(&mut self.place.is_secret, setting.is_secret());
        let facts = settings::facts_of(self, setting);
        self.place.is_secret = was_secret;
        let message = format!("{}{facts}", objects::introduced(setting));
        let change = Change::new(&self.place, verdict, ChangeKind::Added, message, why.to_owned());
        self.changes.push(change.with_docs(setting.note("description").and_then(Value::as_str)));
    }

    /// A value in a message.
    pub(super) fn shown(&self, value: &Value) -> String {
        self.place.shown(value)
    }

    /// Values in a message.
    pub(super) fn shown_all(&self, values: &[&Value]) -> String {
        if self.place.is_secret || values.is_empty() {
            return "certain values".to_owned();
        }
        values.iter().map(|value| self.shown(value)).collect::<Vec<_>>().join(", ")
    }
}
