//! Defaults, as far as the declaration shows them.

use confkit_sources::declared::{Content, Field, FieldDefault};
use confkit_sources::path::Segment;
use serde_json::Value;

use super::Loaded;
use super::route::Route;
use crate::config::Config;
use crate::resolve::json;
use crate::secret::MASK;

impl<T: Config> Loaded<T> {
    /// The default of a setting: its own, or its part of the default of a section around it.
    pub(super) fn default_of(&self, path: &[Segment<'_>], route: &Route) -> Option<String> {
        let begin = self.kept.section.len();
        let around = &route.fields[..route.fields.len().saturating_sub(1)];
        let whole = around.iter().enumerate().find_map(|(at, field)| {
            let field = field.filter(|field| matches!(field.content(), Content::Nested(_)))?;
            let FieldDefault::Expression { shown, .. } = field.default() else { return None };
            // Where a layer has something of the section, its settings have defaults of their own.
            self.at(&path[..=begin + at]).is_empty().then_some((at, shown))
        });
        match whole {
            Some(_) if route.secret => Some(MASK.to_owned()),
            Some((at, shown)) => Some(part(shown().as_deref(), &route.fields[at + 1..])),
            None if route.last.is_some_and(|field| self.is_in_secret(field)) => {
                route.default().map(|_| MASK.to_owned())
            }
            None => route.default(),
        }
    }

    /// Whether a field got its default in a section that is secret as a whole, which the section's own type
    /// does not know.
    fn is_in_secret(&self, field: &'static Field) -> bool {
        self.kept.defaults.iter().any(|default| default.secret && std::ptr::eq(default.field, field))
    }
}

/// A setting in a section that serialises itself; how else it is made only the program knows.
fn part(section: Option<&str>, fields: &[Option<&'static Field>]) -> String {
    let unknown = || "…".to_owned();
    let Some(section) = section.filter(|text| *text != MASK) else {
        return section.map_or_else(unknown, str::to_owned);
    };
    let Some(mut value) = json(section) else { return unknown() };
    for field in fields {
        // serde may call a field as the program does.
        let inside =
            |field: &Field| Some(value.get(field.key()).or_else(|| value.get(field.name()))?.clone());
        match field.and_then(inside) {
            Some(Value::String(text)) if text == MASK => return text,
            Some(inside) => value = inside,
            None => return unknown(),
        }
    }
    match value {
        Value::String(text) if text.is_empty() => "\"\"".to_owned(),
        Value::String(text) => text,
        value => value.to_string(),
    }
}
