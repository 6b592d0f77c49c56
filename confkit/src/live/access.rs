//! Who has read which secret.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use super::actor::Actor;
use super::events::EventKind;
use super::handle::Handle;
use super::locked;
use super::pipeline::refusal;
use super::shared::Shared;
use crate::config::Config;
use crate::explain::secret_paths;
use crate::report::{Code, Report, nearest};

/// How many pairs of a path and an actor are counted.
const MOST: usize = 1000;

/// How often somebody has read a secret through [`Handle::expose`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Access {
    /// The path of the setting.
    pub path: String,
    /// The [name](Handle::by) of who it was; `None` for those who did not say it.
    pub actor: Option<String>,
    /// How often.
    pub times: u64,
    /// When it was the last time.
    pub last: SystemTime,
}

/// The accesses that are counted.
#[derive(Default)]
pub(super) struct Accesses(Mutex<HashMap<(String, Option<String>), (u64, SystemTime)>>);

impl Accesses {
    fn count(&self, path: &str, actor: Option<&str>, now: SystemTime) {
        let mut counted = locked(&self.0);
        let key = (path.to_owned(), actor.map(str::to_owned));
        if counted.len() >= MOST && !counted.contains_key(&key) {
            let oldest = counted.iter().min_by_key(|(_, (_, last))| *last).map(|(key, _)| key.clone());
            oldest.map(|oldest| counted.remove(&oldest));
        }
        let (times, last) = counted.entry(key).or_insert((0, now));
        *times += 1;
        *last = now.max(*last);
    }

    fn all(&self) -> Vec<Access> {
        let access = |((path, actor), (times, last)): (&(String, Option<String>), &(u64, SystemTime))| {
            Access { path: path.clone(), actor: actor.clone(), times: *times, last: *last }
        };
        let mut all: Vec<Access> = locked(&self.0).iter().map(access).collect();
        all.sort_by(|a, b| (&a.path, &a.actor).cmp(&(&b.path, &b.actor)));
        all
    }
}

/// # Who reads secrets
impl<T: Config + Send + Sync + 'static> Handle<T> {
    /// Reads a secret on the record: that it was read at the path, and [by whom](Self::by), is told to
    /// [sinks](super::Sink) as [`Accessed`](EventKind::Accessed) and [counted](Self::accesses). The value is in
    /// neither. The function is called with the settings in force, and is to read what is at the path.
    ///
    /// Once the settings are [closed](Self::close) there is nobody to tell, and it is counted alone.
    ///
    /// Each access is an event, so this is for those who read a secret now and then: to connect, to show it. What
    /// is read from [`get`](Self::get), a [`Reader`](super::Reader) or a [`Rotating`](super::Rotating) costs
    /// nothing of that, and is not recorded.
    ///
    /// # Errors
    ///
    /// There is no setting at the path, or it is not declared secret and none is inside it. Nothing is read then.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, Secret};
    ///
    /// #[derive(Config, PartialEq)]
    /// struct Settings {
    ///     password: Secret<String>,
    /// }
    ///
    /// let live = Settings::loader().set("password", "hunter2").watch()?;
    /// let url = live.by("worker-3").expose("password", |settings| {
    ///     format!("postgres://app:{}@db", settings.password.expose())
    /// })?;
    /// assert_eq!(url, "postgres://app:hunter2@db");
    ///
    /// let accesses = live.accesses();
    /// assert_eq!(accesses[0].path, "password");
    /// assert_eq!((accesses[0].actor.as_deref(), accesses[0].times), (Some("worker-3"), 1));
    ///
    /// let report = live.expose("pasword", |settings| settings.password.clone()).unwrap_err();
    /// assert_eq!(report.problems()[0].message(), "there is no setting `pasword`");
    /// assert_eq!(report.problems()[0].help(), Some("did you mean `password`?"));
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn expose<R>(&self, path: &str, read: impl FnOnce(&T) -> R) -> Result<R, Report> {
        let path = self.shared.secret_path(path)?;
        self.shared.note_access(path, self.actor.as_ref());
        Ok(read(&self.get()))
    }

    /// Returns who has read which secret through [`expose`](Self::expose), by path and name. There are at most
    /// 1,000; when there would be more, the one whose last access is the oldest is forgotten.
    pub fn accesses(&self) -> Vec<Access> {
        self.shared.accesses.all()
    }
}

impl<T: Config + Send + Sync + 'static> Shared<T> {
    fn note_access(&self, path: String, actor: Option<&Arc<Actor>>) {
        let name = actor.map(|actor| actor.name()).filter(|name| !name.is_empty());
        self.accesses.count(&path, name, self.now());
        self.emit_by(actor.cloned(), || EventKind::Accessed { path });
    }

    /// Finds the declared setting at a path, which has to be secret; returns the path as the declaration spells
    /// it.
    pub(super) fn secret_path(&self, text: &str) -> Result<String, Report> {
        let refused = |code, message, help: Option<&str>| Err(refusal::<T>(code, message, help));
        match self.declared(&self.path(text)?) {
            Some(declared) if declared.may_hold_secret => Ok(declared.path),
            Some(_) => {
                let help = "declare it as `Secret<…>` or with `#[config(secret)]`; for what is not secret there are \
                            `get` and `select`";
                refused(Code::Invalid, format!("`{text}` is not secret"), Some(help))
            }
            None => {
                let known = secret_paths(T::METADATA, &self.options.repeated.section());
                let near = nearest(text, known.iter().map(String::as_str));
                let help = near.map(|near| format!("did you mean `{near}`?"));
                refused(Code::UnknownKey, format!("there is no setting `{text}`"), help.as_deref())
            }
        }
    }
}
