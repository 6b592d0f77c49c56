//! Types around one value.

use darling::FromMeta;
use syn::{DeriveInput, Visibility};

use super::container::{of_type, refuse_tagging};
use super::forms::{NestedForm, SecretForm};
use super::serde_attrs::{self, OnType};
use super::value::{Written, take};
use super::{config_items, refuse_validate};
use crate::diag::Diag;
use crate::keys::Place;
use crate::model::{Body, Input, Newtype, Secret};
use crate::types;

/// The keys of the one field.
#[derive(Debug, FromMeta)]
struct InnerKeys {
    nested: Option<Written<NestedForm>>,
    secret: Option<Written<SecretForm>>,
}

/// Reads a tuple struct of one field.
pub(super) fn newtype(input: &DeriveInput, field: &syn::Field, diag: &Diag) -> Input {
    transparent(input, field, serde_attrs::on_type(&input.attrs, diag), diag)
}

/// Reads a struct of one field that stands for it.
pub(super) fn transparent(input: &DeriveInput, field: &syn::Field, serde: OnType, diag: &Diag) -> Input {
    refuse_tagging(&serde, diag);
    let mut of = of_type(input, serde, Place::Newtype, diag);
    refuse_validate(&field.attrs, Place::Inner, diag);
    let items = config_items(&field.attrs, Place::Inner, diag);
    let keys = diag.take(InnerKeys::from_list(&items).map_err(syn::Error::from));
    let (nested, secret) =
        keys.map_or((None, None), |keys| (take(keys.nested, diag), take(keys.secret, diag)));
    if let Some(prefix) = nested.as_ref().and_then(|nested| nested.value.env_prefix.as_ref()) {
        diag.error(
            prefix.span,
            "`env_prefix` does nothing on the field of a newtype; put it on the fields that use this type",
        );
    }
    if let Some(secret) = secret.as_ref().filter(|secret| secret.value.plain) {
        diag.error(
            secret.span,
            "`secret(plain)` does nothing on the field of a newtype; put it on the fields that use this type",
        );
    }
    refuse_serde(field, diag);
    let conversion = of.serde.conversion.take();
    if let (Some(nested), Some(_)) = (&nested, &conversion) {
        diag.error(
            nested.span,
            "`nested` does nothing on a type that is converted from another one; drop it",
        );
    }
    let body = Body::Newtype(Box::new(Newtype {
        field: field.ident.clone(),
        ty: field.ty.clone(),
        nested: nested.is_some(),
        open: is_open(&input.vis, field),
        secret: secret.map(|secret| Secret { span: secret.span, plain: secret.value.plain }),
        conversion: conversion.map(|conversion| conversion.value),
    }));
    of.input(input, body)
}

/// Returns whether the type inside is certainly as visible as the newtype.
pub(crate) fn is_open(newtype: &Visibility, field: &syn::Field) -> bool {
    matches!(newtype, Visibility::Inherited)
        || matches!(field.vis, Visibility::Public(_))
        || types::is_public(&field.ty)
}

/// Refuses serde's keys that would change how the inner value is read: only its type decides here.
fn refuse_serde(field: &syn::Field, diag: &Diag) {
    let serde = serde_attrs::on_field(&field.attrs, diag);
    let found = [
        ("with", serde.with.map(|with| with.span)),
        ("default", serde.default.map(|default| default.span)),
        ("flatten", serde.flatten),
        ("skip", serde.skip),
    ];
    for (name, span) in found.into_iter().filter_map(|(name, span)| span.map(|span| (name, span))) {
        diag.error(span, format!("`#[serde({name})]` does nothing on the field of a newtype; put it on the fields that use this type"));
    }
}
