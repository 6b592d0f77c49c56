//! Enums without data, as `#[derive(Config)]` reads them.

use std::any::type_name;
use std::fmt;

use serde::de::{Deserializer, EnumAccess, Error as _, VariantAccess as _, Visitor};

/// Reads one of several names with any deserializer.
///
/// `docs` are the documentation comments of `variants`, or nothing. `names` are all accepted spellings
/// with the position of their variant, `other` is the variant for everything else.
///
/// # Errors
///
/// The deserializer's own, and names that no variant has.
pub fn unit_enum<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    name: &'static str,
    variants: &'static [&'static str],
    docs: &'static [&'static str],
    names: &'static [(&'static str, usize)],
    make: fn(usize) -> T,
    other: Option<usize>,
) -> Result<T, D::Error> {
    deserializer.deserialize_enum(name, variants, Names { variants, docs, names, other }).map(make)
}

/// What the documentation comments of an enum say of its names, if it was derived here. A deserializer
/// sees nothing of a type but the visitor; so it is the visitor that says it, in its other forms.
pub(super) fn docs_of<'de, V: Visitor<'de>>(visitor: &V) -> Vec<String> {
    parts(said(visitor, |asked| format!("{asked:#}")))
}

/// The aliases of an enum's names, if it was derived here, and whether it takes every other name too.
pub(super) fn other_names_of<'de, V: Visitor<'de>>(visitor: &V) -> (Vec<String>, bool) {
    let said = said(visitor, |asked| format!("{asked:+}"));
    let any = said.ends_with(ANY);
    (parts(said.trim_end_matches(ANY).to_owned()), any)
}

/// Stands behind the aliases of an enum that takes every name.
const ANY: char = '\u{1}';

struct Asked<'v, V>(&'v V);

impl<'de, V: Visitor<'de>> fmt::Display for Asked<'_, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }
}

fn said<'de, V: Visitor<'de>>(visitor: &V, ask: fn(&Asked<'_, V>) -> String) -> String {
    if type_name::<V>() == type_name::<Names>() { ask(&Asked(visitor)) } else { String::new() }
}

fn parts(said: String) -> Vec<String> {
    if said.is_empty() { Vec::new() } else { said.split('\0').map(str::to_owned).collect() }
}

struct Names {
    variants: &'static [&'static str],
    docs: &'static [&'static str],
    names: &'static [(&'static str, usize)],
    other: Option<usize>,
}

impl<'de> Visitor<'de> for Names {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() {
            return f.write_str(&self.docs.join("\0"));
        }
        if f.sign_plus() {
            let names = self.names.iter().map(|(name, _)| *name);
            let aliases: Vec<&str> = names.filter(|name| !self.variants.contains(name)).collect();
            f.write_str(&aliases.join("\0"))?;
            return if self.other.is_some() { fmt::Write::write_char(f, ANY) } else { Ok(()) };
        }
        f.write_str(&super::error::one_of(self.variants))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<usize, A::Error> {
        let (name, content) = access.variant::<String>()?;
        let known = self.names.iter().find(|(known, _)| *known == name);
        let variant = known
            .map(|(_, variant)| *variant)
            .or(self.other)
            .ok_or_else(|| A::Error::unknown_variant(&name, self.variants))?;
        content.unit_variant()?;
        Ok(variant)
    }
}
