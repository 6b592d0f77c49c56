//! What `#[validate(…)]` says in the words of validator's own derive, as our own keys.

use darling::ast::NestedMeta;
use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned as _;
use syn::{Attribute, Expr, Ident, Meta, Path, Token, Type, token};

use super::value::{bare, string};
use crate::diag::Diag;

/// Translates what validator's derive reads on a struct.
pub(super) fn items(attrs: &[Attribute], diag: &Diag) -> Vec<NestedMeta> {
    let mut items = Vec::new();
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("validate")) {
        let Meta::List(list) = &attr.meta else {
            diag.error(attr.path().span(), FORMS);
            continue;
        };
        let read = |input: ParseStream<'_>| Punctuated::<Item, Token![,]>::parse_terminated(input);
        let Some(list) = diag.take(list.parse_args_with(read)) else { continue };
        for item in list {
            let read = item.translated().and_then(|tokens| match tokens {
                Some(tokens) => syn::parse::Parser::parse2(super::items, tokens).map(Some),
                None => Ok(None),
            });
            items.extend(diag.take(read).flatten().into_iter().flatten());
        }
    }
    items
}

const FORMS: &str = "on a struct this is written `#[validate(schema(function = path))]` or `#[validate(context = Type)]`; rules on values stand on fields";

/// One item of the list.
enum Item {
    Schema {
        name: Ident,
        arguments: Punctuated<Argument, Token![,]>,
    },
    Context {
        name: Ident,
        ty: Box<Type>,
    },
    /// What is about validator's own expansion.
    Own,
    Other(Ident),
}

impl Parse for Item {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name: Ident = input.call(syn::ext::IdentExt::parse_any)?;
        if name == "schema" && input.peek(token::Paren) {
            let inside;
            syn::parenthesized!(inside in input);
            let arguments = Punctuated::parse_terminated(&inside)?;
            return Ok(Self::Schema { name, arguments });
        }
        if name == "context" && input.peek(Token![=]) {
            input.parse::<Token![=]>()?;
            return Ok(Self::Context { name, ty: Box::new(input.parse()?) });
        }
        // Whatever stands behind the name is not ours to read.
        while !input.is_empty() && !input.peek(Token![,]) {
            input.parse::<TokenTree>()?;
        }
        let own = ["crate", "mutable"].iter().any(|own| name == own);
        Ok(if own { Self::Own } else { Self::Other(name) })
    }
}

/// `use_context`, or `name = value`.
struct Argument {
    name: Ident,
    value: Option<Expr>,
}

impl Parse for Argument {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = input.parse()?;
        let value = input.parse::<Option<Token![=]>>()?.map(|_| input.parse()).transpose()?;
        Ok(Self { name, value })
    }
}

impl Item {
    /// Writes the item as a key of ours.
    fn translated(self) -> syn::Result<Option<TokenStream>> {
        match self {
            Self::Own => Ok(None),
            Self::Context { name, ty } => Ok(Some(quote_spanned!(name.span()=> context = #ty))),
            Self::Other(name) => Err(syn::Error::new(name.span(), FORMS)),
            Self::Schema { name, arguments } => {
                let (mut function, mut rest) = (None, TokenStream::new());
                for argument in arguments {
                    match (argument.name.to_string().as_str(), argument.value) {
                        ("function", Some(value)) => function = path(&value),
                        ("use_context", None) => rest.extend(quote!(, use_context)),
                        // What could not be read is never judged as a whole here.
                        ("skip_on_field_errors", Some(Expr::Lit(_))) => {}
                        ("message" | "code", Some(value)) => {
                            let name = argument.name;
                            rest.extend(quote!(, #name = #value));
                        }
                        _ => return Err(syn::Error::new(argument.name.span(), FORMS)),
                    }
                }
                let function = function.ok_or_else(|| syn::Error::new(name.span(), FORMS))?;
                Ok(Some(quote_spanned!(name.span()=> check_with(#function #rest))))
            }
        }
    }
}

/// The path of a function, also as a text.
fn path(value: &Expr) -> Option<Path> {
    match bare(value) {
        Expr::Path(path) if path.qself.is_none() => Some(path.path.clone()),
        other => string(other)?.parse().ok(),
    }
}

/// Takes `nested` out of `#[validate(…)]`: it is no rule, but says that the type has rules. The rest
/// is `None` if there was nothing else.
pub(super) fn without_nested(attribute: &Meta) -> (Option<Meta>, Option<Span>) {
    let Meta::List(list) = attribute else {
        return (Some(attribute.clone()), None);
    };
    let (mut rest, mut nested) = (TokenStream::new(), None);
    let tokens: Vec<TokenTree> = list.tokens.clone().into_iter().collect();
    for item in tokens.split_inclusive(is_comma) {
        match item {
            [TokenTree::Ident(word), end @ ..] if word == "nested" && end.iter().all(is_comma) => {
                nested = Some(word.span());
            }
            _ => rest.extend(item.iter().cloned()),
        }
    }
    if nested.is_some() && rest.is_empty() {
        return (None, nested);
    }
    let mut list = list.clone();
    list.tokens = rest;
    (Some(Meta::List(list)), nested)
}

fn is_comma(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(mark) if mark.as_char() == ',')
}
