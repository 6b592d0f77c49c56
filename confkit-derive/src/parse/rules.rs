//! The rules inside `validate(…)`.

use darling::ast::NestedMeta;
use proc_macro2::{Span, TokenStream, TokenTree};
use syn::spanned::Spanned as _;
use syn::{Expr, ExprRange, Ident, Meta, RangeLimits};

use super::forms::Judged;
use super::value::{Form, bare, wrong};
use crate::diag::did_you_mean;
use crate::model::{Limit, Rule, RuleKind};

/// The rules there are.
const RULES: [&str; 3] = ["range", "length", "non_empty"];

/// `validate`: a list of rules, or one inline rule with its message.
#[derive(Debug)]
pub(super) struct Rules(pub(super) Vec<Rule>);

impl Form for Rules {
    fn read(item: &Meta) -> syn::Result<Self> {
        let Meta::List(list) = item else {
            return Err(wrong(item));
        };
        if let Ok(judged) = syn::parse2::<Judged>(list.tokens.clone()) {
            return inline(judged).map(|rule| Self(vec![rule]));
        }
        let items = NestedMeta::parse_meta_list(list.tokens.clone())
            .map_err(|error| not_a_rule(list.tokens.clone(), error))?;
        if items.is_empty() {
            return Err(syn::Error::new(
                list.span(),
                format!("`validate` needs a rule\nrules: {}", crate::diag::list(RULES)),
            ));
        }
        let mut rules = Vec::new();
        let mut errors: Option<syn::Error> = None;
        for item in &items {
            match rule(item) {
                Ok(rule) => rules.push(rule),
                Err(error) => collect(&mut errors, error),
            }
        }
        errors.map_or(Ok(Self(rules)), Err)
    }
}

