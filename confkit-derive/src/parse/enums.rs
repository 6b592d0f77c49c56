//! Enums: without data a value, with data a section in several forms.

use darling::FromMeta;
use proc_macro2::Span;
use syn::ext::IdentExt as _;
use syn::{DataEnum, DeriveInput, Fields};

use super::container::{OfType, of_type, refuse_converted};
use super::forms::Spelling;
use super::serde_attrs::{self, OnType};
use super::value::{Text, Written, take, take_all};
use super::{config_items, doc, field, refuse_validate, written};
use crate::diag::Diag;
use crate::keys::Place;
use crate::model::{At, Body, Choice, Holds, Input, Section, Tagged, Tagging, Unknown, Variant};
use crate::names::{self, RenameAll};

/// The keys of variants.
#[derive(Debug, FromMeta)]
struct VariantKeys {
    rename: Option<Written<Text>>,
    #[darling(multiple)]
    alias: Vec<Written<Text>>,
    rename_all: Option<Written<Spelling>>,
}

/// Reads an enum; `None` if there is nothing to read.
pub(super) fn input(input: &DeriveInput, data: &DataEnum, diag: &Diag) -> Option<Input> {
    let mut of = of_type(input, serde_attrs::on_type(&input.attrs, diag), Place::Enum, diag);
    if data.variants.is_empty() {
        diag.error(input.ident.span(), format!("`{}` has no variants, so no value can be read", input.ident));
        return None;
    }
    let with_data = has_data(data);
    let tagging = tagging(&mut of.serde, with_data, diag);
    if let Some(conversion) = of.serde.conversion.take() {
        converted(&of, data, diag);
        let conversion = conversion.value;
        let body = match tagging {
            Some(_) => Body::Converted(conversion),
            None => Body::Choice(Choice { variants: Vec::new(), conversion: Some(conversion) }),
        };
        return Some(of.input(input, body));
    }
    let spelling = of.rename_all(diag);
    let of_fields = of.serde.rename_all_fields.take().map(|spelling| spelling.value);
    let context = of.context(diag);
    let variants = data.variants.iter().map(|written| variant(written, spelling, of_fields, diag));
    let body = if let Some(tagging) = tagging {
        let context = context.map(|context| context.value);
        let relaxed_keys = of.relaxed_keys(diag);
        let variants = variants.map(|variant| with_type(variant, context.as_ref(), relaxed_keys)).collect();
        let unknown_keys = unknown_keys(&mut of, diag);
        Body::Tagged(Tagged { context, tagging, unknown_keys, relaxed_keys, variants })
    } else {
        let variants = variants.collect();
        useless_policy(&mut of, diag);
        if let Some(context) = context {
            diag.error(context.span, "`context` does nothing on an enum without data: it has no rules");
        }
        Body::Choice(Choice { variants, conversion: None })
    };
    Some(of.input(input, body))
}

fn has_data(data: &DataEnum) -> bool {
    data.variants.iter().any(|variant| !matches!(variant.fields, Fields::Unit))
}

/// How a document names the variant; `None` for an enum that is one of several names.
fn tagging(serde: &mut OnType, with_data: bool, diag: &Diag) -> Option<Tagging> {
    let untagged = serde.untagged.take();
    if let (Some(span), Some(_)) = (untagged, &serde.tag) {
        diag.error(span, "`untagged` and `tag` exclude each other; keep one");
    }
    match (serde.tag.take(), serde.content.take()) {
        (Some(tag), Some(content)) => {
            if tag.value == content.value {
                let message = "`tag` and `content` are the same key; give them two names";
                diag.error(content.span, message);
            }
            Some(Tagging::Adjacent { tag, content })
        }
        (Some(tag), None) => Some(Tagging::Internal { tag }),
        (None, Some(content)) => {
            diag.error(
                content.span,
                "`content` needs `tag` beside it: `#[serde(tag = \"type\", content = \"with\")]`",
            );
            None
        }
        (None, None) if untagged.is_some() => Some(Tagging::Untagged),
        (None, None) => with_data.then_some(Tagging::External),
    }
}

/// Says which keys do nothing on an enum that is converted from another type.
fn converted(of: &OfType, data: &DataEnum, diag: &Diag) {
    let mut useless = written(&of.items, Place::Enum);
    for variant in &data.variants {
        // Its mistakes are known already.
        let silent = Diag::new();
        let items = config_items(&variant.attrs, Place::Variant, &silent);
        drop(silent.finish());
        useless.extend(written(&items, Place::Variant));
    }
    refuse_converted(useless, diag);
}

