//! Which form of an enum with data is filled in.

use confkit_sources::NodeKind;
use confkit_sources::declared::Tagging;

use super::given::Given;
use crate::settings::{Entry, Form, Section};

/// The form that is given: by its name or, where it has none, by the keys that it takes.
pub(super) fn chosen<'s>(section: &'s Section, given: &Given<'_>) -> Option<&'s Form> {
    given.value().filter(|node| node.kind() == NodeKind::Table)?;
    let variants = section.metadata.variants()?;
    let position = match variants.tagging().tag() {
        Some(tag) => variants.position(given.under(|key| key == tag).value()?.text()),
        None if variants.tagging() == Tagging::External => {
            given.keys().into_iter().find_map(|key| variants.position(key))
        }
        None => section.forms.iter().position(|form| takes(form, &given.keys())),
    };
    section.forms.get(position?)
}

/// Whether the table of a form has all of these keys.
fn takes(form: &Form, keys: &[&str]) -> bool {
    let has = |key: &&str| {
        form.entries.iter().any(|entry| match entry {
            Entry::Setting(one) => !one.key.is_empty() && one.field.answers_to(key),
            Entry::Section(section) => section.field.is_some_and(|field| field.answers_to(key)),
            Entry::Rest(_) => true,
        })
    };
    keys.iter().all(has)
}
