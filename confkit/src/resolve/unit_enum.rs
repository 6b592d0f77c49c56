//! Enums without data, as `#[derive(Config)]` reads them.

use std::fmt;

use serde::de::{Deserializer, EnumAccess, Error as _, VariantAccess as _, Visitor};

/// Reads one of several names with any deserializer.
///
/// `names` are all accepted spellings with the position of their variant, `other` is the variant
/// for everything else.
///
/// # Errors
///
/// The deserializer's own, and names that no variant has.
pub fn unit_enum<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    name: &'static str,
    variants: &'static [&'static str],
    names: &'static [(&'static str, usize)],
    make: fn(usize) -> T,
    other: Option<usize>,
) -> Result<T, D::Error> {
    deserializer.deserialize_enum(name, variants, Names { variants, names, other }).map(make)
}

struct Names {
    variants: &'static [&'static str],
    names: &'static [(&'static str, usize)],
    other: Option<usize>,
}

impl<'de> Visitor<'de> for Names {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
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
