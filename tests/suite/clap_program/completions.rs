//! Completions of a completed command.

use clap::ValueHint;
use clap_complete::{Shell, generate};

use super::command;

fn script(shell: Shell) -> String {
    let mut script = Vec::new();
    generate(shell, &mut command(), "orders", &mut script);
    String::from_utf8(script).unwrap()
}

#[test]
fn bash_completes_names_and_possible_values() {
    let script = script(Shell::Bash);
    for name in ["--listen", "-w", "--no-verbose", "--database-max-conn", "--host", "--spool", "--pin"] {
        assert!(script.contains(&format!(" {name} ")), "{name}\n{script}");
    }
    assert!(script.contains("compgen -W \"info very-verbose off\""), "{script}");
    assert!(script.contains("compgen -W \"true false\""), "{script}");
    for hidden in ["hunter2", "session", "password", "generation", "8080"] {
        assert!(!script.contains(hidden), "{hidden}");
    }
}

#[test]
fn other_shells_show_documentation() {
    let zsh = script(Shell::Zsh);
    assert!(zsh.contains("very-verbose\\:\"Every step.\""), "{zsh}");
    assert!(zsh.contains("Number of worker threads."), "{zsh}");
}

#[test]
fn shells_are_told_what_a_value_is() {
    let command = command();
    let hint = |id: &str| command.get_arguments().find(|arg| arg.get_id() == id).unwrap().get_value_hint();
    let hints = ["listen", "spool", "peer", "admin", "workers", "name", "database-host"]
        .map(|name| hint(&format!("confkit:{name}")));
    let expected = [
        ValueHint::Hostname,
        ValueHint::AnyPath,
        ValueHint::Hostname,
        ValueHint::EmailAddress,
        ValueHint::Other,
        ValueHint::Unknown,
        ValueHint::Unknown,
    ];
    assert_eq!(hints, expected);
}
