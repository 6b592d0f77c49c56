#![doc = include_str!("../docs/testing.md")]

mod candidates;
#[cfg(feature = "proptest")]
mod documents;
mod filler;
mod generated;
mod numbers;
mod pattern;
mod places;
mod profiles;
mod tree;
mod values;

use std::fmt::Write as _;

use confkit_sources::declared::{Content, Metadata};

#[cfg(feature = "proptest")]
pub use self::documents::{Fault, FaultKind, Generated, broken_documents, documents};
pub use self::generated::assert_generated;
pub use self::profiles::{Profiles, check_profiles};
pub use self::values::Test;
#[cfg(feature = "compat")]
pub use crate::compat::assert_compatible;
use crate::config::Config;
use crate::report::{Code, Problem, Report};

/// Checks what only the whole declaration can tell: that every default can be read and keeps its
/// own rules, that every regular expression is one, that every `merge` fits its field, and that no two
/// settings share a variable or an argument. Rules that use the [context](Config::Context) are not judged.
///
/// # Errors
///
/// A `declaration` problem for each mistake.
///
/// # Example
///
/// ```
/// use confkit::{Config, testing};
///
/// #[derive(Config)]
/// #[config(env_prefix = "APP")]
/// struct Settings {
///     #[config(default = "127.0.0.1:8080")]
///     listen: std::net::SocketAddr,
/// }
///
/// testing::check_declaration::<Settings>().unwrap();
/// ```
pub fn check_declaration<T: Config>() -> Result<(), Report> {
    let mut report = Report::new(T::METADATA.name(), None);
    #[cfg(feature = "env")]
    for problem in crate::loader::clash_problems(T::METADATA) {
        report.add(problem);
    }
    #[cfg(feature = "args")]
    for problem in crate::loader::argument_problems(T::METADATA) {
        report.add(problem);
    }
    #[cfg(feature = "validator")]
    for draft in crate::rules::wrong_patterns(T::METADATA) {
        report.add(crate::loader::declared_problem(draft));
    }
    for draft in crate::resolve::wrong_merges(T::METADATA) {
        report.add(crate::loader::declared_problem(draft));
    }
    #[cfg(feature = "migrate")]
    for draft in crate::migrate::wrong_steps(T::METADATA) {
        report.add(crate::loader::declared_problem(draft));
    }
    if let Err(load) = T::loader().without_context().load() {
        for problem in load.problems().iter().filter(|problem| is_declared(problem)) {
            report.add(problem.clone());
        }
    }
    if report.is_empty() { Ok(()) } else { Err(report) }
}

/// Without any layer what is wrong besides absence is the declaration's own. Regular expressions were
/// all read before.
fn is_declared(problem: &Problem) -> bool {
    let is_pattern = problem.params().iter().any(|(name, _)| *name == "pattern");
    problem.code() != Code::Missing && !(problem.code() == Code::Declaration && is_pattern)
}

/// Asserts that a load failed with exactly these codes, in this order.
///
/// # Panics
///
/// If it did not, with the whole report.
///
/// # Example
///
/// ```
/// use confkit::{Code, Config, testing};
///
/// #[derive(Debug, Config)]
/// struct Settings {
///     port: u16,
/// }
///
/// let result = Settings::loader().load();
/// testing::assert_codes(&result, &[Code::Missing]);
/// ```
#[track_caller]
pub fn assert_codes<T>(result: &Result<T, Report>, expected: &[Code]) {
    let found: Vec<Code> = match result {
        Ok(_) => Vec::new(),
        Err(report) => report.problems().iter().map(Problem::code).collect(),
    };
    let report = result.as_ref().err().map(ToString::to_string).unwrap_or_default();
    assert_eq!(found, expected, "the problems are others:\n{report}");
}

/// Finds the problem of a report that is about a path.
///
/// # Panics
///
/// If there is none, with the whole report.
///
/// # Example
///
/// ```
/// use confkit::{Config, Format, testing};
///
/// #[derive(Debug, Config)]
/// struct Settings {
///     port: u16,
/// }
///
/// let report = Settings::loader().text(Format::Toml, "a.toml", "port = 'x'").load().unwrap_err();
/// let problem = testing::problem_at(&report, "port");
/// assert_eq!(problem.origin().unwrap().to_string(), "a.toml:1:8");
/// ```
#[track_caller]
pub fn problem_at<'r>(report: &'r Report, path: &str) -> &'r Problem {
    let found = report.problems().iter().find(|problem| problem.path() == path);
    found.unwrap_or_else(|| panic!("no problem is about `{path}`:\n{report}"))
}

/// Asserts that a text appears nowhere in what a report writes: plain, JSON, and every part.
///
/// # Panics
///
/// If it does.
///
/// # Example
///
/// ```
/// use confkit::{Config, Format, Secret, testing};
///
/// #[derive(Debug, Config)]
/// struct Settings {
///     password: Secret<u32>,
/// }
///
/// let text = "password = 'hunter2'";
/// let report = Settings::loader().text(Format::Toml, "a.toml", text).load().unwrap_err();
/// testing::assert_hidden(&report, "hunter2");
/// ```
#[track_caller]
pub fn assert_hidden(report: &Report, secret: &str) {
    let mut all = format!("{report}\n{report:?}\n{}", report.to_json());
    for problem in report.problems().iter().chain(report.warnings()) {
        // Writing to a String cannot fail.
        let _ = write!(all, "\n{problem:?}");
    }
    assert!(!all.contains(secret), "the secret is shown");
}

/// Lists every path that a declaration has, containers written as `[]` and `<key>`.
///
/// # Example
///
/// ```
/// use confkit::{Config, testing};
///
/// #[derive(Config)]
/// struct Server {
///     host: String,
/// }
///
/// #[derive(Config)]
/// struct Settings {
///     #[config(nested)]
///     servers: Vec<Server>,
/// }
///
/// assert_eq!(testing::paths::<Settings>(), ["servers[].host"]);
/// ```
pub fn paths<T: Config>() -> Vec<String> {
    let mut paths = Vec::new();
    collect(T::METADATA, "", &mut paths, 0);
    paths
}

fn collect(metadata: &'static Metadata, prefix: &str, paths: &mut Vec<String>, depth: usize) {
    use confkit_sources::declared::Shape;
    if depth > 16 {
        return;
    }
    let join = |key: &str| {
        let mut path = prefix.to_owned();
        confkit_sources::path::push_key(&mut path, key);
        path
    };
    for field in metadata.fields() {
        match field.content() {
            Content::Value(_) => paths.push(join(field.key())),
            Content::Nested(shape) | Content::Flattened(shape) => {
                let mut path = if field.key().is_empty() { prefix.to_owned() } else { join(field.key()) };
                let mut shape = shape();
                let section = loop {
                    shape = match shape {
                        Shape::Section(section) => break section,
                        Shape::Optional(inner) => inner(),
                        Shape::List(inner) => {
                            path.push_str("[]");
                            inner()
                        }
                        Shape::Map(inner) => {
                            path.push_str(if path.is_empty() { "<key>" } else { ".<key>" });
                            inner()
                        }
                        _ => return,
                    };
                };
                collect(section, &path, paths, depth + 1);
            }
            _ => {}
        }
    }
}
