//! Settings grown by choices: any fields of any sections, with any values that their rules may allow.
//! What the rules forbid after all is mended by the filler.

use confkit_sources::declared::{
    Field, FieldDefault, Holds, Kind, Metadata, RuleKind, Shape, Tagging, ValueKind,
};
use confkit_sources::path::Segment;

use super::super::candidates::candidates;
use super::super::filler::Filler;
use super::super::numbers;
use super::super::places::{Held, Place, places};
use super::super::tree::Tree;
use super::choices::Choices;
use crate::config::Config;
use crate::resolve::visible_fields;

/// What texts are made of.
const CHARACTERS: [char; 16] =
    ['a', 'b', 'Z', '0', '7', '-', '_', '.', ' ', ',', '\'', '"', '#', '\\', 'é', '😀'];
/// Keys of maps, where no rule asks for others.
const KEYS: [&str; 5] = ["a", "b-c", "x1", "with.dot", "With Blank"];
/// Sections may hold themselves; they are grown to this depth.
const DEEPEST: usize = 6;

type Path = Vec<Segment<'static>>;

/// Suggests values for a type.
pub(super) fn grow<T: Config>(filler: &mut Filler<T>, choices: &mut Choices<'_>) {
    if let Some(root) = places(T::METADATA, &[]).first() {
        Grower { filler, choices }.fields(T::METADATA, root, &Vec::new(), 0);
    }
}

struct Grower<'g, 't, T> {
    filler: &'g mut Filler<T>,
    choices: &'g mut Choices<'t>,
}

impl<T: Config> Grower<'_, '_, T> {
    fn fields(&mut self, section: &'static Metadata, around: &Place, path: &Path, depth: usize) {
        for field in visible_fields(section).into_iter().filter(|field| !field.key().is_empty()) {
            let Some(place) = around.field(field).filter(|_| depth < DEEPEST && self.choices.is_chosen())
            else {
                continue;
            };
            let mut path = path.clone();
            path.push(Segment::key(field.key()));
            match &place.holds {
                Held::Value(kind) => {
                    let value = self.value(kind, &place);
                    self.suggest(&path, value, &place, is_optional(field));
                }
                Held::Sections(shape) => self.shape(*shape, &place, &path, depth + 1),
            }
        }
    }

    /// Puts a value; others are tried where it turns out to be wrong.
    fn suggest(&mut self, path: &Path, value: Tree, place: &Place, is_optional: bool) {
        let values = std::iter::once(value).chain(candidates(place)).collect();
        self.filler.put(path, values, is_optional);
    }

    fn shape(&mut self, shape: Shape, place: &Place, path: &Path, depth: usize) {
        let is_optional = matches!(shape, Shape::Optional(_)) || place.field.is_some_and(is_optional);
        match shape {
            Shape::Optional(inner) => match inner() {
                Shape::Section(section) => self.section(section, place, path, is_optional, depth),
                inner => self.shape(inner, place, path, depth),
            },
            Shape::Section(section) => self.section(section, place, path, is_optional, depth),
            Shape::List(inner) => {
                let inner = place.inside(Held::Sections(inner()));
                let forms: Vec<Tree> = (0..self.choices.below(4)).filter_map(|_| self.form(&inner)).collect();
                self.suggest(path, Tree::List(forms.clone()), place, is_optional);
                for (index, form) in forms.iter().enumerate() {
                    self.inside(&inner, &joined(path, Segment::Index(index)), form, depth);
                }
            }
            Shape::Map(inner) => {
                let inner = place.inside(Held::Sections(inner()));
                let entries: Vec<(String, Tree)> =
                    self.keys(place).into_iter().filter_map(|key| Some((key, self.form(&inner)?))).collect();
                self.suggest(path, Tree::Table(entries.clone()), place, is_optional);
                for (key, form) in entries {
                    self.inside(&inner, &joined(path, Segment::key(key)), &form, depth);
                }
            }
            _ => {}
        }
    }

    /// A section with nothing in it, or a variant.
    fn form(&mut self, place: &Place) -> Option<Tree> {
        self.choices.one_of(&candidates(place)).cloned()
    }

    fn section(
        &mut self,
        section: &'static Metadata,
        place: &Place,
        path: &Path,
        is_optional: bool,
        depth: usize,
    ) {
        // The fields of a plain section are suggested one by one; it need not be there itself.
        if section.variants().is_none() && !is_optional {
            return self.fields(section, &place.of_section(section), path, depth);
        }
        let Some(form) = self.form(&place.of_section(section)) else { return };
        self.suggest(path, form.clone(), place, is_optional);
        self.inside(&place.of_section(section), path, &form, depth);
    }

