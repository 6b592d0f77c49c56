//! The settings in force as one document: what all layers make together, each value with its place.
//!
//! The load itself merges nothing into a tree. Here one is made, for those who write settings or
//! compare them: with the very functions by which the load finds variants and elements of lists, so
//! that reading the document gives the value that was loaded.

mod defaults;
mod part;
mod sections;
mod text;
mod values;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::Path;

use confkit_sources::declared::Metadata;
use confkit_sources::path::{self, Segment};
use confkit_sources::{Document, Fate, NodeRef, Origin, OriginKind};

use self::part::{Content, Part};
use self::sections::Walk;
use crate::config::Config;
use crate::explain::Loaded;
use crate::loader::Kept;
#[cfg(feature = "live")]
use crate::loader::secrets_of_defaults;
#[cfg(feature = "live")]
use crate::report::KnownSecrets;
use crate::report::{Code, Problem, Report};
use crate::resolve::{Ref, plainly, shadowed};
use crate::write::{Defaults, Secrets};

/// What becomes of settings that no layer gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Filling {
    /// They are left out.
    Nothing,
    /// Their defaults, where those can be written.
    Values,
    /// Their defaults, in the words of the declaration where those cannot be written.
    Words,
}

/// The settings in force.
pub(crate) struct Effective {
    pub(crate) document: Document,
    /// The values that are secret, by the numbers of their nodes.
    pub(crate) secrets: BTreeSet<u32>,
    /// Values that a function of the program's makes: their nodes list what it is given.
    pub(crate) made: BTreeSet<u32>,
    /// Lists whose elements are the same by the value under a key.
    pub(crate) keyed: Vec<(u32, &'static str)>,
}

impl Effective {
    pub(crate) fn of(kept: &Kept, metadata: &'static Metadata, filling: Filling) -> Self {
        let shared = kept.shared();
        let roots = (0..).zip(&shared.layers).filter_map(|(number, layer)| {
            let root = plainly(layer.document.root(), &kept.section)?;
            Some(Ref { layer: number, node: root.id() })
        });
        let mut roots: Vec<Ref> = roots.collect();
        roots.reverse();
        let walk = Walk {
            shadowed: shadowed(&shared, metadata, &roots),
            announced: kept.secrets.iter().map(|&(layer, node)| Ref { layer, node }).collect(),
            shared,
            filling,
            types: RefCell::default(),
        };
        let whole = walk.section(metadata, &roots, false, 0);
        let root = Part::new(Content::Table(Vec::new()), Origin::default_value());
        let mut whole = whole.unwrap_or(root);
        for path in &kept.set_aside {
            whole.take_away(path.strip_prefix(kept.section.as_slice()).unwrap_or_default());
        }
        let whole = around(&kept.section, whole);
        let effective = part::emit(whole);
        match folder(kept) {
            Some(folder) => Self { document: effective.document.in_folder(folder), ..effective },
            None => effective,
        }
    }

    /// The texts of all secrets: those of the document, and those among defaults, which it does not have.
    #[cfg(feature = "live")]
    pub(crate) fn secret_texts(&self, kept: &Kept) -> KnownSecrets {
        fn collect(node: NodeRef<'_>, texts: &mut BTreeSet<String>) {
            if !node.is_container() {
                texts.insert(node.text().to_owned());
            }
            node.items().for_each(|inside| collect(inside, texts));
        }
        let mut texts = secrets_of_defaults(&kept.defaults);
        self.secrets.iter().for_each(|&id| collect(self.document.node(id), &mut texts));
        KnownSecrets::new(texts)
    }

    /// A copy of the document without its secrets; relative paths keep their folder.
    fn without_secrets(&self) -> Document {
        let hide =
            |node: NodeRef<'_>| Fate { is_left_out: self.secrets.contains(&node.id()), ..Fate::default() };
        let document = self.document.revised(&mut { hide });
        match self.document.folder() {
            Some(folder) => document.in_folder(folder),
            None => document,
        }
    }
}

/// Puts what is loaded from a section below its path.
fn around<'d>(section: &[Segment<'_>], inner: Part<'d>) -> Part<'d> {
    section.iter().rev().fold(inner, |inner, step| {
        let origin = inner.origin.clone();
        match step {
            Segment::Key(key) => Part::new(Content::Table(vec![(key.to_string(), inner)]), origin),
            Segment::Index(_) => Part::new(Content::List(vec![inner], None), origin),
        }
    })
}

