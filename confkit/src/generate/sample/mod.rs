//! Sample files: a declaration as a text in one of the formats, to be edited.

mod chosen;
#[cfg(feature = "dotenv")]
mod dotenv;
mod given;
#[cfg(any(feature = "ini", feature = "toml"))]
mod headers;
#[cfg(feature = "json")]
mod json;
mod notes;
#[allow(dead_code, reason = "which parts are used depends on the formats")]
mod outline;
#[allow(dead_code, reason = "which parts are used depends on the formats")]
mod page;
#[cfg(feature = "yaml")]
mod yaml;

use std::fmt;
use std::sync::Arc;

use confkit_sources::declared::Metadata;
use confkit_sources::{Document, Format, OriginKind, path};
use serde::Serialize;

use self::given::Given;
use self::outline::Outline;
use self::page::Page;
use crate::config::Config;
use crate::report::{Code, Problem, Report, clean};
use crate::settings::Section;

/// A file of settings to start from, with what is declared of each in comments.
///
/// Settings that have a default are there as comments without a blank behind the mark:
/// `#workers = 4`. Without the mark nothing changes. What has no default is there as a comment with a
/// blank behind the mark, `# host =`, with the declared example if there is one; sections that may be
/// absent, elements of lists and the variants of an enum stand there in the same way.
///
/// What has to be given is marked with `REQUIRED` and no value: a load of the sample fails until
/// it is set, in the file, by its variable, or wherever else. There is no placeholder, since one
/// that is a text would load. Secrets have no value either, neither default nor example; their
/// variables are named. Hidden and deprecated settings are left out.
///
/// It can be had in TOML, YAML, JSON5, JSON with comments, INI and dotenv. INI has no lists of
/// sections, and in dotenv, where settings are called by their variables, are those that have one.
///
/// # Example
///
/// ```
/// use confkit::generate::Sample;
/// use confkit::{Config, Format};
///
/// #[derive(Debug, Config)]
/// struct Settings {
///     /// Where to listen.
///     #[config(example = "0.0.0.0:80")]
///     listen: std::net::SocketAddr,
///     #[config(default = 4)]
///     workers: u16,
/// }
///
/// let sample = Sample::of::<Settings>();
/// let report = Settings::loader().text(Format::Toml, "app.toml", &sample.text(Format::Toml)?).load();
/// assert_eq!(report.unwrap_err().problems()[0].path(), "listen");
///
/// let filled = sample.with("listen", "127.0.0.1:8080").text(Format::Toml)?;
/// let settings = Settings::loader().text(Format::Toml, "app.toml", &filled).load()?;
/// assert_eq!((settings.listen.port(), settings.workers), (8080, 4));
/// # Ok::<(), confkit::Report>(())
/// ```
#[derive(Clone)]
pub struct Sample {
    metadata: &'static Metadata,
    schema: Option<String>,
    is_commented: bool,
    /// What is filled in, the strongest first.
    given: Vec<Arc<Document>>,
    problems: Vec<Problem>,
}

/// Shows the type alone: declarations may have examples of secrets.
impl fmt::Debug for Sample {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sample").field("type", &self.metadata.name()).finish_non_exhaustive()
    }
}

