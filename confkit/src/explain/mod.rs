//! Why a setting has its value.

#[cfg(feature = "cli")]
mod addressed;
mod combined;
mod default;
mod explanation;
mod in_text;
mod listing;
mod merged;
#[cfg(feature = "live")]
mod normal;
mod route;
#[cfg(feature = "live")]
mod secrecy;
mod shown;
mod together;

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use confkit_sources::declared::{Field, Metadata, Tagging, Variants};
use confkit_sources::path::{self, Segment};
use confkit_sources::{NodeKind, NodeRef, Origin};

#[cfg(feature = "cli")]
pub(crate) use self::addressed::Addressed;
pub use self::explanation::{Candidate, Explanation};
#[cfg(feature = "live")]
pub(crate) use self::normal::normal;
use self::route::Route;
#[cfg(feature = "live")]
pub(crate) use self::secrecy::{Declared, secret_paths};
pub(crate) use self::shown::shown;
#[cfg(feature = "diff")]
pub(crate) use self::shown::shown_key;
use crate::config::Config;
use crate::loader::Kept;
use crate::report::{Problem, clean, clean_origin};
use crate::resolve::{Local, in_force};
use crate::rules::Judged;
use crate::secret::MASK;

/// A path in the documents as the declaration spells it. Of an enum, any variant will do.
pub(crate) fn spelled<'p>(
    metadata: &'static Metadata,
    section: &[Segment<'_>],
    path: &[Segment<'p>],
) -> Vec<Segment<'p>> {
    let inside = path.strip_prefix(section).unwrap_or(path);
    match Route::along(metadata, inside, &|_, _| None) {
        Some(route) => route.spelled(path),
        None => path.to_vec(),
    }
}

/// A loaded value with everything that explains it.
///
/// It derefs to the value. [`explain`](Self::explain) looks in the documents that were read, so
/// that a load keeps no record of its own.
///
/// # Example
///
/// ```
/// use confkit::{Config, Format};
///
/// #[derive(Config)]
/// struct Settings {
///     port: u16,
/// }
///
/// let loaded = Settings::loader().text(Format::Toml, "app.toml", "port = 80").load_traced()?;
/// assert_eq!(loaded.port, 80);
/// assert_eq!(loaded.explain("port").unwrap().origin().to_string(), "app.toml:1:8");
/// # Ok::<(), confkit::Report>(())
/// ```
pub struct Loaded<T> {
    value: T,
    kept: Kept,
}

impl<T: Config> Loaded<T> {
    pub(crate) fn new(value: T, kept: Kept) -> Self {
        Self { value, kept }
    }

    /// The rules that were kept.
    pub(crate) fn judged(&self) -> Option<Arc<Judged>> {
        self.kept.judged.clone()
    }

    /// What the value was made of.
    #[cfg(feature = "diff")]
    pub(crate) fn kept(&self) -> &Kept {
        &self.kept
    }

    /// Gives up what explains the value.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, Loaded};
    ///
    /// #[derive(Config)]
    /// struct Settings {
    ///     #[config(default = 8080)]
    ///     port: u16,
    /// }
    ///
    /// let loaded = Settings::loader().load_traced()?;
    /// let settings: Settings = Loaded::into_inner(loaded);
    /// assert_eq!(settings.port, 8080);
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn into_inner(loaded: Self) -> T {
        loaded.value
    }

    /// Explains the setting at a path; `None` if there is no such setting.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, Format};
    ///
    /// #[derive(Config)]
    /// struct Settings {
    ///     #[config(default = 8080)]
    ///     port: u16,
    /// }
    ///
    /// let loaded = Settings::loader().load_traced().unwrap();
    /// let port = loaded.explain("port").unwrap();
    /// assert_eq!(port.to_string(), "port = 8080\n  from default");
    /// assert!(loaded.explain("prot").is_none());
    /// ```
    pub fn explain(&self, path: &str) -> Option<Explanation> {
        let path = path::parse(path).ok()?;
        let inside = path.strip_prefix(self.kept.section.as_slice())?;
        let route =
            Route::along(T::METADATA, inside, &|steps, variants| self.chosen(&path, steps, variants))?;
        self.explanation(&route.spelled(&path), &route)
    }

