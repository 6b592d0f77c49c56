//! Problems as the load finds them: places are nodes, and texts for people are made later.

use confkit_sources::declared::{Content, Field, Metadata, Shape};

use super::{Cx, Ref};
use crate::report::{Code, Severity};

/// A problem before it is told.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) code: Code,
    pub(crate) severity: Severity,
    pub(crate) rule: Option<&'static str>,
    pub(crate) path: String,
    pub(crate) message: String,
    pub(crate) place: Option<PlaceOf>,
    pub(crate) related: Vec<(PlaceOf, String)>,
    pub(crate) help: Option<String>,
    pub(crate) suggestion: Option<String>,
    pub(crate) params: Vec<(&'static str, String)>,
    pub(crate) missing: Option<Missing>,
    /// The path of the section that is set aside because of it.
    pub(crate) set_aside: Option<String>,
    /// Whether all of a list or table may be shown, since nothing in it is secret.
    pub(crate) open: bool,
    /// Whether the value belongs to a secret, so that nothing of it may be shown.
    pub(crate) secret: bool,
}

/// What a place is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PlaceOf {
    Key(Ref),
    Value(Ref),
}

impl PlaceOf {
    pub(crate) fn node(self) -> Ref {
        let (Self::Key(node) | Self::Value(node)) = self;
        node
    }
}

/// What the help on a missing setting is made from.
#[derive(Debug, Clone)]
pub(crate) struct Missing {
    pub(crate) field: &'static Field,
    /// The table that would hold it.
    pub(crate) table: String,
    /// The innermost element of a list around it.
    pub(crate) element: Option<ElementOf>,
}

/// An element of a list, which has other positions in the layers that it is from.
#[derive(Debug, Clone)]
pub(crate) struct ElementOf {
    /// How many steps lead to it.
    pub(crate) steps: usize,
    /// What layers say of it, topmost first.
    pub(crate) nodes: Vec<Ref>,
}

/// A rule that could not be judged, and the settings that stood in the way.
#[derive(Debug)]
pub(crate) struct Unjudged {
    pub(crate) because: Vec<String>,
}

impl Draft {
    pub(crate) fn new(code: Code, path: String, message: String) -> Self {
        Self {
            code,
            severity: Severity::Error,
            rule: None,
            path,
            message,
            place: None,
            related: Vec::new(),
            help: None,
            suggestion: None,
            params: Vec::new(),
            missing: None,
            set_aside: None,
            open: false,
            secret: false,
        }
    }

    /// Whether it says that a setting has no value.
    pub(crate) fn is_unread(&self) -> bool {
        self.rule.is_none() && self.severity == Severity::Error && self.code != Code::UnknownKey
    }

    pub(crate) fn at(self, place: PlaceOf) -> Self {
        Self { place: Some(place), ..self }
    }

    pub(crate) fn rule(self, rule: &'static str) -> Self {
        Self { rule: Some(rule), ..self }
    }

    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }
}

impl Cx<'_> {
    #[cold]
    pub(crate) fn push(&mut self, mut draft: Draft) {
        draft.secret |= self.secret > 0;
        self.drafts.push(draft);
    }

    /// A required setting that no layer has.
    #[cold]
    pub(crate) fn missing(&mut self, field: &'static Field, rule: Option<&'static str>, why: &str) {
        if self.terms.incomplete {
            self.not_found += 1;
            return;
        }
        let path = self.field_path(field);
        let mut draft = Draft::new(Code::Missing, path.clone(), format!("{path} is required{why}"));
        draft.rule = rule;
        let element =
            self.element.map(|(steps, at)| ElementOf { steps, nodes: self.candidates(at).collect() });
        draft.missing = Some(Missing { field, table: self.path_text(), element });
        draft.secret = field.is_secret();
        self.push(draft);
    }

    /// A list or map that has to be given as a whole.
    #[cold]
    pub(super) fn missing_here(&mut self) {
        if self.terms.incomplete {
            self.not_found += 1;
            return;
        }
        let path = self.path_text();
        let message = if path.is_empty() {
            "one of the variants is required".to_owned()
        } else {
            format!("{path} is required")
        };
        self.push(Draft::new(Code::Missing, path, message));
    }

    /// One setting is a table in one layer and something else in another.
    #[cold]
    pub(super) fn mixed(&mut self, path: String, upper: Ref, lower: Ref) {
        let draft = self.mixed_draft(path, upper, lower);
        self.push(draft);
    }

    pub(super) fn mixed_draft(&self, path: String, upper: Ref, lower: Ref) -> Draft {
        let word = |at: Ref| if self.shared.node(at).is_container() { "a table" } else { "a single value" };
        let message = format!("{path} is {} here and {} in a lower layer", word(upper), word(lower));
        let label = format!("{} here", word(lower));
        let mut draft = Draft::new(Code::Conflict, path, message).at(PlaceOf::Key(upper));
        draft.related.push((PlaceOf::Key(lower), label));
        draft.help("keep one of the two forms in all layers")
    }
}

/// The fields of a section that answer to keys, flattened ones included.
pub(crate) fn visible_fields(metadata: &'static Metadata) -> Vec<&'static Field> {
    metadata
        .fields()
        .iter()
        .flat_map(|field| match field.content() {
            Content::Flattened(shape) => shape().alone().map_or_else(Vec::new, visible_fields),
            Content::Rest(_) | Content::Skipped => Vec::new(),
            _ => vec![field],
        })
        .collect()
}

/// The field that answers to a key, flattened ones included: before all the one that is called so.
pub(crate) fn field_for(metadata: &'static Metadata, key: &str) -> Option<&'static Field> {
    find(metadata, &|field| field.is_named(key)).or_else(|| find(metadata, &|field| field.answers_to(key)))
}

fn find(metadata: &'static Metadata, answers: &dyn Fn(&Field) -> bool) -> Option<&'static Field> {
    metadata.fields().iter().find_map(|field| match field.content() {
        Content::Flattened(shape) => find(shape().alone()?, answers),
        Content::Rest(_) | Content::Skipped => None,
        _ => answers(field).then_some(field),
    })
}

/// The field whose map takes the keys that no field takes, flattened ones included. The map is flattened
/// itself if it holds sections.
pub(crate) fn rest_field(metadata: &'static Metadata) -> Option<&'static Field> {
    metadata.fields().iter().find_map(|field| match field.content() {
        Content::Rest(_) => Some(field),
        Content::Flattened(shape) => shape().alone().map_or(Some(field), rest_field),
        _ => None,
    })
}

/// The sections in the map that takes the keys that no field takes.
pub(crate) fn rest_sections(metadata: &'static Metadata) -> Option<Shape> {
    let Content::Flattened(shape) = rest_field(metadata)?.content() else { return None };
    match shape() {
        Shape::Map(inner) => Some(inner()),
        _ => None,
    }
}

/// What a sentence about a path begins with; the root has no name.
pub(crate) fn subject(path: &str) -> &str {
    if path.is_empty() { "the settings" } else { path }
}
