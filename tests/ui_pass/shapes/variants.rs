// Enums with data: generic, recursive, private types, every kind of variant.
use std::collections::BTreeMap;
use std::marker::PhantomData;

use confkit::Config;

#[derive(Config)]
enum Generic<T, const N: usize> {
    Value(T),
    Nested(#[config(nested)] Leaf<T>),
    Fields {
        list: Vec<T>,
        #[config(skip)]
        cache: PhantomData<[u8; N]>,
    },
    Nothing,
}

#[derive(Config)]
struct Leaf<T> {
    value: T,
}

#[derive(Config)]
#[serde(tag = "type", rename_all = "kebab-case", rename_all_fields = "camelCase", deny_unknown_fields)]
enum Rule {
    All {
        #[config(nested)]
        rules: Vec<Rule>,
    },
    Not {
        #[config(nested)]
        rule: Box<Rule>,
    },
    Named {
        #[config(nested, default)]
        by_name: BTreeMap<String, Rule>,
    },
    #[serde(skip)]
    Internal,
}

#[derive(Config)]
#[serde(untagged)]
enum Untagged {
    Text(String),
    Number(#[config(with = serde::Deserialize::deserialize)] u32),
    Hex(#[config(parse = hex)] u64),
    Section(#[config(nested)] Leaf<u8>),
    List(#[config(nested)] Vec<Leaf<u8>>),
}

fn hex(text: &str) -> Result<u64, std::num::ParseIntError> {
    u64::from_str_radix(text, 16)
}

#[derive(Config)]
#[serde(tag = "type")]
enum OnlyNames {
    A,
    B,
}

#[derive(Config)]
#[serde(try_from = "OnlyNames")]
enum Converted {
    A(u8),
}

impl TryFrom<OnlyNames> for Converted {
    type Error = &'static str;

    fn try_from(name: OnlyNames) -> Result<Self, Self::Error> {
        match name {
            OnlyNames::A => Ok(Self::A(1)),
            OnlyNames::B => Err("B is not converted"),
        }
    }
}

#[derive(Config)]
struct Settings {
    #[config(nested)]
    generic: Generic<u16, 4>,
    #[config(nested)]
    rule: Option<Rule>,
    #[config(nested)]
    untagged: Untagged,
    #[config(nested)]
    only: OnlyNames,
    #[config(nested)]
    converted: Converted,
}

fn main() {}
