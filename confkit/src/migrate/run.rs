//! From the version of a document to another one.

use confkit_sources::declared::Metadata;
use confkit_sources::path::{self, Segment};
use confkit_sources::{Document, NodeKind, NodeRef, Value};

use super::step::Step;
use super::stop::Stop;
use super::values::{Made, Path, VALUE, Values, serialized};
use super::{Migrations, Moves};
use crate::report::Code;
use crate::resolve::Draft;

/// The versions of one type, below one section.
pub(crate) struct Versions {
    /// The version that is read.
    pub(crate) target: u32,
    key: &'static str,
    migrations: Migrations,
    /// What is wrong with the steps.
    wrong: Option<String>,
    section: Path,
    /// Whether the type has secrets, so that values may be one.
    pub(super) secret: bool,
}

/// A document as far as steps have brought it, and why not further.
pub(crate) type Failed = Box<(Document, Draft)>;

/// A document as its type reads it.
pub(crate) struct Current {
    pub(crate) document: Document,
    pub(crate) moves: Moves,
    /// The version that it was of, if anything had to change.
    pub(crate) migrated_from: Option<u32>,
}

impl Versions {
    /// The versions of a type's files, if they have any.
    pub(crate) fn of(metadata: &'static Metadata, section: &[Segment<'static>]) -> Option<Self> {
        let versioned = metadata.loading().versioned()?;
        let migrations = versioned.migrations().and_then(|made| made.downcast::<Migrations>().ok());
        let migrations = migrations.map(|made| *made).unwrap_or_default();
        let target = versioned.version();
        Some(Self {
            target,
            key: versioned.key(),
            wrong: wrong(&migrations, target).into_iter().next(),
            migrations,
            section: section.to_vec(),
            secret: metadata.may_hold_secret(),
        })
    }

    /// The version that a document is of; nothing if what it says is none.
    #[cfg(feature = "cli")]
    pub(crate) fn version_of(&self, document: &Document) -> Option<u32> {
        self.stated(document).ok().map(|stated| stated.unwrap_or(self.migrations.unversioned))
    }

    /// The path of the version in a file.
    pub(crate) fn path(&self) -> Path {
        [&self.section[..], &[Segment::key(self.key)]].concat()
    }

    /// The version of files that say none.
    pub(super) fn unversioned(&self) -> u32 {
        self.migrations.unversioned
    }

    pub(super) fn section(&self) -> &[Segment<'static>] {
        &self.section
    }

    /// Brings a document to the version that is read, and takes the version out of it.
    pub(crate) fn load(&self, document: &Document) -> Result<Option<Current>, Failed> {
        let whole = |stop: Stop| Box::new((document.without(&[]), stop.into_draft(false)));
        let version = self.version(document).map_err(whole)?;
        if version == self.target {
            let node = self.node(document);
            return Ok(node.map(|node| Current {
                document: document.without(&[node.id()]),
                moves: Moves::default(),
                migrated_from: None,
            }));
        }
        let made = self.up(document, version)?;
        let migrated_from = (!made.changes.is_empty()).then_some(version);
        Ok(Some(Current { document: made.document, moves: made.moves, migrated_from }))
    }

    /// The version of a document, which is not above the one that is read.
    pub(super) fn version(&self, document: &Document) -> Result<u32, Stop> {
        let version = self.stated(document)?.unwrap_or(self.migrations.unversioned);
        if version <= self.target {
            return Ok(version);
        }
        let message =
            format!("the file is of version {version}, and this program reads version {}", self.target);
        let help = format!("use a newer program, or a file of version {}", self.target);
        Err(self.stop(message).at(self.node(document).map(NodeRef::id)).help(help))
    }

    /// The version that a document says.
    pub(super) fn stated(&self, document: &Document) -> Result<Option<u32>, Stop> {
        let Some(node) = self.node(document) else { return Ok(None) };
        let is_number = matches!(node.kind(), NodeKind::Integer | NodeKind::Text);
        let version = u32::from_str_radix(node.text(), node.radix()).ok();
        if let Some(version) = version.filter(|version| is_number && *version > 0) {
            return Ok(Some(version));
        }
        let message = format!("`{}` has to be a version: a whole number from 1", self.key);
        let help = format!("this program reads version {}", self.target);
        Err(self.stop(message).at(Some(node.id())).help(help))
    }

    fn node<'d>(&self, document: &'d Document) -> Option<NodeRef<'d>> {
        document.root().at(&self.path())
    }

    fn stop(&self, message: String) -> Stop {
        Stop::new(Code::Version, &path::to_string(&self.path()), message)
    }

    /// The steps between two versions, the lower one first.
    pub(super) fn steps(&self, from: u32, to: u32) -> Result<Vec<(u32, &Step)>, Stop> {
        if let Some(wrong) = &self.wrong {
            return Err(Stop::new(Code::Declaration, "", wrong.clone()));
        }
        let mut steps: Vec<(u32, &Step)> =
            self.migrations.steps().filter(|(version, _)| (from + 1..=to).contains(version)).collect();
        steps.sort_by_key(|(version, _)| *version);
        if steps.len() == (to - from) as usize {
            return Ok(steps);
        }
        let oldest = self
            .migrations
            .steps()
            .map(|(version, _)| version.saturating_sub(1))
            .min()
            .unwrap_or(self.target);
        let message = format!("the file is of version {from}, and this program reads none below {oldest}");
        let help = if oldest == self.target {
            format!("bring it to version {oldest} by hand")
        } else {
            format!("bring it to version {oldest} by hand, or by an older program")
        };
        Err(self.stop(message).help(help))
    }

    /// Makes the steps from a version to the one that is read.
    pub(super) fn up(&self, document: &Document, from: u32) -> Result<Made, Failed> {
        let mut values = self.values(document);
        let node = self.node(document).map(NodeRef::id);
        let made = self.steps(from, self.target).map_err(|stop| stop.at(node)).and_then(|steps| {
            steps.into_iter().try_for_each(|(version, step)| {
                values.begin(version);
                step.up(&mut values)
            })
        });
        let is_stated = node.is_some();
        self.finished(values, made.map_err(|stop| if is_stated { stop } else { self.unstated(stop) }))
    }

    /// Says of which version a file was taken to be.
    fn unstated(&self, stop: Stop) -> Stop {
        let Self { key, target, .. } = self;
        stop.or_help(format!(
            "the file says no version and is taken for version {}; if it is of version {target}, add `{key} = {target}`",
            self.migrations.unversioned,
        ))
    }

    /// Undoes the steps from a version down to another one.
    pub(super) fn down(&self, document: &Document, from: u32, to: u32) -> Result<Made, Failed> {
        let mut values = self.values(document);
        let made = self.steps(to, from).and_then(|steps| {
            if let Some((version, change)) =
                steps.iter().rev().find_map(|(version, step)| Some((version, step.one_way()?)))
            {
                let message =
                    format!("the step to version {version} cannot be undone: `{change}` has no way back");
                return Err(self.stop(message).at(self.node(document).map(NodeRef::id)));
            }
            steps.into_iter().rev().try_for_each(|(version, step)| {
                values.begin(version - 1);
                step.down(&mut values)
            })
        });
        self.finished(values, made)
    }

    /// A copy without the version.
    fn values(&self, document: &Document) -> Values {
        let node: Vec<u32> = self.node(document).into_iter().map(NodeRef::id).collect();
        Values::new(document.without(&node), &self.section, self.secret)
    }

    fn finished(&self, values: Values, made: Result<(), Stop>) -> Result<Made, Failed> {
        match made {
            Ok(()) => Ok(values.made()),
            Err(stop) => Err(Box::new((values.into_document(), stop.into_draft(self.secret)))),
        }
    }
}

