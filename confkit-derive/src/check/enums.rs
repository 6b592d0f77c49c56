//! Variants: their names, their tag, and what they hold.

use crate::diag::Diag;
use crate::model::{At, Content, Field, Holds, Section, Tagged, Tagging, Variant};

/// Keys that do nothing on the one value of a variant, with the reason.
const ON_VALUE: [(&str, &str); 14] = [
    ("rename", "the variant has the name"),
    ("alias", "the variant has the name"),
    ("env", "its variable is named after the variant"),
    ("env_alias", "its variable is named after the variant"),
    ("default", "a variant that is chosen has its value"),
    ("default_fn", "a variant that is chosen has its value"),
    ("required", "a variant that is chosen has its value"),
    ("required_if", "a variant that is chosen has its value"),
    ("required_unless", "a variant that is chosen has its value"),
    ("required_with", "a variant that is chosen has its value"),
    ("requires", "nothing stands beside it"),
    ("conflicts_with", "nothing stands beside it"),
    ("flatten", "nothing stands beside it"),
    ("skip", "the variant itself can be skipped, with `#[serde(skip)]`"),
];

/// Checks an enum with data.
pub(super) fn tagged(tagged: &Tagged, diag: &Diag) {
    names(&tagged.variants, diag);
    let with_fields = tagged.variants.iter().filter_map(|variant| match &variant.holds {
        Holds::Fields(section) => Some(section),
        _ => None,
    });
    super::names::relaxes_something(tagged.relaxed_keys, with_fields, diag);
    for variant in tagged.variants.iter().filter(|variant| !variant.skipped) {
        match &variant.holds {
            Holds::Nothing => {}
            Holds::Fields(section) => {
                super::section(section, diag);
                tag_among(&tagged.tagging, section, diag);
            }
            Holds::Value(section) => {
                super::section(section, diag);
                section.fields.iter().for_each(|field| value(&tagged.tagging, variant, field, diag));
            }
        }
        if variant.other && !matches!(variant.holds, Holds::Nothing) {
            let message =
                "`#[serde(other)]` stands for names that are not known, so that its variant holds nothing";
            diag.error(variant.ident.span(), message);
        }
        if variant.other && matches!(tagged.tagging, Tagging::Untagged) {
            diag.error(
                variant.ident.span(),
                "`#[serde(other)]` does nothing on an untagged enum: no name is read",
            );
        }
    }
}

/// Refuses a field that has the key of the tag.
fn tag_among(tagging: &Tagging, section: &Section, diag: &Diag) {
    let Tagging::Internal { tag } = tagging else { return };
    for field in section.fields.iter().filter(|field| field.has_key()) {
        let relaxed = section.relaxed_keys.is_some();
        let is_tag = |key: &&At<String>| {
            key.value == tag.value || (relaxed && crate::names::alike(&key.value, &tag.value))
        };
        if let Some(key) = field.keys().find(is_tag) {
            diag.error(
                key.span,
                format!("`{}` is the tag of this enum; rename the field, or the tag", key.value),
            );
        }
    }
}

/// Checks the one value of a variant.
fn value(tagging: &Tagging, variant: &Variant, field: &Field, diag: &Diag) {
    for (key, reason) in ON_VALUE {
        if let Some(span) = field.wrote(key) {
            diag.error(span, format!("`{key}` does nothing on the value of a variant: {reason}"));
        }
    }
    let nested = matches!(field.content, Content::Nested);
    if let (Tagging::Internal { tag }, false) = (tagging, nested) {
        let message = format!(
            "the keys of `{}` stand beside the tag `{}`, so that it has to be a settings type; write `#[config(nested)]` before its type, or name the field",
            variant.ident, tag.value
        );
        diag.over(&field.ty, message);
    }
    if let (Some(span), Tagging::Internal { .. } | Tagging::Untagged) = (field.wrote("nested"), tagging)
        && variant.given_segment(field).is_some()
    {
        diag.error(span, "`env_prefix` does nothing here: the section has no key of its own");
    }
}

/// Refuses two variants with one name, two `other` variants, and names without effect.
pub(super) fn names(variants: &[Variant], diag: &Diag) {
    let mut others = variants.iter().filter(|variant| variant.other);
    if let (Some(first), Some(second)) = (others.next(), others.next()) {
        let message = format!("only one variant can be `#[serde(other)]`; `{}` is one already", first.ident);
        diag.error(second.ident.span(), message);
    }
    if variants.iter().all(|variant| variant.skipped)
        && let Some(variant) = variants.first()
    {
        diag.error(variant.ident.span(), "every variant is skipped, so no value can be read");
    }
    let mut seen: Vec<(&At<String>, &Variant)> = Vec::new();
    for variant in variants.iter().filter(|variant| !variant.skipped) {
        for name in std::iter::once(&variant.name).chain(&variant.aliases) {
            match seen.iter().find(|(other, _)| other.value == name.value) {
                Some((_, other)) if other.ident == variant.ident => {
                    diag.error(
                        name.span,
                        format!("`{}` names this variant already; drop the alias", name.value),
                    );
                }
                Some((_, other)) => {
                    diag.error(
                        name.span,
                        format!(
                            "two variants are named `{}`: `{}` and `{}`",
                            name.value, other.ident, variant.ident
                        ),
                    );
                }
                None => seen.push((name, variant)),
            }
        }
    }
}
