//! What a declaration says of a path.

use confkit_sources::declared::{
    Content, Field, Kind, Metadata, Refinement, Rule, RuleKind, Shape, ValueKind,
};
use confkit_sources::path::Segment;

use crate::resolve::visible_fields;

/// A place for a value or for sections.
#[derive(Clone)]
pub(super) struct Place {
    /// What leads there: a key, or that of the list or map around it.
    pub(super) key: String,
    /// The field that stands there; none for elements and entries.
    pub(super) field: Option<&'static Field>,
    pub(super) rules: Vec<&'static Rule>,
    pub(super) holds: Held,
    pub(super) is_secret: bool,
    /// Rules for what is inside, with the names of fields that lead there.
    added: Vec<(&'static str, &'static [Rule])>,
}

#[derive(Clone)]
pub(super) enum Held {
    Value(ValueKind),
    Sections(Shape),
}

/// The places that a path may lead to: variants may have one key for different things.
pub(super) fn places(metadata: &'static Metadata, path: &[Segment<'_>]) -> Vec<Place> {
    let root = Place {
        key: String::new(),
        field: None,
        rules: Vec::new(),
        holds: Held::Sections(Shape::Section(metadata)),
        is_secret: false,
        added: Vec::new(),
    };
    path.iter().fold(vec![root], |places, step| places.iter().flat_map(|place| place.step(step)).collect())
}

/// The section at a path, if one stands there.
pub(super) fn section(metadata: &'static Metadata, path: &[Segment<'_>]) -> Option<&'static Metadata> {
    places(metadata, path).iter().find_map(|place| match place.required() {
        Some(Shape::Section(section)) => Some(section),
        _ => None,
    })
}

/// What is inside a value; of a type that names its keys at most, anything may be.
fn inner(kind: &ValueKind) -> Option<ValueKind> {
    let is_open = matches!(kind.kind(), Kind::Structure(_) | Kind::Choice(_) | Kind::Any | Kind::Other);
    kind.element().cloned().or_else(|| is_open.then(|| ValueKind::new(Kind::Other)))
}

impl Place {
    /// The shape of the sections, whether they may be absent or not.
    pub(super) fn required(&self) -> Option<Shape> {
        let mut shape = match self.holds {
            Held::Sections(shape) => shape,
            Held::Value(_) => return None,
        };
        while let Shape::Optional(inner) = shape {
            shape = inner();
        }
        Some(shape)
    }

    fn step(&self, step: &Segment<'_>) -> Vec<Self> {
        match (&self.holds, self.required(), step) {
            (_, Some(Shape::Section(section)), Segment::Key(key)) => {
                let named = visible_fields(section).into_iter().filter(|field| field.answers_to(key));
                named.filter_map(|field| self.field(field)).collect()
            }
            (_, Some(Shape::List(inner)), Segment::Index(_))
            | (_, Some(Shape::Map(inner)), Segment::Key(_)) => {
                vec![self.inside(Held::Sections(inner()))]
            }
            (Held::Value(kind), _, _) => {
                let key = if let Segment::Key(key) = step { key.to_string() } else { self.key.clone() };
                let element = inner(kind).map(|element| self.inside(Held::Value(element)));
                element.map(|element| Self { key, ..element }).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    /// The place of a section by itself, whatever holds it.
    #[cfg(feature = "proptest")]
    pub(super) fn of_section(&self, section: &'static Metadata) -> Self {
        Self { holds: Held::Sections(Shape::Section(section)), ..self.clone() }
    }

    /// A field of the section that stands here.
    pub(super) fn field(&self, field: &'static Field) -> Option<Self> {
        let holds = match field.content() {
            Content::Value(kind) => Held::Value(kind()),
            Content::Nested(shape) => Held::Sections(shape()),
            _ => return None,
        };
        let (mut rules, mut added): (Vec<&Rule>, Vec<_>) = (field.rules().iter().collect(), Vec::new());
        for &(way, more) in &self.added {
            match way.strip_prefix(field.name()) {
                Some("") => rules.extend(more),
                Some(rest) => added.extend(rest.strip_prefix('.').map(|rest| (rest, more))),
                None => {}
            }
        }
        added.extend(field.refinements().iter().map(|one: &Refinement| (one.field(), one.rules())));
        let is_secret = self.is_secret || field.holds_secret();
        Some(Self { key: field.key().to_owned(), field: Some(field), rules, holds, is_secret, added })
    }

    /// An element or entry of what stands here.
    pub(super) fn inside(&self, holds: Held) -> Self {
        let each = self.rules.iter().filter(|rule| matches!(rule.kind(), RuleKind::Each(_)));
        let rules = each.flat_map(|rule| rule.inner()).collect();
        let is_secret = self.is_secret || matches!(&holds, Held::Value(kind) if kind.holds_secret());
        Self { field: None, rules, holds, is_secret, ..self.clone() }
    }

    /// What the rules on its keys ask, for a map.
    pub(super) fn keys(&self) -> Self {
        let keys = self.rules.iter().filter(|rule| matches!(rule.kind(), RuleKind::Keys(_)));
        let rules = keys.flat_map(|rule| rule.inner()).collect();
        let holds = Held::Value(ValueKind::new(Kind::Text));
        Self { key: "key".to_owned(), field: None, rules, holds, is_secret: false, added: Vec::new() }
    }
}
