//! From drafts to problems: places, snippets, help, and what must not be shown.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use confkit_sources::declared::Metadata;
use confkit_sources::path::{self, Segment};
use confkit_sources::{NodeKind, NodeRef, Origin, OriginKind};

use super::known_keys::KnownKeys;
use super::layers::Bound;
use super::problems::LAST;
use super::secret_texts;
use super::stack::Stack;
use super::ways::Ways;
use crate::report::{
    Code, KnownSecrets, Problem, Related, Report, Reveal, Severity, Snippet, Told, by_rank, clean,
    clean_origin,
};
use crate::resolve::{Cx, Draft, PlaceOf, Ref};

/// Reports draw so many problems, and as many warnings.
const MOST_SHOWN: usize = 50;

/// What is secret in one load.
struct Secrets {
    texts: KnownSecrets,
    nodes: HashSet<Ref>,
}

/// Makes problems from the drafts of one load.
pub(super) struct Assembler<'a> {
    pub(super) stack: &'a Stack,
    pub(super) layers: Vec<Bound>,
    pub(super) declared: Option<&'static Metadata>,
    pub(super) ways: Ways,
    ignored: &'a [(String, String)],
}

impl<'a> Assembler<'a> {
    pub(super) fn new(
        stack: &'a Stack,
        layers: Vec<Bound>,
        declared: Option<(&'static Metadata, Ways)>,
        ignored: &'a [(String, String)],
    ) -> Self {
        let (declared, ways) = declared.unzip();
        Self { stack, layers, declared, ways: ways.unwrap_or_default(), ignored }
    }

    /// Adds a problem to the report for each draft, and returns what no problem may show.
    pub(super) fn assemble(&self, report: &mut Report, mut drafts: Vec<Draft>, cx: &Cx<'_>) -> KnownSecrets {
        let secrets = Secrets {
            texts: secret_texts::known(cx, &self.layers, self.declared),
            nodes: cx.shared.secrets.borrow().iter().copied().collect(),
        };
        by_rank(&mut drafts, |draft| self.rank(draft));
        let mut shown = [0_usize; 2];
        for draft in drafts {
            // Of thousands of problems a few are drawn; a snippet costs a look at all nodes.
            let shown = &mut shown[usize::from(draft.severity == Severity::Warning)];
            *shown += 1;
            report.add(self.problem(draft, &secrets, *shown <= MOST_SHOWN));
        }
        secrets.texts
    }

    /// Where a draft stands among all.
    fn rank(&self, draft: &Draft) -> (usize, usize) {
        let Some(place) = draft.place else { return LAST };
        let bound = &self.layers[place.node().layer as usize];
        let node = bound.document.node(place.node().node);
        let span = match place {
            PlaceOf::Key(_) => node.key_span(),
            PlaceOf::Value(_) if node.kind() == NodeKind::Table => node.key_span().or(node.span()),
            PlaceOf::Value(_) => node.span(),
        };
        (bound.position, span.map_or(node.id() as usize, |span| span.start))
    }

    fn problem(&self, draft: Draft, secrets: &Secrets, drawn: bool) -> Problem {
        let hidden = |text: &str| clean(&secrets.texts.mask(text)).into_owned();
        let shown = |origin: Origin| clean_origin(secrets.texts.mask_origin(origin));
        let place = |place: PlaceOf| {
            let secret = draft.secret || secrets.nodes.contains(&place.node());
            self.place(place, (secret, draft.open, drawn), secrets)
        };
        let related = draft.related.iter().map(|(at, message)| {
            let (origin, snippet, _) = place(*at);
            Related { origin: shown(origin), message: hidden(message), snippet }
        });
        let related = related.collect();
        let help = match &draft.missing {
            Some(missing) => Some(self.missing_help(missing, &draft.path)),
            None if draft.code == Code::Missing && draft.help.is_none() => self.notes_on(&draft.path),
            None => draft.help.clone(),
        };
        let help: Vec<String> = help.into_iter().chain(draft.aside_words()).collect();
        let help = (!help.is_empty()).then(|| help.join("; "));
        let suggestion = self.suggestion(&draft);
        let (origin, snippet, order) = match draft.place.map(place) {
            Some((origin, snippet, order)) => (Some(origin), snippet, order),
            None => (None, None, LAST),
        };
        Problem::new(Told {
            code: draft.code,
            severity: draft.severity,
            rule: draft.rule,
            path: clean(&self.hidden_path(&draft.path, &secrets.texts)).into_owned(),
            message: hidden(&self.message(&draft)),
            params: draft.params,
            origin: origin.map(shown),
            snippet,
            related,
            suggestion: suggestion.map(|name| hidden(&name)),
            help: help.map(|help| hidden(&help)),
            order,
        })
    }

    /// Why what layers have of a setting does not count.
    pub(super) fn notes_on(&self, path: &str) -> Option<String> {
        let notes = self.ignored.iter().filter(|(ignored, _)| ignored == path).map(|(_, note)| note.as_str());
        let notes: Vec<&str> = notes.collect();
        (!notes.is_empty()).then(|| notes.join("; "))
    }

    /// The message, with the key that a migrated file still has.
    fn message<'d>(&self, draft: &'d Draft) -> Cow<'d, str> {
        #[cfg(feature = "migrate")]
        if let Some(place) = draft.place
            && let Some(moves) = &self.layers[place.node().layer as usize].moves
            && let Some((former, version)) = moves.former(&draft.path)
        {
            let Draft { message, path, .. } = draft;
            return Cow::Owned(format!(
                "{message} (`{former}` in the file, since version {version} `{path}`)"
            ));
        }
        Cow::Borrowed(&draft.message)
    }

    /// A name that would be right where the draft points: a variable's or an argument's own for those.
    fn suggestion(&self, draft: &Draft) -> Option<String> {
        let name = draft.suggestion.clone()?;
        let own = match (draft.code, draft.place, self.declared) {
            (Code::Deprecated, Some(place), Some(metadata)) => {
                let document = &self.layers[place.node().layer as usize].document;
                match document.origin_kind() {
                    OriginKind::Variable => {
                        let origin = document.node(place.node().node).origin();
                        // The variable of a file whose content is the value.
                        let is_file = origin.source() != document.name();
                        let name = self.variable_inside(metadata, &draft.path);
                        name.map(|name| if is_file { format!("{name}_FILE") } else { name })
                    }
                    OriginKind::Argument => self.ways.argument(metadata, &draft.path),
                    _ => None,
                }
            }
            _ => None,
        };
        Some(own.unwrap_or(name))
    }

    /// The variable of a setting, or of a part of one.
    fn variable_inside(&self, metadata: &'static Metadata, setting: &str) -> Option<String> {
        let whole = || self.ways.variable(metadata, setting);
        let part = || {
            let path = path::parse(setting).ok()?;
            let (last, whole) = path.split_last()?;
            let name = self.ways.variable(metadata, &path::to_string(whole))?;
            Some(match last {
                Segment::Key(key) => format!("{name}__{}", key.to_uppercase()),
                Segment::Index(index) => format!("{name}__{index}"),
            })
        };
        whole().or_else(part)
    }

    /// A path in which no key that input gave is a known secret. Declared keys are nobody's secrets.
    fn hidden_path<'p>(&self, path: &'p str, secrets: &KnownSecrets) -> Cow<'p, str> {
        let segments = match path::parse(path) {
            Ok(segments) if secrets.show_in(path) => segments,
            _ => return Cow::Borrowed(path),
        };
        let known = self.declared.map(KnownKeys::of).unwrap_or_default();
        let mut hidden = String::with_capacity(path.len());
        for segment in &segments {
            match segment {
                Segment::Key(key) if known.contains(key) => path::push_key(&mut hidden, key),
                Segment::Key(key) => path::push_key(&mut hidden, &secrets.mask(key)),
                Segment::Index(index) => path::push_index(&mut hidden, *index),
            }
        }
        Cow::Owned(hidden)
    }

    /// Where a node stands, the line to show, and its rank among all places.
    fn place(
        &self,
        place: PlaceOf,
        (secret, open, drawn): (bool, bool, bool),
        secrets: &Secrets,
    ) -> (Origin, Option<Snippet>, (usize, usize)) {
        let at = place.node();
        let bound = &self.layers[at.layer as usize];
        let node = bound.document.node(at.node);
        let (origin, span) = match place {
            PlaceOf::Key(_) => (node.key_origin(), node.key_span()),
            PlaceOf::Value(_) if node.kind() == NodeKind::Table => {
                (node.origin(), node.key_span().or(node.span()))
            }
            PlaceOf::Value(_) => (value_origin(node), node.span()),
        };
        let rank = (bound.position, span.as_ref().map_or(at.node as usize, |span| span.start));
        let document = &*bound.document;
        let span =
            span.filter(|_| drawn && !document.text().is_empty() && !secrets.texts.show_in(node.key()));
        let snippet = span.map(|span| {
            #[cfg(feature = "migrate")]
            let secret = secret || node.is_derived();
            let may_be_seen = !secret && (open || !node.is_container()) && !secrets.texts.show_in_value(node);
            let shown = node.span().filter(|_| matches!(place, PlaceOf::Value(_)) && may_be_seen);
            let tables = self.secret_tables(at, secret, secrets);
            let reveal = Reveal::Value(document, shown.as_ref(), &tables);
            Snippet::new(document.name(), document.text(), &span, reveal)
        });
        (origin, snippet, rank)
    }

    /// Where the tables and lists stand that are secret in the document of a node.
    fn secret_tables(&self, at: Ref, is_secret: bool, secrets: &Secrets) -> Vec<Range<usize>> {
        let here = secrets.nodes.iter().copied().filter(|known| known.layer == at.layer);
        let document = &self.layers[at.layer as usize].document;
        let nodes = here.chain(is_secret.then_some(at)).map(|at| document.node(at.node));
        nodes.filter(|node| node.is_container()).filter_map(NodeRef::span).collect()
    }
}

/// A list's place is where it begins, not its key.
fn value_origin(node: NodeRef<'_>) -> Origin {
    match node.span() {
        Some(span) if node.is_container() => node.document().origin_of(&span),
        _ => node.origin(),
    }
}
