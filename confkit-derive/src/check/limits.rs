//! Rules that can never hold, or that never apply to a field's type.

use std::cmp::Ordering;

use proc_macro2::Span;
use syn::spanned::Spanned as _;
use syn::{Expr, Type};

use super::numbers::{Number, fits, integer};
use crate::diag::Diag;
use crate::model::{CheckKind, Content, Limit, Rule, RuleKind, Section};
use crate::types;

/// Checks the limits of every field.
pub(super) fn run(section: &Section, diag: &Diag) {
    for field in &section.fields {
        let subject = Subject { ty: &field.ty, content: Some(&field.content) };
        field.rules.iter().for_each(|rule| of_rule(subject, rule, section, diag));
        let refined = field.refinements.iter().flat_map(|refinement| &refinement.rules);
        refined.for_each(|rule| context(rule, section, diag));
    }
    for check in &section.checks {
        if matches!(check.kind, CheckKind::Function { context: true, .. }) && section.context.is_none() {
            diag.error(check.span, NO_CONTEXT);
        }
    }
}

/// What a rule judges.
#[derive(Clone, Copy)]
struct Subject<'s> {
    ty: &'s Type,
    /// What the field holds; elements and keys have no field.
    content: Option<&'s Content>,
}

fn of_rule(subject: Subject<'_>, rule: &Rule, section: &Section, diag: &Diag) {
    context(rule, section, diag);
    match &rule.kind {
        RuleKind::Range { min, max } => {
            range_applies(subject, rule.span, diag);
            range(subject.ty, min.as_ref(), max.as_ref(), diag);
        }
        RuleKind::Length { min, max, equal } => {
            length_applies(subject, "length", rule.span, diag);
            length(min.as_ref(), max.as_ref(), equal.as_ref(), diag);
        }
        RuleKind::NonEmpty => length_applies(subject, "non_empty", rule.span, diag),
        RuleKind::Meaning(meaning) => text_applies(subject, meaning.name, rule.span, diag),
        RuleKind::Regex(_) => text_applies(subject, "regex", rule.span, diag),
        RuleKind::OneOf(values) => allowed(subject, values, diag),
        RuleKind::Each(rules) => {
            let ty = types::exposed(subject.ty);
            let element =
                if types::is_map(ty) { types::arguments(ty).get(1).copied() } else { types::element(ty) };
            if element.is_none() && is_plain(ty) {
                let message = "`each` goes through a list, set or map; put the rules on the value itself";
                diag.error(rule.span, message);
            }
            inner(element, rules, section, diag);
        }
        RuleKind::Keys(rules) => {
            let ty = types::exposed(subject.ty);
            if is_plain(ty) || types::element(ty).is_some() {
                diag.error(rule.span, "`keys` goes through the keys of a map");
            }
            let key = types::arguments(ty).first().copied().filter(|_| types::is_map(ty));
            inner(key, rules, section, diag);
        }
        _ => {}
    }
}

/// Rules on elements or keys, whose type may not be visible.
fn inner(ty: Option<&Type>, rules: &[Rule], section: &Section, diag: &Diag) {
    for rule in rules {
        match ty {
            Some(ty) => of_rule(Subject { ty, content: None }, rule, section, diag),
            None => context(rule, section, diag),
        }
    }
}

/// A rule with a context needs a type that has one.
fn context(rule: &Rule, section: &Section, diag: &Diag) {
    if crate::expand::uses_context(&rule.kind) && section.context.is_none() {
        diag.error(rule.span, NO_CONTEXT);
    }
}

const NO_CONTEXT: &str = "this rule takes a context; name its type on the struct with `context = Type`";

/// Whether a type is certainly a single value.
pub(super) fn is_plain(ty: &Type) -> bool {
    let name = types::name(ty).unwrap_or_default();
    integer(&name).is_some()
        || matches!(name.as_str(), "f32" | "f64" | "bool" | "char" | "String" | "PathBuf" | "Duration")
}

