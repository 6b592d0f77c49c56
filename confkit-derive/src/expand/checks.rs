//! `check(…)`: which fields an expression uses, and the same expression over local names.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt as _;

use super::{local, number};
use crate::model::{Check, Section};

/// How an expression uses `self`.
#[derive(Debug, Default)]
pub(crate) struct SelfUses {
    /// The fields in `self.field`, each once.
    pub(crate) fields: Vec<Ident>,
    /// Whether `self` is used in any other way, so that the whole value is needed.
    pub(crate) whole: bool,
}

/// Finds every use of `self`, also inside macro calls.
pub(crate) fn self_uses(expr: &TokenStream) -> SelfUses {
    let mut uses = SelfUses::default();
    rewrite(expr.clone(), &mut |_, field| {
        match field {
            Some(field) if !uses.fields.contains(field) => uses.fields.push(field.clone()),
            Some(_) => {}
            None => uses.whole = true,
        }
        TokenStream::new()
    });
    uses
}

/// Replaces `self.field` and any other `self` by what a function returns.
fn rewrite(
    tokens: TokenStream,
    replace: &mut impl FnMut(Span, Option<&Ident>) -> TokenStream,
) -> TokenStream {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut output = TokenStream::new();
    let mut index = 0;
    while let Some(token) = tokens.get(index) {
        index += 1;
        match token {
            TokenTree::Ident(word) if word == "self" => match field_after(&tokens[index..]) {
                Some(field) => {
                    output.extend(replace(word.span(), Some(field)));
                    index += 2;
                }
                None => output.extend(replace(word.span(), None)),
            },
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), rewrite(group.stream(), replace));
                inner.set_span(group.span());
                output.extend([TokenTree::Group(inner)]);
            }
            other => output.extend([other.clone()]),
        }
    }
    output
}

/// Returns the field in `.field`, unless it is a method call.
fn field_after(rest: &[TokenTree]) -> Option<&Ident> {
    match rest {
        [TokenTree::Punct(dot), TokenTree::Ident(_), TokenTree::Group(group), ..]
            if dot.as_char() == '.' && group.delimiter() == proc_macro2::Delimiter::Parenthesis =>
        {
            None
        }
        [TokenTree::Punct(dot), TokenTree::Ident(field), ..] if dot.as_char() == '.' => Some(field),
        _ => None,
    }
}

/// Returns the positions of the fields that a check needs; empty if it needs the whole value.
pub(super) fn positions(section: &Section, check: &Check) -> Vec<usize> {
    let uses = self_uses(&check.expr);
    if uses.whole {
        return Vec::new();
    }
    uses.fields.iter().filter_map(|field| position(section, field)).collect()
}

fn position(section: &Section, field: &Ident) -> Option<usize> {
    let name = field.unraw().to_string();
    section.fields.iter().position(|field| field.name == name)
}

/// Returns whether any check needs the whole value.
pub(super) fn any_whole(section: &Section) -> bool {
    section.checks.iter().any(|check| self_uses(&check.expr).whole)
}

/// Judges a check as soon as the fields it names were read.
pub(super) fn over_fields(section: &Section, index: usize, check: &Check) -> Option<TokenStream> {
    if self_uses(&check.expr).whole {
        return None;
    }
    let positions = positions(section, check);
    let expr = rewrite(check.expr.clone(), &mut |span, field| {
        let value = field.and_then(|field| position(section, field)).map(|index| local("v", index));
        // The parentheses are the expansion's, so that no lint asks the user to drop them.
        let span = Span::mixed_site().located_at(span);
        quote_spanned!(span=> (*#value))
    });
    let fields = positions.iter().map(|index| local("f", *index));
    let values: Vec<Ident> = positions.iter().map(|index| local("v", *index)).collect();
    let index = number(index);
    Some(quote! {
        __confkit_cx.check(&__confkit_s, #index, match (#(&#fields,)*) {
            (#(::core::option::Option::Some(#values),)*) => ::core::option::Option::Some(|| -> bool { #expr }),
            _ => ::core::option::Option::None,
        });
    })
}

/// Judges a check once the whole value is there.
pub(super) fn over_whole(index: usize, check: &Check) -> Option<TokenStream> {
    if !self_uses(&check.expr).whole {
        return None;
    }
    let local = |span| Ident::new("__confkit_this", Span::mixed_site().located_at(span));
    let expr = rewrite(check.expr.clone(), &mut |span, field| {
        let this = local(span);
        if let Some(field) = field { quote!(#this.#field) } else { quote!(#this) }
    });
    let this = local(Span::mixed_site());
    let index = number(index);
    Some(quote! {
        __confkit_cx.check(
            &__confkit_s,
            #index,
            __confkit_whole.as_ref().map(|#this| move || -> bool { #expr }),
        );
    })
}
