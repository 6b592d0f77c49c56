//! Loading layers is folding them: in any grouping, and as a plain model says.

use confkit::{Config, Format, Loader};
use proptest::collection::vec;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Config, Serialize, Deserialize)]
struct Entry {
    name: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    a: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    b: Option<u8>,
}

#[derive(Debug, Config)]
struct Settings {
    #[config(default, merge = "replace")]
    replace: Vec<u8>,
    #[config(default, merge = "append")]
    append: Vec<u8>,
    #[config(default, merge = "prepend")]
    prepend: Vec<u8>,
    #[config(default, merge = "unique")]
    unique: Vec<u8>,
    #[config(default, merge = "deep")]
    deep: Vec<u8>,
    #[config(nested, default, merge = "append")]
    append_nested: Vec<Entry>,
    #[config(nested, default, merge = "unique")]
    unique_nested: Vec<Entry>,
    #[config(default, merge = "deep")]
    deep_plain: Vec<Entry>,
    #[config(nested, default, merge = "deep")]
    deep_nested: Vec<Entry>,
    #[config(default, merge(key = "name"))]
    key_plain: Vec<Entry>,
    #[config(nested, default, merge(key = "name"))]
    key_nested: Vec<Entry>,
    #[config(nested, merge = "replace")]
    replace_nested: Option<Entry>,
}

