//! Values in one of several forms: `anyOf` and `oneOf`.

use serde_json::Value;

use super::change::{ChangeKind, Verdict};
use super::same::{equal, same};
use super::schema::{Node, View};
use super::types::Types;
use super::values::{listed, listed_by};
use super::walk::Walk;
use super::within::quoted;

/// The forms of one `anyOf` or `oneOf`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Forms<'s> {
    node: Node<'s>,
    forms: &'s [Value],
    /// Not more than one form may fit.
    pub(super) is_one: bool,
}

impl<'s> Forms<'s> {
    pub(super) fn nodes(self) -> impl Iterator<Item = Node<'s>> {
        self.forms.iter().map(move |form| self.node.at(form))
    }

    fn is_same(self, other: Self) -> bool {
        self.is_one == other.is_one
            && self.forms.len() == other.forms.len()
            && self.nodes().zip(other.nodes()).all(|(one, other)| same(one, other))
    }

    /// Whether no value can have two of the forms.
    fn are_apart(self) -> bool {
        let views: Vec<View<'_>> = self.nodes().map(Node::view).collect();
        views.iter().enumerate().all(|(index, one)| views[..index].iter().all(|other| are_apart(one, other)))
    }
}

/// All forms that a schema asks for.
pub(super) fn groups<'s>(view: &View<'s>) -> Vec<Forms<'s>> {
    let of = |keyword, is_one| {
        view.each(keyword)
            .filter_map(Value::as_array)
            .map(move |forms| Forms { node: view.node, forms, is_one })
            .collect::<Vec<_>>()
    };
    [of("oneOf", true), of("anyOf", false)].concat()
}

/// Compares forms, apart from those that only list values.
pub(super) fn compare(walk: &mut Walk, old: &View<'_>, new: &View<'_>) {
    let (before, mut after) = (groups(old), groups(new));
    after.retain(|forms| listed_by(forms).is_none());
    for (index, &forms) in after.iter().enumerate() {
        let known = before.iter().find(|known| known.is_same(forms));
        match known.or_else(|| before.get(index)).or_else(|| before.first()) {
            Some(&known) => between(walk, old, known, forms),
            None => from_single(walk, old, forms),
        }
    }
    if after.is_empty() && listed(new).is_none() && before.iter().any(|forms| listed_by(forms).is_none()) {
        let why = "all that was accepted still is";
        walk.tell(Verdict::Compatible, ChangeKind::VariantAdded, "is no longer bound to its forms", why);
    }
}

/// What had no forms before has to fit one of them.
fn from_single(walk: &mut Walk, old: &View<'_>, new: Forms<'_>) {
    let fits = new.nodes().any(|form| walk.fits(old.node, form));
    if !fits || (new.is_one && !new.are_apart()) {
        let why = "values that have none of the forms, or several where one is asked for, are refused";
        walk.tell(Verdict::Breaking, ChangeKind::VariantRemoved, "has to have one of several forms now", why);
    }
}

