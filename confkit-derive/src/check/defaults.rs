//! Literal defaults: readable as the type that can be seen, and within their own limits.

use std::cmp::Ordering;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};

use syn::{Expr, Type};

use super::numbers::{Number, fits, integer, non_zero, plain};
use crate::diag::Diag;
use crate::model::{Content, Default, Field, Reader, RuleKind, Section};
use crate::text;
use crate::types;

/// Checks every literal default.
pub(super) fn run(section: &Section, diag: &Diag) {
    for field in &section.fields {
        let Some(default) = &field.default else {
            continue;
        };
        let read_as_its_type = matches!(field.content, Content::Leaf(Reader::Deserialize));
        if !read_as_its_type || field.is_secret() {
            continue;
        }
        let problem = match &default.value {
            Default::Text(value) => scalar(&field.ty, value, field.env_delimiter.unwrap_or(','))
                .and_then(|()| limits(field, value)),
            Default::List(values) => list(&field.ty, values).and_then(|()| list_limits(field, values.len())),
            _ => Ok(()),
        };
        if let Err(message) = problem {
            diag.error(default.span, message);
        }
    }
}

/// Reads text as a type; what cannot be seen is left to the first load.
fn scalar(ty: &Type, value: &str, delimiter: char) -> Result<(), String> {
    if let Some(element) = types::element(ty) {
        let json = value.trim_start().starts_with('[');
        return if json || value.is_empty() {
            Ok(())
        } else {
            value.split(delimiter).try_for_each(|part| one(element, part.trim()))
        };
    }
    one(types::value(ty), value)
}

fn list(ty: &Type, values: &[String]) -> Result<(), String> {
    if let Some(element) = types::element(ty) {
        return values.iter().try_for_each(|value| one(types::value(element), value));
    }
    let name = types::name(types::value(ty)).unwrap_or_default();
    if integer(&name).is_some()
        || matches!(name.as_str(), "bool" | "char" | "f32" | "f64" | "String" | "PathBuf" | "Duration")
    {
        return Err(format!("a list is not a `{name}`"));
    }
    Ok(())
}

fn one(ty: &Type, value: &str) -> Result<(), String> {
    let name = types::name(ty).unwrap_or_default();
    let shown = value.escape_debug();
    if let Some(bounds) = integer(&name) {
        return match Number::read(value) {
            Some(Number::Int(0)) if non_zero(&name).is_some() => {
                Err(format!("the default `0` is not a `{name}`"))
            }
            Some(number @ (Number::Int(_) | Number::Large(_))) if fits(number, bounds) => Ok(()),
            Some(Number::Int(_) | Number::Large(_)) => Err(format!(
                "the default `{shown}` does not fit `{name}`, which goes from {} to {}",
                bounds.0, bounds.1
            )),
            _ => Err(format!("the default \"{shown}\" is not a whole number, so it is not a `{name}`")),
        };
    }
    let expected = match name.as_str() {
        "bool" => (!is_bool(value)).then_some("`true` or `false`"),
        "f32" | "f64" => plain(value).parse::<f64>().is_err().then_some("a number"),
        "char" => (value.chars().count() != 1).then_some("a single character"),
        "IpAddr" => value.parse::<IpAddr>().is_err().then_some("an IP address"),
        "Ipv4Addr" => value.parse::<Ipv4Addr>().is_err().then_some("an IPv4 address"),
        "Ipv6Addr" => value.parse::<Ipv6Addr>().is_err().then_some("an IPv6 address"),
        "SocketAddr" => {
            value.parse::<SocketAddr>().is_err().then_some("an address with a port, such as `127.0.0.1:8080`")
        }
        "SocketAddrV4" => value.parse::<SocketAddrV4>().is_err().then_some("an IPv4 address with a port"),
        "SocketAddrV6" => value.parse::<SocketAddrV6>().is_err().then_some("an IPv6 address with a port"),
        "Duration" => (!is_duration(value)).then_some("a span of time with its unit, such as `30s`"),
        _ => None,
    };
    expected.map_or(Ok(()), |expected| {
        Err(format!("the default \"{shown}\" is not a `{name}`; write {expected}"))
    })
}

fn is_bool(value: &str) -> bool {
    let words = ["true", "false", "1", "0", "yes", "no", "on", "off"];
    words.iter().any(|word| value.eq_ignore_ascii_case(word))
}

/// A rough test that finds what is certainly wrong: no digit, or a number without a unit.
fn is_duration(value: &str) -> bool {
    let digits = value.chars().any(|letter| letter.is_ascii_digit());
    let unit = value.chars().last().is_some_and(char::is_alphabetic);
    digits && unit
}

/// Compares a literal default with the limits of its own field.
fn limits(field: &Field, value: &str) -> Result<(), String> {
    let ty = types::value(&field.ty);
    let text = matches!(types::name(ty).as_deref(), Some("String" | "str" | "PathBuf"));
    for rule in &field.rules {
        match &rule.kind {
            RuleKind::Range { min, max } => {
                let Some(number) = Number::read(value) else {
                    continue;
                };
                let below = min
                    .as_ref()
                    .is_some_and(|min| outside(number, &min.value, Ordering::Less, min.exclusive));
                let above = max
                    .as_ref()
                    .is_some_and(|max| outside(number, &max.value, Ordering::Greater, max.exclusive));
                if below || above {
                    return Err(format!("the default `{value}` is outside its own range"));
                }
            }
            RuleKind::NonEmpty if text && value.is_empty() => {
                return Err("the default is empty, which `non_empty` refuses".to_owned());
            }
            RuleKind::Length { min, max, equal } if text => {
                counted(value.chars().count(), [min, max, equal].map(Option::as_ref))?;
            }
            _ => {}
        }
    }
    Ok(())
}

fn list_limits(field: &Field, count: usize) -> Result<(), String> {
    for rule in &field.rules {
        match &rule.kind {
            RuleKind::NonEmpty if count == 0 => {
                return Err("the default is empty, which `non_empty` refuses".to_owned());
            }
            RuleKind::Length { min, max, equal } => {
                counted(count, [min, max, equal].map(Option::as_ref))?;
            }
            _ => {}
        }
    }
    Ok(())
}

fn outside(number: Number, limit: &Expr, side: Ordering, exclusive: bool) -> bool {
    let Some(order) = Number::of(limit).and_then(|limit| number.compare(limit)) else {
        return false;
    };
    order == side || (exclusive && order == Ordering::Equal)
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
