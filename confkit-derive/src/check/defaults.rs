//! Literal defaults: readable as the type that can be seen, and inside their own rules.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};

use syn::Type;

use super::default_rules;
use super::numbers::{Number, fits, integer, non_zero, plain};
use crate::diag::Diag;
use crate::model::{Content, Default, Reader, Section};
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
                .and_then(|()| default_rules::scalar(&field.ty, &field.rules, value)),
            Default::List(values) => {
                list(&field.ty, values).and_then(|()| default_rules::list(&field.ty, &field.rules, values))
            }
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
