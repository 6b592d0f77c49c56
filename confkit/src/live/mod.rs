//! Settings that change while the program runs.
//!
//! [`Loader::watch`](crate::Loader::watch) loads and gives a [`Live`]. A change is read, checked as a whole and
//! swapped in one step, or refused with a report while the settings in force stay. Each is a numbered
//! revision, a [`Snapshot`], which can be explained, subscribed to, pinned and gone back to.
//!
//! ```text
//! read ─► make the value, rules ─► prepare ─► swap ─► commit ─► tell ─► watch health ─► keep, or go back
//! └─────────── nothing here has an effect that stays ─┘
//! ```
//!
//! # Example
//!
//! ```
//! use std::time::Duration;
//!
//! use confkit::{Config, Format};
//!
//! #[derive(Config, PartialEq)]
//! struct Settings {
//!     #[config(default = 4, validate(range(min = 1, max = 64)))]
//!     workers: u16,
//! }
//!
//! let live = Settings::loader().text(Format::Toml, "app.toml", "workers = 8").watch()?;
//! let mut updates = live.subscribe();
//!
//! live.set_override("workers", 16, Duration::from_secs(600))?;
//! assert_eq!(updates.next().unwrap().new().workers, 16);
//!
//! // What breaks a rule is refused, and nothing changes.
//! assert!(live.set_override("workers", 65, Duration::from_secs(600)).is_err());
//! assert_eq!((live.get().workers, live.revision()), (16, 2));
//!
//! live.rollback(1)?;
//! assert_eq!(live.get().workers, 8);
//! # Ok::<(), confkit::Report>(())
//! ```
//!
//! # When layers are read again
//!
//! Every 30 seconds, when a [source](crate::Source::watch) signals, when the program calls
//! [`Handle::reload`], and with the feature `watch` as soon as a file that was looked at has changed and rests:
//! see [`Builder::quiet`] and [`Builder::poll`].
//!
//! # Unknown keys
//!
//! A file that is newer than the program must not stop it. Unknown keys in files are warnings in live
//! settings, at the start too. [`Loader::unknown_keys`](crate::Loader::unknown_keys) says otherwise, and so does
//! `unknown_keys` on a type.
//!
//! # What it does not do
//!
//! - Rules that have to be waited for (`custom_async`) cannot be judged: such settings are refused at
//!   the start.
//! - `commit` and listeners cannot refuse: the new settings are in force already.

mod access;
mod actor;
mod bell;
mod builder;
mod clock;
mod events;
mod expiry;
mod eye;
mod handle;
mod health;
mod hooks;
mod listeners;
mod looking;
mod outcome;
mod overrides;
mod paths;
mod pipeline;
mod proposal;
mod reader;
mod requests;
mod rotation;
mod shared;
mod since;
mod snapshot;
mod subscription;
mod telling;
mod threads;
mod turns;
mod update;
mod worker;

use std::sync::{Mutex, MutexGuard, PoisonError};

pub use access::Access;
pub use actor::Actor;
pub use builder::Builder;
pub use clock::Clock;
#[cfg(feature = "metrics")]
pub use events::Metrics;
#[cfg(feature = "tracing")]
pub use events::Tracing;
#[cfg(feature = "audit")]
pub use events::audit::{self, Audit};
#[cfg(feature = "webhook")]
pub use events::{Deliveries, SignatureError, Webhook, WebhookBuilder};
pub use events::{Event, EventKind, Sink};
pub use handle::{Handle, Live};
pub use health::Health;
pub use hooks::Hook;
pub use listeners::Registration;
pub use outcome::{Cause, Counts, Outcome, State, Why};
pub use overrides::{Expiry, Override};
pub use reader::Reader;
pub use rotation::{Phase, Rotating, Rotation};
pub use snapshot::Snapshot;
pub use subscription::{Subscription, Wait};
pub use update::Update;

/// Locks. Nothing of the program's runs under a lock, so that none is ever left half done.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
