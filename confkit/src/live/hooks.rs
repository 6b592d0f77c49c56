//! Parts of the program that make a change together, or not at all.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use super::listeners::Listeners;
use super::update::Update;
use crate::config::Config;

/// A part of the program that has to be able to follow a change before it is made: a pool that is
/// built anew, a port that is bound.
///
/// All hooks [prepare](Self::prepare), in the order in which they were added. Then the settings are
/// swapped, and all [commit](Self::commit). If one refuses, those before it [undo](Self::undo), the
/// last one first, and the settings stay as they are.
///
/// # Example
///
/// ```
/// use confkit::{Config, live};
/// use confkit::live::{Expiry, Update};
///
/// #[derive(Config, PartialEq)]
/// struct Settings {
///     #[config(default = 80)]
///     port: u16,
/// }
///
/// struct Listener;
///
/// impl live::Hook<Settings> for Listener {
///     fn prepare(&self, update: &Update<Settings>) -> Result<(), String> {
///         if update.new().port == 22 { Err("port 22 is taken".to_owned()) } else { Ok(()) }
///     }
/// }
///
/// let live = Settings::loader().watch()?;
/// live.hook("listener", Listener).detach();
/// let report = live.set_override("port", 22, Expiry::Never).unwrap_err();
/// assert_eq!(report.problems()[0].message(), "the hook `listener` refuses revision 2: port 22 is taken");
/// assert_eq!(live.get().port, 80);
/// # Ok::<(), confkit::Report>(())
/// ```
pub trait Hook<T>: Send + Sync + 'static {
    /// Makes everything ready for the new settings, and changes nothing that is in use.
    ///
    /// # Errors
    ///
    /// Why the change cannot be made. The words are shown in the report; text of known secrets in
    /// them is masked.
    fn prepare(&self, update: &Update<T>) -> Result<(), String>;

    /// Takes what was prepared into use. The new settings are in force already. By default it does
    /// nothing.
    fn commit(&self, update: &Update<T>) {
        let _ = update;
    }

    /// Throws away what was prepared, since the change is not made. By default it does nothing.
    fn undo(&self, update: &Update<T>) {
        let _ = update;
    }
}

/// A hook with its name.
pub(super) struct Named<T> {
    pub(super) name: String,
    pub(super) hook: Box<dyn Hook<T>>,
}

/// Why a change is not made.
pub(super) struct Refusal {
    pub(super) name: String,
    /// `None` if the hook panicked.
    pub(super) words: Option<String>,
}

/// Hooks that have prepared a change.
pub(super) struct Prepared<T>(Vec<Arc<Named<T>>>);

/// Has all hooks prepare.
pub(super) fn prepare<T: Config + 'static>(
    hooks: &Listeners<Named<T>>,
    update: &Update<T>,
    caught: &dyn Fn(),
) -> Result<Prepared<T>, Refusal> {
    let mut prepared = Prepared(Vec::new());
    for named in hooks.all() {
        let answer = catch_unwind(AssertUnwindSafe(|| named.hook.prepare(update)));
        let words = match answer {
            Ok(Ok(())) => {
                prepared.0.push(named);
                continue;
            }
            Ok(Err(words)) => Some(words),
            Err(_) => {
                caught();
                None
            }
        };
        prepared.undo(update, caught);
        return Err(Refusal { name: named.name.clone(), words });
    }
    Ok(prepared)
}

impl<T: 'static> Prepared<T> {
    pub(super) fn commit(&self, update: &Update<T>, caught: &dyn Fn()) {
        let commit = |named: &Arc<Named<T>>| named.hook.commit(update);
        self.0.iter().for_each(|named| guarded(|| commit(named), caught));
    }

    pub(super) fn undo(&self, update: &Update<T>, caught: &dyn Fn()) {
        let undo = |named: &Arc<Named<T>>| named.hook.undo(update);
        self.0.iter().rev().for_each(|named| guarded(|| undo(named), caught));
    }
}

/// Calls a function of the program's; a panic ends there.
pub(super) fn guarded(call: impl FnOnce(), caught: &dyn Fn()) {
    if catch_unwind(AssertUnwindSafe(call)).is_err() {
        caught();
    }
}
