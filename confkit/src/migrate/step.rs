//! One step from a version to the next.

use std::fmt;
use std::sync::Arc;

use confkit_sources::NodeRef;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::parts::Parts;
use super::pattern::{Found, Pattern};
use super::stop::{Failure, Stop};
use super::values::{VALUE, Values, serialized};

/// One step from a version to the next: what becomes of settings, in the order in which it is written.
///
/// Every change is made where there is something to change; a file that does not have a setting stays
/// without it. In paths, `[]` is every element of a list and `<key>` every entry of a table:
/// `servers[].port`.
///
/// A change can be undone if it says how. One that cannot ends in `_up`, besides
/// [`remove`](Self::remove).
///
/// # Example
///
/// ```
/// use confkit::migrate::Migrations;
///
/// let migrations = Migrations::new()
///     .step(2, |step| step.move_to("db.host", "host").rename("servers[].adr", "address"))
///     .step(3, |step| {
///         step.map("timeout", |seconds: u64| Ok(format!("{seconds}s")), |text: String| {
///             Ok(text.trim_end_matches('s').parse::<u64>()?)
///         })
///     });
/// assert_eq!(migrations.steps().count(), 2);
/// ```
#[derive(Clone, Default)]
pub struct Step {
    changes: Vec<Change>,
    /// What is wrong with the way it is written.
    wrong: Vec<String>,
}

type Act = Arc<dyn Fn(&mut Values) -> Result<(), Stop> + Send + Sync>;

#[derive(Clone)]
struct Change {
    /// How it is written.
    name: String,
    up: Act,
    down: Option<Act>,
}

impl Step {
    /// Gives a setting another key, in the same place.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::migrate::Migrations;
    ///
    /// let migrations = Migrations::new().step(2, |step| step.rename("servers[].adr", "address"));
    /// assert!(migrations.steps().all(|(_, step)| step.is_reversible()));
    /// ```
    pub fn rename(self, path: &str, key: &str) -> Self {
        let name = format!("rename(\"{path}\", \"{key}\")");
        let patterns = Pattern::parse(path).map(|from| (from.beside(key), from));
        self.with(patterns.map(|(to, from)| relocation(name, from, to)))
    }

    /// Puts a setting, or a whole table, under another path. Tables on the way are made, and tables that
    /// become empty go.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::migrate::Migrations;
    ///
    /// let migrations = Migrations::new().step(2, |step| step.move_to("db.host", "storage.primary.host"));
    /// assert!(migrations.steps().all(|(_, step)| step.is_reversible()));
    /// ```
    pub fn move_to(self, from: &str, to: &str) -> Self {
        let name = format!("move_to(\"{from}\", \"{to}\")");
        let patterns = Pattern::parse(from).and_then(|from| {
            let to = Pattern::parse(to)?;
            to.follows(&from).map(|()| (from, to))
        });
        self.with(patterns.map(|(from, to)| relocation(name, from, to)))
    }

    /// Computes a setting anew, there and back. A value is read as the type that the function takes, as
    /// settings are; a result of `None` takes it away.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::migrate::Migrations;
    ///
    /// let migrations = Migrations::new().step(2, |step| {
    ///     step.map("workers", |count: u16| Ok(count.to_string()), |text: String| Ok(text.parse::<u16>()?))
    /// });
    /// assert!(migrations.steps().all(|(_, step)| step.is_reversible()));
    /// ```
    pub fn map<A, B>(
        self,
        path: &str,
        up: impl Fn(A) -> Result<B, Failure> + Send + Sync + 'static,
        down: impl Fn(B) -> Result<A, Failure> + Send + Sync + 'static,
    ) -> Self
    where
        A: Serialize + DeserializeOwned + 'static,
        B: Serialize + DeserializeOwned + 'static,
    {
        self.with(Pattern::parse(path).map(|pattern| {
            let name = format!("map(\"{path}\", …)");
            Change { name, up: mapping(pattern.clone(), up), down: Some(mapping(pattern, down)) }
        }))
    }

