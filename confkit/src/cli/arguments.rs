//! The command for clap, and what was typed of its options.

use ::clap::builder::PossibleValue;
use ::clap::{Arg, ArgAction, ArgMatches, Command, ValueHint, value_parser};

use super::reports::Output;
use super::{Status, made, sample, show};

/// Ids begin so: a program's own must not be among them.
pub(super) const PROFILE: &str = "config-profile";
const OUTPUT: &str = "config-output";
const COLOUR: &str = "config-color";
const WIDTH: &str = "config-width";
pub(super) const FORMAT: &str = "config-format";
pub(super) const EXPORT: &str = "config-export";
pub(super) const EXPOSE: &str = "config-expose";
pub(super) const BRIEF: &str = "config-brief";
pub(super) const COMPARE: &str = "config-compare";
pub(super) const PARTIAL: &str = "config-partial";
pub(super) const LEFT: &str = "config-left";
pub(super) const RIGHT: &str = "config-right";
pub(super) const DEFAULTS: &str = "config-defaults";
pub(super) const DENY: &str = "config-deny-warnings";
pub(super) const DRY_RUN: &str = "config-dry-run";
pub(super) const FILE: &str = "config-file";
pub(super) const KEY: &str = "config-key";
pub(super) const VALUE: &str = "config-value";

/// What every command understands.
#[derive(Debug, Clone)]
pub(super) struct Options {
    pub(super) profile: Option<String>,
    pub(super) output: Output,
    /// `None` where the terminal decides.
    pub(super) colour: Option<bool>,
    pub(super) width: Option<usize>,
}

impl Options {
    pub(super) fn of(matches: &ArgMatches) -> Self {
        let word = |id| matches.get_one::<String>(id).map(String::as_str);
        let output = Output::ALL.into_iter().find(|(name, ..)| word(OUTPUT) == Some(name));
        Self {
            profile: word(PROFILE).map(str::to_owned),
            output: output.map_or(Output::Human, |(_, output, _)| output),
            colour: match word(COLOUR) {
                Some("always") => Some(true),
                Some("never") => Some(false),
                _ => None,
            },
            width: matches.get_one::<u16>(WIDTH).map(|&width| usize::from(width)),
        }
    }
}

/// Adds everything to a command: options, subcommands, exit codes.
pub(super) fn augment(command: Command) -> Command {
    command
        .about("Looks at the settings and changes them")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .args(options())
        .subcommands(subcommands())
        .after_help(exit_codes())
}

fn options() -> [Arg; 4] {
    let outputs = Output::ALL.into_iter().map(|(name, _, help)| PossibleValue::new(name).help(help));
    let option = |id, long, help| Arg::new(id).long(long).help(help).global(true);
    [
        option(PROFILE, "profile", "The profile, over everything else that chooses one").value_name("NAME"),
        option(OUTPUT, "output", "How problems are told")
            .value_name("FORM")
            .value_parser(outputs.collect::<Vec<_>>())
            .default_value("human"),
        option(COLOUR, "color", "When to use colours")
            .value_name("WHEN")
            .value_parser(["auto", "always", "never"])
            .default_value("auto"),
        option(WIDTH, "width", "The columns of a line, over those of the terminal")
            .value_name("COLUMNS")
            .value_parser(value_parser!(u16).range(20..=1000)),
    ]
}

fn subcommands() -> Vec<Command> {
    let mut commands = looking();
    commands.extend(making());
    commands.extend(changing());
    commands
}