/// A rule on what text means reads text.
fn text_applies(subject: Subject<'_>, rule: &str, span: Span, diag: &Diag) {
    let ty = types::exposed(subject.ty);
    let name = types::name(ty).unwrap_or_default();
    let several = types::element(ty).is_some() || types::is_map(ty);
    let single = is_plain(ty) && !matches!(name.as_str(), "String" | "PathBuf");
    if several {
        diag.error(span, format!("`{rule}` reads text; for elements write `each({rule})`"));
    } else if single || matches!(name.as_str(), "IpAddr" | "Ipv4Addr" | "Ipv6Addr" | "SocketAddr") {
        diag.error(span, format!("`{rule}` reads text; a `{name}` is none"));
    } else if matches!(subject.content, Some(Content::Nested | Content::Flattened)) {
        diag.error(span, format!("`{rule}` reads text; a section is none"));
    }
}

/// Values of `one_of` are of the field's type.
fn allowed(subject: Subject<'_>, values: &[Expr], diag: &Diag) {
    let name = types::name(types::exposed(subject.ty)).unwrap_or_default();
    for (index, value) in values.iter().enumerate() {
        let text = matches!(value, Expr::Lit(literal) if matches!(literal.lit, syn::Lit::Str(_)));
        let number = Number::of(value).is_some();
        if (integer(&name).is_some() || matches!(name.as_str(), "f32" | "f64")) && text {
            diag.error(value.span(), format!("this is no `{name}`"));
        } else if name == "String" && number {
            diag.error(value.span(), "this is no text; write it in quotation marks");
        }
        if let (Some(number), Some(bounds)) = (Number::of(value), integer(&name))
            && !matches!(number, Number::Float(_))
            && !fits(number, bounds)
        {
            diag.error(
                value.span(),
                format!("this does not fit `{name}`, so that no value is ever this one"),
            );
        }
        let shown = crate::text::of(quote::quote!(#value));
        if values[..index].iter().any(|other| crate::text::of(quote::quote!(#other)) == shown) {
            diag.error(value.span(), "this is named twice; name it once");
        }
    }
}

/// A range compares numbers.
fn range_applies(subject: Subject<'_>, span: Span, diag: &Diag) {
    let ty = types::exposed(subject.ty);
    let name = types::name(ty);
    let countable = types::element(ty).is_some()
        || types::is_map(ty)
        || matches!(name.as_deref(), Some("String" | "str" | "PathBuf"));
    if countable {
        diag.error(span, "`range` compares numbers; use `length` for text, lists and maps");
    } else if matches!(name.as_deref(), Some("bool")) {
        diag.error(span, "`range` compares numbers; a `bool` is none");
    } else if matches!(subject.content, Some(Content::Nested | Content::Flattened)) {
        diag.error(span, "`range` compares numbers; a section is none");
    }
}

/// A length counts characters or elements.
fn length_applies(subject: Subject<'_>, rule: &str, span: Span, diag: &Diag) {
    let ty = types::exposed(subject.ty);
    let name = types::name(ty).unwrap_or_default();
    let number = integer(&name).is_some() || matches!(name.as_str(), "f32" | "f64");
    if number {
        diag.error(span, format!("`{rule}` counts characters or elements; use `range` for numbers"));
    } else if matches!(
        name.as_str(),
        "bool" | "char" | "Duration" | "IpAddr" | "Ipv4Addr" | "Ipv6Addr" | "SocketAddr"
    ) {
        diag.error(span, format!("`{rule}` counts characters or elements; a `{name}` has none"));
    } else if matches!(subject.content, Some(Content::Flattened)) {
        diag.error(span, format!("`{rule}` counts characters or elements; a flattened section has none"));
    }
}

fn range(ty: &Type, min: Option<&Limit>, max: Option<&Limit>, diag: &Diag) {
    let name = types::name(types::exposed(ty)).unwrap_or_default();
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
