//! Types of values as sets. Every integer is a number, too.

use std::ops::{BitAnd, BitOr};

use serde_json::Value;

use super::limits::Number;
use super::schema::{Node, View};
use super::values;

/// A set of types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Types(u8);

impl Types {
    pub(super) const NULL: Self = Self(1);
    pub(super) const BOOLEAN: Self = Self(2);
    pub(super) const INTEGER: Self = Self(4);
    /// Numbers that are no integers.
    pub(super) const FRACTION: Self = Self(8);
    pub(super) const NUMBER: Self = Self(4 | 8);
    pub(super) const STRING: Self = Self(16);
    pub(super) const ARRAY: Self = Self(32);
    pub(super) const OBJECT: Self = Self(64);
    const NONE: Self = Self(0);
    const ALL: Self = Self(127);

    fn named(name: &str) -> Self {
        match name {
            "null" => Self::NULL,
            "boolean" => Self::BOOLEAN,
            "integer" => Self::INTEGER,
            "number" => Self::NUMBER,
            "string" => Self::STRING,
            "array" => Self::ARRAY,
            "object" => Self::OBJECT,
            _ => Self::NONE,
        }
    }

    /// The type of one value.
    pub(super) fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::NULL,
            Value::Bool(_) => Self::BOOLEAN,
            Value::Number(number) if Number::of(number).is_whole() => Self::INTEGER,
            Value::Number(_) => Self::FRACTION,
            Value::String(_) => Self::STRING,
            Value::Array(_) => Self::ARRAY,
            Value::Object(_) => Self::OBJECT,
        }
    }

    /// What `type` allows.
    pub(super) fn declared(view: &View<'_>) -> Self {
        view.each("type").fold(Self::ALL, |all, types| {
            all & match types {
                Value::Array(several) => {
                    several.iter().filter_map(Value::as_str).map(Self::named).fold(Self::NONE, BitOr::bitor)
                }
                one => one.as_str().map_or(Self::ALL, Self::named),
            }
        })
    }

    /// What is left of that by lists of values and by forms.
    pub(super) fn accepted(view: &View<'_>) -> Self {
        Self::within(view, 0)
    }

    fn within(view: &View<'_>, depth: u8) -> Self {
        /// Forms that contain themselves are not followed for ever.
        const DEEPEST: u8 = 16;
        let declared = Self::declared(view);
        if view.is_never || depth > DEEPEST {
            return if view.is_never { Self::NONE } else { declared };
        }
        let of_form = |form: Node<'_>| Self::within(&form.view(), depth + 1);
        let by_forms = ["oneOf", "anyOf"].into_iter().flat_map(|keyword| view.each(keyword)).fold(
            declared,
            |all, forms| {
                let forms = forms.as_array().into_iter().flatten();
                all & forms.map(|form| of_form(view.node.at(form))).fold(Self::NONE, BitOr::bitor)
            },
        );
        match values::listed(view) {
            Some(listed) => by_forms & listed.into_iter().map(Self::of).fold(Self::NONE, BitOr::bitor),
            None => by_forms,
        }
    }

    pub(super) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub(super) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) fn is_none(self) -> bool {
        self == Self::NONE
    }

    /// Whether all of these are among others.
    pub(super) fn are_in(self, other: Self) -> bool {
        self.without(other).is_none()
    }

    pub(super) fn words(self) -> String {
        if self == Self::ALL {
            return "any value".to_owned();
        }
        let number = match (self.has(Self::INTEGER), self.has(Self::FRACTION)) {
            (_, true) => "number",
            (true, false) => "integer",
            (false, false) => "",
        };
        let named = [
            (self.has(Self::BOOLEAN), "boolean"),
            (!number.is_empty(), number),
            (self.has(Self::STRING), "string"),
            (self.has(Self::ARRAY), "list"),
            (self.has(Self::OBJECT), "table"),
            (self.has(Self::NULL), "null"),
        ];
        named
            .into_iter()
            .filter_map(|(is_there, name)| is_there.then_some(name))
            .collect::<Vec<_>>()
            .join(" or ")
    }
}

impl BitAnd for Types {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl BitOr for Types {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}
