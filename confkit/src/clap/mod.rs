//! The declaration as arguments of a program that uses clap.
//!
//! clap splits the command line, prints help and writes completions; confkit reads the values, with
//! those of files and variables, and tells what is wrong with them in its one report. What the user
//! did not type is not there: neither defaults of clap nor an absent option stand over a file.
//!
//! ```
//! use clap::{Arg, Command};
//! use confkit::{Config, System};
//!
//! /// Settings of the orders service.
//! #[derive(Config)]
//! #[config(file = "orders.toml")]
//! struct Settings {
//!     /// Where to listen.
//!     #[config(default = 8080, arg(short))]
//!     port: u16,
//!     #[config(default = 4)]
//!     workers: u16,
//! }
//!
//! let command = Command::new("orders").arg(Arg::new("input").required(true));
//! let matches = confkit::clap::augment::<Settings>(command)
//!     .try_get_matches_from(["orders", "new.csv", "-p", "80"])
//!     .unwrap();
//!
//! let system = System::memory().file("orders.toml", "port = 1\nworkers = 2");
//! let settings = Settings::loader().system(system).declared().matches(&matches).load()?;
//! assert_eq!((settings.port, settings.workers), (80, 2));
//! # Ok::<(), confkit::Report>(())
//! ```
//!
//! With clap's derive, flatten a [`ConfigArgs`].
//!
//! # What becomes of a setting
//!
//! | the declaration | the argument |
//! |---|---|
//! | its path | `--database-max-conn`; hidden: `--database.max_conn`, also with each `alias` of the key |
//! | `arg(long = "…", short = '…')` | its names |
//! | a boolean | `--tls`, `--tls=false`, `--no-tls` |
//! | a list or map | may be repeated |
//! | documentation | the first paragraph for `-h`, all of it for `--help` |
//! | `default`, variables, what is required | in brackets behind the documentation; never a default of clap |
//! | an enum without data | possible values, with their documentation |
//! | a section | a heading of its own |
//! | a path, an address, a URL, rules `email`, `url`, `ip` | clap's value hint |
//! | `hidden` | hidden |
//! | `arg(skip)`, a secret, elements of lists and maps of sections | no argument |
//!
//! Ids are `confkit:` and the name, such as `confkit:database-max-conn`, for what else clap can do:
//! `mut_arg`, `conflicts_with`, groups. Those of `--no-…` begin with `confkit-no:`.

mod arg;
mod check;
mod flattened;
mod typed;
mod value;

use ::clap::{Arg, Command};
use confkit_sources::path;

pub use check::check;
pub use flattened::ConfigArgs;
pub use typed::Typed;

use crate::config::Config;

/// Adds the arguments of a settings type to a command.
///
/// # Panics
///
/// clap panics in a debug build when it reads a command in which two arguments have one name: see
/// [`check`].
///
/// # Example
///
/// ```
/// use confkit::Config;
///
/// #[derive(Config)]
/// struct Settings {
///     /// Where to listen.
///     #[config(default = 8080)]
///     port: u16,
/// }
///
/// let mut command = confkit::clap::augment::<Settings>(clap::Command::new("orders"));
/// assert!(command.find_subcommand("port").is_none());
/// let port = command.get_arguments().next().unwrap();
/// assert_eq!((port.get_id().as_str(), port.get_long()), ("confkit:port", Some("port")));
/// assert_eq!(port.get_help().unwrap().to_string(), "Where to listen. [default: 8080]");
/// ```
pub fn augment<T: Config>(command: Command) -> Command {
    command.args(args::<T>())
}

/// Returns the arguments of a settings type.
///
/// # Example
///
/// ```
/// use confkit::Config;
///
/// #[derive(Config)]
/// struct Settings {
///     #[config(default = true)]
///     tls: bool,
/// }
///
/// let ids: Vec<_> = confkit::clap::args::<Settings>().iter().map(|arg| arg.get_id().clone()).collect();
/// assert_eq!(ids, ["confkit:tls", "confkit-no:tls"]);
/// ```
pub fn args<T: Config>() -> Vec<Arg> {
    arg::args(T::METADATA, &[])
}

/// Returns the arguments of a settings type that is loaded from a section, by
/// [`Loader::section`](crate::Loader::section) or [`Layers::load`](crate::Layers::load). What is no
/// path has no arguments; the load tells it.
///
/// # Example
///
/// ```
/// use confkit::Config;
///
/// #[derive(Config)]
/// struct Http {
///     port: u16,
/// }
///
/// let args = confkit::clap::args_at::<Http>("server.http");
/// assert_eq!(args[0].get_long(), Some("server-http-port"));
/// ```
pub fn args_at<T: Config>(section: &str) -> Vec<Arg> {
    let section = if section.is_empty() { Ok(Vec::new()) } else { path::parse(section) };
    section.map_or_else(|_| Vec::new(), |section| arg::args(T::METADATA, &section))
}