    /// Explains every setting, in the order of the declaration.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Config;
    ///
    /// #[derive(Config)]
    /// struct Settings {
    ///     #[config(default = 8080)]
    ///     port: u16,
    ///     host: Option<String>,
    /// }
    ///
    /// let loaded = Settings::loader().load_traced()?;
    /// let shown: Vec<String> = loaded.explanations().iter().map(ToString::to_string).collect();
    /// assert_eq!(shown, ["port = 8080\n  from default", "host is not set"]);
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn explanations(&self) -> Vec<Explanation> {
        let mut paths = Vec::new();
        let mut path = self.kept.section.clone();
        self.list(T::METADATA, &mut path, &mut paths, 0);
        paths
            .iter()
            .filter_map(|path| {
                let chosen = |steps, variants| self.chosen(path, steps, variants);
                let route = Route::along(T::METADATA, &path[self.kept.section.len()..], &chosen)?;
                self.explanation(path, &route)
            })
            .collect()
    }

    /// Returns the warnings of the load.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Config;
    ///
    /// #[derive(Config)]
    /// #[config(env_prefix = "APP")]
    /// struct Settings {
    ///     #[config(default = 8080)]
    ///     port: u16,
    /// }
    ///
    /// let loaded = Settings::loader().env_vars([("APP_PROT", "80")]).load_traced()?;
    /// assert_eq!(loaded.warnings()[0].suggestion(), Some("APP_PORT"));
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn warnings(&self) -> &[Problem] {
        &self.kept.warnings
    }

    /// Returns the profile that was chosen.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Config;
    ///
    /// #[derive(Config)]
    /// #[config(profiles("dev"))]
    /// struct Settings {}
    ///
    /// assert_eq!(Settings::loader().load_traced()?.profile(), "default");
    /// assert_eq!(Settings::loader().profile("dev").load_traced()?.profile(), "dev");
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn profile(&self) -> &str {
        &self.kept.profile
    }

