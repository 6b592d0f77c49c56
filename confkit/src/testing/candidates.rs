//! Values that a setting may take, the most plausible first. Which of them it takes, the load says.

use confkit_sources::declared::{Holds, Kind, Metadata, Rule, RuleKind, Shape, Tagging, ValueKind};

use super::places::{Held, Place};
use super::tree::Tree;
use super::{numbers, pattern};

/// Lengths that are tried for lists, for those whose length their type knows.
const LENGTHS: [usize; 9] = [1, 2, 3, 0, 4, 5, 6, 8, 16];

/// What types that read themselves from text may read.
const WORDS: [&str; 20] = [
    "127.0.0.1:8080",
    "127.0.0.1",
    "::1",
    "[::1]:8080",
    "https://example.com/",
    "a",
    "1.0.0",
    "^1",
    "2026-01-31",
    "2026-01-31T12:00:00Z",
    "12:00:00",
    "00000000-0000-4000-8000-000000000000",
    "127.0.0.0/8",
    "example.com",
    "UTC",
    "en",
    "info",
    "#000000",
    "1",
    "test",
];

/// Values for a place, without any twice.
pub(super) fn candidates(place: &Place) -> Vec<Tree> {
    let mut all: Vec<Tree> = example(place).into_iter().collect();
    match &place.holds {
        Held::Value(kind) => all.extend(of_kind(kind, place)),
        Held::Sections(shape) => all.extend(of_shape(*shape, place)),
    }
    let mut candidates: Vec<Tree> = Vec::new();
    for candidate in all {
        if !candidates.contains(&candidate) {
            candidates.push(candidate);
        }
    }
    candidates
}

/// What the declaration gives as an example, read as the kind of its field.
fn example(place: &Place) -> Option<Tree> {
    let (Held::Value(kind), field) = (&place.holds, place.field?) else { return None };
    let document = crate::effective::typed(kind, field.example()?, field.env_delimiter());
    document.root().items().next().map(Tree::of)
}

fn of_kind(kind: &ValueKind, place: &Place) -> Vec<Tree> {
    match kind.kind() {
        Kind::Bool => vec![Tree::Bool(true), Tree::Bool(false)],
        Kind::Integer { min, max } => numbers::integers(&place.rules, *min, *max),
        Kind::Float => numbers::floats(&place.rules),
        Kind::Text => texts(place, kind.is_path()),
        Kind::Parsed(_) => texts(place, false).into_iter().chain(WORDS.map(Tree::text)).collect(),
        Kind::Duration => {
            ["30s", "1s", "1m", "5m", "1h", "1ms", "100ms", "1day", "30days"].map(Tree::text).into()
        }
        Kind::Bytes => ["1MiB", "1KiB", "64KiB", "1GiB", "1B", "16B", "1TiB"].map(Tree::text).into(),
        Kind::List => lists(kind, place),
        Kind::Map => maps(kind, place),
        Kind::Choice(names) => choices(names),
        Kind::Structure(_) => vec![Tree::empty()],
        _ => texts(place, false).into_iter().chain(anything()).collect(),
    }
}

/// Something of every kind.
fn anything() -> Vec<Tree> {
    let mut all = vec![Tree::text("test"), Tree::Integer(1), Tree::Bool(true), Tree::Float(0.5)];
    all.extend([Tree::empty(), Tree::List(Vec::new()), Tree::text("30s"), Tree::Null]);
    all.extend(WORDS.map(Tree::text));
    all
}

/// Names of variants, then variants with something in them.
fn choices(names: &[&str]) -> Vec<Tree> {
    let named = |name: &&str| Tree::text(*name);
    let with = |name: &&str| {
        let held =
            [Tree::empty(), Tree::Integer(1), Tree::text("test"), Tree::Bool(true), Tree::List(Vec::new())];
        held.map(|held| Tree::Table(vec![((*name).to_owned(), held)]))
    };
    names.iter().map(named).chain(names.iter().flat_map(with)).collect()
}

fn lists(kind: &ValueKind, place: &Place) -> Vec<Tree> {
    let element = kind.element().cloned().unwrap_or_else(|| ValueKind::new(Kind::Any));
    let inner = candidates(&place.inside(Held::Value(element)));
    let mut lists: Vec<Tree> = lengths(&place.rules).map(|length| repeated(&inner, length)).collect();
    if kind.unsure {
        lists.extend(tuples());
    }
    lists
}

/// So many elements; different ones first, since a set counts each once.
fn repeated(elements: &[Tree], length: usize) -> Tree {
    let others = elements.iter().cycle().take(if elements.is_empty() { 0 } else { length });
    Tree::List(others.cloned().collect())
}

/// Short lists of different kinds, for tuples, which tell the kind of their first element alone.
fn tuples() -> Vec<Tree> {
    let kinds = [Tree::Integer(1), Tree::text("test"), Tree::Bool(true), Tree::Float(0.5)];
    let pairs =
        kinds.iter().flat_map(|first| kinds.iter().map(move |second| vec![first.clone(), second.clone()]));
    let pairs: Vec<Vec<Tree>> = pairs.collect();
    let triples = pairs.iter().flat_map(|pair| {
        kinds.iter().map(move |third| pair.iter().cloned().chain([third.clone()]).collect::<Vec<_>>())
    });
    pairs.iter().cloned().chain(triples).map(Tree::List).collect()
}

fn maps(kind: &ValueKind, place: &Place) -> Vec<Tree> {
    let element = kind.element().cloned().unwrap_or_else(|| ValueKind::new(Kind::Any));
    let inner = candidates(&place.inside(Held::Value(element)));
    let first = inner.into_iter().next().unwrap_or(Tree::Null);
    tables(place, &first)
}

