//! From drafts to problems: places, snippets, help, and what must not be shown.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;
use std::path::Path;

use confkit_sources::declared::Metadata;
use confkit_sources::path::{self, Segment};
use confkit_sources::{Format, Nesting, NodeKind, NodeRef, Origin, OriginKind};

use super::known_keys::KnownKeys;
use super::layers::Bound;
use super::secret_texts;
use super::stack::{Stack, Step};
use super::target::Target;
use crate::report::{
    Code, KnownSecrets, Problem, Related, Report, Reveal, Severity, Snippet, Told, by_rank, clean,
    clean_origin,
};
use crate::resolve::{Cx, Draft, Missing, PlaceOf, Ref, plain, trail};

/// Places behind all others.
pub(super) const LAST: (usize, usize) = (usize::MAX, usize::MAX);

/// Reports draw so many problems, and as many warnings.
const MOST_SHOWN: usize = 50;

/// How a missing setting can be given, besides in files.
#[derive(Debug, Default)]
pub(super) struct Ways {
    /// The prefix of variables, if variables are among the layers.
    #[cfg(feature = "env")]
    pub(super) variables: Option<Option<String>>,
    /// Where variables can stand, if not in the environment alone.
    pub(super) variables_in: Option<String>,
    /// The directory in which files can give values.
    pub(super) secrets: Option<String>,
    /// Whether arguments are among the layers.
    #[cfg(feature = "args")]
    pub(super) arguments: bool,
    /// Whether they may be paths, too; clap knows only those it was told of.
    #[cfg(feature = "args")]
    pub(super) paths: bool,
}

/// The type may stand below the root; the shortest section that leads to the setting is it.
impl Ways {
    /// The variable of a setting.
    #[cfg(feature = "env")]
    pub(super) fn variable(&self, metadata: &'static Metadata, path: &str) -> Option<String> {
        use confkit_sources::env::{Names, variable_for};
        let prefix = self.variables.as_ref()?;
        let path = path::parse(path).ok()?;
        (0..path.len()).find_map(|section| {
            let names = Names { prefix: prefix.as_deref(), section: &path[..section], metadata };
            variable_for(&names, &path)
        })
    }

    #[cfg(not(feature = "env"))]
    pub(super) fn variable(&self, _: &'static Metadata, _: &str) -> Option<String> {
        None
    }

    /// The argument of a setting.
    #[cfg(feature = "args")]
    fn argument(&self, metadata: &'static Metadata, path: &str) -> Option<String> {
        use confkit_sources::args::{Names, argument_for, declared_arguments};
        let path = path::parse(path).ok().filter(|_| self.arguments)?;
        (0..path.len()).find_map(|section| {
            let names = Names { section: &path[..section], metadata };
            let argument = argument_for(&names, &path)?;
            let is_declared =
                || declared_arguments(&names).iter().any(|one| !one.is_dynamic && argument[2..] == one.long);
            (self.paths || is_declared()).then_some(argument)
        })
    }

    #[cfg(not(feature = "args"))]
    fn argument(&self, _: &'static Metadata, _: &str) -> Option<String> {
        None
    }
}

/// What is secret in one load.
struct Secrets {
    texts: KnownSecrets,
    nodes: HashSet<Ref>,
}