/// The folder of all files, if they have one: relative paths in them start there.
fn folder(kept: &Kept) -> Option<&Path> {
    let mut folders = kept.layers.iter().filter_map(|bound| bound.document.folder());
    let first = folders.next()?;
    folders.all(|folder| folder == first).then_some(first)
}

impl<T: Config> Loaded<T> {
    /// Returns the settings in force as one document, under their declared keys: what all layers make
    /// together, each value with the place it comes from.
    ///
    /// Loading the document gives the value that was loaded, unless secrets were left out: it has no
    /// profile of its own, so load it in the same one. `Format::write` makes text of it. A default that
    /// is an expression is written if its type implements `Serialize`, and else left out. Text of a
    /// variable becomes the kind of value that its field takes. Relative paths stay as they are
    /// written; if all files are in one folder, the document is in that folder too. If files of the type have
    /// a version, the document says it. What is [set aside](crate::Lenient) is left out; an element of a list is
    /// an empty table then.
    ///
    /// # Errors
    ///
    /// A [`Report`] of values that a function makes of several layers, which no document has. Where
    /// secrets are left out, also of strings that have the text of a secret in them.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::write::{Defaults, Secrets};
    /// use confkit::{Config, Format, Secret};
    ///
    /// #[derive(Config)]
    /// #[config(env_prefix = "APP")]
    /// struct Settings {
    ///     #[config(default = 8080)]
    ///     port: u16,
    ///     workers: u16,
    ///     token: Secret<String>,
    /// }
    ///
    /// let loader = Settings::loader().text(Format::Toml, "app.toml", "token = 'hunter2'");
    /// let loaded = loader.env_vars([("APP_WORKERS", "4")]).load_traced()?;
    ///
    /// let document = loaded.to_document(Defaults::Omit, Secrets::Omit)?;
    /// assert_eq!(Format::Toml.write(&document).unwrap(), "workers = 4\n");
    ///
    /// let document = loaded.to_document(Defaults::Include, Secrets::Expose)?;
    /// let text = "port = 8080\nworkers = 4\ntoken = \"hunter2\"\n";
    /// assert_eq!(Format::Toml.write(&document).unwrap(), text);
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn to_document(&self, defaults: Defaults, secrets: Secrets) -> Result<Document, Report> {
        let filling = if defaults == Defaults::Include { Filling::Values } else { Filling::Nothing };
        let effective = Effective::of(self.kept(), T::METADATA, filling);
        let mut report = Report::of_writing(T::METADATA.name());
        made_by_functions(&effective).into_iter().for_each(|problem| report.add(problem));
        let document = match secrets {
            Secrets::Omit => {
                let secrets: Vec<u32> = effective.secrets.iter().copied().collect();
                let repeated = crate::write::repeated(&effective.document, &secrets);
                repeated.into_iter().for_each(|problem| report.add(problem));
                effective.without_secrets()
            }
            Secrets::Expose => effective.document,
        };
        #[cfg(feature = "migrate")]
        let document = crate::migrate::with_version(document, T::METADATA, &self.kept().section);
        if report.is_empty() { Ok(document) } else { Err(report) }
    }
}

/// A problem for every value that only the program knows.
fn made_by_functions(effective: &Effective) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut found = |at: &str| {
        let message = format!("{at} cannot be written: a function makes it of several layers");
        let help = "give it in one layer, or write the value with `write::to_string`";
        problems.push(Problem::unplaced(Code::Unwritable, at, &message, Some(help)));
    };
    each(effective.document.root(), &mut String::new(), &mut |node, at| {
        if effective.made.contains(&node.id()) {
            found(at);
        }
    });
    problems
}

/// Visits a node and all inside it, each with its path.
fn each(node: NodeRef<'_>, at: &mut String, visit: &mut impl FnMut(NodeRef<'_>, &str)) {
    visit(node, at);
    let length = at.len();
    for (index, inner) in node.items().enumerate() {
        match node.kind() {
            confkit_sources::NodeKind::Array => path::push_index(at, index),
            _ => path::push_key(at, inner.key()),
        }
        each(inner, at, visit);
        at.truncate(length);
    }
}

/// What the document is called, and what its nodes come from where they do not know better.
const NAME: &str = "settings in force";
const KIND: OriginKind = OriginKind::Code;

/// A text as the kind of value that a field takes: the only entry of a document.
#[cfg(feature = "testing")]
pub(crate) fn typed(kind: &confkit_sources::declared::ValueKind, text: &str, delimiter: char) -> Document {
    let part = text::typed(kind, text, delimiter, &Origin::default_value());
    let root = Content::Table(vec![(String::new(), part)]);
    part::emit(Part::new(root, Origin::default_value())).document
}
