//! Reading every layer of a stack.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use confkit_sources::declared::Metadata;
#[cfg(feature = "env")]
use confkit_sources::env::Variables;
use confkit_sources::{OriginKind, Read, ReadContext, Source as _, SourceError};

use super::super::found;
use super::super::stack::{Stack, Step};
use super::super::unreadable;
use super::again::Known;
#[cfg(feature = "args")]
use super::arguments::Words;
use super::{Content, Layers, ReadLayer, UNSET};

/// Reads every layer of a stack.
pub(in crate::loader) fn read(stack: &Stack, metadata: Option<&'static Metadata>) -> Layers {
    read_after(None, stack, metadata)
}

/// Reads every layer of a stack, perhaps after it was read before.
pub(in crate::loader) fn read_after(
    before: Option<&Layers>,
    stack: &Stack,
    metadata: Option<&'static Metadata>,
) -> Layers {
    let profile = stack.chosen_profile(metadata);
    let expanded = found::expand(stack, &profile);
    let stack = expanded.as_ref().unwrap_or(stack);
    let mut layers = Layers {
        stack: stack.clone(),
        profile,
        layers: Vec::with_capacity(stack.steps.len()),
        unreadable: Vec::new(),
        provided_profiles: BTreeSet::new(),
        revisions: Vec::new(),
        outrun: Vec::new(),
        unsets: false,
        #[cfg(feature = "live")]
        wanted: None,
        claims: Mutex::default(),
    };
    for (position, step) in stack.steps.iter().enumerate() {
        if layers.profile.wrong.is_some() && step.name().contains("{profile}") {
            // A name that is none must not become a part of a path.
            layers.unreadable.push((step.name().into_owned(), Vec::new()));
            continue;
        }
        if let Some(problem) = unreadable::wrong_placeholder(step, position) {
            layers.unreadable.push((step.name().into_owned(), vec![problem]));
            continue;
        }
        let known = before.and_then(|before| before.known(position, step, &layers.profile.name));
        match layers.content(position, step, known, metadata) {
            Ok(Some(content)) => {
                let layer = ReadLayer { position, unknown: step.unknown(), content };
                layers.unsets |=
                    layer.document().is_some_and(|document| document.root().get(UNSET).is_some());
                layers.layers.push(layer);
            }
            Ok(None) => {}
            Err(error) => {
                let problems = unreadable::source_problems(&layers.stack, position, &error, metadata);
                let name = match &error {
                    SourceError::NotFound { path } | SourceError::Io { path, .. } => {
                        path.display().to_string()
                    }
                    _ => step.name().replace("{profile}", &layers.profile.name),
                };
                layers.unreadable.push((name, problems));
            }
        }
    }
    layers
}

impl Layers {
    fn content(
        &mut self,
        position: usize,
        step: &Step,
        known: Option<Known<'_>>,
        metadata: Option<&'static Metadata>,
    ) -> Result<Option<Content>, SourceError> {
        match step {
            Step::File(file) => {
                let read = self.read_source(metadata, |cx| match known {
                    Some(known) => file.read_after(known.document, &cx),
                    None => file.read(&cx),
                });
                self.taken(position, read?, known)
            }
            Step::Source(source) => {
                let previous = known.and_then(|known| known.revision);
                let read = self.read_source(metadata, |cx| match previous {
                    Some(previous) => source.read(&cx.with_previous(previous)),
                    None => source.read(&cx),
                });
                self.taken(position, read?, known.filter(|_| previous.is_some()))
            }
            #[cfg(feature = "dotenv")]
            Step::Dotenv(file) => {
                let (system, root) = (&self.stack.system, &self.stack.root);
                Ok(match self.read_source(metadata, |cx| file.read(&cx))? {
                    Read::Document(document, _) => {
                        Some(self.variables(Variables::of_document(document, system, root)))
                    }
                    _ => None,
                })
            }
            Step::Found(finder) => finder.check(&self.stack, &self.profile.name).map(|()| None),
            Step::Text { format, name, text } => {
                if let Some(known) = known {
                    return Ok(Some(Content::Document(Arc::clone(known.document))));
                }
                let document = confkit_sources::read_text(*format, OriginKind::Text, name, text.to_string())?;
                Ok(Some(Content::Document(Arc::new(document))))
            }
            #[cfg(feature = "env")]
            Step::Secrets(directory) => {
                let mounted = directory.read(&self.stack, &self.profile.name)?;
                Ok(mounted.map(|mounted| Content::Files(Arc::new(mounted))))
            }
            #[cfg(feature = "env")]
            Step::Env => Ok(Some(self.variables(Variables::of_system(&self.stack.system, &self.stack.root)))),
            #[cfg(feature = "env")]
            Step::EnvVars(vars) => {
                let variables = Variables::new(vars.to_vec(), &self.stack.system, &self.stack.root);
                Ok(Some(self.variables(variables)))
            }
            // clap has read them, and knows more of them than the settings.
            #[cfg(feature = "args")]
            Step::Args if self.stack.is_matched() => Ok(None),
            #[cfg(feature = "args")]
            Step::Args => Ok(Some(Content::Arguments(Arc::new(Words(self.stack.system.arguments()))))),
            #[cfg(feature = "args")]
            Step::ArgsGiven { words, .. } => Ok(Some(Content::Arguments(Arc::new(Words(words.to_vec()))))),
            Step::Set { document, .. } => match document {
                Ok(document) => Ok(document.clone().map(Content::Document)),
                Err(unfit) => {
                    let may_hold_secret = metadata.is_none_or(Metadata::may_hold_secret);
                    Err(SourceError::new(unfit.told(may_hold_secret)))
                }
            },
            Step::Provider(provider) => {
                let provided = (provider.read)(&self.profile.name)?;
                self.provided_profiles.extend(provided.profiles);
                Ok(Some(Content::Document(Arc::new(provided.document))))
            }
        }
    }

    #[cfg(feature = "env")]
    fn variables(&self, variables: Variables) -> Content {
        Content::Variables(Arc::new(variables.private(self.stack.private)))
    }

    fn read_source(
        &self,
        metadata: Option<&'static Metadata>,
        read: impl FnOnce(ReadContext<'_>) -> Result<Read, SourceError>,
    ) -> Result<Read, SourceError> {
        let mut cx = ReadContext::new()
            .with_system(self.stack.system.clone())
            .with_root(&self.stack.root)
            .with_profile(&self.profile.name)
            .with_formats(&self.stack.formats);
        if let Some(metadata) = metadata {
            cx = cx.with_declared(metadata);
        }
        read(cx)
    }

    /// Takes what a source gave, or what is known of it.
    fn taken(
        &mut self,
        position: usize,
        read: Read,
        known: Option<Known<'_>>,
    ) -> Result<Option<Content>, SourceError> {
        let (document, revision) = match (read, known) {
            (Read::Document(_, Some(revision)), Some(known)) if known.is_after(&revision) => {
                self.outrun.push(self.not_taken(position, &revision, known));
                (Arc::clone(known.document), known.revision.cloned())
            }
            (Read::Document(document, revision), _) => (Arc::new(document), revision),
            (Read::Absent, _) => return Ok(None),
            (_, Some(known)) => (Arc::clone(known.document), known.revision.cloned()),
            _ => {
                return Err(SourceError::new("it says that nothing has changed, but it was not read before"));
            }
        };
        self.revisions.extend(revision.map(|revision| (position, revision)));
        Ok(Some(Content::Document(document)))
    }
}
