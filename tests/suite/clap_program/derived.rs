//! Settings flattened into types that derive clap's traits.

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use confkit::clap::{ConfigArgs, check};
use confkit::{Config, System, Warnings};

use super::{Database, Server, Settings};

/// Serves orders.
#[derive(Debug, Parser)]
#[command(name = "orders", term_width = 80)]
struct Cli {
    /// A file of orders.
    input: Option<String>,

    #[arg(long, conflicts_with = "confkit:workers")]
    dry_run: bool,

    #[command(flatten)]
    settings: ConfigArgs<Settings>,

    #[command(subcommand)]
    command: Option<Run>,
}

#[derive(Debug, Subcommand)]
enum Run {
    /// Copies the database.
    Copy {
        #[arg(long)]
        to: String,
        #[command(flatten)]
        database: ConfigArgs<Database>,
    },
    List,
}

#[test]
fn flattened_settings_stand_beside_the_programs_own() {
    let cli = Cli::try_parse_from(["orders", "new.csv", "-w3", "--dry-run"]);
    assert!(cli.unwrap_err().to_string().contains("--dry-run"), "ids are names for clap's own rules");
    let cli = Cli::try_parse_from(["orders", "new.csv", "-w3", "--host", "a"]).unwrap();
    assert_eq!(cli.input.as_deref(), Some("new.csv"));
    let system = System::memory().file("orders.toml", "workers = 9\nname = 'file'");
    let read = Settings::loader().system(system).declared().matches(&cli.settings).load().unwrap();
    assert_eq!((read.workers, read.name.as_deref(), read.hosts), (3, Some("file"), vec!["a".to_owned()]));
    check(&Cli::command()).unwrap();
    Cli::command().debug_assert();
}

#[test]
fn a_subcommand_has_its_own_settings() {
    let cli = Cli::try_parse_from(["orders", "-w3", "copy", "--to=x", "--host=y"]).unwrap();
    let Some(Run::Copy { to, database }) = cli.command else { panic!("{cli:?}") };
    assert_eq!((to.as_str(), Database::loader().matches(database).load().unwrap().host.as_str()), ("x", "y"));
    let read = Settings::loader().matches(cli.settings).load().unwrap();
    assert_eq!((read.workers, read.hosts.len()), (3, 0));
}

#[test]
fn two_types_take_what_is_theirs() {
    #[derive(Parser)]
    struct Both {
        #[command(flatten)]
        server: ConfigArgs<Server>,
        #[command(flatten)]
        level: ConfigArgs<Named>,
    }
    #[derive(Debug, Config)]
    struct Named {
        #[config(default = "")]
        name: String,
    }
    let both = Both::try_parse_from(["x", "--name=n", "--host=h"]).unwrap();
    assert_eq!(Server::loader().matches(&both.server).load().unwrap().host, "h");
    assert_eq!(Named::loader().matches(&both.level).load().unwrap().name, "n");
}

#[test]
fn flattened_settings_may_be_made_global() {
    let command = Cli::command().mut_args(|arg| {
        let is_setting = arg.get_id().as_str().starts_with("confkit");
        if is_setting { arg.global(true) } else { arg }
    });
    let command = command.mut_subcommand("copy", |_| clap::Command::new("copy"));
    let found = command.try_get_matches_from(["orders", "list", "-w3", "--host=a"]).unwrap();
    let cli = Cli::from_arg_matches(&found).unwrap();
    let read = Settings::loader().matches(&cli.settings).warnings(Warnings::Ignore).load().unwrap();
    assert_eq!((read.workers, read.hosts.len()), (3, 1));
}

#[test]
fn an_update_keeps_what_was_typed_before() {
    #[derive(Parser)]
    struct Plain {
        input: Option<String>,
        #[command(flatten)]
        settings: ConfigArgs<Settings>,
    }
    let mut cli = Plain::try_parse_from(["orders", "-w3"]).unwrap();
    cli.try_update_from(["orders", "new.csv"]).unwrap();
    assert_eq!(Settings::loader().matches(&cli.settings).load().unwrap().workers, 3);
    cli.try_update_from(["orders", "-w4"]).unwrap();
    assert_eq!(Settings::loader().matches(cli.settings.clone()).load().unwrap().workers, 4);
    assert_eq!(Settings::loader().matches(ConfigArgs::<Settings>::default()).load().unwrap().workers, 4);
}

#[test]
fn help_of_a_derived_program_has_the_settings() {
    let help = Cli::command().render_help().to_string();
    assert!(help.starts_with("Serves orders\n") && help.contains("[or: --no-verbose]"), "{help}");
    let mut command = Cli::command();
    let copy = command.find_subcommand_mut("copy").unwrap();
    insta::assert_snapshot!(copy.render_help());
}
