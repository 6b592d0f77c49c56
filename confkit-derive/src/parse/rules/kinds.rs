//! The table of rules, and how the arguments of each are read.

use proc_macro2::{Span, TokenStream};
use syn::spanned::Spanned;
use syn::{Expr, ExprRange, Ident, Lit, LitStr, Path, RangeLimits};

use super::body::{self, Body};
use crate::model::{Limit, Meaning, Regex, RuleKind, Schema, Terms};
use crate::parse::value::{bare, string};

/// A rule that can stand in a list.
pub(super) struct Known {
    pub(super) name: &'static str,
    /// How it is written.
    form: &'static str,
    arguments: Arguments,
}

enum Arguments {
    /// None but the terms.
    None(fn() -> RuleKind),
    Some(fn(&Known, Body) -> syn::Result<(RuleKind, Terms)>),
    /// Any, or none.
    Any(fn(&Known, Body) -> syn::Result<(RuleKind, Terms)>),
    /// Rules.
    Rules(fn(Vec<crate::model::Rule>) -> RuleKind),
}

macro_rules! meaning {
    ($name:literal, $kind:literal) => {
        Known {
            name: $name,
            form: concat!("`", $name, "` or `", $name, "(message = \"…\")`"),
            arguments: Arguments::None(|| RuleKind::Meaning(Meaning { name: $name, kind: $kind })),
        }
    };
}

/// Every rule, in the order in which messages list them.
pub(super) const RULES: &[Known] = &[
    Known {
        name: "range",
        form: "`range(min = 1, max = 64)` or `range(1..=64)`",
        arguments: Arguments::Some(range),
    },
    Known {
        name: "length",
        form: "`length(min = 1, max = 64)`, `length(1..=64)` or `length(equal = 32)`",
        arguments: Arguments::Some(length),
    },
    Known { name: "non_empty", form: "`non_empty`", arguments: Arguments::None(|| RuleKind::NonEmpty) },
    Known { name: "one_of", form: "`one_of(\"a\", \"b\")`", arguments: Arguments::Some(one_of) },
    meaning!("email", "Email"),
    meaning!("url", "Url"),
    Known { name: "ip", form: "`ip`, `ip(v4)` or `ip(v6)`", arguments: Arguments::Any(ip) },
    meaning!("ipv4", "Ipv4"),
    meaning!("ipv6", "Ipv6"),
    Known {
        name: "regex",
        form: "`regex(\"^[a-z]+$\")` or `regex(path = EXPRESSION)`",
        arguments: Arguments::Some(regex),
    },
    Known { name: "contains", form: "`contains(\"part\")`", arguments: Arguments::Some(contains) },
    Known {
        name: "does_not_contain",
        form: "`does_not_contain(\"part\")`",
        arguments: Arguments::Some(does_not_contain),
    },
    meaning!("non_control_character", "NonControlCharacter"),
    meaning!("credit_card", "CreditCard"),
    Known { name: "must_match", form: "`must_match(other_field)`", arguments: Arguments::Some(must_match) },
    Known { name: "each", form: "`each(range(min = 1))`", arguments: Arguments::Rules(RuleKind::Each) },
    Known { name: "keys", form: "`keys(length(max = 64))`", arguments: Arguments::Rules(RuleKind::Keys) },
    Known {
        name: "custom",
        form: "`custom(path)` or `custom(path, use_context)`",
        arguments: Arguments::Some(custom),
    },
    Known { name: "custom_async", form: "`custom_async(path)`", arguments: Arguments::Some(custom_async) },
    Known { name: "json_schema", form: JSON_SCHEMA, arguments: Arguments::Some(json_schema) },
    Known { name: "validator", form: "`validator`", arguments: Arguments::None(|| RuleKind::Validator) },
    Known { name: "required", form: "`required`", arguments: Arguments::None(|| RuleKind::Required) },
];

/// The names of all rules.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    RULES.iter().map(|rule| rule.name)
}

impl Known {
    pub(super) fn read(
        &self,
        span: Span,
        body: Option<(Span, TokenStream)>,
        value: Option<Expr>,
    ) -> syn::Result<(RuleKind, Terms)> {
        match (&self.arguments, body) {
            (Arguments::None(kind), None) if value.is_none() => Ok((kind(), Terms::default())),
            (Arguments::None(kind), Some((_, tokens))) => Ok((kind(), body::terms(tokens, self.name)?)),
            (Arguments::Any(read), None) if value.is_none() => read(self, Body::default()),
            (Arguments::Any(read), Some((_, tokens))) => read(self, body::read(tokens)?),
            (Arguments::Some(read), Some((span, tokens))) => {
                let body = body::read(tokens)?;
                if body.values.is_empty() && body.named.is_empty() {
                    return Err(syn::Error::new(span, format!("`{}` is written {}", self.name, self.form)));
                }
                read(self, body)
            }
            (Arguments::Some(read), None) if value.is_some() => {
                read(self, Body { values: value.into_iter().collect(), ..Body::default() })
            }
            (Arguments::Rules(kind), Some((span, tokens))) => {
                Ok((kind(super::rules(self.name, tokens, span)?), Terms::default()))
            }
            _ => Err(self.wrong(value.map_or(span, |value| value.span()))),
        }
    }