    fn explanation(&self, path: &[Segment<'_>], route: &Route) -> Option<Explanation> {
        let setting = path::to_string(path);
        let mut steps = Vec::new();
        let mut candidates = self.candidates(path, route, &mut steps)?;
        // Empty text counts only for types that keep text.
        if !route.keeps_empty() {
            candidates.retain(|candidate| {
                if candidate.empty {
                    steps.push(format!("{} is empty and counts as not set", candidate.origin));
                }
                !candidate.empty
            });
        }
        if route.elsewhere {
            steps.extend(self.other_variant(path, route));
        }
        let is_aside = self.kept.set_aside.iter().any(|aside| path.starts_with(aside));
        candidates.iter_mut().for_each(|candidate| candidate.replaced |= is_aside);
        steps.extend(self.set_aside(path));
        let ignored = self.kept.ignored.iter().filter(|(ignored, _)| *ignored == setting);
        steps.extend(ignored.map(|(_, note)| clean(note).into_owned()));
        let deprecated = route.last.filter(|_| !route.inside && !candidates.is_empty());
        if let Some(note) = deprecated.and_then(Field::deprecated) {
            steps.push(if note.is_empty() {
                "it is deprecated".to_owned()
            } else {
                format!("it is deprecated: {note}")
            });
        }
        let default = self.default_of(path, route).map(|text| clean(&text).into_owned());
        let counted: Vec<usize> =
            candidates.iter().filter(|one| !one.replaced).map(|one| one.layer).collect();
        let merged = self.merged(path, route, &mut candidates, &mut steps);
        let in_force = candidates.iter().position(|candidate| !candidate.replaced);
        let (value, origin) = match in_force {
            Some(winner) => {
                let winner = candidates.remove(winner);
                (Some(winner.value), winner.origin)
            }
            None if route.elsewhere || is_aside => (None, Origin::default_value()),
            None => (default.clone(), Origin::default_value()),
        };
        let mut shadowed = candidates;
        if route.unsure && !route.secret {
            // Only what was read is known to hold no secret.
            shadowed.iter_mut().for_each(|candidate| "…".clone_into(&mut candidate.value));
        }
        if origin.kind() != confkit_sources::OriginKind::Default
            && let Some(value) = default
        {
            shadowed.push(Candidate {
                value,
                origin: Origin::default_value(),
                empty: false,
                layer: usize::MAX,
                replaced: false,
            });
        }
        let together = || merged.or_else(|| self.combined(path, route, &counted));
        let value = value.map(|value| together().unwrap_or(value));
        let path = clean(&setting).into_owned();
        Some(Explanation { path, value, origin, shadowed, steps, is_aside })
    }

    /// What every layer offers, topmost first; `None` if the path leads to an element or entry
    /// that no layer has.
    fn candidates(
        &self,
        path: &[Segment<'_>],
        route: &Route,
        steps: &mut Vec<String>,
    ) -> Option<Vec<Candidate>> {
        let mut candidates = Vec::new();
        let mut replaced = route.elsewhere;
        let strangers = self.strangers(path, route);
        let mut exists = !route.is_dynamic();
        let locals = self.kept.locals(T::METADATA, path);
        let replacing = self.replacing(&locals, route);
        let mut is_told = false;
        for (layer, bound) in self.kept.layers.iter().enumerate().rev() {
            let root = bound.document.root();
            let below =
                replacing.filter(|(by, _)| layer < *by && self.kept.layers[*by].position != bound.position);
            let path = match &locals[layer] {
                Local::Path(path) => path.as_slice(),
                Local::Nowhere => continue,
                Local::Text(id, text) => {
                    exists = true;
                    let hidden = route.secret || self.announced(layer, bound.document.node(*id));
                    candidates.push(Candidate {
                        value: if hidden { MASK.to_owned() } else { clean(text).into_owned() },
                        origin: clean_origin(bound.document.node(*id).origin()),
                        empty: false,
                        layer,
                        replaced: replaced || below.is_some(),
                    });
                    continue;
                }
            };
            if let Some((node, _)) = route.follow(root, &self.kept.section, path) {
                if let Some((by, end)) = below.filter(|(_, end)| !is_told && *end < path.len()) {
                    is_told = true;
                    steps.push(self.replaced_step(by, &path[..end]));
                }
                if let Some(former) = route.formerly(root, &self.kept.section, path) {
                    let (origin, former) = (clean_origin(node.origin()), path::to_string(&former));
                    steps.push(format!("{origin} gives it under its old name `{}`", clean(&former)));
                }
                let hidden =
                    route.trail(root, &self.kept.section, path).any(|node| self.is_announced(layer, node));
                candidates.push(Candidate {
                    value: match hidden {
                        true => MASK.to_owned(),
                        // Inside a type that does not tell, it is not known what was read.
                        false if route.unsure && route.inside && !route.secret => "…".to_owned(),
                        false => self.value(layer, node, route),
                    },
                    origin: clean_origin(node.origin()),
                    empty: node.kind() == NodeKind::Text && node.text().trim().is_empty(),
                    layer,
                    replaced: replaced || below.is_some() || strangers.contains(&layer),
                });
            }
            if let Some((node, text)) = route.in_text(root, &self.kept.section, path) {
                let is_counted = !replaced && below.is_none();
                exists |= is_counted;
                let hidden = route.secret || self.announced(layer, node);
                candidates.push(Candidate {
                    value: match hidden {
                        true => MASK.to_owned(),
                        false if route.unsure => "…".to_owned(),
                        false => clean(&text).into_owned(),
                    },
                    origin: clean_origin(node.origin()),
                    empty: false,
                    layer,
                    replaced: !is_counted || strangers.contains(&layer),
                });
            }
            exists |= !replaced && below.is_none() && route.reaches_element(root, &self.kept.section, path);
            // A whole list, or an explicit nothing, hides what lower layers have of it.
            replaced |= route.replaces(root, &self.kept.section, path);
        }
        exists.then_some(candidates)
    }

    fn value(&self, layer: usize, node: NodeRef<'_>, route: &Route) -> String {
        if route.secret {
            return MASK.to_owned();
        }
        match route.sections() {
            Some(shape) if node.is_container() => self.sections(&[(layer, node)], shape),
            _ if self.announced(layer, node) => MASK.to_owned(),
            Some(shape) if self.is_misplaced(node, shape.section()) => MASK.to_owned(),
            _ => shown(node, true),
        }
    }

    /// Whether a value stands in place of a section that may hold secrets, and is no name of a variant.
    fn is_misplaced(&self, node: NodeRef<'_>, section: &'static Metadata) -> bool {
        // Where a value is a form of the section, its own type tells whether it is secret.
        let is_form = section.whole().is_some()
            && section.variants().is_none_or(|variants| {
                variants.tagging() == Tagging::Untagged || variants.position(node.text()).is_some()
            });
        node.kind() != NodeKind::Null && !is_form && section.may_hold_secret()
    }

    /// Whether a node, or anything inside it, belongs to a type that hides its value.
    fn announced(&self, layer: usize, node: NodeRef<'_>) -> bool {
        self.is_announced(layer, node) || node.items().any(|inside| self.announced(layer, inside))
    }

    fn is_announced(&self, layer: usize, node: NodeRef<'_>) -> bool {
        self.kept.secrets.iter().any(|&(of, id)| of as usize == layer && id == node.id())
    }

    /// What layers have at a path, topmost first, each with the number of its layer.
    fn offered(&self, path: &[Segment<'_>]) -> (Vec<usize>, Vec<NodeRef<'_>>) {
        self.at(path).into_iter().unzip()
    }

    /// The variant that is in force at the enum so many steps along a path.
    fn chosen(&self, path: &[Segment<'_>], steps: usize, variants: &'static Variants) -> Option<usize> {
        let (_, nodes) = self.offered(&path[..self.kept.section.len() + steps]);
        in_force(variants, &nodes).0
    }

    /// The layers that give another variant of an enum on the way.
    fn strangers(&self, path: &[Segment<'_>], route: &Route) -> Vec<usize> {
        let mut strangers = Vec::new();
        for &(steps, variants) in &route.enums {
            let end = self.kept.section.len() + steps;
            if end < path.len() {
                let (layers, nodes) = self.offered(&path[..end]);
                let belongs = in_force(variants, &nodes).1;
                let others = layers.into_iter().zip(belongs).filter(|(_, belongs)| !belongs);
                strangers.extend(others.map(|(layer, _)| layer));
            }
        }
        strangers
    }

    /// Which variant is in force instead of the one that a path leads through.
    fn other_variant(&self, path: &[Segment<'_>], route: &Route) -> Option<String> {
        route.enums.iter().find_map(|&(steps, variants)| {
            let enumeration = &path[..self.kept.section.len() + steps];
            let variant = &variants.list()[self.chosen(path, steps, variants)?];
            let name = if enumeration.is_empty() { "this".to_owned() } else { path::to_string(enumeration) };
            Some(format!("{} is the variant `{}`", clean(&name), variant.key()))
        })
    }

    /// What is set aside around a path or inside, in words.
    fn set_aside(&self, path: &[Segment<'_>]) -> impl Iterator<Item = String> {
        let concerns = |aside: &&Vec<Segment<'_>>| path.starts_with(aside) || aside.starts_with(path);
        let words = |aside: &Vec<Segment<'_>>| {
            format!("{} is set aside: something in it is wrong", clean(&path::to_string(aside)))
        };
        self.kept.set_aside.iter().filter(concerns).map(words)
    }

    fn nodes(&self, path: &[Segment<'static>]) -> Vec<NodeRef<'_>> {
        self.at(path).into_iter().map(|(_, node)| node).collect()
    }
}

impl<T> Deref for Loaded<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

#[cfg(feature = "live")]
impl<T: Clone> Clone for Loaded<T> {
    fn clone(&self) -> Self {
        Self { value: self.value.clone(), kept: self.kept.clone() }
    }
}

impl<T: fmt::Debug> fmt::Debug for Loaded<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}
