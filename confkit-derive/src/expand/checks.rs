//! Rules over several fields: which fields an expression uses, and the same expression over local
//! names.

use proc_macro2::{Group as Tokens, Ident, Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt as _;

use super::rule_data::{dotted, of_kind, schema_name};
use super::rules::given_pair;
use super::{local, number};
use crate::model::{Check, CheckKind, Names, Section};

/// How an expression uses `self`.
#[derive(Debug, Default)]
pub(crate) struct SelfUses {
    /// The fields in `self.field` and `self.field.inner`, each once.
    pub(crate) fields: Vec<Names>,
    /// Whether `self` is used in any other way, so that the whole value is needed.
    pub(crate) whole: bool,
}

/// Finds every use of `self`, also inside macro calls.
pub(crate) fn self_uses(expr: &TokenStream) -> SelfUses {
    let mut uses = SelfUses::default();
    rewrite(expr.clone(), &mut |_, names| {
        if names.is_empty() {
            uses.whole = true;
        } else if !uses.fields.contains(&names) {
            uses.fields.push(names);
        }
        TokenStream::new()
    });
    uses
}

/// Replaces the `self.field` of `self.field.inner`, and any other `self`, by what a function returns.
fn rewrite(tokens: TokenStream, replace: &mut impl FnMut(Span, Names) -> TokenStream) -> TokenStream {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut output = TokenStream::new();
    let mut index = 0;
    while let Some(token) = tokens.get(index) {
        index += 1;
        match token {
            TokenTree::Ident(word) if word == "self" => {
                let names = fields_after(&tokens[index..]);
                index += if names.is_empty() { 0 } else { 2 };
                output.extend(replace(word.span(), names));
            }
            TokenTree::Group(group) => {
                let mut inner = Tokens::new(group.delimiter(), rewrite(group.stream(), replace));
                inner.set_span(group.span());
                output.extend([TokenTree::Group(inner)]);
            }
            other => output.extend([other.clone()]),
        }
    }
    output
}

/// Returns the fields in `.field.inner`, up to a method call.
fn fields_after(mut rest: &[TokenTree]) -> Names {
    let mut names = Names::new();
    while let [TokenTree::Punct(dot), TokenTree::Ident(field), behind @ ..] = rest {
        let is_call = match behind.first() {
            Some(TokenTree::Group(group)) => group.delimiter() == proc_macro2::Delimiter::Parenthesis,
            Some(TokenTree::Punct(mark)) => {
                mark.as_char() == ':'
                    && matches!(behind.get(1), Some(TokenTree::Punct(two)) if two.as_char() == ':')
            }
            _ => false,
        };
        // `self.a..=self.b` has two dots.
        if dot.as_char() != '.' || is_call {
            break;
        }
        names.push(field.clone());
        rest = behind;
    }
    names
}

/// Returns the position of a field.
pub(super) fn position(section: &Section, field: &Ident) -> Option<usize> {
    let name = field.unraw().to_string();
    section.fields.iter().position(|field| field.name == name)
}

/// Returns the fields that an expression names, inner ones behind a dot; none if it needs the whole
/// value.
pub(super) fn names(section: &Section, expr: &TokenStream) -> Vec<String> {
    let uses = self_uses(expr);
    let known = |names: &&Names| names.first().is_some_and(|first| position(section, first).is_some());
    uses.fields.iter().filter(known).map(dotted).collect()
}

/// Describes a check.
pub(super) fn metadata(section: &Section, check: &Check) -> TokenStream {
    let (kind, fields) = match &check.kind {
        CheckKind::Expression(expr) => {
            let source = crate::text::of(expr.clone());
            (quote!(Check(#source)), names(section, expr))
        }
        CheckKind::Function { path, fields, .. } => {
            let path = crate::text::of(quote!(#path));
            (quote!(CheckWith(#path)), fields.iter().map(dotted).collect())
        }
        CheckKind::Schema(schema) => {
            let name = schema_name(schema);
            (quote!(JsonSchema(#name)), Vec::new())
        }
        CheckKind::Group { which, fields } => {
            let kind = match which {
                crate::model::Group::Exactly => quote!(ExactlyOneOf),
                crate::model::Group::AtLeast => quote!(AtLeastOneOf),
                crate::model::Group::AtMost => quote!(AtMostOneOf),
            };
            (kind, fields.iter().map(|field| field.unraw().to_string()).collect())
        }
    };
    let rule = of_kind(section, &kind, &check.terms);
    quote!(__confkit::Check { rule: #rule, fields: &[#(#fields),*] })
}

/// Returns whether a check needs the whole value.
fn is_whole(check: &Check) -> bool {
    match &check.kind {
        CheckKind::Expression(expr) => self_uses(expr).whole,
        CheckKind::Function { .. } | CheckKind::Schema(_) => true,
        CheckKind::Group { .. } => false,
    }
}

/// Returns whether any check needs the whole value.
pub(super) fn any_whole(section: &Section) -> bool {
    section.checks.iter().any(is_whole)
}

/// Writes what an expression over fields gives, if all of them could be read.
pub(super) fn over_fields(
    section: &Section,
    expr: &TokenStream,
    wrap: &dyn Fn(TokenStream) -> TokenStream,
) -> TokenStream {
    let mut positions: Vec<usize> =
        self_uses(expr).fields.iter().filter_map(|names| position(section, names.first()?)).collect();
    let mut seen = Vec::new();
    positions.retain(|position| {
        let new = !seen.contains(position);
        seen.push(*position);
        new
    });
    let expr = rewrite(expr.clone(), &mut |span, names| {
        let value = names.first().and_then(|field| position(section, field)).map(|index| local("v", index));
        // The parentheses are the expansion's, so that no lint asks the user to drop them.
        let span = Span::mixed_site().located_at(span);
        quote_spanned!(span=> (*#value))
    });
    let fields = positions.iter().map(|index| local("f", *index));
    let values: Vec<Ident> = positions.iter().map(|index| local("v", *index)).collect();
    let verdict = wrap(expr);
    quote! {
        match (#(&#fields,)*) {
            (#(::core::option::Option::Some(#values),)*) => ::core::option::Option::Some(#verdict),
            _ => ::core::option::Option::None,
        }
    }
}

/// Judges a check as soon as the fields it names were read.
pub(super) fn early(section: &Section, index: usize, check: &Check) -> Option<TokenStream> {
    let at = number(index);
    let call = match &check.kind {
        CheckKind::Expression(expr) if !is_whole(check) => {
            let verdict = over_fields(section, expr, &|expr| quote!(|| -> bool { #expr }));
            quote!(__confkit_cx.check(&__confkit_s, #at, #verdict);)
        }
        CheckKind::Group { which, fields } => {
            let method = Ident::new(which.key(), Span::call_site());
            let fields = fields.iter().filter_map(|field| given_pair(section, field));
            quote!(__confkit_cx.#method(&__confkit_s, #at, &[#(#fields),*]);)
        }
        _ => return None,
    };
    Some(in_force(section, index, check, call))
}

/// Judges a check once the whole value is there.
pub(super) fn late(section: &Section, index: usize, check: &Check) -> Option<TokenStream> {
    if !is_whole(check) {
        return None;
    }
    let local = |span| Ident::new("__confkit_this", Span::mixed_site().located_at(span));
    let (this, at) = (local(Span::mixed_site()), number(index));
    let call = match &check.kind {
        CheckKind::Expression(expr) => {
            let expr = rewrite(expr.clone(), &mut |span, names| {
                let this = local(span);
                if let Some(field) = names.first() { quote!(#this.#field) } else { quote!(#this) }
            });
            quote! {
                __confkit_cx.check(
                    &__confkit_s,
                    #at,
                    __confkit_whole.as_ref().map(|#this| move || -> bool { #expr }),
                );
            }
        }
        CheckKind::Function { path, context: true, .. } => {
            let context = section.context.as_ref()?;
            quote! {
                let __confkit_c = __confkit_cx.context::<#context>();
                __confkit_cx.check_with(
                    &__confkit_s,
                    #at,
                    __confkit_whole.as_ref().zip(__confkit_c).map(|(#this, __confkit_c)| move || #path(#this, __confkit_c)),
                );
            }
        }
        CheckKind::Function { path, .. } => quote! {
            __confkit_cx.check_with(
                &__confkit_s,
                #at,
                __confkit_whole.as_ref().map(|#this| move || #path(#this)),
            );
        },
        CheckKind::Schema(schema) => {
            let schema = super::rules::schema(schema);
            quote!(__confkit_cx.section_json_schema(&__confkit_s, #at, __confkit_whole.is_some(), #schema);)
        }
        CheckKind::Group { .. } => return None,
    };
    Some(in_force(section, index, check, call))
}

/// Judges a check only where its terms say so.
fn in_force(section: &Section, index: usize, check: &Check, call: TokenStream) -> TokenStream {
    let at = number(index);
    match &check.terms.when {
        // The fields are gone once the whole value is there.
        Some(when) if is_whole(check) => {
            let this = |span| Ident::new("__confkit_this", Span::mixed_site().located_at(span));
            let it = this(Span::mixed_site());
            let expr = rewrite(when.value.clone(), &mut |span, names| {
                let this = this(span);
                if let Some(field) = names.first() { quote!(#this.#field) } else { quote!(#this) }
            });
            let condition = quote!(__confkit_whole.as_ref().map(|#it| -> bool { #expr }));
            quote!(if __confkit_cx.check_when(&__confkit_s, #at, #condition) { #call })
        }
        Some(when) => {
            let condition = over_fields(section, &when.value, &|expr| expr);
            quote!(if __confkit_cx.check_when(&__confkit_s, #at, #condition) { #call })
        }
        None if !check.terms.profiles.is_empty() => {
            quote!(if __confkit_cx.check_in_profile(&__confkit_s, #at) { #call })
        }
        None => call,
    }
}
