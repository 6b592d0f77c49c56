//! What stands between the parentheses of a rule: values, named arguments, and the terms that every
//! rule can have.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens as _;
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned as _;
use syn::{Expr, Ident, LitStr, Token, token};

use super::super::value::{bare, string};
use crate::diag::did_you_mean;
use crate::model::{At, Terms};

/// The names of the terms.
pub(super) const TERMS: [&str; 5] = ["message", "code", "when", "profile", "warn"];

/// The arguments of a rule.
#[derive(Debug, Default)]
pub(crate) struct Body {
    pub(super) values: Vec<Expr>,
    pub(super) named: Vec<(Ident, Expr)>,
    pub(crate) terms: Terms,
}

impl Parse for Body {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut body = Self::default();
        while !input.is_empty() {
            body.item(input)?;
            if input.is_empty() {
                break;
            }
            input.parse::<Token![,]>()?;
        }
        Ok(body)
    }
}

impl Body {
    /// Returns the terms, if there is nothing else.
    pub(crate) fn only_terms(self, of: &str) -> syn::Result<Terms> {
        if let Some(value) = self.values.first() {
            return Err(unexpected(value.span(), of));
        }
        self.refuse_named(of, &[])?;
        Ok(self.terms)
    }

    pub(crate) fn item(&mut self, input: ParseStream<'_>) -> syn::Result<()> {
        let is_named = input.peek(Ident::peek_any) && input.peek2(Token![=]) && !input.peek2(Token![==]);
        let ahead = input.fork();
        let word = Ident::parse_any(&ahead).ok();
        if !is_named {
            match word {
                Some(word) if word == "warn" && (ahead.is_empty() || ahead.peek(Token![,])) => {
                    Ident::parse_any(input)?;
                    self.terms.warn = true;
                    return Ok(());
                }
                Some(word) if word == "profile" && ahead.peek(token::Paren) => {
                    Ident::parse_any(input)?;
                    let inside;
                    syn::parenthesized!(inside in input);
                    let names = Punctuated::<LitStr, Token![,]>::parse_terminated(&inside)?;
                    self.terms.profiles.extend(names.iter().map(|name| At::new(name.span(), name.value())));
                    return Ok(());
                }
                _ => {}
            }
            self.values.push(input.parse()?);
            return Ok(());
        }
        let name = Ident::parse_any(input)?;
        input.parse::<Token![=]>()?;
        let value: Expr = input.parse()?;
        self.named(name, value)
    }

    fn named(&mut self, name: Ident, value: Expr) -> syn::Result<()> {
        let once = |is_there: bool| {
            if is_there { Err(twice(name.span(), &name.to_string())) } else { Ok(()) }
        };
        let text = |value: &Expr| {
            string(value)
                .map(|text| At::new(text.span(), text.value()))
                .ok_or_else(|| syn::Error::new(value.span(), format!("`{name}` is a text: `{name} = \"…\"`")))
        };
        match name.to_string().as_str() {
            "message" => {
                once(self.terms.message.is_some())?;
                self.terms.message = Some(text(&value)?);
            }
            "code" => {
                once(self.terms.code.is_some())?;
                self.terms.code = Some(text(&value)?);
            }
            "when" => {
                once(self.terms.when.is_some())?;
                self.terms.when = Some(At::new(value.span(), value.to_token_stream()));
            }
            "profile" => self.terms.profiles.push(text(&value)?),
            "warn" => {
                return Err(syn::Error::new(
                    value.span(),
                    "`warn` stands alone: a rule warns or it does not",
                ));
            }
            _ => {
                once(self.named.iter().any(|(other, _)| *other == name))?;
                self.named.push((name, bare(&value).clone()));
            }
        }
        Ok(())
    }

    /// Takes a named argument.
    pub(super) fn take(&mut self, name: &str) -> Option<Expr> {
        let at = self.named.iter().position(|(given, _)| given == name)?;
        Some(self.named.swap_remove(at).1)
    }

    /// Refuses names that the rule does not have.
    pub(super) fn refuse_named(&self, rule: &str, known: &[&str]) -> syn::Result<()> {
        let mut errors = None;
        let all: Vec<&str> = known.iter().copied().chain(TERMS).collect();
        for (name, _) in self.named.iter().filter(|(name, _)| !known.iter().any(|known| name == known)) {
            let end = did_you_mean(&name.to_string(), &format!("arguments of `{rule}`"), &all);
            let message = format!("unknown argument `{name}` of `{rule}`{end}");
            super::collect(&mut errors, syn::Error::new(name.span(), message));
        }
        errors.map_or(Ok(()), Err)
    }

    /// Refuses two arguments that set the same limit.
    pub(super) fn exclude(&self, one: &str, other: &str) -> syn::Result<()> {
        let has = |name: &str| self.named.iter().find(|(given, _)| given == name);
        match (has(one), has(other)) {
            (Some(_), Some((second, _))) => Err(syn::Error::new(
                second.span(),
                format!("`{one}` and `{other}` exclude each other; keep one"),
            )),
            _ => Ok(()),
        }
    }
}

pub(super) fn unexpected(span: Span, rule: &str) -> syn::Error {
    let terms = crate::diag::list(TERMS);
    syn::Error::new(span, format!("`{rule}` does not take this\narguments of `{rule}`: {terms}"))
}

impl Terms {
    /// Adds a message that stands before the terms.
    pub(crate) fn said(mut self, message: &LitStr) -> syn::Result<Self> {
        if let Some(second) = &self.message {
            return Err(twice(second.span, "message"));
        }
        self.message = Some(At::new(message.span(), message.value()));
        Ok(self)
    }
}

fn twice(span: Span, name: &str) -> syn::Error {
    syn::Error::new(span, format!("duplicate argument `{name}`; write it once"))
}

/// Reads tokens that are terms and nothing else.
pub(crate) fn terms(tokens: TokenStream, of: &str) -> syn::Result<Terms> {
    read(tokens)?.only_terms(of)
}

/// Reads the arguments of a rule.
pub(super) fn read(tokens: TokenStream) -> syn::Result<Body> {
    syn::parse2(tokens)
}