fn between(walk: &mut Walk, whole: &View<'_>, old: Forms<'_>, new: Forms<'_>) {
    if new.is_one && !new.are_apart() && !old.is_same(new) && !is_extended(whole, old, new) {
        let message = "has other forms, of which a value may have several";
        let why = "a value that has several forms where one is asked for is refused";
        walk.tell(Verdict::Breaking, ChangeKind::VariantRemoved, message, why);
    }
    let before: Vec<(Node<'_>, Option<String>)> = with_labels(old);
    let after: Vec<(Node<'_>, Option<String>)> = with_labels(new);
    let mut taken = vec![false; after.len()];
    for (index, (form, label)) in before.iter().enumerate() {
        let named = label.as_ref().and_then(|_| after.iter().position(|(_, other)| other == label));
        let partner = named.or_else(|| fitting(walk, *form, index, &after));
        // Forms without names are told apart by their place.
        let placed = || (label.is_none() && after.get(index)?.1.is_none()).then_some(index);
        match partner.or_else(placed) {
            Some(partner) => {
                taken[partner] = true;
                walk.in_form(label.as_deref(), |walk| walk.compare(*form, after[partner].0));
            }
            None => removed(walk, label.as_deref()),
        }
    }
    for ((_, label), _) in after.iter().zip(taken).filter(|(_, taken)| !taken) {
        let message = match label {
            Some(label) => format!("has the variant {}, too", quoted(label)),
            None => "has one form more".to_owned(),
        };
        walk.tell(Verdict::Compatible, ChangeKind::VariantAdded, message, "all that was accepted still is");
    }
}

/// A form that accepts all that another one did, the one in the same place before others.
fn fitting(
    walk: &mut Walk,
    form: Node<'_>,
    index: usize,
    forms: &[(Node<'_>, Option<String>)],
) -> Option<usize> {
    let mut places = (index..forms.len()).chain(0..index.min(forms.len()));
    places.find(|place| walk.fits(form, forms[*place].0))
}

/// Whether no value that was accepted has more forms than before.
fn is_extended(whole: &View<'_>, old: Forms<'_>, new: Forms<'_>) -> bool {
    let is_known = |form: Node<'_>| old.nodes().filter(|known| same(*known, form)).count() == 1;
    let (kept, added): (Vec<Node<'_>>, Vec<Node<'_>>) = new.nodes().partition(|form| is_known(*form));
    let is_twice = |(index, form): (usize, &Node<'_>)| kept[..index].iter().any(|other| same(*other, *form));
    old.is_one
        && !kept.iter().enumerate().any(is_twice)
        && added.into_iter().all(|form| refuses(whole, &form.view()))
}

fn removed(walk: &mut Walk, label: Option<&str>) {
    let message = match label {
        Some(label) => format!("no longer has the variant {}", quoted(label)),
        None => "no longer has one of its forms".to_owned(),
    };
    walk.tell(Verdict::Breaking, ChangeKind::VariantRemoved, message, "values of this form are refused");
}

/// The forms with names that only one of them has.
fn with_labels(forms: Forms<'_>) -> Vec<(Node<'_>, Option<String>)> {
    let named: Vec<(Node<'_>, Option<String>)> =
        forms.nodes().map(|form| (form, label(&form.view()))).collect();
    let is_unique =
        |label: &String| named.iter().filter(|(_, other)| other.as_ref() == Some(label)).count() == 1;
    named.iter().map(|(form, label)| (*form, label.clone().filter(is_unique))).collect()
}

/// What a form is called: by its tag, its only key, its only value, its title, or its type.
fn label(view: &View<'_>) -> Option<String> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    if let Some((_, names)) = tags(view).first() {
        return names.first().map(|name| text(name));
    }
    if let [key] = view.required().collect::<Vec<_>>()[..] {
        return Some(key.to_owned());
    }
    if let Some([value]) = listed(view).as_deref() {
        return Some(text(value));
    }
    let title = view.note("title").and_then(Value::as_str).map(str::to_owned);
    let types = Types::accepted(view);
    title.or_else(|| (!types.has(Types::OBJECT)).then(|| types.words()))
}

/// Required keys that have to have one of a few values.
fn tags<'s>(view: &View<'s>) -> Vec<(&'s str, Vec<&'s Value>)> {
    let values = |key: &'s str| {
        let mut schemas = view.each("properties").filter_map(|properties| properties.get(key));
        Some((key, schemas.find_map(|schema| listed(&view.node.at(schema).view()))?))
    };
    view.required().filter_map(values).collect()
}

/// Whether two forms have no value in common, as far as that can be seen.
fn are_apart(one: &View<'_>, other: &View<'_>) -> bool {
    if !Types::accepted(one).has(Types::accepted(other)) {
        return true;
    }
    let share =
        |one: &[&Value], other: &[&Value]| one.iter().any(|one| other.iter().any(|other| equal(one, other)));
    if let (Some(one), Some(other)) = (listed(one), listed(other))
        && !share(&one, &other)
    {
        return true;
    }
    let are_tables = [one, other].iter().all(|view| Types::accepted(view) == Types::OBJECT);
    let (tags, others) = (tags(one), tags(other));
    let by_tag = || {
        tags.iter().any(|(key, names)| {
            others.iter().any(|(other, other_names)| key == other && !share(names, other_names))
        })
    };
    are_tables
        && (by_tag()
            || needs_what_is_refused(one, other)
            || needs_what_is_refused(other, one)
            || have_no_key_in_common(one, other))
}

/// Whether a table accepts nothing that has a form.
pub(super) fn refuses(table: &View<'_>, form: &View<'_>) -> bool {
    let by_forms =
        || groups(form).into_iter().any(|forms| forms.nodes().all(|form| refuses(table, &form.view())));
    Types::accepted(table) == Types::OBJECT && (needs_what_is_refused(form, table) || by_forms())
}

/// Whether one form requires a key that another refuses.
fn needs_what_is_refused(one: &View<'_>, other: &View<'_>) -> bool {
    one.required().any(|key| keys_of_closed(other).any(|keys| !keys.contains(&key)))
}

/// Whether two tables have no key in common, of which one has to have a key.
fn have_no_key_in_common(one: &View<'_>, other: &View<'_>) -> bool {
    let has_some = |view: &View<'_>| {
        view.each("minProperties").any(|least| least.as_u64().is_some_and(|least| least > 0))
    };
    (has_some(one) || has_some(other))
        && keys_of_closed(one)
            .any(|keys| keys_of_closed(other).any(|others| !keys.iter().any(|key| others.contains(key))))
}

/// The keys of tables that refuse all others.
fn keys_of_closed<'s>(view: &View<'s>) -> impl Iterator<Item = Vec<&'s str>> {
    let is_closed = |map: &&&serde_json::Map<String, Value>| {
        map.get("additionalProperties") == Some(&Value::Bool(false)) && !map.contains_key("patternProperties")
    };
    let keys = |map: &&'s serde_json::Map<String, Value>| {
        map.get("properties")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
            .map(|(key, _)| key.as_str())
            .collect()
    };
    let closed: Vec<Vec<&str>> = view.maps().iter().filter(is_closed).map(keys).collect();
    closed.into_iter()
}