    fn wrong(&self, span: Span) -> syn::Error {
        syn::Error::new(span, format!("`{}` is written {}", self.name, self.form))
    }

    /// The only value, or the only argument of one of these names.
    fn only(&self, body: &mut Body, names: &[&str]) -> syn::Result<Expr> {
        body.refuse_named(self.name, names)?;
        let named = names.iter().find_map(|name| body.take(name));
        match (named, &mut body.values[..]) {
            (Some(value), []) => Ok(value),
            (None, [value]) => Ok(bare(value).clone()),
            (_, [_, second, ..]) => Err(self.wrong(second.span())),
            (Some(value), [_, ..]) => Err(self.wrong(value.span())),
            (None, []) => Err(self.wrong(Span::call_site())),
        }
    }

    /// The range of limits such as `1..=64`, where that is how the rule is written.
    fn range<'b>(&self, body: &'b Body) -> syn::Result<Option<&'b ExprRange>> {
        let Some((value, rest)) = body.values.split_first() else { return Ok(None) };
        let Expr::Range(range) = bare(value) else {
            let message = format!("expected an argument of `{}`, such as `min = 1`", self.name);
            return Err(syn::Error::new(value.span(), message));
        };
        if let Some(second) = rest.first() {
            return Err(self.wrong(second.span()));
        }
        if range.start.is_none() && range.end.is_none() {
            let message = "a range without limits holds for every value; give at least one";
            return Err(syn::Error::new(range.span(), message));
        }
        body.refuse_named(self.name, &[])?;
        Ok(Some(range))
    }

    fn text(&self, body: &mut Body, names: &[&str]) -> syn::Result<LitStr> {
        let value = self.only(body, names)?;
        string(&value).cloned().ok_or_else(|| self.wrong(value.span()))
    }

    fn field(&self, value: &Expr) -> syn::Result<Ident> {
        match value {
            Expr::Path(path) => path.path.get_ident().cloned().ok_or_else(|| self.wrong(value.span())),
            _ => match string(value) {
                Some(text) => text.parse().map_err(|_| self.wrong(value.span())),
                None => Err(self.wrong(value.span())),
            },
        }
    }
}

/// What stands on both sides of a range.
fn ends(range: &ExprRange) -> [Option<Expr>; 2] {
    [&range.start, &range.end].map(|end| end.as_deref().map(|value| bare(value).clone()))
}

fn range(known: &Known, mut body: Body) -> syn::Result<(RuleKind, Terms)> {
    if let Some(range) = known.range(&body)? {
        let open = matches!(range.limits, RangeLimits::HalfOpen(_));
        let [min, max] = ends(range);
        let limit = |value: Option<Expr>, exclusive| value.map(|value| Limit { value, exclusive });
        return Ok((RuleKind::Range { min: limit(min, false), max: limit(max, open) }, body.terms));
    }
    body.refuse_named(known.name, &["min", "max", "exclusive_min", "exclusive_max"])?;
    body.exclude("min", "exclusive_min")?;
    body.exclude("max", "exclusive_max")?;
    let mut limit = |plain: &str, exclusive: &str| {
        let inclusive = body.take(plain).map(|value| Limit { value, exclusive: false });
        inclusive.or_else(|| body.take(exclusive).map(|value| Limit { value, exclusive: true }))
    };
    let (min, max) = (limit("min", "exclusive_min"), limit("max", "exclusive_max"));
    Ok((RuleKind::Range { min, max }, body.terms))
}

fn length(known: &Known, mut body: Body) -> syn::Result<(RuleKind, Terms)> {
    if let Some(range) = known.range(&body)? {
        if matches!(range.limits, RangeLimits::HalfOpen(_)) && range.end.is_some() {
            let message = "a length range includes its end: write `length(1..=64)`";
            return Err(syn::Error::new(range.span(), message));
        }
        let [min, max] = ends(range);
        return Ok((RuleKind::Length { min, max, equal: None }, body.terms));
    }
    body.refuse_named(known.name, &["min", "max", "equal"])?;
    body.exclude("min", "equal")?;
    body.exclude("max", "equal")?;
    let [min, max, equal] = ["min", "max", "equal"].map(|name| body.take(name));
    Ok((RuleKind::Length { min, max, equal }, body.terms))
}

fn one_of(known: &Known, body: Body) -> syn::Result<(RuleKind, Terms)> {
    body.refuse_named(known.name, &[])?;
    let texts = body.values.iter().filter(|value| string(value).is_some()).count();
    if texts > 0 && texts < body.values.len() {
        let other = body.values.iter().find(|value| string(value).is_none());
        let span = other.map_or_else(Span::call_site, Spanned::span);
        return Err(syn::Error::new(span, "the values of `one_of` are all texts, or none of them is"));
    }
    Ok((RuleKind::OneOf(body.values), body.terms))
}

