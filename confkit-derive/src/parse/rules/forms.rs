//! The forms of keys that are rules, on fields and on types.

use proc_macro2::TokenStream;
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned as _;
use syn::{Expr, Ident, LitStr, Meta, Path, Token};

use super::Body;
use crate::model::{Names, Refinement, Schema, Terms};
use crate::parse::forms::Function;
use crate::parse::value::{Form, inside, key_name, wrong};

/// `check`, and the inline form of `validate`: an expression and a message.
#[derive(Debug)]
pub(in crate::parse) struct Judged {
    pub(in crate::parse) expr: Expr,
    pub(in crate::parse) message: LitStr,
    /// What is written behind them: terms.
    pub(in crate::parse) rest: TokenStream,
}

impl Parse for Judged {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let expr = input.parse()?;
        input.parse::<Token![,]>()?;
        let message = input.parse()?;
        Ok(Self { expr, message, rest: rest(input)? })
    }
}

/// Takes everything behind the next comma.
fn rest(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    if !input.is_empty() {
        input.parse::<Token![,]>()?;
    }
    input.parse()
}

/// `check`.
#[derive(Debug)]
pub(in crate::parse) struct CheckForm {
    pub(in crate::parse) expr: TokenStream,
    pub(in crate::parse) terms: Terms,
}

impl Form for CheckForm {
    fn read(item: &Meta) -> syn::Result<Self> {
        let judged: Judged = inside(item).map_err(|_| wrong(item))?;
        let terms = terms(judged.rest, item)?.said(&judged.message)?;
        Ok(Self { expr: quote::ToTokens::to_token_stream(&judged.expr), terms })
    }
}

/// Reads what stands behind the rest of a key.
fn terms(tokens: TokenStream, item: &Meta) -> syn::Result<Terms> {
    super::terms(tokens, &key_name(item)).map_err(|error| told(error, item))
}

/// Keeps an error about terms; anything else is told by the form of the key.
fn told(error: syn::Error, item: &Meta) -> syn::Error {
    let text = error.to_string();
    let is_ours = text.contains('`') && !text.starts_with("expected");
    if is_ours { error } else { wrong(item) }
}

/// `check_with`: a function over the whole value.
#[derive(Debug)]
pub(in crate::parse) struct CheckWithForm {
    pub(in crate::parse) path: Path,
    pub(in crate::parse) fields: Vec<Names>,
    pub(in crate::parse) context: bool,
    pub(in crate::parse) terms: Terms,
}

impl Form for CheckWithForm {
    fn read(item: &Meta) -> syn::Result<Self> {
        if let Meta::NameValue(_) = item {
            let path = Function::read(item)?.0;
            return Ok(Self { path, fields: Vec::new(), context: false, terms: Terms::default() });
        }
        inside(item).map_err(|error| told(error, item))
    }
}

impl Parse for CheckWithForm {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let path = input.parse()?;
        let (mut fields, mut context, mut others) = (Vec::new(), false, Body::default());
        while !input.is_empty() {
            input.parse::<Token![,]>()?;
            let word = input.fork().call(Ident::parse_any).ok();
            match word {
                None if input.is_empty() => break,
                Some(word) if word == "use_context" => {
                    input.call(Ident::parse_any)?;
                    context = true;
                }
                Some(word) if word == "fields" => {
                    input.call(Ident::parse_any)?;
                    let list;
                    syn::parenthesized!(list in input);
                    let paths = Punctuated::<FieldPath, Token![,]>::parse_terminated(&list)?;
                    fields.extend(paths.into_iter().map(|path| path.0));
                }
                _ => others.item(input)?,
            }
        }
        Ok(Self { path, fields, context, terms: others.only_terms("check_with")? })
    }
}

/// `field` or `field.inner`.
#[derive(Debug)]
pub(in crate::parse) struct FieldPath(pub(in crate::parse) Names);

