//! What is different, and whether it breaks what users have.

use std::fmt;
use std::process::ExitCode;

use serde::ser::{Serialize, SerializeStruct as _, Serializer};
use serde_json::Value;

use super::schema::Root;
use super::within::Place;
use crate::report::clean;

/// Whether a change breaks what users of a program have.
///
/// # Example
///
/// ```
/// use confkit::compat::Verdict;
///
/// assert_eq!(Verdict::Breaking.as_str(), "breaking");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Verdict {
    /// Something that loaded before does not load now, or means something else; or it cannot be
    /// decided that this is not so.
    Breaking,
    /// Everything that loaded before loads now and means the same, and more may load.
    Compatible,
    /// What loads and what it means has not changed.
    Info,
}

impl Verdict {
    /// Returns the stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Compatible => "compatible",
            Self::Info => "info",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $variant:ident $name:literal)*) => {
        /// What a change is about. Whether it is for better or worse says the [`Verdict`].
        ///
        /// # Example
        ///
        /// ```
        /// use confkit::compat::ChangeKind;
        ///
        /// assert_eq!(ChangeKind::ValueRemoved.as_str(), "value_removed");
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum ChangeKind {
            $($(#[doc = $doc])+ $variant,)*
        }

        impl ChangeKind {
            /// Returns the stable name.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

// No variant is called as a type is: rustc would write that type with its whole path in all messages.
kinds! {
    /// A setting or section is new.
    Added "added"
    /// A setting or section is gone.
    Removed "removed"
    /// A setting has another key, and its old one is still read.
    Renamed "renamed"
    /// A further name of a setting is new or gone.
    Name "name"
    /// Values of other types are accepted.
    Type "type"
    /// A number, a length or a count has another limit.
    Limit "limit"
    /// Text has to match another expression or format.
    Text "text"
    /// A listed value is new, or all values are accepted.
    ValueAdded "value_added"
    /// A listed value is gone, or values are listed now.
    ValueRemoved "value_removed"
    /// A variant is new.
    VariantAdded "variant_added"
    /// A variant is gone, or variants are told apart otherwise.
    VariantRemoved "variant_removed"
    /// A setting has to be given, or need not be given any more.
    Required "required"
    /// A setting has another value where it is left out.
    Default "default"
    /// Other environment variables are read.
    Variable "variable"
    /// Another command-line argument is read.
    Argument "argument"
    /// A setting is secret, or is no longer.
    Secrecy "secrecy"
    /// A number counts something else.
    Unit "unit"
    /// A setting is going away.
    Deprecated "deprecated"
    /// Values of several layers come together in another way.
    Merge "merge"
    /// Keys that no setting takes are refused or accepted.
    UnknownKeys "unknown_keys"
    /// A rule is new, gone or different.
    Rule "rule"
    /// A profile is new or gone.
    Profile "profile"
    /// The declared version is another.
    Version "version"
}

impl fmt::Display for ChangeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One difference between two versions of the settings.
///
/// # Example
///
/// ```
/// use confkit::compat;
///
/// let old = r#"{"type": "object", "properties": {"port": {"type": "integer"}}}"#;
/// let new = r#"{"type": "object", "properties": {"port": {"type": "integer"}}, "required": ["port"]}"#;
/// let changes = compat::compare(old, new)?;
///
/// let change = &changes.all()[0];
/// assert_eq!((change.path(), change.message()), ("port", "is required now"));
/// assert_eq!(change.reason(), "files that leave it out are refused");
/// assert_eq!(change.help(), Some("give it a `default`, or make it an `Option`"));
/// # Ok::<(), compat::InvalidSchema>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    path: String,
    variant: Option<String>,
    kind: ChangeKind,
    verdict: Verdict,
    message: String,
    reason: String,
    docs: Option<String>,
}

impl Change {
    pub(super) fn new(
        place: &Place,
        verdict: Verdict,
        kind: ChangeKind,
        message: String,
        reason: String,
    ) -> Self {
        let (path, variant) = (clean(&place.path).into_owned(), place.form.as_deref());
        let variant = variant.map(|variant| clean(variant).into_owned());
        Self { path, variant, kind, verdict, message, reason, docs: None }
    }

    /// Adds the first paragraph of a description.
    pub(super) fn with_docs(self, docs: Option<&str>) -> Self {
        let first = docs.and_then(|docs| docs.split("\n\n").next());
        let line = first.map(|docs| docs.split_whitespace().collect::<Vec<_>>().join(" "));
        Self { docs: line.map(|line| clean(&line).into_owned()).filter(|line| !line.is_empty()), ..self }
    }

    /// The setting, as `servers[].host`; entries of maps are `<key>`. Empty for the settings as a whole.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The variant of an enum that the setting belongs to.
    pub fn variant(&self) -> Option<&str> {
        self.variant.as_deref()
    }

    /// What the change is about.
    pub fn kind(&self) -> ChangeKind {
        self.kind
    }

    /// Whether it breaks what users have.
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// What has changed, as the rest of a sentence that begins with the path. Values of secrets are
    /// masked.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Why it is judged so: what happens to those who have files.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// What to do so that nothing breaks; none where nothing does.
    pub fn help(&self) -> Option<&'static str> {
        (self.verdict == Verdict::Breaking).then(|| help(self.kind))
    }

    /// The first paragraph of a new setting's documentation.
    pub fn docs(&self) -> Option<&str> {
        self.docs.as_deref()
    }

    /// The path as the subject of a sentence.
    pub(super) fn subject(&self) -> String {
        let path = if self.path.is_empty() { "the declaration" } else { &self.path };
        match &self.variant {
            Some(variant) => format!("{path} (variant `{variant}`)"),
            None => path.to_owned(),
        }
    }
}

fn help(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Added | ChangeKind::Required => "give it a `default`, or make it an `Option`",
        ChangeKind::Removed => {
            "keep it for a while with `deprecated`; if it has a new key, say `renamed_from` there"
        }
        ChangeKind::Renamed | ChangeKind::Name => "keep the name, with `alias` or `renamed_from`",
        ChangeKind::Type => "accept the old values too, or add a setting of another name",
        ChangeKind::Limit | ChangeKind::Text | ChangeKind::Rule => {
            "keep what was accepted, or let the rule `warn` for a release"
        }
        ChangeKind::ValueAdded | ChangeKind::ValueRemoved => {
            "keep the value; a variant with a new name keeps its old one with `alias`"
        }
        ChangeKind::VariantAdded | ChangeKind::VariantRemoved => {
            "keep the variant; one with a new name keeps its old one with `alias`"
        }
        ChangeKind::Default => {
            "keep the default, or say in the notes of the release who has to set the old one"
        }
        ChangeKind::Variable => "keep the variable, with `env` or `env_alias`",
        ChangeKind::Argument => "keep the argument, with `arg(long = \"…\")`",
        ChangeKind::Unit => "keep the unit, or add a setting of another name",
        ChangeKind::Merge => "keep the way of merging, or say in the notes of the release what is different",
        ChangeKind::UnknownKeys => "let unknown keys warn for a release: `unknown_keys = \"warn\"`",
        ChangeKind::Profile => "keep the profile among `profiles(…)`",
        ChangeKind::Version => "versions only grow; add a migration in place of taking one away",
        ChangeKind::Secrecy | ChangeKind::Deprecated => "say in the notes of the release what is different",
    }
}

impl Serialize for Change {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut change = serializer.serialize_struct("Change", 8)?;
        change.serialize_field("path", &self.path)?;
        change.serialize_field("variant", &self.variant)?;
        change.serialize_field("kind", self.kind.as_str())?;
        change.serialize_field("verdict", self.verdict.as_str())?;
        change.serialize_field("message", &self.message)?;
        change.serialize_field("reason", &self.reason)?;
        change.serialize_field("help", &self.help())?;
        change.serialize_field("docs", &self.docs)?;
        change.end()
    }
}