/// The settings of a type, below a section, as a file of the version that it reads.
pub(crate) fn with_version(
    mut document: Document,
    metadata: &'static Metadata,
    section: &[Segment<'_>],
) -> Document {
    let Some(versioned) = metadata.loading().versioned() else { return document };
    let path = [section, &[Segment::key(versioned.key())]].concat();
    let said = serialized(&versioned.version(), &path).ok().flatten();
    let value = said.as_ref().and_then(|said| said.root().get(VALUE));
    if let Some(Ok(value)) = value.map(|value| Value::of(None, &path, value)) {
        // Beside the settings nothing is in the way but a version.
        let _ = document.set(&path, &value, 0);
    }
    document
}

/// What is wrong with the way steps are declared.
fn wrong(migrations: &Migrations, target: u32) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut versions: Vec<u32> = migrations.steps().map(|(version, _)| version).collect();
    versions.sort_unstable();
    for (version, step) in migrations.steps() {
        wrong.extend(
            step.wrong().iter().map(|what| format!("the step to version {version} is wrong: {what}")),
        );
        if version > target {
            wrong.push(format!("there is a step to version {version}, and the type reads version {target}"));
        } else if version < 2 {
            wrong.push(format!("there is a step to version {version}; the first version is 1"));
        }
    }
    for pair in versions.windows(2).filter(|pair| pair[0] == pair[1]) {
        wrong.push(format!("there are two steps to version {}", pair[0]));
    }
    if let Some(first) = versions.first() {
        let missing = (*first..=target).filter(|version| !versions.contains(version));
        wrong.extend(missing.map(|version| {
            format!("there is no step to version {version}; add `.step({version}, |step| …)`")
        }));
    }
    wrong
}

/// What is wrong with the migrations of a type.
#[cfg(feature = "testing")]
pub(crate) fn wrong_steps(metadata: &'static Metadata) -> Vec<Draft> {
    let Some(versions) = Versions::of(metadata, &[]) else { return Vec::new() };
    let wrong = wrong(&versions.migrations, versions.target).into_iter();
    wrong.map(|wrong| Draft::new(Code::Declaration, String::new(), wrong)).collect()
}