/// Makes problems from the drafts of one load.
pub(super) struct Assembler<'a> {
    stack: &'a Stack,
    layers: Vec<Bound>,
    declared: Option<&'static Metadata>,
    ways: Ways,
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

    /// What to do about a missing setting: the file it belongs in, or its variable.
    fn missing_help(&self, missing: &Missing, path: &str) -> String {
        let key = missing.field.key();
        let mut ways = Vec::new();
        let mut variables = self.variables_of(missing, path);
        if let (Some(last), Some(places)) = (variables.last_mut(), &self.ways.variables_in) {
            last.push_str(places);
        }
        let is_secret = missing.field.is_secret();
        let has_own_place = !variables.is_empty() || self.ways.secrets.is_some();
        if (!is_secret || !has_own_place)
            && let Some(file) = self.file_for(&missing.table)
        {
            ways.push(format!("{} in {}", file.setting(key), file.name));
        }
        ways.extend(variables);
        if let Some(folder) = self.ways.secrets.as_ref().filter(|_| is_secret || ways.is_empty()) {
            ways.push(format!("the file `{path}` in {folder}"));
        }
        ways.extend(self.declared.and_then(|metadata| self.ways.argument(metadata, path)));
        let mut help = if ways.is_empty() {
            format!("no file or variable is among the layers; add one, or `.set(\"{path}\", …)`")
        } else {
            format!("set {}", ways.join(", or "))
        };
        if let Some(notes) = self.notes_on(path) {
            help.push_str("; ");
            help.push_str(&notes);
        }
        help
    }

    /// Why what layers have of a setting does not count.
    fn notes_on(&self, path: &str) -> Option<String> {
        let notes = self.ignored.iter().filter(|(ignored, _)| ignored == path).map(|(_, note)| note.as_str());
        let notes: Vec<&str> = notes.collect();
        (!notes.is_empty()).then(|| notes.join("; "))
    }

    fn variables_of(&self, missing: &Missing, path: &str) -> Vec<String> {
        let name = self.declared.and_then(|metadata| self.ways.variable(metadata, path));
        match name {
            Some(name) if missing.field.is_secret() => vec![name.clone(), format!("{name}_FILE")],
            name => name.into_iter().collect(),
        }
    }

    /// The file that holds the table, else the lowest file.
    fn file_for(&self, table: &str) -> Option<Target> {
        let is_file =
            |bound: &&Bound| matches!(bound.document.origin_kind(), OriginKind::File | OriginKind::Text);
        let can_hold = |format| table.is_empty() || Target::nesting_of(format) != Nesting::Flat;
        let fits = |bound: &&Bound| is_file(bound) && can_hold(bound.document.format());
        let path = path::parse(table).unwrap_or_default();
        let mut files = self.layers.iter().filter(fits);
        let holds = |bound: &&Bound| self.way_to(&path, bound.document.root()).len() == path.len();
        let first = files.clone().next();
        let found = files.find(holds).or(first);
        found.map(|bound| self.target(bound, path.clone())).or_else(|| {
            let files = self.stack.steps.iter().filter(|step| matches!(step, Step::File(_)));
            let mut targets = files.map(|step| {
                let name = step.name();
                let format = Format::among(&self.stack.formats, Path::new(&*name));
                Target { name: name.into_owned(), format, table: table_of(&path) }
            });
            targets.find(|target| can_hold(target.format))
        })
    }

    /// A file that is there, with the table as it is spelt in it.
    fn target(&self, bound: &Bound, mut path: Vec<Segment<'_>>) -> Target {
        let document = &bound.document;
        let way = self.way_to(&path, document.root());
        for (step, node) in path.iter_mut().zip(way) {
            if let Segment::Key(key) = step {
                *key = Cow::Owned(node.key().to_owned());
            }
        }
        Target { name: document.name().to_owned(), format: document.format(), table: table_of(&path) }
    }

    /// The nodes on the way along a path, as far as a document has them. The type may stand below
    /// the root.
    fn way_to<'n>(&self, path: &[Segment<'_>], root: NodeRef<'n>) -> Vec<NodeRef<'n>> {
        let mut way: Vec<NodeRef<'n>> = Vec::new();
        let mut longest = Vec::new();
        for section in 0..=path.len() {
            let node = way.last().copied().unwrap_or(root);
            let inside = self.declared.map(|metadata| trail(metadata, node, &path[section..]));
            let found = [way.as_slice(), &inside.unwrap_or_default()].concat();
            if found.len() > longest.len() {
                longest = found;
            }
            let Some(next) = path.get(section).and_then(|step| plain(node, step)) else { break };
            way.push(next);
        }
        longest
    }
}

/// A path that outlives what it was read from.
fn table_of(path: &[Segment<'_>]) -> Vec<Segment<'static>> {
    path.iter().cloned().map(Segment::into_owned).collect()
}

/// A list's place is where it begins, not its key.
fn value_origin(node: NodeRef<'_>) -> Origin {
    match node.span() {
        Some(span) if node.is_container() => node.document().origin_of(&span),
        _ => node.origin(),
    }
}

/// A problem without a place in a document.
pub(super) fn unplaced(draft: Draft, origin: Option<Origin>) -> Problem {
    told(draft, origin, None, LAST)
}

/// A mistake of the declaration, found without any layer.
#[cfg(feature = "testing")]
pub(crate) fn declared_problem(draft: Draft) -> Problem {
    unplaced(draft, None)
}

/// What is wrong with the arguments of a command.
#[cfg(feature = "clap")]
pub(crate) fn command_problem(message: String, help: &str) -> Problem {
    unplaced(Draft::new(Code::Declaration, String::new(), message).help(help), None)
}

/// What is wrong with a file that is to be written.
#[cfg(feature = "migrate")]
pub(crate) fn file_problem(code: Code, message: String, help: &str, origin: Origin) -> Problem {
    unplaced(Draft::new(code, String::new(), message).help(help), Some(origin))
}

/// A problem of a layer without positions.
#[cfg(feature = "args")]
pub(super) fn in_layer(draft: Draft, origin: Origin, position: usize) -> Problem {
    told(draft, Some(origin), None, (position, 0))
}

/// Where a name stands that a layer has: its place, the line to show, and its rank among all places.
#[cfg(feature = "env")]
#[derive(Debug, Clone)]
pub(super) struct Spot {
    pub(super) origin: Origin,
    pub(super) snippet: Option<Snippet>,
    pub(super) order: (usize, usize),
}

/// A problem with a name, and the other places that have part in it.
#[cfg(feature = "env")]
pub(super) fn at_spot(
    draft: Draft,
    spot: Spot,
    related: impl IntoIterator<Item = (Spot, String)>,
) -> Problem {
    let related = related.into_iter().map(|(spot, message)| Related {
        origin: clean_origin(spot.origin),
        message,
        snippet: spot.snippet,
    });
    let related = related.collect();
    Problem::new(Told { related, ..told_of(draft, Some(spot.origin), spot.snippet, spot.order) })
}

pub(super) fn told(
    draft: Draft,
    origin: Option<Origin>,
    snippet: Option<Snippet>,
    order: (usize, usize),
) -> Problem {
    Problem::new(told_of(draft, origin, snippet, order))
}

fn told_of(draft: Draft, origin: Option<Origin>, snippet: Option<Snippet>, order: (usize, usize)) -> Told {
    Told {
        code: draft.code,
        severity: draft.severity,
        rule: draft.rule,
        path: clean(&draft.path).into_owned(),
        message: clean(&draft.message).into_owned(),
        params: draft.params,
        origin: origin.map(clean_origin),
        snippet,
        related: Vec::new(),
        suggestion: draft.suggestion.map(|name| clean(&name).into_owned()),
        help: draft.help.map(|help| clean(&help).into_owned()),
        order,
    }
}
