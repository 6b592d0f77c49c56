//! Rules on single fields: as data, and as calls.

use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::{Expr, Lit};

use super::{expanded, local, number as position, source};
use crate::model::{Field, Limit, Rule, RuleKind, Section};
use crate::parse::bare;
use crate::types;

/// Describes the rules of a field.
pub(super) fn metadata(field: &Field) -> Option<TokenStream> {
    if field.rules.is_empty() {
        return None;
    }
    let rules = field.rules.iter().map(|rule| {
        let kind = kind(&rule.kind);
        let message = match &rule.kind {
            RuleKind::Inline { message, .. } => some(Some(message)),
            _ => some(None::<&str>),
        };
        quote!(__confkit::Rule { kind: __confkit::RuleKind::#kind, message: #message })
    });
    Some(quote!(rules: &[#(#rules),*],))
}

fn kind(kind: &RuleKind) -> TokenStream {
    match kind {
        RuleKind::Range { min, max } => {
            let text = |limit: &Option<Limit>| some(limit.as_ref().map(|limit| source(&limit.value)));
            let exclusive = |limit: &Option<Limit>| limit.as_ref().is_some_and(|limit| limit.exclusive);
            let (min_text, max_text) = (text(min), text(max));
            let (min, max) = (exclusive(min), exclusive(max));
            quote!(Range { min: #min_text, max: #max_text, exclusive_min: #min, exclusive_max: #max })
        }
        RuleKind::Length { min, max, equal } => {
            let [min, max, equal] = [min, max, equal].map(|limit| some(limit.as_ref().map(source)));
            quote!(Length { min: #min, max: #max, equal: #equal })
        }
        RuleKind::NonEmpty => quote!(NonEmpty),
        RuleKind::Inline { test, .. } => {
            let source = source(test);
            quote!(Closure(#source))
        }
        RuleKind::RequiredIf { field, value } => {
            let (field, value) = (field.unraw().to_string(), source(value));
            quote!(RequiredIf { field: #field, value: #value })
        }
    }
}

fn some(value: Option<impl quote::ToTokens>) -> TokenStream {
    value.map_or_else(
        || quote!(::core::option::Option::None),
        |value| quote!(::core::option::Option::Some(#value)),
    )
}

/// Calls the rules of a field.
pub(super) fn calls(section: &Section, index: usize, field: &Field) -> TokenStream {
    field
        .rules
        .iter()
        .enumerate()
        .map(|(rule_index, rule)| call(section, index, field, rule_index, rule))
        .collect()
}

fn call(section: &Section, index: usize, field: &Field, rule_index: usize, rule: &Rule) -> TokenStream {
    let this = local("f", index);
    // A type for which there is no such rule is reported where the rule is written.
    let span = expanded(rule.span);
    let (index, rule_index) = (position(index), position(rule_index));
    let place = quote!(&__confkit_s, #index, #rule_index);
    let call = match &rule.kind {
        RuleKind::Range { min, max } => {
            let limit =
                |limit: &Option<Limit>| some(limit.as_ref().map(|limit| limit_of(field, &limit.value)));
            let (min, max) = (limit(min), limit(max));
            quote_spanned!(span=> range(#place, &#this, #min, #max))
        }
        RuleKind::Length { min, max, equal } => {
            let [min, max, equal] = [min, max, equal].map(|limit| some(limit.as_ref()));
            quote_spanned!(span=> length(#place, &#this, #min, #max, #equal))
        }
        RuleKind::NonEmpty => quote_spanned!(span=> non_empty(#place, &#this)),
        RuleKind::Inline { test, .. } => {
            let inner = field.optional().map(|_| quote!(.and_then(::core::option::Option::as_ref)));
            quote_spanned!(span=> holds(#place, #this.as_ref() #inner, #test))
        }
        RuleKind::RequiredIf { field: other, value } => {
            let Some((other, condition)) = condition(section, other, value) else {
                return TokenStream::new();
            };
            let present = quote!(#this.as_ref().map(::core::option::Option::is_some));
            quote_spanned!(span=> required_if(#place, #other, #present, #condition))
        }
    };
    quote_spanned!(span=> __confkit_cx.#call;)
}

/// Compares another field with a value; gives the other field's position too.
fn condition(section: &Section, other: &syn::Ident, value: &Expr) -> Option<(Literal, TokenStream)> {
    let name = other.unraw().to_string();
    let index = section.fields.iter().position(|field| field.name == name)?;
    let (other, it) = (local("f", index), local("v", index));
    let equals = quote!(*#it == (#value));
    let condition = if section.fields[index].optional().is_some() {
        quote!(#other.as_ref().map(|#it| #it.as_ref().is_some_and(|#it| #equals)))
    } else {
        quote!(#other.as_ref().map(|#it| #equals))
    };
    Some((position(index), condition))
}

/// Writes a limit; a whole number gets a fraction where the field is a float.
fn limit_of(field: &Field, value: &Expr) -> TokenStream {
    let float = matches!(types::name(types::exposed(&field.ty)).as_deref(), Some("f32" | "f64"));
    match bare(value) {
        Expr::Lit(literal) if float => {
            if let Lit::Int(number) = &literal.lit {
                let text = format!("{}.0", number.base10_digits());
                let number = syn::LitFloat::new(&text, literal.span());
                quote!(#number)
            } else {
                quote!(#value)
            }
        }
        Expr::Unary(negated) if float && matches!(negated.op, syn::UnOp::Neg(_)) => {
            let inner = limit_of(field, &negated.expr);
            quote!(-#inner)
        }
        _ => quote!(#value),
    }
}