/// What tells something of the settings in force.
fn looking() -> Vec<Command> {
    vec![
        Command::new("check").about("Loads the settings and tells everything that is wrong").arg(flag(
            DENY,
            "deny-warnings",
            "Takes warnings for problems",
        )),
        Command::new("show")
            .about("Lists the settings with their values, and where those come from")
            .arg(key().required(false).help("A setting, or a section of them"))
            .arg(flag(DEFAULTS, "defaults", "Lists those that no layer gives, too"))
            .arg(form(show::FORMS.iter().map(|(name, _)| *name), "table")),
        Command::new("get")
            .about("Prints the value of a setting, for scripts")
            .arg(key())
            .arg(form(["plain", "json"], "plain"))
            .arg(flag(EXPOSE, "expose", "Prints a secret in clear")),
        Command::new("explain").about("Tells what a setting is, and why it has its value").arg(key()),
        Command::new("diff")
            .about("Tells what differs between two profiles, or with another file in place of one")
            .arg(Arg::new(LEFT).value_name("A").help("A profile, or a file").required(true))
            .arg(Arg::new(RIGHT).value_name("B").help("The other one").required(true))
            .arg(form(["text", "json"], "text")),
        Command::new("env").about("Lists the environment variables and what they set").arg(flag(
            EXPORT,
            "export",
            "Prints the settings that layers give as variables for a shell",
        )),
    ]
}

/// What is made from the declaration.
fn making() -> Vec<Command> {
    let forms = made::FORMS.into_iter().map(|(name, help)| PossibleValue::new(name).help(help));
    vec![
        Command::new("schema")
            .about("Prints the JSON Schema of the settings, for editors")
            .arg(flag(PARTIAL, "partial", "Asks for nothing to be given: for one file of several"))
            .arg(Arg::new(COMPARE).long("compare").value_name("OLD.json").help(
                "Prints what has changed since an earlier schema; ends with 1 if that breaks anything",
            )),
        Command::new("docs").about("Prints a page of all settings, or what gives them to a program").arg(
            Arg::new(FORMAT)
                .long("format")
                .value_name("FORM")
                .help("What to print")
                .value_parser(forms.collect::<Vec<_>>())
                .default_value("markdown"),
        ),
        Command::new("sample")
            .about("Prints a file of settings to start from")
            .arg(
                Arg::new(FORMAT)
                    .value_name("FORMAT")
                    .help("The format of the file")
                    .required(true)
                    .value_parser(sample::FORMATS.iter().map(|(name, _)| *name).collect::<Vec<_>>()),
            )
            .arg(flag(BRIEF, "brief", "Leaves out what is said of each setting")),
    ]
}

/// What writes files.
fn changing() -> Vec<Command> {
    vec![
        Command::new("set")
            .about("Gives a setting another value in a file, if the settings are right then")
            .arg(file())
            .arg(key())
            .arg(
                Arg::new(VALUE)
                    .value_name("VALUE")
                    .help("The value as in a variable, sections as JSON; `-` reads it from standard input")
                    .required(true)
                    .allow_hyphen_values(true),
            )
            .arg(dry_run()),
        Command::new("unset")
            .about("Takes a setting out of a file, if the settings are right then")
            .arg(file())
            .arg(key())
            .arg(dry_run()),
    ]
}

/// The forms of an answer.
fn form(names: impl IntoIterator<Item = &'static str>, default: &'static str) -> Arg {
    Arg::new(FORMAT)
        .long("format")
        .value_name("FORM")
        .help("The form of the answer")
        .value_parser(names.into_iter().collect::<Vec<_>>())
        .default_value(default)
}

fn flag(id: &'static str, long: &'static str, help: &'static str) -> Arg {
    Arg::new(id).long(long).help(help).action(ArgAction::SetTrue)
}

fn key() -> Arg {
    Arg::new(KEY)
        .value_name("KEY")
        .help("A setting, such as `database.port` or `servers[0].host`")
        .required(true)
}

fn file() -> Arg {
    Arg::new(FILE)
        .value_name("FILE")
        .help("The file to change")
        .required(true)
        .value_hint(ValueHint::FilePath)
}

fn dry_run() -> Arg {
    flag(DRY_RUN, "dry-run", "Prints what would change, and changes nothing")
}

/// The table of exit codes, as `--help` shows it.
fn exit_codes() -> String {
    let line = |(status, meaning): &(Status, &str)| format!("  {:>2}  {meaning}", status.code());
    format!("Exit codes:\n{}", Status::ALL.iter().map(line).collect::<Vec<_>>().join("\n"))
}

/// A word that was typed.
pub(super) fn word<'m>(matches: &'m ArgMatches, id: &str) -> Option<&'m str> {
    matches.get_one::<String>(id).map(String::as_str)
}