impl Parse for FieldPath {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let names = Punctuated::<Ident, Token![.]>::parse_separated_nonempty_with(input, Ident::parse_any)?;
        Ok(Self(names.into_iter().collect()))
    }
}

/// `required_if` and `required_unless`.
#[derive(Debug)]
pub(in crate::parse) struct ConditionForm {
    pub(in crate::parse) field: Ident,
    pub(in crate::parse) value: Expr,
    pub(in crate::parse) terms: Terms,
}

impl Form for ConditionForm {
    fn read(item: &Meta) -> syn::Result<Self> {
        let Meta::List(list) = item else { return Err(wrong(item)) };
        let read = |input: ParseStream<'_>| {
            let field = input.parse()?;
            input.parse::<Token![=]>()?;
            Ok((field, input.parse()?, rest(input)?))
        };
        let (field, value, rest) = list.parse_args_with(read).map_err(|_| wrong(item))?;
        Ok(Self { field, value, terms: terms(rest, item)? })
    }
}

/// Names of other fields.
#[derive(Debug)]
pub(in crate::parse) struct FieldsForm {
    pub(in crate::parse) fields: Vec<Ident>,
    pub(in crate::parse) terms: Terms,
}

impl FieldsForm {
    /// Reads the fields, and what stands behind them.
    fn parts(input: ParseStream<'_>) -> syn::Result<(Vec<Ident>, TokenStream)> {
        let mut fields = Vec::new();
        loop {
            let ahead = input.fork();
            let word = ahead.call(Ident::parse_any);
            let is_term =
                |word: &Ident| ahead.peek(Token![=]) || ahead.peek(syn::token::Paren) || word == "warn";
            match word {
                Ok(word) if !is_term(&word) => fields.push(input.parse()?),
                _ => break,
            }
            if input.is_empty() {
                break;
            }
            input.parse::<Token![,]>()?;
        }
        Ok((fields, input.parse()?))
    }
}

impl Form for FieldsForm {
    fn read(item: &Meta) -> syn::Result<Self> {
        let Meta::List(list) = item else { return Err(wrong(item)) };
        let (fields, rest) = list.parse_args_with(Self::parts).map_err(|_| wrong(item))?;
        if fields.is_empty() {
            return Err(wrong(item));
        }
        Ok(Self { fields, terms: terms(rest, item)? })
    }
}

/// `json_schema` of a type.
#[derive(Debug)]
pub(in crate::parse) struct SchemaForm {
    pub(in crate::parse) schema: Schema,
    pub(in crate::parse) terms: Terms,
}

impl Form for SchemaForm {
    fn read(item: &Meta) -> syn::Result<Self> {
        let Meta::List(list) = item else { return Err(wrong(item)) };
        let (schema, terms) = super::schema_of_type(list.tokens.clone(), list.span())?;
        Ok(Self { schema, terms })
    }
}

/// `refine`: rules on a field inside.
#[derive(Debug)]
pub(in crate::parse) struct RefineForm(pub(in crate::parse) Refinement);

impl Form for RefineForm {
    fn read(item: &Meta) -> syn::Result<Self> {
        let (names, list): (Names, syn::MetaList) = match item {
            Meta::List(list) => {
                let read = |input: ParseStream<'_>| {
                    let names = input.parse::<FieldPath>()?.0;
                    input.parse::<Token![,]>()?;
                    let rules = input.parse::<syn::MetaList>()?;
                    input.parse::<Option<Token![,]>>()?;
                    Ok((names, rules))
                };
                syn::parse::Parser::parse2(read, list.tokens.clone()).map_err(|_| wrong(item))?
            }
            _ => return Err(wrong(item)),
        };
        if !list.path.is_ident("validate") {
            return Err(wrong(item));
        }
        let rules = super::rules("validate", list.tokens.clone(), list.span())?;
        Ok(Self(Refinement { names, rules }))
    }
}
