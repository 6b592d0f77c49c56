//! Names of settings that a command has already.

use std::collections::BTreeMap;

use ::clap::{Arg, Command};

use super::typed::{NEGATED, PREFIX};
use crate::loader::command_problem;
use crate::report::Report;

/// Checks that no argument of a setting has the name of another argument, in a command and all its
/// subcommands. It is for a test beside `Command::debug_assert`; clap itself panics in a debug build,
/// and in a release build takes the argument that was added first.
///
/// # Errors
///
/// A `declaration` problem for each name.
///
/// # Example
///
/// ```
/// use clap::{Arg, Command};
/// use confkit::Config;
/// use confkit::clap::{augment, check};
///
/// #[derive(Config)]
/// struct Settings {
///     port: u16,
/// }
///
/// let orders = |name: &'static str| Command::new("orders").arg(Arg::new("own").long(name));
/// check(&augment::<Settings>(orders("out"))).unwrap();
/// let report = check(&augment::<Settings>(orders("port"))).unwrap_err();
/// assert_eq!(
///     report.problems()[0].message(),
///     "--port of the command `orders` is the program's own argument `own`, and that of a setting"
/// );
/// ```
pub fn check(command: &Command) -> Result<(), Report> {
    let mut report = Report::new(command.get_name(), None);
    let mut checker = Checker { report: &mut report };
    checker.command(command, command.get_name(), &[], false);
    if report.is_empty() { Ok(()) } else { Err(report) }
}

struct Checker<'r> {
    report: &'r mut Report,
}

impl Checker<'_> {
    /// Looks at a command; global arguments of those above it are its own, too.
    fn command(&mut self, command: &Command, name: &str, above: &[&Arg], versioned: bool) {
        let args: Vec<&Arg> = above.iter().copied().chain(command.get_arguments()).collect();
        let mut by_name = BTreeMap::<String, Vec<&str>>::new();
        for arg in &args {
            for name in names(arg) {
                by_name.entry(name).or_default().push(arg.get_id().as_str());
            }
        }
        let versioned = versioned || command.get_version().or(command.get_long_version()).is_some();
        for (name, id) in implied(command, versioned) {
            // A program that has one of its own keeps clap from adding it.
            if !args.iter().any(|arg| arg.get_id() == id) {
                by_name.entry(name.to_owned()).or_default().push(id);
            }
        }
        for (argument, ids) in by_name.iter().filter(|(_, ids)| ids.len() > 1) {
            self.judge(name, argument, ids);
        }
        let global: Vec<&Arg> = args.into_iter().filter(|arg| arg.is_global_set()).collect();
        let versioned = versioned && command.is_propagate_version_set();
        for inner in command.get_subcommands() {
            self.command(inner, &format!("{name} {}", inner.get_name()), &global, versioned);
        }
    }

    fn judge(&mut self, command: &str, argument: &str, ids: &[&str]) {
        let (ours, others): (Vec<&str>, Vec<&str>) =
            ids.iter().partition(|id| id.starts_with(PREFIX) || id.starts_with(NEGATED));
        let what = match (ours.as_slice(), others.first()) {
            ([], _) => return,
            (_, Some(other)) => format!("is the program's own argument `{other}`, and that of a setting"),
            (_, None) => "is the argument of settings of two types".to_owned(),
        };
        let message = format!("{argument} of the command `{command}` {what}");
        let help = "give the setting another name with `arg(long = \"…\")` or `arg(short = '…')`, or none with `arg(skip)`";
        self.report.add_once(command_problem(message, help));
    }
}

/// All names of an argument, with their dashes.
fn names(arg: &Arg) -> Vec<String> {
    let longs = arg.get_long().into_iter().chain(arg.get_all_aliases().unwrap_or_default());
    let shorts = arg.get_short().into_iter().chain(arg.get_all_short_aliases().unwrap_or_default());
    longs.map(|long| format!("--{long}")).chain(shorts.map(|short| format!("-{short}"))).collect()
}

/// The names that clap adds, with their ids.
fn implied(command: &Command, versioned: bool) -> Vec<(&'static str, &'static str)> {
    let help = [("--help", "help"), ("-h", "help")];
    let version = [("--version", "version"), ("-V", "version")];
    // It says yes of every command without a version of its own.
    let disabled = || command.clone().version("").is_disable_version_flag_set();
    let help = help.into_iter().filter(|_| !command.is_disable_help_flag_set());
    let version = version.into_iter().filter(|_| versioned && !disabled());
    help.chain(version).collect()
}