/// Tables with one entry, with several, and with none, under keys that the rules on them allow.
fn tables(place: &Place, entry: &Tree) -> Vec<Tree> {
    let keys: Vec<String> = candidates(&place.keys())
        .into_iter()
        .chain(WORDS.map(Tree::text))
        .filter_map(|key| if let Tree::Text(key) = key { Some(key) } else { None })
        .collect();
    let of = |keys: &[String]| Tree::Table(keys.iter().map(|key| (key.clone(), entry.clone())).collect());
    let single = keys.chunks(1).map(of);
    let several = lengths(&place.rules).filter(|length| *length != 1 && *length <= keys.len());
    single.chain(several.map(|length| of(&keys[..length]))).collect()
}

/// Lengths that the rules allow; one element where they say nothing.
fn lengths(rules: &[&'static Rule]) -> impl Iterator<Item = usize> + use<> {
    let (min, max) = numbers::length(rules);
    let wanted = [min, max.unwrap_or(min)].into_iter().filter(move |_| min > 0);
    let is_allowed = move |length: &usize| *length >= min && max.is_none_or(|max| *length <= max);
    wanted.chain(LENGTHS).filter(is_allowed).filter(|length| *length <= 1024)
}

fn texts(place: &Place, is_path: bool) -> Vec<Tree> {
    let plain = match (place.is_secret, is_path) {
        (true, _) => format!("test-secret-{}", place.key),
        (_, true) => format!("test/{}", place.key),
        _ => format!("test-{}", place.key),
    };
    let formats = place.rules.iter().flat_map(|rule| format(rule.kind()));
    let shortest =
        [plain.clone(), "test".to_owned(), "a".to_owned(), "A".to_owned(), "1".to_owned(), String::new()];
    let (min, max) = numbers::length(&place.rules);
    let fitted = move |text: String| fitted(text, min, max);
    formats.chain(shortest.map(fitted)).map(Tree::Text).collect()
}

/// A text of a length that the rules allow.
fn fitted(text: String, min: usize, max: Option<usize>) -> String {
    let length = text.chars().count();
    let padding = std::iter::repeat_n('x', min.saturating_sub(length).min(1 << 16));
    text.chars().chain(padding).take(max.unwrap_or(usize::MAX)).collect()
}

/// What a rule on the meaning of a text takes.
fn format(rule: &RuleKind) -> Vec<String> {
    let one = |text: &str| vec![text.to_owned()];
    match rule {
        RuleKind::OneOf(allowed) => allowed.iter().map(|&text| text.to_owned()).collect(),
        RuleKind::Email => one("test@example.com"),
        RuleKind::Url => one("https://example.com/"),
        RuleKind::Ip | RuleKind::Ipv4 => one("192.0.2.1"),
        RuleKind::Ipv6 => one("2001:db8::1"),
        RuleKind::CreditCard => one("4111111111111111"),
        RuleKind::Regex(pattern) => pattern::matching(pattern),
        RuleKind::Contains(part) => vec![format!("test-{part}"), (*part).to_owned()],
        _ => Vec::new(),
    }
}

/// Sections: what is required in them is found to be missing once they are there.
fn of_shape(shape: Shape, place: &Place) -> Vec<Tree> {
    match shape {
        Shape::Optional(inner) => of_shape(inner(), place),
        Shape::Section(section) => of_section(section, place),
        Shape::List(inner) => {
            let inner = of_shape(inner(), &place.inside(Held::Sections(inner())));
            lengths(&place.rules).map(|length| repeated(&inner[..inner.len().min(1)], length)).collect()
        }
        Shape::Map(inner) => {
            let inner = of_shape(inner(), &place.inside(Held::Sections(inner())));
            tables(place, inner.first().unwrap_or(&Tree::Null))
        }
        _ => Vec::new(),
    }
}

/// The forms of an enum, those that hold nothing first; a table for anything else.
fn of_section(section: &'static Metadata, place: &Place) -> Vec<Tree> {
    let Some(variants) = section.variants() else { return vec![Tree::empty()] };
    let (empty, full): (Vec<_>, Vec<_>) = variants
        .list()
        .iter()
        .filter(|variant| !variant.other)
        .partition(|variant| variant.holds() == Holds::Nothing);
    let content = |variant: &&confkit_sources::declared::Variant| {
        let field = variant.metadata().fields().first().filter(|_| variant.holds() == Holds::Value);
        let place = field.and_then(|field| place.field(field));
        place.map_or_else(|| vec![Tree::empty()], |place| candidates(&place))
    };
    let name = |key: &str| Tree::text(key);
    match variants.tagging() {
        Tagging::External => {
            let full = full.iter().flat_map(|variant| {
                content(variant).into_iter().map(|held| Tree::Table(vec![(variant.key().to_owned(), held)]))
            });
            empty.iter().map(|variant| name(variant.key())).chain(full).collect()
        }
        Tagging::Internal { tag } | Tagging::Adjacent { tag, .. } => {
            let tagged = |key: &str| Tree::Table(vec![(tag.to_owned(), name(key))]);
            empty.iter().chain(&full).map(|variant| tagged(variant.key())).collect()
        }
        _ => {
            let values = full.iter().filter(|variant| variant.holds() == Holds::Value).flat_map(content);
            let tables = full.iter().filter(|variant| variant.holds() != Holds::Value).map(|variant| {
                let fields = crate::resolve::visible_fields(variant.metadata());
                let given = fields.into_iter().filter_map(|field| {
                    let first = candidates(&place.field(field)?).into_iter().next()?;
                    Some((field.key().to_owned(), first))
                });
                Tree::Table(given.collect())
            });
            values.chain(tables).chain([Tree::Null]).collect()
        }
    }
}
