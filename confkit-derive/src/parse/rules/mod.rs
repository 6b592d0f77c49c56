//! The rules inside `validate(…)`.

mod body;
mod forms;
mod kinds;

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned as _;
use syn::{Expr, Ident, Meta, Token, token};

pub(super) use self::body::{Body, terms};
use self::forms::Judged;
pub(super) use self::forms::{CheckForm, CheckWithForm, ConditionForm, FieldsForm, RefineForm, SchemaForm};
use self::kinds::{RULES, names, schema_of_type};
use super::value::{Form, bare, wrong};
use crate::diag::did_you_mean;
use crate::model::{Rule, RuleKind};

/// `validate`: a list of rules, or one inline rule with its message.
#[derive(Debug)]
pub(super) struct Rules(pub(super) Vec<Rule>);

impl Form for Rules {
    fn read(item: &Meta) -> syn::Result<Self> {
        let Meta::List(list) = item else {
            return Err(wrong(item));
        };
        rules("validate", list.tokens.clone(), list.span()).map(Self)
    }
}

/// Reads a list of rules, or one inline rule with its message.
pub(super) fn rules(of: &str, tokens: TokenStream, span: Span) -> syn::Result<Vec<Rule>> {
    if let Ok(judged) = syn::parse2::<Judged>(tokens.clone()) {
        return inline(judged, of).map(|rule| vec![rule]);
    }
    let items = syn::parse2::<Items>(tokens.clone()).map_err(|error| not_a_rule(tokens, error))?.0;
    if items.is_empty() {
        let message = format!("`{of}` needs a rule\nrules: {}", crate::diag::list(names()));
        return Err(syn::Error::new(span, message));
    }
    let mut rules = Vec::new();
    let mut errors: Option<syn::Error> = None;
    for item in items {
        match item.read() {
            Ok(Some(rule)) => rules.push(rule),
            Ok(None) => {}
            Err(error) => collect(&mut errors, error),
        }
    }
    errors.map_or(Ok(rules), Err)
}

fn collect(errors: &mut Option<syn::Error>, error: syn::Error) {
    match errors {
        Some(all) => all.combine(error),
        None => *errors = Some(error),
    }
}

/// The rules of a list, unread.
struct Items(Vec<Item>);

impl Parse for Items {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let items = Punctuated::<Item, Token![,]>::parse_terminated(input)?;
        Ok(Self(items.into_iter().collect()))
    }
}

/// One rule of a list: `name`, `name(…)` or `name = value`.
enum Item {
    Rule { name: Ident, body: Option<(Span, TokenStream)>, value: Option<Box<Expr>> },
    Other(Span),
}

impl Parse for Item {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(syn::Lit) {
            return Ok(Self::Other(input.parse::<syn::Lit>()?.span()));
        }
        let name: Ident = input.parse()?;
        if input.peek(token::Paren) {
            let inside;
            let paren = syn::parenthesized!(inside in input);
            let span = paren.span.join();
            return Ok(Self::Rule { name, body: Some((span, inside.parse()?)), value: None });
        }
        let value = input.parse::<Option<Token![=]>>()?.map(|_| input.parse().map(Box::new)).transpose()?;
        Ok(Self::Rule { name, body: None, value })
    }
}

impl Item {
    fn read(self) -> syn::Result<Option<Rule>> {
        let (name, body, value) = match self {
            Self::Rule { name, body, value } => (name, body, value),
            Self::Other(span) => {
                let message = format!("expected a rule\nrules: {}", crate::diag::list(names()));
                return Err(syn::Error::new(span, message));
            }
        };
        let Some(known) = RULES.iter().find(|rule| name == rule.name) else {
            let word = name.to_string();
            if body::TERMS.contains(&&*word) {
                let example = match &*word {
                    "warn" => "warn",
                    "when" => "when = self.enabled",
                    "profile" => "profile = \"production\"",
                    _ => "message = \"…\"",
                };
                let message = format!(
                    "`{word}` belongs to one rule; write it between its parentheses, as in `non_empty({example})`"
                );
                return Err(syn::Error::new(name.span(), message));
            }
            let all: Vec<&str> = names().collect();
            let end = did_you_mean(&word, "rules", &all);
            return Err(syn::Error::new(name.span(), format!("unknown rule `{word}`{end}")));
        };
        let (kind, terms) = known.read(name.span(), body, value.map(|value| *value))?;
        Ok(Some(Rule { span: name.span(), kind, terms }))
    }
}

/// Says what is wrong with tokens that are neither rules nor an inline rule.
fn not_a_rule(tokens: TokenStream, error: syn::Error) -> syn::Error {
    match syn::parse2::<Expr>(tokens.clone()) {
        Ok(expr @ Expr::Closure(_)) => {
            syn::Error::new(expr.span(), "an inline rule needs a message: `validate(|v| …, \"message\")`")
        }
        Ok(expr) => syn::Error::new_spanned(expr, INLINE),
        Err(_) => closure(tokens).map_or(error, |span| {
            let message = "an inline rule stands alone: give it a `validate(|v| …, \"message\")` of its own";
            syn::Error::new(span, message)
        }),
    }
}

/// Finds the start of a closure among other things.
fn closure(tokens: TokenStream) -> Option<Span> {
    tokens.into_iter().find_map(|token| match token {
        TokenTree::Punct(mark) if mark.as_char() == '|' => Some(mark.span()),
        _ => None,
    })
}

/// How an inline rule is written.
const INLINE: &str =
    "an inline rule is a closure over the value: `validate(|v| v % 2 == 0, \"must be even\")`";

fn inline(judged: Judged, of: &str) -> syn::Result<Rule> {
    let span = judged.expr.span();
    let is_rule = |word: &str| names().any(|rule| rule == word);
    match bare(&judged.expr) {
        Expr::Path(path) if path.path.get_ident().is_some_and(|word| is_rule(&word.to_string())) => {
            return Err(syn::Error::new(span, WORDED));
        }
        Expr::Closure(_) | Expr::Path(_) => {}
        Expr::Call(call) => {
            let name = crate::text::of(quote::ToTokens::to_token_stream(&call.func));
            if is_rule(&name) {
                return Err(syn::Error::new(span, WORDED));
            }
            return Err(syn::Error::new_spanned(call, INLINE));
        }
        _ => return Err(syn::Error::new_spanned(&judged.expr, INLINE)),
    }
    let terms = terms(judged.rest, of)?.said(&judged.message)?;
    Ok(Rule { span, kind: RuleKind::Inline(Box::new(judged.expr)), terms })
}

const WORDED: &str =
    "a rule says itself what is wrong; to say it otherwise write `message = \"…\"` among its arguments";
