//! Bounds of the implementations: what the fields' types need, or what `bound` says.

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens as _, quote};
use syn::{Generics, Ident, Type, WherePredicate, parse_quote};

use super::with_predicates;
use crate::model::{Content, Default, Field, Input, Reader, Section};
use crate::types;

/// Generics with nothing but the type's own bounds and `bound`.
pub(super) fn given(input: &Input) -> Generics {
    with_predicates(&input.generics, input.bound.clone().unwrap_or_default())
}

/// Generics of a section, or of several that are variants: each parameter gets what the fields that
/// use it ask for.
pub(super) fn sections<'s>(input: &Input, sections: impl IntoIterator<Item = &'s Section>) -> Generics {
    if input.bound.is_some() {
        return given(input);
    }
    let mut found = Vec::new();
    for field in sections.into_iter().flat_map(|section| &section.fields) {
        if field.is_section() {
            nested(input, &field.ty, &mut found);
        }
        for bound in wanted(field) {
            predicates(&input.generics, &field.ty, &bound, &mut found);
        }
    }
    with_predicates(&input.generics, found)
}

/// A parameter that stands for a settings type has to be one, and to need no context: which one there
/// is would have to be said for every parameter. What the parameters of another settings type have to
/// be, that type knows; a type inside itself asks for nothing.
fn nested(input: &Input, ty: &Type, found: &mut Vec<WherePredicate>) {
    let section = types::section(ty);
    let of_itself = types::last(section).is_some_and(|last| last.ident == input.ident);
    let mut generic = Vec::new();
    let bound = quote!(__confkit::Config<Context = ()>);
    predicates(&input.generics, section, &bound, &mut generic);
    let is_parameter = types::arguments(section).is_empty();
    if generic.is_empty() || (of_itself && !is_parameter) {
        return;
    }
    if !is_parameter {
        generic = vec![parse_quote!(#section: #bound)];
    }
    generic.retain(|predicate| !found.contains(predicate));
    found.extend(generic);
}

/// Generics of a type around one value, which has to fulfil one trait.
pub(super) fn newtype(input: &Input, ty: &Type, bound: &TokenStream) -> Generics {
    if input.bound.is_some() {
        return given(input);
    }
    let mut found = Vec::new();
    predicates(&input.generics, ty, bound, &mut found);
    with_predicates(&input.generics, found)
}

/// Returns what a field that is no section asks of the parameters in its type, and what a default does.
fn wanted(field: &Field) -> Vec<TokenStream> {
    let mut bounds = match field.content {
        Content::Leaf(Reader::Deserialize) | Content::Rest { nested: false } => {
            vec![quote!(__confkit::DeserializeOwned)]
        }
        Content::Skipped if field.default.is_none() => vec![quote!(::core::default::Default)],
        _ => Vec::new(),
    };
    if matches!(field.default.as_ref().map(|default| &default.value), Some(Default::Bare)) {
        bounds.push(quote!(::core::default::Default));
    }
    bounds
}

/// Adds a bound for each parameter that a type mentions, and for each type that belongs to one.
fn predicates(generics: &Generics, ty: &Type, bound: &TokenStream, found: &mut Vec<WherePredicate>) {
    let parameters: Vec<&Ident> = generics.type_params().map(|parameter| &parameter.ident).collect();
    if parameters.is_empty() {
        return;
    }
    mentions(ty.to_token_stream(), &parameters, &mut |subject| {
        let predicate: WherePredicate = parse_quote!(#subject: #bound);
        if !found.contains(&predicate) {
            found.push(predicate);
        }
    });
}

/// Calls a function with `T`, or with `T::Item` where that is what the type says.
fn mentions(tokens: TokenStream, parameters: &[&Ident], found: &mut impl FnMut(TokenStream)) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (index, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => mentions(group.stream(), parameters, found),
            TokenTree::Ident(word) if parameters.contains(&word) && !follows_path(&tokens, index) => {
                let associated = match tokens.get(index + 1..index + 4) {
                    Some([TokenTree::Punct(one), TokenTree::Punct(two), TokenTree::Ident(name)])
                        if one.as_char() == ':' && two.as_char() == ':' =>
                    {
                        Some(name)
                    }
                    _ => None,
                };
                found(associated.map_or_else(|| quote!(#word), |name| quote!(#word::#name)));
            }
            _ => {}
        }
    }
}

/// Returns whether a word belongs to a path that starts before it.
fn follows_path(tokens: &[TokenTree], index: usize) -> bool {
    index > 0 && matches!(&tokens[index - 1], TokenTree::Punct(mark) if mark.as_char() == ':')
}