/// What one layer says; nothing of a field that is absent.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
struct Said {
    #[serde(skip_serializing_if = "Option::is_none")]
    numbers: Option<Vec<u8>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    entries: Option<Vec<Entry>>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Way {
    Replace,
    Append,
    Prepend,
    Unique,
    Deep,
    Key,
}

/// The model: two layers' lists as one.
fn two<T: Clone + PartialEq>(
    way: Way,
    lower: Vec<T>,
    upper: Vec<T>,
    same: impl Fn(&T, &T) -> bool,
    over: impl Fn(&T, &T) -> T,
) -> Vec<T> {
    let mut list = lower;
    match way {
        Way::Replace => return upper,
        Way::Append => list.extend(upper),
        Way::Prepend => return [upper, list].concat(),
        Way::Unique => {
            let mut unique = Vec::new();
            for item in list.into_iter().chain(upper) {
                if !unique.contains(&item) {
                    unique.push(item);
                }
            }
            return unique;
        }
        Way::Deep => {
            for (at, item) in upper.into_iter().enumerate() {
                match list.get_mut(at) {
                    Some(known) => *known = over(known, &item),
                    None => list.push(item),
                }
            }
        }
        Way::Key => {
            for item in upper {
                match list.iter_mut().find(|known| same(known, &item)) {
                    Some(known) => *known = over(known, &item),
                    None => list.push(item),
                }
            }
        }
    }
    list
}

fn numbers(way: Way, lower: Option<Vec<u8>>, upper: Option<Vec<u8>>) -> Option<Vec<u8>> {
    match (lower, upper) {
        (Some(lower), Some(upper)) => {
            Some(two(way, lower, upper, |one, other| one == other, |_, upper| *upper))
        }
        (lower, upper) => upper.or(lower),
    }
}

fn entries(way: Way, lower: Option<Vec<Entry>>, upper: Option<Vec<Entry>>) -> Option<Vec<Entry>> {
    let over = |lower: &Entry, upper: &Entry| Entry {
        name: upper.name,
        a: upper.a.or(lower.a),
        b: upper.b.or(lower.b),
    };
    match (lower, upper) {
        (Some(lower), Some(upper)) => Some(two(way, lower, upper, |one, other| one.name == other.name, over)),
        (lower, upper) => upper.or(lower),
    }
}

fn folded(way: Way, layers: &[Said]) -> Said {
    layers.iter().cloned().fold(Said::default(), |lower, upper| Said {
        numbers: numbers(way, lower.numbers, upper.numbers),
        entries: entries(way, lower.entries, upper.entries),
    })
}

fn said() -> impl Strategy<Value = Said> {
    let entry = (0..4_u8, proptest::option::of(0..3_u8), proptest::option::of(0..3_u8))
        .prop_map(|(name, a, b)| Entry { name, a, b });
    let numbers = proptest::option::of(vec(0..5_u8, 0..4));
    (numbers, proptest::option::of(vec(entry, 0..4))).prop_map(|(numbers, entries)| Said { numbers, entries })
}

/// Without two entries of one name.
fn named(said: &Said) -> Said {
    let entries = said.entries.as_ref().map(|entries| {
        let mut named: Vec<Entry> = Vec::new();
        for entry in entries {
            if !named.iter().any(|known| known.name == entry.name) {
                named.push(entry.clone());
            }
        }
        named
    });
    Said { numbers: said.numbers.clone(), entries }
}

const NUMBERS: [(&str, Way); 5] = [
    ("replace", Way::Replace),
    ("append", Way::Append),
    ("prepend", Way::Prepend),
    ("unique", Way::Unique),
    ("deep", Way::Deep),
];

const ENTRIES: [(&str, Way); 6] = [
    ("append_nested", Way::Append),
    ("unique_nested", Way::Unique),
    ("deep_plain", Way::Deep),
    ("deep_nested", Way::Deep),
    ("key_plain", Way::Key),
    ("key_nested", Way::Key),
];

/// A layer as text: each field has what the layers of a group make of it.
fn text(group: &[Said]) -> String {
    let mut fields = serde_json::Map::new();
    let mut add = |name: &str, value: Option<serde_json::Value>| {
        value.into_iter().for_each(|value| {
            fields.insert(name.to_owned(), value);
        });
    };
    for (name, way) in NUMBERS {
        add(name, folded(way, group).numbers.map(|list| serde_json::to_value(list).unwrap()));
    }
    for (name, way) in ENTRIES {
        let group: Vec<Said> =
            group.iter().map(|said| if way == Way::Key { named(said) } else { said.clone() }).collect();
        add(name, folded(way, &group).entries.map(|list| serde_json::to_value(list).unwrap()));
    }
    let whole = group.iter().rev().find_map(|said| said.entries.as_ref()?.first());
    add("replace_nested", whole.map(|entry| serde_json::to_value(entry).unwrap()));
    serde_json::to_string(&fields).unwrap()
}

fn loader(groups: &[&[Said]]) -> Loader<Settings> {
    groups.iter().enumerate().fold(Settings::loader(), |loader, (at, group)| {
        loader.text(Format::Json, &format!("{at}.json"), text(group))
    })
}

/// What is loaded, as text that can be compared.
fn loaded(groups: &[&[Said]]) -> String {
    let settings = loader(groups).load().unwrap_or_else(|report| panic!("{report}"));
    format!("{settings:?}")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_grouping_of_layers_is_the_fold_of_the_model(layers in vec(said(), 3..5)) {
        let single: Vec<&[Said]> = layers.iter().map(std::slice::from_ref).collect();
        let whole = loaded(&single);
        for cut in 1..layers.len() {
            let upper = layers.split_at(cut);
            let mut groups: Vec<&[Said]> = single[..cut].to_vec();
            groups.push(upper.1);
            prop_assert_eq!(&loaded(&groups), &whole);
            let mut groups: Vec<&[Said]> = vec![upper.0];
            groups.extend(&single[cut..]);
            prop_assert_eq!(&loaded(&groups), &whole);
        }
        prop_assert_eq!(&loaded(&[&layers]), &whole);
    }

    #[test]
    fn one_element_is_replaced_in_what_the_layers_below_make(
        below in vec(said(), 1..4),
        above in said(),
        at in 0..6_usize,
    ) {
        for (name, way) in NUMBERS {
            let mut list = folded(way, &below).numbers.unwrap_or_default();
            if way == Way::Unique {
                list = two(way, Vec::new(), list, |one, other| one == other, |_, upper| *upper);
            }
            let groups: Vec<&[Said]> = below.iter().map(std::slice::from_ref).collect();
            let set = loader(&groups).set(&format!("{name}[{at}]"), 77);
            let set = set.text(Format::Json, "above.json", text(std::slice::from_ref(&above)));
            if at > list.len() {
                prop_assert_eq!(set.load().is_err(), way != Way::Replace || above.numbers.is_none(), "{}", name);
                continue;
            }
            if at == list.len() { list.push(77) } else { list[at] = 77 }
            let expected = numbers(way, Some(list), above.numbers.clone()).unwrap();
            let settings = set.load().unwrap();
            let found = match way {
                Way::Replace => settings.replace,
                Way::Append => settings.append,
                Way::Prepend => settings.prepend,
                Way::Unique => settings.unique,
                _ => settings.deep,
            };
            let mut expected = expected;
            if way == Way::Unique {
                expected = two(way, Vec::new(), expected, |one, other| one == other, |_, upper| *upper);
            }
            prop_assert_eq!(found, expected, "{}", name);
        }
    }
}