fn unknown_keys(of: &mut OfType, diag: &Diag) -> Option<Unknown> {
    let denied = of.serde.deny_unknown_fields.then_some(Unknown::Deny);
    let policy = of.keys.as_mut().and_then(|keys| keys.unknown_keys.take());
    take(policy, diag).map(|policy| policy.value.0).or(denied)
}

/// An enum without data has no keys that could be unknown.
fn useless_policy(of: &mut OfType, diag: &Diag) {
    let policy = of.keys.as_mut().and_then(|keys| keys.unknown_keys.take());
    if let Some(policy) = take(policy, diag) {
        diag.error(policy.span, "`unknown_keys` does nothing on an enum without data: it has no keys");
    }
    if let Some(span) = of.relaxed_keys(diag) {
        diag.error(span, "`relaxed_keys` does nothing on an enum without data: names of variants are exact");
    }
}

fn variant(
    variant: &syn::Variant,
    spelling: Option<RenameAll>,
    of_fields: Option<RenameAll>,
    diag: &Diag,
) -> Variant {
    refuse_validate(&variant.attrs, Place::Variant, diag);
    let items = config_items(&variant.attrs, Place::Variant, diag);
    let serde = serde_attrs::on_variant(&variant.attrs, diag);
    let keys = diag.take(VariantKeys::from_list(&items).map_err(syn::Error::from));
    let (rename, alias, fields) = keys.map_or((None, Vec::new(), None), |keys| {
        (take(keys.rename, diag), take_all(keys.alias, diag), take(keys.rename_all, diag))
    });
    let rename = rename.map(|rename| At::new(rename.span, rename.value.0));
    if let (Some(ours), Some(theirs)) = (&rename, &serde.rename)
        && ours.value != theirs.value
    {
        diag.error(
            ours.span,
            format!(
                "`rename` differs from `#[serde(rename = \"{}\")]`; keep one, or make them equal",
                theirs.value
            ),
        );
    }
    let name = variant.ident.unraw().to_string();
    let spelled = || {
        At::new(
            variant.ident.span(),
            spelling.map_or_else(|| name.clone(), |spelling| spelling.variant(&name)),
        )
    };
    let mut aliases = serde.aliases;
    for alias in alias {
        if !aliases.iter().any(|other| other.value == alias.value.0) {
            aliases.push(At::new(alias.span, alias.value.0));
        }
    }
    if let (Some(fields), false) = (&fields, matches!(variant.fields, Fields::Named(_))) {
        diag.error(fields.span, "`rename_all` does nothing on a variant without named fields");
    }
    let fields = fields.map(|fields| fields.value.0).or(serde.rename_all).or(of_fields);
    let name = rename.or(serde.rename).unwrap_or_else(spelled);
    Variant {
        ident: variant.ident.clone(),
        docs: doc::docs(&variant.attrs),
        holds: holds(variant, &name.value, fields, diag),
        name,
        aliases,
        skipped: serde.skip,
        other: serde.other.is_some(),
    }
}

/// Gives a variant what is written about all variants of its enum.
fn with_type(mut variant: Variant, context: Option<&syn::Type>, relaxed_keys: Option<Span>) -> Variant {
    if let Holds::Fields(section) | Holds::Value(section) = &mut variant.holds {
        section.context = context.cloned();
    }
    // A value has no key.
    if let Holds::Fields(section) = &mut variant.holds {
        section.relaxed_keys = relaxed_keys;
    }
    variant
}

/// Reads what a variant holds.
fn holds(variant: &syn::Variant, name: &str, spelling: Option<RenameAll>, diag: &Diag) -> Holds {
    match &variant.fields {
        Fields::Unit => Holds::Nothing,
        Fields::Named(fields) => {
            let fields = fields.named.iter();
            let fields =
                fields.filter_map(|one| Some(field::field(one, one.ident.as_ref()?, spelling, diag)));
            Holds::Fields(Section { fields: fields.collect(), ..Section::default() })
        }
        Fields::Unnamed(fields) => match fields.unnamed.first() {
            Some(one) if fields.unnamed.len() == 1 => {
                let mut value = field::field(one, &variant.ident, None, diag);
                value.key.value.clear();
                if value.env_segment == names::env_segment(&value.name) {
                    value.env_segment = names::env_segment(name);
                }
                Holds::Value(Section { fields: vec![value], ..Section::default() })
            }
            _ => {
                let message = format!(
                    "a variant of {} values cannot be read, because they have no names; name them, or keep exactly one",
                    fields.unnamed.len()
                );
                diag.error(variant.ident.span(), message);
                Holds::Nothing
            }
        },
    }
}
