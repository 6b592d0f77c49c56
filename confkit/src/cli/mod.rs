//! Commands that look at settings and change them, for a program that uses clap.
//!
//! A program adds one subcommand; its users get `check`, `show`, `explain` and the others for the very
//! settings that the program loads.
//!
//! ```
//! use std::process::ExitCode;
//!
//! use clap::Command;
//! use confkit::{Config, cli};
//!
//! /// Settings of the orders service.
//! #[derive(Config)]
//! #[config(env_prefix = "ORDERS", optional_file = "orders.toml")]
//! struct Settings {
//!     /// Where to listen.
//!     #[config(default = 8080)]
//!     port: u16,
//! }
//!
//! fn main() -> ExitCode {
//!     let command = Command::new("orders").subcommand(cli::command::<Settings>());
//!     # let matches = command.get_matches_from(["orders", "config", "check"]);
//!     # #[cfg(any())]
//!     let matches = command.get_matches();
//!     let loader = Settings::loader().declared();
//!     match matches.subcommand() {
//!         Some(("config", matches)) => cli::run(&loader, matches),
//!         _ => ExitCode::SUCCESS, // the program's own work
//!     }
//! }
//! ```
//!
//! With clap's derive, a [`ConfigCommand`] is the content of a variant.
//!
//! Secrets are masked in everything that is written. How each command ends is a [`Status`].

mod arguments;
mod changes;
mod check;
mod diff;
mod env;
mod explain;
mod failure;
#[cfg(feature = "migrate")]
mod file_version;
mod get;
mod made;
mod reports;
mod sample;
mod session;
mod set;
mod show;
mod status;
mod table;
mod terminal;
mod value;

use std::fmt;
use std::marker::PhantomData;
use std::process::ExitCode;

use ::clap::{ArgMatches, Args, Command, Error, FromArgMatches};

pub use self::status::Status;
pub use self::terminal::Terminal;

use self::arguments::Options;
use self::failure::Failure;
use self::session::Session;
use crate::config::Config;
use crate::loader::Loader;

/// Makes the command `config` with its subcommands, to be added to a program's own.
///
/// # Example
///
/// ```
/// use confkit::Config;
///
/// #[derive(Config)]
/// struct Settings {
///     port: u16,
/// }
///
/// let command = confkit::cli::command::<Settings>();
/// assert_eq!(command.get_name(), "config");
/// assert!(command.find_subcommand("explain").is_some());
/// // It can have another name.
/// assert_eq!(command.name("settings").get_name(), "settings");
/// ```
pub fn command<T: Config>() -> Command {
    ConfigCommand::<T>::augment_args(Command::new("config"))
}

/// Runs what the user typed, on the terminal of the process.
///
/// The loader is that of the program: its stack is what the commands are about. A type that reads
/// arguments by itself does not here.
///
/// # Example
///
/// ```
/// use confkit::{Config, cli};
///
/// #[derive(Config)]
/// struct Settings {
///     #[config(default = 8080)]
///     port: u16,
/// }
///
/// let words = ["config", "check"];
/// let matches = cli::command::<Settings>().try_get_matches_from(words).unwrap();
/// let code = cli::run(&Settings::loader().declared(), &matches);
/// assert_eq!(code, std::process::ExitCode::SUCCESS);
/// ```
pub fn run<T: Config>(loader: &Loader<T>, matches: &ArgMatches) -> ExitCode {
    terminal::real(|terminal| run_in(loader, matches, terminal)).into()
}

/// Runs what the user typed, where the caller wants it: see [`Terminal`].
pub fn run_in<T: Config>(loader: &Loader<T>, matches: &ArgMatches, terminal: &mut Terminal<'_>) -> Status {
    let (name, matches) = matches.subcommand().unwrap_or(("", matches));
    let mut session = Session::new(loader, terminal, Options::of(matches));
    let result = match name {
        "check" => check::run(&mut session, matches),
        "show" => show::run(&mut session, matches),
        "get" => get::run(&mut session, matches),
        "explain" => explain::run(&mut session, matches),
        "diff" => diff::run(&mut session, matches),
        "env" => env::run(&mut session, matches),
        "schema" => made::schema(&mut session, matches),
        "docs" => made::docs(&mut session, matches),
        "sample" => sample::run(&mut session, matches),
        "set" => set::set(&mut session, matches),
        "unset" => set::unset(&mut session, matches),
        _ => Err(Failure::unknown_command()),
    };
    session.finish(result)
}

/// The command `config` in a type that derives clap's `Subcommand`.
///
/// # Example
///
/// ```
/// use clap::{Args as _, Command, FromArgMatches as _};
/// use confkit::Config;
/// use confkit::cli::{ConfigCommand, Status, Terminal};
///
/// #[derive(Config)]
/// struct Settings {
///     #[config(default = 8080)]
///     port: u16,
/// }
///
/// // What clap's derive makes of a variant `Config(ConfigCommand<Settings>)`.
/// let command = ConfigCommand::<Settings>::augment_args(Command::new("config"));
/// let matches = command.try_get_matches_from(["config", "explain", "port"]).unwrap();
/// let config = ConfigCommand::<Settings>::from_arg_matches(&matches).unwrap();
///
/// // A program calls `config.run(…)` and returns what it gets.
/// let (mut out, mut err) = (Vec::new(), Vec::new());
/// let status = config.run_in(&Settings::loader().declared(), &mut Terminal::new(&mut out, &mut err));
/// assert_eq!(status, Status::Done);
/// assert!(out.starts_with(b"port = 8080\n  from default\n"));
/// ```
pub struct ConfigCommand<T> {
    matches: ArgMatches,
    _type: PhantomData<fn() -> T>,
}

impl<T: Config> ConfigCommand<T> {
    /// Runs the command on the terminal of the process: see [`run`].
    pub fn run(&self, loader: &Loader<T>) -> ExitCode {
        run(loader, &self.matches)
    }

    /// Runs the command where the caller wants it: see [`run_in`].
    pub fn run_in(&self, loader: &Loader<T>, terminal: &mut Terminal<'_>) -> Status {
        run_in(loader, &self.matches, terminal)
    }
}

impl<T> Clone for ConfigCommand<T> {
    fn clone(&self) -> Self {
        Self { matches: self.matches.clone(), _type: PhantomData }
    }
}

/// Shows which command it is; words may be secret.
impl<T> fmt::Debug for ConfigCommand<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ConfigCommand").field(&self.matches.subcommand_name()).finish()
    }
}

impl<T: Config> FromArgMatches for ConfigCommand<T> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        Ok(Self { matches: matches.clone(), _type: PhantomData })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        self.matches = matches.clone();
        Ok(())
    }
}

impl<T: Config> Args for ConfigCommand<T> {
    fn augment_args(command: Command) -> Command {
        arguments::augment(command)
    }

    fn augment_args_for_update(command: Command) -> Command {
        arguments::augment(command)
    }
}