fn collect(errors: &mut Option<syn::Error>, error: syn::Error) {
    match errors {
        Some(all) => all.combine(error),
        None => *errors = Some(error),
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

fn inline(judged: Judged) -> syn::Result<Rule> {
    let span = judged.expr.span();
    match bare(&judged.expr) {
        Expr::Path(path)
            if path.path.get_ident().is_some_and(|word| RULES.iter().any(|rule| word == rule)) =>
        {
            return Err(syn::Error::new(
                span,
                "a rule says itself what is wrong; drop the message, or write a closure",
            ));
        }
        Expr::Closure(_) | Expr::Path(_) => {}
        Expr::Call(call) => {
            let name = crate::text::of(quote::ToTokens::to_token_stream(&call.func));
            if RULES.contains(&name.as_str()) {
                return Err(syn::Error::new(
                    span,
                    "a rule says itself what is wrong; drop the message, or write a closure",
                ));
            }
            return Err(syn::Error::new_spanned(call, INLINE));
        }
        _ => return Err(syn::Error::new_spanned(&judged.expr, INLINE)),
    }
    Ok(Rule { span, kind: RuleKind::Inline { test: Box::new(judged.expr), message: judged.message.value() } })
}

fn rule(item: &NestedMeta) -> syn::Result<Rule> {
    let NestedMeta::Meta(meta) = item else {
        return Err(syn::Error::new(
            item.span(),
            format!("expected a rule\nrules: {}", crate::diag::list(RULES)),
        ));
    };
    let span = meta.path().span();
    let name = crate::text::of(quote::ToTokens::to_token_stream(meta.path()));
    let kind = match (name.as_str(), meta) {
        ("non_empty", Meta::Path(_)) => RuleKind::NonEmpty,
        ("non_empty", _) => {
            return Err(syn::Error::new(meta.span(), "`non_empty` is written `non_empty`, without more"));
        }
        ("range", Meta::List(list)) => range(list)?,
        ("length", Meta::List(list)) => length(list)?,
        ("range", _) => {
            return Err(syn::Error::new(
                meta.span(),
                "`range` is written `range(min = 1, max = 64)` or `range(1..=64)`",
            ));
        }
        ("length", _) => {
            return Err(syn::Error::new(
                meta.span(),
                "`length` is written `length(min = 1, max = 64)`, `length(1..=64)` or `length(equal = 32)`",
            ));
        }
        _ => {
            return Err(syn::Error::new(
                span,
                format!("unknown rule `{name}`{}", did_you_mean(&name, "rules", &RULES)),
            ));
        }
    };
    Ok(Rule { span, kind })
}

/// The named arguments of a rule.
struct Arguments {
    rule: &'static str,
    known: &'static [&'static str],
    given: Vec<(Ident, Expr)>,
}

impl Arguments {
    fn read(rule: &'static str, known: &'static [&'static str], list: &syn::MetaList) -> syn::Result<Self> {
        let mut given: Vec<(Ident, Expr)> = Vec::new();
        let mut errors = None;
        for item in NestedMeta::parse_meta_list(list.tokens.clone())? {
            match argument(rule, known, &item) {
                Ok((name, _)) if given.iter().any(|(other, _)| *other == name) => {
                    collect(
                        &mut errors,
                        syn::Error::new(name.span(), format!("duplicate argument `{name}`; write it once")),
                    );
                }
                Ok(pair) => given.push(pair),
                Err(error) => collect(&mut errors, error),
            }
        }
        if given.is_empty() && errors.is_none() {
            let message = format!(
                "`{rule}` needs a limit\narguments of `{rule}`: {}",
                crate::diag::list(known.iter().copied())
            );
            return Err(syn::Error::new(list.span(), message));
        }
        errors.map_or(Ok(Self { rule, known, given }), Err)
    }

    fn take(&mut self, name: &str) -> Option<Expr> {
        debug_assert!(self.known.contains(&name), "{} has no argument {name}", self.rule);
        let at = self.given.iter().position(|(given, _)| given == name)?;
        Some(self.given.swap_remove(at).1)
    }

    /// Refuses two arguments that set the same limit.
    fn exclude(&self, one: &str, other: &str) -> syn::Result<()> {
        let has = |name: &str| self.given.iter().find(|(given, _)| given == name);
        match (has(one), has(other)) {
            (Some(_), Some((second, _))) => Err(syn::Error::new(
                second.span(),
                format!("`{one}` and `{other}` exclude each other; keep one"),
            )),
            _ => Ok(()),
        }
    }
}

fn argument(rule: &str, known: &[&str], item: &NestedMeta) -> syn::Result<(Ident, Expr)> {
    let NestedMeta::Meta(Meta::NameValue(pair)) = item else {
        let message = format!("expected an argument of `{rule}`, such as `{} = 1`", known[0]);
        return Err(syn::Error::new(item.span(), message));
    };
    let name = pair.path.require_ident()?.clone();
    if !known.iter().any(|argument| name == argument) {
        let end = did_you_mean(&name.to_string(), &format!("arguments of `{rule}`"), known);
        return Err(syn::Error::new(name.span(), format!("unknown argument `{name}` of `{rule}`{end}")));
    }
    Ok((name, bare(&pair.value).clone()))
}

/// Reads `1..=64` and the like; `None` if there is no range between the parentheses.
fn written_range(list: &syn::MetaList) -> Option<ExprRange> {
    match syn::parse2(list.tokens.clone()).ok()? {
        Expr::Range(range) => Some(range),
        Expr::Group(group) => match *group.expr {
            Expr::Range(range) => Some(range),
            _ => None,
        },
        _ => None,
    }
}

fn unbounded(span: Span) -> syn::Error {
    syn::Error::new(span, "a range without limits holds for every value; give at least one")
}

fn range(list: &syn::MetaList) -> syn::Result<RuleKind> {
    if let Some(range) = written_range(list) {
        if range.start.is_none() && range.end.is_none() {
            return Err(unbounded(range.span()));
        }
        let open = matches!(range.limits, RangeLimits::HalfOpen(_));
        return Ok(RuleKind::Range {
            min: range.start.map(|value| Limit { value: bare(&value).clone(), exclusive: false }),
            max: range.end.map(|value| Limit { value: bare(&value).clone(), exclusive: open }),
        });
    }
    let mut given = Arguments::read("range", &["min", "max", "exclusive_min", "exclusive_max"], list)?;
    given.exclude("min", "exclusive_min")?;
    given.exclude("max", "exclusive_max")?;
    let mut limit = |plain: &str, exclusive: &str| {
        let inclusive = given.take(plain).map(|value| Limit { value, exclusive: false });
        inclusive.or_else(|| given.take(exclusive).map(|value| Limit { value, exclusive: true }))
    };
    Ok(RuleKind::Range { min: limit("min", "exclusive_min"), max: limit("max", "exclusive_max") })
}

fn length(list: &syn::MetaList) -> syn::Result<RuleKind> {
    if let Some(range) = written_range(list) {
        if range.start.is_none() && range.end.is_none() {
            return Err(unbounded(range.span()));
        }
        if matches!(range.limits, RangeLimits::HalfOpen(_)) && range.end.is_some() {
            return Err(syn::Error::new(
                range.span(),
                "a length range includes its end: write `length(1..=64)`",
            ));
        }
        let limit = |value: Option<Box<Expr>>| value.map(|value| bare(&value).clone());
        return Ok(RuleKind::Length { min: limit(range.start), max: limit(range.end), equal: None });
    }
    let mut given = Arguments::read("length", &["min", "max", "equal"], list)?;
    given.exclude("min", "equal")?;
    given.exclude("max", "equal")?;
    Ok(RuleKind::Length { min: given.take("min"), max: given.take("max"), equal: given.take("equal") })
}
