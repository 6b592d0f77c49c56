//! What is told about a layer that cannot be read.

use std::io;
use std::ops::Range;
use std::path::Path;

use confkit_sources::declared::Metadata;
use confkit_sources::{Format, Origin, OriginKind, SourceError, SyntaxError, position_in};

use super::known_keys::KnownKeys;
use super::problems::told;
use super::stack::{Stack, Step};
use crate::report::{Code, Problem, Related, Reveal, Severity, Snippet, Told, clean, clean_origin, nearest};
use crate::resolve::Draft;

/// The problems of one layer.
pub(super) fn source_problems(
    stack: &Stack,
    position: usize,
    error: &SourceError,
    metadata: Option<&'static Metadata>,
) -> Vec<Problem> {
    let step = &stack.steps[position];
    let one = |code, message: String, help: Option<String>, origin: Origin| {
        let draft = Draft { help, ..Draft::new(code, String::new(), message) };
        vec![told(draft, Some(origin), None, (position, 0))]
    };
    let file = |path: &Path| Origin::new(OriginKind::File, path.display().to_string());
    match error {
        SourceError::NotFound { path } => {
            let message = format!("the {} {} does not exist", step.noun(), path.display());
            let root = if path.is_absolute() { String::new() } else { stack.shown_root() };
            let under = if root.is_empty() { String::new() } else { format!(" under {root}") };
            let help = format!("create it{under}, or declare it as `{}`", step.optional());
            one(Code::NotFound, message, Some(help), file(path))
        }
        SourceError::Io { path, error } if error.kind() == io::ErrorKind::PermissionDenied => {
            let message = format!("the {} {} may not be read by this process", step.noun(), path.display());
            one(Code::Permission, message, Some("check its owner and mode".to_owned()), file(path))
        }
        SourceError::Io { path, error } if error.kind() == io::ErrorKind::NotSeekable => {
            let message = format!("the {} {} is a named pipe", step.noun(), path.display());
            let help = "live settings are read again and again; put a file there".to_owned();
            one(Code::Source, message, Some(help), file(path))
        }
        SourceError::Io { path, error } => {
            let message = format!("the {} {} cannot be read: {}", step.noun(), path.display(), error.kind());
            let is_large = error.kind() == io::ErrorKind::FileTooLarge;
            one(
                Code::Source,
                message,
                is_large.then(|| "it may have a gibibyte at most".to_owned()),
                file(path),
            )
        }
        SourceError::Encoding { name, line, column, .. } => {
            let position = confkit_sources::Position { line: *line, column: *column };
            let origin = Origin::new(step.origin().kind(), name.clone()).with_positions(position, position);
            let message = format!("{name} is not UTF-8 text");
            one(Code::Encoding, message, Some("save it as UTF-8".to_owned()), origin)
        }
        SourceError::Format { path } => {
            let (message, help) = unknown_format(path, &stack.formats);
            one(Code::Source, message, Some(help), file(path))
        }
        SourceError::Syntax { name, format, text, errors } => {
            let known = known_names(stack, step, metadata);
            let text = (text.as_str(), *format);
            errors.iter().map(|error| syntax_problem(step, position, name, text, error, &known)).collect()
        }
        SourceError::Other { message, help } => {
            let message = match step {
                Step::Set { .. } => message.clone(),
                _ => format!("{} cannot be read: {message}", step.name()),
            };
            one(Code::Source, message, help.clone(), step.origin())
        }
        _ => one(Code::Source, format!("{} cannot be read", step.name()), None, step.origin()),
    }
}

/// A path with a slip in `{profile}`: it would name a file that is never there, and an optional one
/// would not be missed.
pub(super) fn wrong_placeholder(step: &Step, position: usize) -> Option<Problem> {
    let path = step.path().filter(|path| path.contains('{'))?;
    let in_braces = path.split('{').skip(1).filter_map(|behind| behind.split_once('}'));
    let near = |word: &&str| *word != "profile" && nearest(word, ["profile"]).is_some();
    let word = in_braces.map(|(word, _)| word).find(near)?;
    let message = format!("`{{{word}}}` stands for nothing in the path {path}");
    let mut draft = Draft::new(Code::Source, String::new(), message);
    draft.suggestion = Some("{profile}".to_owned());
    Some(told(draft, Some(step.origin()), None, (position, 0)))
}

/// A file that no reader of this build takes, and what to do.
fn unknown_format(path: &Path, formats: &[Format]) -> (String, String) {
    if let Some(feature) = Format::feature_for(path) {
        let message = format!("this program was built without a reader for {}", path.display());
        return (message, format!("switch on the feature `{feature}` of confkit"));
    }
    let message = format!("the format of {} is not known from its extension", path.display());
    let extensions = Format::ALL.iter().chain(formats).flat_map(|format| format.extensions());
    let known: Vec<String> = extensions.map(|extension| format!("`.{extension}`")).collect();
    (message, format!("the extensions known here are {}", known.join(", ")))
}

fn syntax_problem(
    step: &Step,
    layer: usize,
    name: &str,
    (text, format): (&str, Format),
    error: &SyntaxError,
    known: &KnownKeys,
) -> Problem {
    let code = if error.is_limit {
        Code::Limit
    } else if error.is_duplicate {
        Code::Duplicate
    } else {
        Code::Syntax
    };
    let is_known = |key: &str| known.contains(key);
    let place = |span: &Range<usize>| {
        let origin = Origin::new(step.origin().kind(), name.to_owned());
        let origin = origin.with_positions(position_in(text, span.start), position_in(text, span.end));
        (clean_origin(origin), Snippet::new(name, text, span, Reveal::KnownKey(&is_known, format)))
    };
    let (origin, snippet) = place(&error.span);
    // The name of a variable is no path.
    let path = error.key.clone().filter(|_| !step.has_variables()).unwrap_or_default();
    let mut draft = Draft::new(code, path, error.message.clone());
    draft.help.clone_from(&error.help);
    let related = error.related.as_ref().map(|span| {
        let (origin, snippet) = place(span);
        Related { origin, message: "it is here already".to_owned(), snippet: Some(snippet) }
    });
    Problem::new(Told {
        code,
        severity: Severity::Error,
        rule: None,
        path: clean(&draft.path).into_owned(),
        message: clean(&draft.message).into_owned(),
        params: Vec::new(),
        origin: Some(origin),
        snippet: Some(snippet),
        related: related.into_iter().collect(),
        suggestion: None,
        help: draft.help,
        order: (layer, error.span.start),
    })
}

/// The names that a layer's text may show.
#[cfg_attr(not(feature = "dotenv"), expect(unused_variables, reason = "only variables have a prefix"))]
fn known_names(stack: &Stack, step: &Step, metadata: Option<&'static Metadata>) -> KnownKeys {
    let Some(metadata) = metadata else { return KnownKeys::default() };
    #[cfg(feature = "dotenv")]
    if step.has_variables() {
        let prefix = stack.prefix.as_deref().or(metadata.loading().env_prefix());
        return KnownKeys::of_variables(metadata, prefix);
    }
    KnownKeys::of(metadata)
}
