//! Literal defaults inside their own rules, as far as those can be judged from what is written.

use std::cmp::Ordering;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use syn::{Expr, Lit, Type};

use super::numbers::{Number, integer};
use crate::model::{Limit, Meaning, Rule, RuleKind};
use crate::parse::{bare, literal};
use crate::{text, types};

/// Judges one value.
pub(super) fn scalar(ty: &Type, rules: &[Rule], value: &str) -> Result<(), String> {
    let ty = types::value(ty);
    let name = types::name(ty).unwrap_or_default();
    let is_text = matches!(name.as_str(), "String" | "str" | "PathBuf");
    for kind in always(rules) {
        match kind {
            RuleKind::Range { min, max } => range(min.as_ref(), max.as_ref(), value)?,
            RuleKind::OneOf(allowed) => one_of(&name, allowed, value)?,
            _ if is_text => of_text(kind, value)?,
            _ => {}
        }
    }
    Ok(())
}

/// Judges a list of values, and each of them.
pub(super) fn list(ty: &Type, rules: &[Rule], values: &[String]) -> Result<(), String> {
    let element = types::element(ty);
    let is_text = element.and_then(types::name).as_deref() == Some("String");
    for kind in always(rules) {
        match kind {
            RuleKind::NonEmpty if values.is_empty() => return Err(EMPTY.to_owned()),
            RuleKind::Length { min, max, equal } => {
                counted(values.len(), [min, max, equal].map(Option::as_ref))?;
            }
            RuleKind::Contains(part) if is_text && !values.contains(&part.value()) => {
                return Err(format!(
                    "the default does not contain \"{}\", as its own rule demands",
                    part.value()
                ));
            }
            RuleKind::DoesNotContain(part) if is_text && values.contains(&part.value()) => {
                return Err(format!("the default contains \"{}\", which its own rule refuses", part.value()));
            }
            RuleKind::Each(inner) => {
                if let Some(element) = element {
                    values.iter().try_for_each(|value| scalar(element, inner, value))?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// The rules that hold whatever the profile and the other settings are.
fn always(rules: &[Rule]) -> impl Iterator<Item = &RuleKind> {
    let always = |rule: &&Rule| rule.terms.when.is_none() && rule.terms.profiles.is_empty();
    rules.iter().filter(always).map(|rule| &rule.kind)
}

const EMPTY: &str = "the default is empty, which `non_empty` refuses";

fn range(min: Option<&Limit>, max: Option<&Limit>, value: &str) -> Result<(), String> {
    let Some(number) = Number::read(value) else { return Ok(()) };
    let outside = |limit: Option<&Limit>, side: Ordering| {
        limit.is_some_and(|limit| {
            let order = Number::of(&limit.value).and_then(|limit| number.compare(limit));
            order == Some(side) || (limit.exclusive && order == Some(Ordering::Equal))
        })
    };
    if outside(min, Ordering::Less) || outside(max, Ordering::Greater) {
        return Err(format!("the default `{value}` is outside its own range"));
    }
    Ok(())
}

/// Compares with the values that are allowed, if all of them are written out.
fn one_of(name: &str, allowed: &[Expr], value: &str) -> Result<(), String> {
    let is_number = integer(name).is_some() || matches!(name, "f32" | "f64");
    let is_this = |one: &Expr| -> Option<bool> {
        match bare(one) {
            _ if is_number => {
                let order = Number::read(value)?.compare(Number::of(one)?);
                Some(order == Some(Ordering::Equal))
            }
            Expr::Lit(one) => match (&one.lit, name) {
                (Lit::Str(text), "String" | "str" | "PathBuf") => Some(text.value() == value),
                (Lit::Char(letter), "char") => Some(letter.value().to_string() == value),
                _ => None,
            },
            _ => None,
        }
    };
    let found: Option<Vec<bool>> = allowed.iter().map(is_this).collect();
    if found.is_some_and(|found| !found.contains(&true)) {
        let shown: Vec<String> = allowed.iter().filter_map(literal).collect();
        let list = crate::diag::list(shown.iter().map(String::as_str));
        return Err(format!("the default `{}` is none of {list}", value.escape_debug()));
    }
    Ok(())
}

fn of_text(kind: &RuleKind, value: &str) -> Result<(), String> {
    let shown = value.escape_debug();
    match kind {
        RuleKind::NonEmpty if value.is_empty() => Err(EMPTY.to_owned()),
        RuleKind::Length { min, max, equal } => {
            counted(value.chars().count(), [min, max, equal].map(Option::as_ref))
        }
        RuleKind::Contains(part) if !value.contains(&part.value()) => {
            Err(format!("the default does not contain \"{}\", as its own rule demands", part.value()))
        }
        RuleKind::DoesNotContain(part) if value.contains(&part.value()) => {
            Err(format!("the default contains \"{}\", which its own rule refuses", part.value()))
        }
        RuleKind::Meaning(Meaning { name, .. }) => {
            let (right, what) = match *name {
                "ip" => (value.parse::<IpAddr>().is_ok(), "an IP address"),
                "ipv4" => (value.parse::<Ipv4Addr>().is_ok(), "an IPv4 address"),
                "ipv6" => (value.parse::<Ipv6Addr>().is_ok(), "an IPv6 address"),
                "non_control_character" => {
                    (!value.chars().any(char::is_control), "free of control characters")
                }
                _ => return Ok(()),
            };
            if right {
                Ok(())
            } else {
                Err(format!("the default \"{shown}\" is not {what}, which `{name}` demands"))
            }
        }
        _ => Ok(()),
    }
}

fn counted(count: usize, [min, max, equal]: [Option<&Expr>; 3]) -> Result<(), String> {
    let Ok(count) = i128::try_from(count) else {
        return Ok(());
    };
    let number = Number::Int(count);
    let order = |limit: &Expr| Number::of(limit).and_then(|limit| number.compare(limit));
    let broken = min
        .filter(|min| order(min).is_some_and(Ordering::is_lt))
        .or_else(|| max.filter(|max| order(max).is_some_and(Ordering::is_gt)))
        .or_else(|| equal.filter(|equal| order(equal).is_some_and(Ordering::is_ne)));
    broken.map_or(Ok(()), |limit| {
        let limit = text::of(quote::ToTokens::to_token_stream(limit));
        Err(format!("the default has a length of {count}, which breaks its own limit of {limit}"))
    })
}
