//! Reads what was written into the model. Every mistake goes to the one context; what cannot be
//! read is left out, so that the passes after this one go on.

mod arg;
mod container;
mod doc;
mod enums;
mod field;
mod forms;
mod merge;
mod newtype;
mod rules;
mod serde_attrs;
mod validator;
mod value;
mod version;

use darling::FromMeta as _;
use darling::ast::NestedMeta;
use proc_macro2::Span;
use quote::ToTokens as _;
use syn::parse::discouraged::Speculative as _;
use syn::parse::{ParseStream, Parser as _};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned as _;
use syn::{Attribute, Data, DeriveInput, Expr, Fields, Meta, MetaNameValue, Path, Token, Type};

pub(crate) use newtype::is_open;
pub(crate) use value::{bare, literal};

use crate::diag::Diag;
use crate::keys::{self, Place};
use crate::model::{At, Input};

/// Reads a derive input; `None` if nothing of its kind can be declared.
pub(crate) fn input(input: &DeriveInput, diag: &Diag) -> Option<Input> {
    if let Some(lifetime) = input.generics.lifetimes().next() {
        diag.error(
            lifetime.span(),
            format!("a settings type owns its values, so `{}` cannot have a lifetime; use `String`, `Cow<'static, str>` or another owned type", input.ident),
        );
    }
    match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => Some(container::section(input, fields, diag)),
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                Some(newtype::newtype(input, fields.unnamed.first()?, diag))
            }
            Fields::Unnamed(fields) => {
                let message = format!(
                    "a tuple struct of {} fields cannot derive `Config`, because its settings have no names; name the fields, or keep exactly one",
                    fields.unnamed.len()
                );
                diag.error(input.ident.span(), message);
                None
            }
            Fields::Unit => {
                diag.error(
                    input.ident.span(),
                    format!(
                        "a unit struct has no settings; write `struct {} {{}}` if none is meant",
                        input.ident
                    ),
                );
                None
            }
        },
        Data::Enum(data) => enums::input(input, data, diag),
        Data::Union(data) => {
            diag.error(data.union_token.span(), "a union cannot derive `Config`; use a struct or an enum");
            None
        }
    }
}

/// Returns the path of the `confkit` crate as the attributes name it, without reporting anything.
pub(crate) fn krate(attrs: &[Attribute]) -> Path {
    let silent = Diag::new();
    let items = config_items(attrs, Place::Struct, &silent);
    let path = items.iter().find_map(|item| match item {
        NestedMeta::Meta(meta) if meta.path().is_ident("crate") => forms::crate_path(meta).ok(),
        _ => None,
    });
    drop(silent.finish());
    path.unwrap_or_else(default_krate)
}

/// Returns the context that the attributes name, without reporting anything.
pub(crate) fn context(attrs: &[Attribute]) -> Option<Type> {
    let silent = Diag::new();
    let items = config_items(attrs, Place::Struct, &silent);
    let keys = container::TypeKeys::from_list(&items).ok();
    let context = value::take(keys.and_then(|keys| keys.context), &silent);
    drop(silent.finish());
    context.map(|context| context.value.0)
}

/// Returns `::confkit`.
fn default_krate() -> Path {
    syn::parse_quote!(::confkit)
}

/// Collects the items of all `#[config(…)]` that are known, allowed here and not written twice.
fn config_items(attrs: &[Attribute], place: Place, diag: &Diag) -> Vec<NestedMeta> {
    let mut good: Vec<NestedMeta> = Vec::new();
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("config")) {
        let Meta::List(list) = &attr.meta else {
            diag.error(attr.path().span(), "keys go in parentheses: `#[config(…)]`");
            continue;
        };
        for item in diag.take(items.parse2(list.tokens.clone())).unwrap_or_default() {
            if is_allowed(&item, &good, place, diag) {
                good.push(item);
            }
        }
    }
    good
}

/// Parses a list of items. The value of `context` is a type, which need not be an expression.
fn items(input: ParseStream<'_>) -> syn::Result<Punctuated<NestedMeta, Token![,]>> {
    input.parse_terminated(
        |input| {
            let ahead = input.fork();
            let Ok(pair) = typed(&ahead) else { return input.parse() };
            input.advance_to(&ahead);
            Ok(NestedMeta::Meta(Meta::NameValue(pair)))
        },
        Token![,],
    )
}

fn typed(input: ParseStream<'_>) -> syn::Result<MetaNameValue> {
    let path = Path::parse_mod_style(input)?;
    if !path.is_ident("context") {
        return Err(input.error("another key"));
    }
    let eq_token = input.parse()?;
    let value = Expr::Verbatim(input.parse::<Type>()?.into_token_stream());
    Ok(MetaNameValue { path, eq_token, value })
}

/// Returns whether an item's key is known, may stand in this place and is new here.
fn is_allowed(item: &NestedMeta, before: &[NestedMeta], place: Place, diag: &Diag) -> bool {
    let Some((name, span)) = item_key(item) else {
        diag.error(
            item.span(),
            format!("expected a key\nkeys of {}: {}", place.name(), crate::diag::list(keys::names(place))),
        );
        return false;
    };
    let Some(key) = keys::find(&name, place) else {
        diag.error(span, keys::refusal(&name, place));
        return false;
    };
    if !key.repeat && before.iter().filter_map(item_key).any(|(other, _)| other == name) {
        diag.error(span, format!("duplicate key `{name}`; write it once"));
        return false;
    }
    if let NestedMeta::NameValueInvalidExpr(pair) = item {
        diag.push(value::wrong_form(&pair.path, item.span()));
        return false;
    }
    true
}

/// Returns the key of an item as written, and its place.
fn item_key(item: &NestedMeta) -> Option<(String, Span)> {
    let path = match item {
        NestedMeta::Meta(meta) => meta.path(),
        NestedMeta::NameValueInvalidExpr(meta) => &meta.path,
        NestedMeta::Lit(_) => return None,
    };
    let words: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    Some((words.join("::"), path.span()))
}

/// Returns the keys that were written, with their places.
fn written(items: &[NestedMeta], place: Place) -> Vec<At<&'static str>> {
    let found = items.iter().filter_map(item_key);
    found.filter_map(|(name, span)| keys::find(&name, place).map(|key| At::new(span, key.name))).collect()
}

/// Refuses `#[validate(…)]` where no field can carry it.
fn refuse_validate(attrs: &[Attribute], place: Place, diag: &Diag) {
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("validate")) {
        diag.error(
            attr.path().span(),
            format!("`#[validate(…)]` belongs on a field, not on {}", place.name()),
        );
    }
}
