//! Rules that can never hold, or that never apply to a field's type.

use std::cmp::Ordering;

use proc_macro2::Span;
use syn::Expr;
use syn::spanned::Spanned as _;

use super::numbers::{Number, fits, integer};
use crate::diag::Diag;
use crate::model::{Content, Field, Limit, RuleKind, Section};
use crate::types;

/// Checks the limits of every field.
pub(super) fn run(section: &Section, diag: &Diag) {
    for field in &section.fields {
        for rule in &field.rules {
            match &rule.kind {
                RuleKind::Range { min, max } => {
                    range_applies(field, rule.span, diag);
                    range(field, min.as_ref(), max.as_ref(), diag);
                }
                RuleKind::Length { min, max, equal } => {
                    length_applies(field, "length", rule.span, diag);
                    length(min.as_ref(), max.as_ref(), equal.as_ref(), diag);
                }
                RuleKind::NonEmpty => length_applies(field, "non_empty", rule.span, diag),
                RuleKind::Inline { .. } | RuleKind::RequiredIf { .. } => {}
            }
        }
    }
}

/// A range compares numbers.
fn range_applies(field: &Field, span: Span, diag: &Diag) {
    let ty = types::exposed(&field.ty);
    let name = types::name(ty);
    let countable = types::element(ty).is_some()
        || types::is_map(ty)
        || matches!(name.as_deref(), Some("String" | "str" | "PathBuf"));
    if countable {
        diag.error(span, "`range` compares numbers; use `length` for text, lists and maps");
    } else if matches!(name.as_deref(), Some("bool")) {
        diag.error(span, "`range` compares numbers; a `bool` is none");
    } else if matches!(field.content, Content::Nested | Content::Flattened) {
        diag.error(span, "`range` compares numbers; a section is none");
    }
}

/// A length counts characters or elements.
fn length_applies(field: &Field, rule: &str, span: Span, diag: &Diag) {
    let ty = types::exposed(&field.ty);
    let name = types::name(ty).unwrap_or_default();
    let number = integer(&name).is_some() || matches!(name.as_str(), "f32" | "f64");
    if number {
        diag.error(span, format!("`{rule}` counts characters or elements; use `range` for numbers"));
    } else if matches!(
        name.as_str(),
        "bool" | "char" | "Duration" | "IpAddr" | "Ipv4Addr" | "Ipv6Addr" | "SocketAddr"
    ) {
        diag.error(span, format!("`{rule}` counts characters or elements; a `{name}` has none"));
    } else if matches!(field.content, Content::Flattened) {
        diag.error(span, format!("`{rule}` counts characters or elements; a flattened section has none"));
    }
}

fn range(field: &Field, min: Option<&Limit>, max: Option<&Limit>, diag: &Diag) {
    let name = types::name(types::exposed(&field.ty)).unwrap_or_default();
    let mut readable = true;
    for limit in [min, max].into_iter().flatten() {
        let (Some(number), Some(bounds)) = (Number::of(&limit.value), integer(&name)) else {
            continue;
        };
        if matches!(number, Number::Float(_)) {
            diag.error(limit.value.span(), format!("a limit of `{name}` is a whole number"));
            readable = false;
        } else if !fits(number, bounds) {
            diag.error(
                limit.value.span(),
                format!("this limit does not fit `{name}`, so the rule does nothing or never holds"),
            );
            readable = false;
        }
    }
    let (Some(min), Some(max), true) = (min, max, readable) else {
        return;
    };
    let (Some(least), Some(greatest)) = (Number::of(&min.value), Number::of(&max.value)) else {
        return;
    };
    let empty = match least.compare(greatest) {
        Some(Ordering::Greater) => true,
        Some(Ordering::Equal) => min.exclusive || max.exclusive,
        _ => false,
    };
    if empty {
        diag.error(max.value.span(), "no value is in this range: its end lies before its start");
    }
}

fn length(min: Option<&Expr>, max: Option<&Expr>, equal: Option<&Expr>, diag: &Diag) {
    for limit in [min, max, equal].into_iter().flatten() {
        let whole = Number::of(limit).is_none_or(|number| fits(number, (0, u64::MAX.into())));
        let literal = matches!(limit, Expr::Lit(literal) if !matches!(literal.lit, syn::Lit::Int(_)));
        if !whole || literal {
            diag.error(limit.span(), "a length is a whole number that is not negative");
            return;
        }
    }
    let numbers = (min.and_then(Number::of), max.and_then(Number::of));
    if let ((Some(least), Some(greatest)), Some(max)) = (numbers, max)
        && least.compare(greatest) == Some(Ordering::Greater)
    {
        diag.error(max.span(), "no length is in this range: its end lies before its start");
    }
}
