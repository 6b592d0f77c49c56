//! The commands of a program: what each answers and tells, and how it ends.

mod reports;
mod secrets;
mod set;
mod values;

use std::time::Duration;

use confkit::cli::{self, Status, Terminal};
use confkit::{Config, Loader, Secret, System};

/// Settings of the orders service.
#[derive(Debug, Config)]
#[config(
    env_prefix = "ORDERS",
    profile_env = "ORDERS_PROFILE",
    profiles("production"),
    file = "config/base.toml",
    optional_file = "config/{profile}.toml",
    optional_file = "config/local.yaml",
    dotenv = ".env"
)]
pub(super) struct Settings {
    /// Number of worker threads.
    #[config(default = 4, validate(range(min = 1, max = 64)))]
    workers: u16,

    /// Hosts that may ask.
    #[config(default)]
    hosts: Vec<String>,

    /// Signs session cookies.
    #[config(required(profile = "production"))]
    session_key: Option<Secret<String>>,

    #[config(nested)]
    database: Database,
}

/// The database server.
#[derive(Debug, Config)]
struct Database {
    /// Where it is.
    #[config(alias = "server")]
    host: String,

    #[config(default = 5432)]
    port: u16,

    #[config(default = "30s")]
    timeout: Duration,

    password: Option<Secret<String>>,
}

const BASE: &str = "\
# The orders service.
workers = 16   # as many as there are cores
hosts = [\"a\", \"b\"]

[database]
host = 'db.internal'
password = 'hunter2'
";

/// A system with a file for each kind of layer.
pub(super) fn system() -> System {
    System::memory()
        .file("config/base.toml", BASE)
        .file("config/production.toml", "[database]\nhost = 'db.production'\n")
        .file(".env", "ORDERS_DATABASE_PORT=6432\n")
        .var("ORDERS_DATABASE_TIMEOUT", "5s")
}

fn loader(system: &System) -> Loader<Settings> {
    Settings::loader().system(system.clone()).declared()
}

/// What a command wrote, and how it ended.
pub(super) struct Ran {
    pub(super) status: Status,
    pub(super) out: String,
    pub(super) err: String,
}

/// Runs a command on a loader, 80 columns wide.
pub(super) fn run<T: Config>(loader: &Loader<T>, words: &str) -> Ran {
    run_with(loader, words, "")
}

/// Runs a command that reads a value.
pub(super) fn run_with<T: Config>(loader: &Loader<T>, words: &str, input: &str) -> Ran {
    let words = std::iter::once("config").chain(words.split(' '));
    let matches = cli::command::<T>().try_get_matches_from(words).unwrap();
    let (mut out, mut err, mut input) = (Vec::new(), Vec::new(), input.as_bytes());
    let mut terminal = Terminal::new(&mut out, &mut err).input(&mut input).width(80);
    let status = cli::run_in(loader, &matches, &mut terminal);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { status, out: text(out), err: text(err) }
}

/// All that a command wrote, as a terminal shows it.
pub(super) fn shown(ran: &Ran) -> String {
    let ending = match ran.status {
        Status::Done => String::new(),
        status => format!("exit code {}\n", status.code()),
    };
    format!("{}{}{ending}", ran.out, ran.err)
}

#[test]
fn a_command_of_clap_is_complete() {
    cli::command::<Settings>().debug_assert();
}

#[test]
fn help_has_the_table_of_exit_codes() {
    let mut command = cli::command::<Settings>().term_width(80);
    let help = command.render_long_help().to_string();
    insta::assert_snapshot!(help);
    let guide = include_str!("../../../docs/guide/commands.md");
    for line in help.lines().skip_while(|line| *line != "Exit codes:").skip(1) {
        let (code, meaning) = line.trim().split_once("  ").unwrap();
        assert!(guide.contains(&format!("| {code} | {meaning}")), "the guide does not say {code}");
        assert_eq!(Status::of_code(code.parse().unwrap()).unwrap().code().to_string(), code);
    }
}

#[test]
fn widths_of_tables_are_kept() {
    for width in 20..100_usize {
        let words = format!("--width {width} show --defaults");
        let ran = run(&loader(&system()), &words);
        let widest = ran.out.lines().map(|line| line.chars().count()).max().unwrap();
        assert!(widest <= width.max(28), "{width}:\n{}", ran.out);
    }
}

#[test]
fn colours_follow_the_user_then_the_environment() {
    let coloured = |system: System, words: &[&str], can: bool| {
        let matches = cli::command::<Settings>().try_get_matches_from(words).unwrap();
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut terminal = Terminal::new(&mut out, &mut err).color(can);
        cli::run_in(&loader(&system), &matches, &mut terminal);
        String::from_utf8(out).unwrap().contains('\u{1b}')
    };
    let show = ["config", "show"];
    assert!(coloured(system(), &show, true));
    assert!(!coloured(system(), &show, false));
    assert!(!coloured(system().var("NO_COLOR", "1"), &show, true));
    assert!(coloured(system().var("NO_COLOR", ""), &show, true));
    assert!(!coloured(system().var("TERM", "dumb"), &show, true));
    assert!(coloured(system().var("CLICOLOR_FORCE", "1"), &show, false));
    assert!(coloured(system().var("NO_COLOR", "1"), &["config", "show", "--color=always"], false));
    assert!(!coloured(system(), &["config", "--color", "never", "show"], true));
    // A report as well.
    let broken = system().file("config/base.toml", "workers = 0");
    assert!(coloured(broken, &["config", "check"], true));
}

/// With clap's derive the command is a variant.
mod derived {
    use clap::{CommandFactory, Parser, Subcommand};
    use confkit::cli::ConfigCommand;

    use super::*;

    #[derive(Parser)]
    struct Cli {
        #[command(subcommand)]
        command: Command,
    }

    #[derive(Debug, Clone, Subcommand)]
    enum Command {
        Serve,
        /// The settings of the service.
        Config(ConfigCommand<Settings>),
    }

    #[test]
    fn a_variant_holds_the_command() {
        Cli::command().debug_assert();
        let cli = Cli::try_parse_from(["orders", "config", "--output", "json", "check"]).unwrap();
        assert_eq!(format!("{:?}", cli.command), "Config(ConfigCommand(Some(\"check\")))");
        let Command::Config(config) = cli.command else { panic!() };
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let status = config.run_in(&loader(&system()), &mut Terminal::new(&mut out, &mut err));
        assert_eq!(status, Status::Done);
        assert!(out.starts_with(b"{\"version\":1"));
        let about = Cli::command().find_subcommand("config").unwrap().get_about().unwrap().to_string();
        assert_eq!(about, "The settings of the service");
    }
}

/// The words of the process are not read as arguments of the settings.
#[test]
fn a_type_that_reads_arguments_leaves_them_to_the_command() {
    #[derive(Config)]
    #[config(args)]
    struct Settings {
        #[config(default = 80)]
        port: u16,
    }

    let system = System::memory().args(["config", "show", "--defaults"]);
    let loader = Settings::loader().system(system).declared();
    let ran = run(&loader, "show --defaults");
    assert_eq!(
        (ran.status, ran.out.as_str()),
        (Status::Done, "SETTING  VALUE  FROM\nport     80     default\n")
    );
}
