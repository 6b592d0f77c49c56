//! The single table of attribute keys. Parsing, messages and the reference page are made from it.

mod container;
mod field;
mod naming;
#[cfg(test)]
mod page;
mod version;

use crate::diag;

/// Where an attribute stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Struct,
    Newtype,
    Enum,
    Field,
    Inner,
    Variant,
}

/// Every place, in the order in which a misplaced key is sent to one.
const PLACES: [Place; 6] =
    [Place::Struct, Place::Field, Place::Enum, Place::Variant, Place::Newtype, Place::Inner];

impl Place {
    /// Names the place with its article.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Struct => "a struct",
            Self::Newtype => "a newtype",
            Self::Enum => "an enum",
            Self::Field => "a field",
            Self::Inner => "the field of a newtype",
            Self::Variant => "a variant",
        }
    }
}

/// One key of `#[config(…)]`.
#[derive(Debug)]
pub(crate) struct Key {
    /// The key as written.
    pub(crate) name: &'static str,
    /// Where it may stand.
    pub(crate) places: &'static [Place],
    /// Whether it may be written several times in one place.
    pub(crate) repeat: bool,
    /// How it is written, the commonest form first.
    pub(crate) forms: &'static [&'static str],
    /// What it is for.
    #[cfg_attr(not(test), expect(dead_code, reason = "only the reference page shows it"))]
    pub(crate) page: Page,
}

/// What the reference page says about a key.
#[derive(Debug)]
#[cfg_attr(not(test), expect(dead_code, reason = "only the reference page shows it"))]
pub(crate) struct Page {
    /// One line: what the key does.
    pub(crate) does: &'static str,
    /// What happens when it is absent.
    pub(crate) absent: &'static str,
    /// What the word alone means, where there are other forms.
    pub(crate) bare: &'static str,
    /// What it cannot stand beside, and other limits.
    pub(crate) excludes: &'static str,
    /// A program that shows it.
    pub(crate) example: &'static str,
}

/// Returns the whole table.
fn all() -> impl Iterator<Item = &'static Key> {
    container::KEYS.iter().chain(version::KEYS).chain(field::KEYS).chain(naming::KEYS)
}

/// Finds a key that is allowed in a place.
pub(crate) fn find(name: &str, place: Place) -> Option<&'static Key> {
    all().find(|key| key.name == name && key.places.contains(&place))
}

/// Returns the names of the keys allowed in a place.
pub(crate) fn names(place: Place) -> Vec<&'static str> {
    all().filter(|key| key.places.contains(&place)).map(|key| key.name).collect()
}

/// Says how a key is written.
pub(crate) fn forms(name: &str) -> String {
    all().find(|key| key.name == name).map(|key| key.forms.join(" or ")).unwrap_or_default()
}

/// Says why a key is refused in a place: it belongs elsewhere, or there is no such key.
pub(crate) fn refusal(name: &str, place: Place) -> String {
    let allowed = names(place);
    if place == Place::Inner && find(name, Place::Field).is_some() {
        return format!("`{name}` does nothing on {}; put it on the fields that use this type", place.name());
    }
    let home = PLACES.into_iter().find(|other| find(name, *other).is_some());
    let what = format!("keys of {}", place.name());
    if let Some(home) = home {
        let list = diag::list(allowed);
        return format!("`{name}` belongs on {}, not on {}\n{what}: {list}", home.name(), place.name());
    }
    format!("unknown key `{name}` on {}{}", place.name(), diag::did_you_mean(name, &what, &allowed))
}

#[cfg(test)]
mod tests {
    use super::{Place, find, refusal};

    #[test]
    fn refusals_say_where_a_key_belongs() {
        assert!(
            refusal("defualt", Place::Field)
                .starts_with("unknown key `defualt` on a field; did you mean `default`?\nkeys of a field: ")
        );
        assert!(
            refusal("env_prefix", Place::Field)
                .starts_with("`env_prefix` belongs on a struct, not on a field")
        );
        assert!(refusal("default", Place::Inner).contains("put it on the fields that use this type"));
        assert!(find("rename", Place::Variant).is_some());
    }
}