/// `ip`, of one version if validator's `v4` or `v6` says so.
fn ip(known: &Known, mut body: Body) -> syn::Result<(RuleKind, Terms)> {
    let is_true = |value: &Expr| match bare(value) {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Bool(word) => Ok(word.value),
            _ => Err(known.wrong(value.span())),
        },
        _ => Err(known.wrong(value.span())),
    };
    body.refuse_named(known.name, &["v4", "v6"])?;
    let mut wanted = [false; 2];
    for (wanted, name) in wanted.iter_mut().zip(["v4", "v6"]) {
        let is_word = |value: &Expr| matches!(value, Expr::Path(path) if path.path.is_ident(name));
        let before = body.values.len();
        body.values.retain(|value| !is_word(value));
        let named = body.take(name).map(|value| is_true(&value)).transpose()?;
        *wanted = body.values.len() < before || named == Some(true);
    }
    if let Some(value) = body.values.first() {
        return Err(known.wrong(value.span()));
    }
    let (name, kind) = match wanted {
        [true, false] => ("ipv4", "Ipv4"),
        [false, true] => ("ipv6", "Ipv6"),
        _ => ("ip", "Ip"),
    };
    Ok((RuleKind::Meaning(Meaning { name, kind }), body.terms))
}

fn regex(known: &Known, mut body: Body) -> syn::Result<(RuleKind, Terms)> {
    if let Some(expr) = body.take("path") {
        body.refuse_named(known.name, &["path"])?;
        return Ok((RuleKind::Regex(Regex::At(Box::new(expr))), body.terms));
    }
    let text = known.text(&mut body, &["pattern"])?;
    Ok((RuleKind::Regex(Regex::Text(text)), body.terms))
}

fn contains(known: &Known, mut body: Body) -> syn::Result<(RuleKind, Terms)> {
    Ok((RuleKind::Contains(known.text(&mut body, &["pattern"])?), body.terms))
}

fn does_not_contain(known: &Known, mut body: Body) -> syn::Result<(RuleKind, Terms)> {
    Ok((RuleKind::DoesNotContain(known.text(&mut body, &["pattern"])?), body.terms))
}

fn must_match(known: &Known, mut body: Body) -> syn::Result<(RuleKind, Terms)> {
    let value = known.only(&mut body, &["other"])?;
    Ok((RuleKind::MustMatch(known.field(&value)?), body.terms))
}

fn custom(known: &Known, mut body: Body) -> syn::Result<(RuleKind, Terms)> {
    let is_word = |value: &Expr| matches!(value, Expr::Path(path) if path.path.is_ident("use_context"));
    let before = body.values.len();
    body.values.retain(|value| !is_word(value));
    let context = body.values.len() < before;
    let value = known.only(&mut body, &["function"])?;
    Ok((
        RuleKind::Custom { path: function(&value).ok_or_else(|| known.wrong(value.span()))?, context },
        body.terms,
    ))
}

fn custom_async(known: &Known, mut body: Body) -> syn::Result<(RuleKind, Terms)> {
    let value = known.only(&mut body, &["function"])?;
    let path = function(&value).ok_or_else(|| known.wrong(value.span()))?;
    Ok((RuleKind::CustomAsync(path), body.terms))
}

/// How a schema is named.
const JSON_SCHEMA: &str = "`json_schema(\"schemas/app.json\")` or `json_schema(text = TEXT)`";

fn json_schema(known: &Known, mut body: Body) -> syn::Result<(RuleKind, Terms)> {
    let schema = schema(&mut body, known)?;
    Ok((RuleKind::JsonSchema(schema), body.terms))
}

fn schema(body: &mut Body, known: &Known) -> syn::Result<Schema> {
    match body.take("text") {
        Some(text) if body.values.is_empty() => {
            body.refuse_named(known.name, &["text"])?;
            Ok(Schema::Text(Box::new(text)))
        }
        Some(_) => Err(known.wrong(body.values[0].span())),
        None => known.text(body, &["file"]).map(Schema::File),
    }
}

/// Reads the schema of a whole type.
pub(in crate::parse) fn schema_of_type(tokens: TokenStream, span: Span) -> syn::Result<(Schema, Terms)> {
    let Some(known) = RULES.iter().find(|known| known.name == "json_schema") else {
        return Err(syn::Error::new(span, JSON_SCHEMA));
    };
    let mut body = body::read(tokens)?;
    if body.values.is_empty() && body.named.is_empty() {
        return Err(known.wrong(span));
    }
    let schema = schema(&mut body, known)?;
    Ok((schema, body.terms))
}

/// The path of a function, also as a text.
pub(super) fn function(value: &Expr) -> Option<Path> {
    match value {
        Expr::Path(path) if path.qself.is_none() => Some(path.path.clone()),
        other => string(other)?.parse().ok(),
    }
}