/// Everything that is different between two versions of the settings, breaking changes first.
///
/// Displayed, it is a page of 80 columns, without colours and control characters.
///
/// # Example
///
/// ```
/// use confkit::compat;
///
/// let old = r#"{"title": "Settings", "properties": {"port": {"type": "integer"}}}"#;
/// let new = r#"{"title": "Settings", "properties": {}}"#;
/// let changes = compat::compare(old, new)?;
/// assert_eq!(changes.to_string(), "\
/// settings `Settings`: 1 breaking change
///
/// breaking[removed]: port is gone
///   = it is ignored in files
///   = help: keep it for a while with `deprecated`; if it has a new key, say
///           `renamed_from` there");
/// # Ok::<(), compat::InvalidSchema>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    title: String,
    versions: [Option<u64>; 2],
    all: Vec<Change>,
}

impl Changes {
    pub(super) fn new(old: &Root, new: &Root, mut all: Vec<Change>) -> Self {
        let (old, new) = (old.node().view(), new.node().view());
        let title = new.note("title").and_then(Value::as_str).unwrap_or_default();
        all.sort_by_key(Change::verdict);
        let versions = [&old, &new].map(|view| view.fact("version").and_then(Value::as_u64));
        Self { title: clean(title).into_owned(), versions, all }
    }

    /// Every change, breaking ones first, else in the order of the paths.
    pub fn all(&self) -> &[Change] {
        &self.all
    }

    /// The changes with one verdict.
    pub fn with(&self, verdict: Verdict) -> impl Iterator<Item = &Change> {
        self.all.iter().filter(move |change| change.verdict == verdict)
    }

    /// Whether something breaks.
    pub fn is_breaking(&self) -> bool {
        self.with(Verdict::Breaking).next().is_some()
    }

    /// Whether nothing is different.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The status for a program that compares: 1 if something breaks, else 0.
    pub fn exit_code(&self) -> ExitCode {
        u8::from(self.is_breaking()).into()
    }

    /// The changes for machines:
    /// `{"version": 1, "type", "breaking", "changes": [{"path", "variant", "kind", "verdict", "message",
    /// "reason", "help", "docs"}]}`. Keys may be added, never renamed; absent facts are null.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::compat;
    ///
    /// let changes = compat::compare("{}", r#"{"minProperties": 1}"#)?;
    /// let json: serde_json::Value = serde_json::from_str(&changes.to_json()).unwrap();
    /// assert_eq!(json["breaking"], true);
    /// assert_eq!(json["changes"][0]["kind"], "limit");
    /// # Ok::<(), compat::InvalidSchema>(())
    /// ```
    pub fn to_json(&self) -> String {
        // Strings, booleans and nulls alone: nothing that JSON cannot write.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The type of the settings, as the new schema has it.
    pub(super) fn title(&self) -> &str {
        &self.title
    }

    /// The old and the new declared version.
    pub(super) fn versions(&self) -> [Option<u64>; 2] {
        self.versions
    }
}

impl Serialize for Changes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut changes = serializer.serialize_struct("Changes", 4)?;
        changes.serialize_field("version", &1)?;
        changes.serialize_field("type", &self.title)?;
        changes.serialize_field("breaking", &self.is_breaking())?;
        changes.serialize_field("changes", &self.all)?;
        changes.end()
    }
}
