//! Names that are there twice.

use clap::{Arg, Command};
use confkit::clap::{args, augment, check};
use confkit::{Code, Config};

#[derive(Debug, Config)]
struct Settings {
    #[config(default = 1, arg(short = 'p'))]
    port: u16,
    #[config(default = false)]
    color: bool,
}

#[test]
fn a_name_of_the_program_and_of_a_setting_is_told() {
    let command = augment::<Settings>(
        Command::new("orders")
            .version("1")
            .arg(Arg::new("own").long("port"))
            .arg(Arg::new("pass").short('p').global(true))
            .arg(Arg::new("plain").long("plain").alias("no-color").num_args(0)),
    )
    .subcommand(Command::new("run").args(args::<Settings>()).subcommand(Command::new("fast")))
    .subcommand(Command::new("fine").arg(Arg::new("p").short('x')));
    insta::assert_snapshot!(check(&command).unwrap_err());
}

#[test]
fn names_that_clap_adds_are_told_unless_they_are_switched_off() {
    #[derive(Debug, Config)]
    struct Versioned {
        #[config(default = 1, arg(short = 'V'))]
        version: u16,
    }
    let command = || augment::<Versioned>(Command::new("orders"));
    check(&command()).unwrap();
    let report = check(&command().version("1")).unwrap_err();
    assert_eq!(report.problems().len(), 2, "{report}");
    assert!(report.problems().iter().all(|problem| problem.code() == Code::Declaration));
    check(&command().version("1").disable_version_flag(true)).unwrap();
    let inner = Command::new("orders").version("1").subcommand(command());
    check(&inner).unwrap();
    assert!(check(&inner.propagate_version(true)).is_err());
}

#[test]
fn two_types_with_one_argument_are_told() {
    let command = augment::<Settings>(augment::<Settings>(Command::new("orders")));
    let report = check(&command).unwrap_err();
    assert_eq!(
        report.problems()[0].message(),
        "--color of the command `orders` is the argument of settings of two types"
    );
}

#[cfg(debug_assertions)]
#[test]
fn clap_panics_with_both_ids() {
    let built = std::panic::catch_unwind(|| {
        augment::<Settings>(Command::new("orders").arg(Arg::new("own").long("port"))).debug_assert();
    });
    let panic = built.unwrap_err();
    let message = panic.downcast_ref::<String>().unwrap();
    assert!(message.contains("'--port' is in use by both 'own' and 'confkit:port'"), "{message}");
}

#[test]
fn two_settings_with_one_argument_are_told_by_the_load() {
    #[derive(Debug, Config)]
    struct Twice {
        #[config(default, arg(short = 'x'))]
        database_host: String,
        #[config(nested)]
        database: Host,
        #[config(default)]
        no_tls: u8,
        #[config(default)]
        tls: bool,
        #[config(default)]
        help: bool,
    }
    #[derive(Debug, Config)]
    struct Host {
        #[config(default, arg(short = 'x'))]
        host: String,
    }
    let command = augment::<Twice>(Command::new("orders"));
    check(&command).unwrap();
    let found = command.try_get_matches_from(["orders", "--database-host=a"]).unwrap();
    insta::assert_snapshot!(Twice::loader().matches(&found).load().unwrap_err());
}

#[test]
fn keys_that_are_no_words_do_no_harm() {
    #[derive(Debug, Config)]
    struct Odd {
        #[config(rename = "a=b", default)]
        equal: u8,
        #[config(rename = "-x", default)]
        dash: u8,
        #[config(rename = "dotted.key", default)]
        dotted: u8,
        #[config(rename = "…", default)]
        sign: u8,
        #[config(rename = "straße", alias = "a b", default)]
        street: u8,
    }
    let command = augment::<Odd>(Command::new("orders"));
    command.clone().debug_assert();
    let words = ["orders", "--x=1", "--dotted-key=2", "--straße=3"];
    let read = Odd::loader().matches(&command.clone().try_get_matches_from(words).unwrap()).load().unwrap();
    assert_eq!((read.dash, read.dotted, read.street), (1, 2, 3));
    let words = ["orders", "--\"dotted.key\"=2", "--\"…\"=4"];
    let read = Odd::loader().matches(&command.try_get_matches_from(words).unwrap()).load().unwrap();
    assert_eq!((read.dotted, read.sign), (2, 4));
}
