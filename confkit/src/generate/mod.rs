//! Files and pages that are made from a declaration.
//!
//! | to get | see |
//! |---|---|
//! | a file of settings to start from, with comments | [`Sample`] |
//! | a page of all settings: Markdown, HTML, a section of a manual page | [`Reference`] |
//! | what gives a program its settings in Kubernetes, systemd and compose | [`Deployment`] |
//!
//! Nothing here shows the value of a secret: none of its defaults and examples is written.
//!
//! # Example
//!
//! ```
//! use confkit::generate::Sample;
//! use confkit::{Config, Format};
//!
//! /// Settings of the orders service.
//! #[derive(Config)]
//! struct Settings {
//!     /// Number of worker threads.
//!     #[config(default = 4, validate(range(min = 1, max = 64)))]
//!     workers: u16,
//! }
//!
//! let sample = Sample::of::<Settings>().text(Format::Toml)?;
//! assert!(sample.ends_with("\n# Number of worker threads.\n# Integer, from 1 to 64.\n#workers = 4\n"));
//! # Ok::<(), confkit::Report>(())
//! ```

mod platform;
mod reference;
mod sample;

pub use self::platform::Deployment;
pub use self::reference::Reference;
pub use self::sample::Sample;