    /// Computes a setting anew; the step cannot be undone.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::migrate::Migrations;
    ///
    /// let migrations = Migrations::new()
    ///     .step(2, |step| step.map_up("host", |host: String| Ok(host.to_lowercase())));
    /// assert!(!migrations.steps().next().unwrap().1.is_reversible());
    /// ```
    pub fn map_up<A, B>(
        self,
        path: &str,
        up: impl Fn(A) -> Result<B, Failure> + Send + Sync + 'static,
    ) -> Self
    where
        A: DeserializeOwned + 'static,
        B: Serialize + 'static,
    {
        self.with(Pattern::parse(path).map(|pattern| Change {
            name: format!("map_up(\"{path}\", …)"),
            up: mapping(pattern, up),
            down: None,
        }))
    }

    /// Makes several settings of one, there and back. The parts are a tuple, of which those that are
    /// `None` are not given.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::migrate::Migrations;
    ///
    /// let migrations = Migrations::new().step(2, |step| {
    ///     step.split(
    ///         "address",
    ///         ["host", "port"],
    ///         |address: String| {
    ///             let (host, port) = address.rsplit_once(':').ok_or("the port is missing")?;
    ///             Ok((host.to_owned(), port.parse::<u16>()?))
    ///         },
    ///         |(host, port): (String, u16)| Ok(format!("{host}:{port}")),
    ///     )
    /// });
    /// assert!(migrations.steps().all(|(_, step)| step.is_reversible()));
    /// ```
    pub fn split<A, B, const N: usize>(
        self,
        from: &str,
        to: [&str; N],
        up: impl Fn(A) -> Result<B, Failure> + Send + Sync + 'static,
        down: impl Fn(B) -> Result<A, Failure> + Send + Sync + 'static,
    ) -> Self
    where
        A: Serialize + DeserializeOwned + 'static,
        B: Serialize + DeserializeOwned + 'static,
    {
        self.with(Parts::parse(from, &to).map(|parts| {
            let (apart, together) = (parts.clone(), parts);
            Change {
                name: format!("split(\"{from}\", {to:?}, …)"),
                up: Arc::new(move |values| apart.split(values, &up)),
                down: Some(Arc::new(move |values| together.join(values, &down))),
            }
        }))
    }

    /// Takes a setting away that is not needed any more. The step cannot be undone.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::migrate::Migrations;
    ///
    /// let migrations = Migrations::new().step(2, |step| step.remove("legacy"));
    /// assert!(!migrations.steps().any(|(_, step)| step.is_reversible()));
    /// ```
    pub fn remove(self, path: &str) -> Self {
        let name = format!("remove(\"{path}\")");
        self.with(Pattern::parse(path).map(|pattern| {
            let up: Act = Arc::new(move |values| {
                for found in values.found(&pattern) {
                    let path = values.below(&found.path);
                    values.take(&path);
                }
                Ok(())
            });
            Change { name, up, down: None }
        }))
    }

    /// Has functions change the values of a file, there and back.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::migrate::Migrations;
    ///
    /// let migrations = Migrations::new().step(2, |step| {
    ///     step.function(
    ///         |values| match values.get::<bool>("tls")? {
    ///             Some(tls) => {
    ///                 values.set("scheme", if tls { "https" } else { "http" })?;
    ///                 values.remove("tls")
    ///             }
    ///             None => Ok(()),
    ///         },
    ///         |values| match values.get::<String>("scheme")? {
    ///             Some(scheme) => {
    ///                 values.set("tls", scheme == "https")?;
    ///                 values.remove("scheme")
    ///             }
    ///             None => Ok(()),
    ///         },
    ///     )
    /// });
    /// assert!(migrations.steps().all(|(_, step)| step.is_reversible()));
    /// ```
    pub fn function(
        self,
        up: impl Fn(&mut Values) -> Result<(), Failure> + Send + Sync + 'static,
        down: impl Fn(&mut Values) -> Result<(), Failure> + Send + Sync + 'static,
    ) -> Self {
        let change = Change { name: "function(…)".to_owned(), up: calling(up), down: Some(calling(down)) };
        self.with(Ok(change))
    }