    /// The fields of a section that stands somewhere in some form.
    fn inside(&mut self, place: &Place, path: &Path, form: &Tree, depth: usize) {
        let Some(Shape::Section(section)) = place.required() else { return };
        let Some(variants) = section.variants() else {
            return self.fields(section, &place.of_section(section), path, depth);
        };
        let Tree::Table(entries) = form else { return };
        let name = variants.tagging().tag().and_then(|tag| form.get(&[Segment::key(tag)]));
        let name = match name {
            Some(Tree::Text(name)) => Some(name.as_str()),
            _ => entries.first().map(|(key, _)| key.as_str()),
        };
        let Some(variant) = name.and_then(|name| variants.list().get(variants.position(name)?)) else {
            return;
        };
        if variant.holds() != Holds::Fields {
            return;
        }
        let path = match variants.tagging() {
            Tagging::External => joined(path, Segment::key(variant.key())),
            Tagging::Adjacent { content, .. } => joined(path, Segment::key(content)),
            Tagging::Internal { .. } => path.clone(),
            _ => return,
        };
        self.fields(variant.metadata(), &place.of_section(variant.metadata()), &path, depth);
    }

    /// Keys that rules allow, for the entries of a map.
    fn keys(&mut self, place: &Place) -> Vec<String> {
        let keys = place.keys();
        let allowed: Vec<String> = if keys.rules.is_empty() {
            KEYS.map(str::to_owned).into()
        } else {
            let texts = candidates(&keys).into_iter();
            texts.filter_map(|key| if let Tree::Text(key) = key { Some(key) } else { None }).collect()
        };
        let mut chosen: Vec<String> = Vec::new();
        for _ in 0..self.choices.below(4) {
            let next = self.choices.one_of(&allowed).filter(|key| !chosen.contains(key)).cloned();
            chosen.extend(next);
        }
        chosen
    }

    /// A value that its rules may allow: one that is always tried, or any.
    fn value(&mut self, kind: &ValueKind, place: &Place) -> Tree {
        let known = candidates(place);
        let any = match kind.kind() {
            Kind::Integer { min, max } => {
                let (low, high) = numbers::bounds(&place.rules, *min, *max);
                // What is wider than 64 bits not every format can hold.
                let (low, high) = (low.max(i64::MIN.into()), high.min(i64::MAX.into()));
                (low <= high).then(|| Tree::Integer(self.choices.between(low, high)))
            }
            Kind::Text if !has_form(place) => Some(Tree::Text(self.text(place))),
            Kind::List if kind.element().is_some() && !kind.unsure => Some(self.list(kind, place)),
            Kind::Map if kind.element().is_some() => Some(self.map(kind, place)),
            _ => None,
        };
        match any {
            Some(any) if self.choices.is_chosen() || known.is_empty() => any,
            _ => self.choices.one_of(&known).cloned().unwrap_or(Tree::Null),
        }
    }

    fn text(&mut self, place: &Place) -> String {
        let (min, max) = numbers::length(&place.rules);
        let length = min.max(self.choices.below(12)).min(max.unwrap_or(usize::MAX));
        (0..length).filter_map(|_| self.choices.one_of(&CHARACTERS).copied()).collect()
    }

    fn list(&mut self, kind: &ValueKind, place: &Place) -> Tree {
        let Some(element) = kind.element() else { return Tree::List(Vec::new()) };
        let inner = place.inside(Held::Value(element.clone()));
        let (min, max) = numbers::length(&place.rules);
        let length = min.max(self.choices.below(5)).min(max.unwrap_or(usize::MAX));
        Tree::List((0..length).map(|_| self.value(element, &inner)).collect())
    }

    fn map(&mut self, kind: &ValueKind, place: &Place) -> Tree {
        let Some(element) = kind.element() else { return Tree::empty() };
        let inner = place.inside(Held::Value(element.clone()));
        let keys = self.keys(place);
        Tree::Table(keys.into_iter().map(|key| (key, self.value(element, &inner))).collect())
    }
}

fn joined(path: &Path, step: Segment<'static>) -> Path {
    path.iter().cloned().chain([step]).collect()
}

/// Whether rules ask for more of a text than a length.
fn has_form(place: &Place) -> bool {
    let is_free = |rule: &RuleKind| matches!(rule, RuleKind::Length { .. } | RuleKind::NonEmpty);
    place.rules.iter().any(|rule| !is_free(rule.kind()))
}

fn is_optional(field: &'static Field) -> bool {
    let by_kind = field.kind().is_some_and(|kind| kind.is_optional());
    field.is_optional() || by_kind || !matches!(field.default(), FieldDefault::None)
}
