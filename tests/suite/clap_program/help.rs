//! Help of a completed command, 80 columns wide.

use clap::{Arg, Command};
use confkit::Config;
use confkit::clap::{args_at, augment};

use super::{Database, command};

fn checked(help: &str) {
    assert!(help.lines().all(|line| line.chars().count() <= 80), "{help}");
    for hidden in ["hunter2", "experimental", "generation", "session", "password", "servers"] {
        assert!(!help.contains(hidden), "{hidden} is shown:\n{help}");
    }
}

#[test]
fn short_help_has_the_first_paragraphs() {
    let help = command().render_help().to_string();
    checked(&help);
    insta::assert_snapshot!(help);
}

#[test]
fn long_help_has_everything() {
    let help = command().render_long_help().to_string();
    checked(&help);
    insta::assert_snapshot!(help);
}

#[test]
fn variables_are_named_where_the_type_reads_them() {
    #[derive(Config)]
    struct Small {
        /// Where to listen.
        #[config(default = 80)]
        port: u16,
        #[config(default = 1, env = "THREADS")]
        workers: u16,
    }
    let help: Vec<String> =
        confkit::clap::args::<Small>().iter().map(|arg| arg.get_help().unwrap().to_string()).collect();
    assert_eq!(help, ["Where to listen. [default: 80]", "[default: 1] [variable: THREADS]"]);
}

#[test]
fn what_the_program_says_of_itself_stays() {
    let command = Command::new("orders")
        .about("Does more than settings.")
        .term_width(80)
        .arg(Arg::new("input").help("A file of orders"))
        .next_help_heading("Settings");
    let mut command = augment::<super::Limits>(command).args(args_at::<Database>("main.database"));
    insta::assert_snapshot!(command.render_help());
}

#[test]
fn defaults_are_shown_and_no_defaults_of_clap() {
    for arg in command().get_arguments() {
        assert!(arg.get_default_values().is_empty(), "{arg:?}");
        assert!(!arg.is_required_set() && !arg.is_global_set(), "{arg:?}");
    }
}
