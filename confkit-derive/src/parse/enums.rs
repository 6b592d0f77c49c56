//! Enums without data.

use darling::FromMeta;
use syn::ext::IdentExt as _;
use syn::{DataEnum, DeriveInput, Fields};

use super::container::{of_type, refuse_converted};
use super::serde_attrs;
use super::value::{Text, Written, take, take_all};
use super::{config_items, refuse_validate, written};
use crate::diag::Diag;
use crate::keys::Place;
use crate::model::{At, Body, Choice, Input, Variant};
use crate::names::RenameAll;

/// The keys of variants.
#[derive(Debug, FromMeta)]
struct VariantKeys {
    rename: Option<Written<Text>>,
    #[darling(multiple)]
    alias: Vec<Written<Text>>,
}

/// Reads an enum; `None` if a variant has data.
pub(super) fn choice(input: &DeriveInput, data: &DataEnum, diag: &Diag) -> Option<Input> {
    let mut of = of_type(input, serde_attrs::on_type(&input.attrs, diag), Place::Enum, diag);
    let spelling = of.rename_all(diag);
    let variants: Vec<Variant> =
        data.variants.iter().map(|written| variant(written, spelling, diag)).collect();
    if let Some(with_data) = data.variants.iter().find(|variant| !matches!(variant.fields, Fields::Unit)) {
        let message = format!(
            "only enums without data can derive `Config`; derive serde's `Deserialize` for `{}` instead and use it as the type of a field",
            input.ident
        );
        diag.error(with_data.ident.span(), message);
        return None;
    }
    if variants.is_empty() {
        diag.error(input.ident.span(), format!("`{}` has no variants, so no value can be read", input.ident));
        return None;
    }
    let conversion = of.serde.conversion.take().map(|conversion| conversion.value);
    if conversion.is_some() {
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
    Some(of.input(input, Body::Choice(Choice { variants, conversion })))
}

fn variant(variant: &syn::Variant, spelling: Option<RenameAll>, diag: &Diag) -> Variant {
    refuse_validate(&variant.attrs, Place::Variant, diag);
    let items = config_items(&variant.attrs, Place::Variant, diag);
    let serde = serde_attrs::on_variant(&variant.attrs, diag);
    let keys = diag.take(VariantKeys::from_list(&items).map_err(syn::Error::from));
    let (rename, alias) =
        keys.map_or((None, Vec::new()), |keys| (take(keys.rename, diag), take_all(keys.alias, diag)));
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
    Variant {
        ident: variant.ident.clone(),
        name: rename.or(serde.rename).unwrap_or_else(spelled),
        aliases,
        skipped: serde.skip,
        other: serde.other.is_some(),
    }
}
