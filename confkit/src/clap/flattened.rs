//! Settings inside a type that derives clap's `Parser` or `Args`.

use std::fmt;
use std::marker::PhantomData;

use ::clap::{ArgMatches, Args, Command, Error, FromArgMatches};

use super::typed::Typed;
use crate::config::Config;

/// The arguments of the settings type `T`, flattened into a type that derives clap's `Parser` or
/// `Args`: what the user typed of them.
///
/// # Example
///
/// ```
/// use clap::{Args as _, Command, FromArgMatches as _};
/// use confkit::Config;
/// use confkit::clap::ConfigArgs;
///
/// #[derive(Config)]
/// struct Settings {
///     #[config(default = 8080)]
///     port: u16,
/// }
///
/// // What clap's derive makes of `#[command(flatten)] settings: ConfigArgs<Settings>`.
/// let command = ConfigArgs::<Settings>::augment_args(Command::new("orders"));
/// let matches = command.try_get_matches_from(["orders", "--port", "80"]).unwrap();
/// let settings = ConfigArgs::<Settings>::from_arg_matches(&matches).unwrap();
///
/// assert_eq!(Settings::loader().declared().matches(&settings).load()?.port, 80);
/// # Ok::<(), confkit::Report>(())
/// ```
pub struct ConfigArgs<T> {
    typed: Typed,
    _type: PhantomData<fn() -> T>,
}

impl<T: Config> ConfigArgs<T> {
    fn found(matches: &ArgMatches) -> Typed {
        let args = super::args::<T>();
        Typed::at(matches, |id| args.iter().any(|arg| arg.get_id() == id))
    }
}

impl<T> Clone for ConfigArgs<T> {
    fn clone(&self) -> Self {
        Self { typed: self.typed.clone(), _type: PhantomData }
    }
}

/// As if nothing had been typed.
impl<T> Default for ConfigArgs<T> {
    fn default() -> Self {
        Self { typed: Typed::default(), _type: PhantomData }
    }
}

/// Shows how much was typed; any of it may be secret.
impl<T> fmt::Debug for ConfigArgs<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ConfigArgs").field(&self.typed).finish()
    }
}

impl<T: Config> FromArgMatches for ConfigArgs<T> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        Ok(Self { typed: Self::found(matches), _type: PhantomData })
    }

    /// What was typed before stays where nothing is typed now.
    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        let typed = Self::found(matches);
        if !typed.is_empty() {
            self.typed = typed;
        }
        Ok(())
    }
}

impl<T: Config> Args for ConfigArgs<T> {
    fn augment_args(command: Command) -> Command {
        super::augment::<T>(command)
    }

    fn augment_args_for_update(command: Command) -> Command {
        super::augment::<T>(command)
    }
}

impl<T> From<ConfigArgs<T>> for Typed {
    fn from(args: ConfigArgs<T>) -> Self {
        args.typed
    }
}

impl<T> From<&ConfigArgs<T>> for Typed {
    fn from(args: &ConfigArgs<T>) -> Self {
        args.typed.clone()
    }
}
