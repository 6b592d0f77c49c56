//! What is read from `#[serde(…)]`. Keys that only write are ignored; keys that would change what is
//! read, but which this derive does not follow, are refused. Malformed attributes are serde's to
//! report.

use darling::ast::NestedMeta;
use proc_macro2::Span;
use syn::spanned::Spanned as _;
use syn::{Attribute, LitStr, Meta, Path, Type};

use super::forms::spelling;
use super::value::{quoted, quoted_type, string};
use crate::diag::Diag;
use crate::model::{At, Base, Conversion};
use crate::names::RenameAll;

/// Keys that have no influence on reading.
const WRITE_ONLY: [&str; 6] =
    ["serialize_with", "skip_serializing", "skip_serializing_if", "into", "expecting", "bound"];

/// What serde says about a type.
#[derive(Debug, Default)]
pub(super) struct OnType {
    pub(super) rename_all: Option<At<RenameAll>>,
    pub(super) base: Option<At<Base>>,
    pub(super) transparent: Option<Span>,
    pub(super) conversion: Option<At<Conversion>>,
    pub(super) deny_unknown_fields: bool,
    pub(super) tag: Option<At<String>>,
    pub(super) content: Option<At<String>>,
    pub(super) untagged: Option<Span>,
    pub(super) rename_all_fields: Option<At<RenameAll>>,
}

/// What serde says about a field.
#[derive(Debug, Default)]
pub(super) struct OnField {
    pub(super) rename: Option<At<String>>,
    pub(super) aliases: Vec<At<String>>,
    /// `default`, with the function if one is named.
    pub(super) default: Option<At<Option<Path>>>,
    pub(super) flatten: Option<Span>,
    pub(super) skip: Option<Span>,
    pub(super) with: Option<At<Path>>,
}

/// What serde says about a variant.
#[derive(Debug, Default)]
pub(super) struct OnVariant {
    pub(super) rename: Option<At<String>>,
    pub(super) aliases: Vec<At<String>>,
    pub(super) skip: bool,
    pub(super) other: Option<Span>,
    pub(super) rename_all: Option<RenameAll>,
}

/// Reads the attributes of a type.
pub(super) fn on_type(attrs: &[Attribute], diag: &Diag) -> OnType {
    let mut found = OnType::default();
    each(attrs, |name, item| {
        match (name, item) {
            ("rename_all", _) => {
                found.rename_all =
                    reading(item).and_then(|(span, text)| Some(At::new(span, diag.take(spelling(&text))?)));
            }
            ("default", Meta::Path(path)) => found.base = Some(At::new(path.span(), Base::Default)),
            ("default", _) => {
                found.base = path(item, diag).map(|path| At::new(path.span, Base::Function(path.value)));
            }
            ("transparent", _) => found.transparent = Some(item.span()),
            ("from" | "try_from", _) => {
                let raw = text(item).and_then(|text| diag.take(quoted_type(&text)));
                found.conversion = raw.map(|raw: Type| {
                    At::new(item.path().span(), Conversion { raw, fallible: name == "try_from" })
                });
            }
            ("deny_unknown_fields", _) => found.deny_unknown_fields = true,
            ("tag", _) => found.tag = text(item).map(|text| At::new(item.path().span(), text.value())),
            ("content", _) => {
                found.content = text(item).map(|text| At::new(item.path().span(), text.value()));
            }
            ("untagged", _) => found.untagged = Some(item.span()),
            ("rename_all_fields", _) => {
                found.rename_all_fields =
                    reading(item).and_then(|(span, text)| Some(At::new(span, diag.take(spelling(&text))?)));
            }
            // `rename` of a type names it for formats that write names.
            ("rename", _) => {}
            _ => refuse(name, item, diag),
        }
    });
    found
}

/// Reads the attributes of a field.
pub(super) fn on_field(attrs: &[Attribute], diag: &Diag) -> OnField {
    let mut found = OnField::default();
    each(attrs, |name, item| match (name, item) {
        ("rename", _) => {
            found.rename =
                reading(item).map(|(span, text)| At::new(span, text.value())).or(found.rename.take());
        }
        ("alias", _) => found.aliases.extend(text(item).map(|text| At::new(text.span(), text.value()))),
        ("default", Meta::Path(path)) => found.default = Some(At::new(path.span(), None)),
        ("default", _) => {
            found.default = path(item, diag).map(|path| At::new(path.span, Some(path.value)));
        }
        ("flatten", _) => found.flatten = Some(item.span()),
        ("skip" | "skip_deserializing", _) => found.skip = Some(item.span()),
        ("deserialize_with", _) => found.with = path(item, diag),
        ("with", _) => {
            found.with = path(item, diag).map(|mut path| {
                path.value.segments.push(syn::parse_quote!(deserialize));
                path
            });
        }
        _ => refuse(name, item, diag),
    });
    found
}

/// Reads the attributes of a variant.
pub(super) fn on_variant(attrs: &[Attribute], diag: &Diag) -> OnVariant {
    let mut found = OnVariant::default();
    each(attrs, |name, item| match name {
        "rename" => {
            found.rename =
                reading(item).map(|(span, text)| At::new(span, text.value())).or(found.rename.take());
        }
        "alias" => found.aliases.extend(text(item).map(|text| At::new(text.span(), text.value()))),
        "skip" | "skip_deserializing" => found.skip = true,
        "other" => found.other = Some(item.span()),
        "rename_all" => found.rename_all = reading(item).and_then(|(_, text)| diag.take(spelling(&text))),
        _ => refuse(name, item, diag),
    });
    found
}

/// Calls a function for each readable item of each `#[serde(…)]`.
fn each(attrs: &[Attribute], mut visit: impl FnMut(&str, &Meta)) {
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("serde")) {
        let Meta::List(list) = &attr.meta else {
            continue;
        };
        for item in NestedMeta::parse_meta_list(list.tokens.clone()).unwrap_or_default() {
            if let NestedMeta::Meta(meta) = &item
                && let Some(name) = meta.path().get_ident()
            {
                visit(&name.to_string(), meta);
            }
        }
    }
}

/// Returns the string behind `=`.
fn text(item: &Meta) -> Option<LitStr> {
    match item {
        Meta::NameValue(pair) => string(&pair.value).cloned(),
        _ => None,
    }
}

/// Returns the name that counts when reading, of `key = "name"` or `key(deserialize = "name")`.
fn reading(item: &Meta) -> Option<(Span, LitStr)> {
    let Meta::List(list) = item else {
        return text(item).map(|text| (item.path().span(), text));
    };
    let inner = NestedMeta::parse_meta_list(list.tokens.clone()).ok()?;
    inner.iter().find_map(|inner| match inner {
        NestedMeta::Meta(meta) if meta.path().is_ident("deserialize") => {
            text(meta).map(|text| (item.path().span(), text))
        }
        _ => None,
    })
}

fn path(item: &Meta, diag: &Diag) -> Option<At<Path>> {
    let path = diag.take(quoted::<Path>(&text(item)?))?;
    Some(At::new(item.path().span(), path))
}

/// Refuses a key whose meaning the derive would have to follow but does not.
fn refuse(name: &str, item: &Meta, diag: &Diag) {
    if WRITE_ONLY.contains(&name) {
        return;
    }
    let message = format!(
        "`Config` does not read `#[serde({name})]`; remove it, or read this type with serde alone, as the type of a field"
    );
    diag.error(item.path().span(), message);
}