impl Sample {
    /// A sample of a type's settings, with comments and without values.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::generate::Sample;
    /// use confkit::{Config, Format};
    ///
    /// #[derive(Config)]
    /// struct Settings {
    ///     #[config(default = 4)]
    ///     workers: u16,
    /// }
    ///
    /// assert!(Sample::of::<Settings>().text(Format::Toml)?.ends_with("\n#workers = 4\n"));
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn of<T: Config>() -> Self {
        Self {
            metadata: T::METADATA,
            schema: None,
            is_commented: true,
            given: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// Names the JSON Schema of the file, for editors: in the comments that taplo and
    /// yaml-language-server read, in JSON as `$schema`. INI and dotenv have no such thing.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::generate::Sample;
    /// use confkit::{Config, Format};
    ///
    /// #[derive(Config)]
    /// struct Settings {
    ///     #[config(default = 4)]
    ///     workers: u16,
    /// }
    ///
    /// let sample = Sample::of::<Settings>().schema("./app.schema.json").text(Format::Toml)?;
    /// assert!(sample.starts_with("#:schema ./app.schema.json\n"));
    /// # Ok::<(), confkit::Report>(())
    /// ```
    #[must_use]
    pub fn schema(self, location: impl Into<String>) -> Self {
        Self { schema: Some(location.into()), ..self }
    }

    /// Leaves out what explains the settings, and keeps the settings.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::generate::Sample;
    /// use confkit::{Config, Format};
    ///
    /// #[derive(Config)]
    /// struct Settings {
    ///     /// Number of worker threads.
    ///     #[config(default = 4)]
    ///     workers: u16,
    /// }
    ///
    /// assert_eq!(Sample::of::<Settings>().brief().text(Format::Toml)?, "#workers = 4\n");
    /// # Ok::<(), confkit::Report>(())
    /// ```
    #[must_use]
    pub fn brief(self) -> Self {
        Self { is_commented: false, ..self }
    }

    /// Fills in the value at a path: a single one, a list, or all of a section. What is filled in later
    /// wins, key by key. Secrets are written in clear only if they are given as text, or inside
    /// [`with_exposed`](crate::with_exposed).
    ///
    /// What is wrong with the path or the value is told by [`text`](Self::text).
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::generate::Sample;
    /// use confkit::{Config, Format};
    ///
    /// #[derive(Config)]
    /// struct Settings {
    ///     #[config(default = 4)]
    ///     workers: u16,
    /// }
    ///
    /// let sample = Sample::of::<Settings>().brief().with("workers", 8);
    /// assert_eq!(sample.text(Format::Toml)?, "workers = 8\n");
    /// assert!(sample.with("wrokers", 8).text(Format::Toml).is_err());
    /// # Ok::<(), confkit::Report>(())
    /// ```
    #[must_use]
    pub fn with(mut self, path: &str, value: impl Serialize) -> Self {
        let segments = match path::parse(path) {
            Ok(segments) if segments.iter().all(|one| matches!(one, path::Segment::Key(_))) => segments,
            Ok(_) => {
                return self.refuse(path, format!("{path} cannot be filled in: a list is given as a whole"));
            }
            Err(error) => return self.refuse(path, format!("`{}` is no path: {error}", clean(path))),
        };
        match Document::serialized(OriginKind::Code, "sample", &segments, &value) {
            Ok(document) => self.given.splice(0..0, document.map(Arc::new)).for_each(drop),
            Err(error) => return self.refuse(path, format!("{path} cannot be written: {error}")),
        }
        self
    }

    /// Fills in what a document holds, as [`with`](Self::with) does.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::generate::Sample;
    /// use confkit::{Config, Document, Format};
    ///
    /// #[derive(Config)]
    /// struct Settings {
    ///     #[config(default = 4)]
    ///     workers: u16,
    /// }
    ///
    /// let document = Document::toml("app.toml", "workers = 8".to_owned()).unwrap();
    /// let sample = Sample::of::<Settings>().brief().filled(document);
    /// assert_eq!(sample.text(Format::Toml)?, "workers = 8\n");
    /// # Ok::<(), confkit::Report>(())
    /// ```
    #[must_use]
    pub fn filled(mut self, document: Document) -> Self {
        self.given.insert(0, Arc::new(document));
        self
    }

    fn refuse(mut self, path: &str, message: String) -> Self {
        self.problems.push(Problem::unplaced(Code::Unwritable, path, &message, None));
        self
    }

    /// Writes the sample in a format.
    ///
    /// # Errors
    ///
    /// Formats without comments or of the program's own, paths that are no setting, and values that
    /// the format cannot hold, all in one [`Report`].
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::generate::Sample;
    /// use confkit::{Config, Format};
    ///
    /// #[derive(Config)]
    /// #[config(env_prefix = "APP")]
    /// struct Settings {
    ///     #[config(default = 4)]
    ///     workers: u16,
    /// }
    ///
    /// let sample = Sample::of::<Settings>().brief();
    /// # #[cfg(feature = "yaml")]
    /// assert_eq!(sample.text(Format::Yaml)?, "#workers: 4\n");
    /// # #[cfg(feature = "dotenv")]
    /// assert_eq!(sample.text(Format::Dotenv)?, "#APP_WORKERS=4\n");
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn text(&self, format: Format) -> Result<String, Report> {
        let Some(write) = writer(format) else {
            let message = format!(
                "samples are written as toml, yaml, json5, jsonc, ini and dotenv, not as {}",
                format.as_str()
            );
            return Err(self.report([Problem::unplaced(Code::Unwritable, "", &message, None)]));
        };
        let root = Section::of(self.metadata);
        let (items, told) = Outline::of(&root, &Given::of(&self.given), format);
        let mut page = Page::new(format, self.is_commented);
        page.head(self.schema.as_deref(), &root);
        let refused = write(&mut page, &items);
        let problems: Vec<Problem> = self.problems.iter().cloned().chain(told).chain(refused).collect();
        if problems.is_empty() { Ok(page.finish()) } else { Err(self.report(problems)) }
    }

    fn report(&self, problems: impl IntoIterator<Item = Problem>) -> Report {
        let mut report = Report::of_writing(self.metadata.name());
        problems.into_iter().for_each(|problem| report.add(problem));
        report
    }
}

/// Writes items on a page; what cannot be written comes back.
type Write = fn(&mut Page, &[outline::Item]) -> Vec<Problem>;

/// What writes a format.
fn writer(format: Format) -> Option<Write> {
    match format {
        #[cfg(feature = "toml")]
        Format::Toml => Some(headers::write),
        #[cfg(feature = "ini")]
        Format::Ini => Some(headers::write),
        #[cfg(feature = "yaml")]
        Format::Yaml | Format::YamlMerge => Some(yaml::write),
        #[cfg(feature = "json")]
        Format::Json5 | Format::Jsonc => Some(json::write),
        #[cfg(feature = "dotenv")]
        Format::Dotenv => Some(dotenv::write),
        _ => None,
    }
}