    /// Has a function change the values of a file; the step cannot be undone.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::migrate::Migrations;
    ///
    /// let migrations = Migrations::new().step(2, |step| {
    ///     step.function_up(|values| match values.get::<String>("mode")?.as_deref() {
    ///         Some("fast") => values.set("workers", 16),
    ///         _ => Ok(()),
    ///     })
    /// });
    /// assert!(!migrations.steps().any(|(_, step)| step.is_reversible()));
    /// ```
    pub fn function_up(
        self,
        up: impl Fn(&mut Values) -> Result<(), Failure> + Send + Sync + 'static,
    ) -> Self {
        self.with(Ok(Change { name: "function_up(…)".to_owned(), up: calling(up), down: None }))
    }

    /// Returns whether every change of the step can be undone.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::migrate::Migrations;
    ///
    /// let migrations = Migrations::new()
    ///     .step(2, |step| step.rename("prot", "port"))
    ///     .step(3, |step| step.remove("legacy"));
    /// let reversible: Vec<bool> = migrations.steps().map(|(_, step)| step.is_reversible()).collect();
    /// assert_eq!(reversible, [true, false]);
    /// ```
    pub fn is_reversible(&self) -> bool {
        self.one_way().is_none()
    }

    /// The first change that cannot be undone, as it is written.
    pub(super) fn one_way(&self) -> Option<&str> {
        self.changes.iter().find(|change| change.down.is_none()).map(|change| change.name.as_str())
    }

    pub(super) fn wrong(&self) -> &[String] {
        &self.wrong
    }

    pub(super) fn up(&self, values: &mut Values) -> Result<(), Stop> {
        self.changes.iter().try_for_each(|change| (change.up)(values))
    }

    pub(super) fn down(&self, values: &mut Values) -> Result<(), Stop> {
        self.changes.iter().rev().filter_map(|change| change.down.as_ref()).try_for_each(|down| down(values))
    }

    fn with(mut self, change: Result<Change, String>) -> Self {
        match change {
            Ok(change) => self.changes.push(change),
            Err(wrong) => self.wrong.push(wrong),
        }
        self
    }
}

impl fmt::Debug for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.changes.iter().map(|change| &change.name)).finish()
    }
}

fn relocation(name: String, from: Pattern, to: Pattern) -> Change {
    let (back_from, back_to) = (to.clone(), from.clone());
    Change {
        name,
        up: Arc::new(move |values| relocate(values, &from, &to)),
        down: Some(Arc::new(move |values| relocate(values, &back_from, &back_to))),
    }
}

fn relocate(values: &mut Values, from: &Pattern, to: &Pattern) -> Result<(), Stop> {
    for Found { path, open } in values.found(from) {
        let (from, to) = (values.below(&path), values.below(&to.filled(&open)));
        values.relocate(&from, &to)?;
    }
    Ok(())
}

fn mapping<A, B>(pattern: Pattern, map: impl Fn(A) -> Result<B, Failure> + Send + Sync + 'static) -> Act
where
    A: DeserializeOwned + 'static,
    B: Serialize + 'static,
{
    Arc::new(move |values| {
        for found in values.found(&pattern) {
            let path = values.below(&found.path);
            let Some(old) = values.read::<A>(&path)? else { continue };
            let new = map(old).map_err(|failure| values.failed(failure, &path))?;
            let document = serialized(&new, &path)?;
            let near = values.node(&path).map(NodeRef::id);
            values.put(&path, document.as_ref().and_then(|document| document.root().get(VALUE)), near)?;
        }
        Ok(())
    })
}

fn calling(call: impl Fn(&mut Values) -> Result<(), Failure> + Send + Sync + 'static) -> Act {
    Arc::new(move |values| call(values).map_err(|failure| values.failed(failure, &[])))
}
