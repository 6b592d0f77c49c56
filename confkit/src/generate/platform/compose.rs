//! compose: a service with variables, and files for secrets.

use super::variables::{State, Variable, Variables, quoted};

pub(super) fn service(name: &str, variables: &Variables<'_>) -> String {
    let mut text = format!("services:\n  {name}:\n    environment:\n");
    variables.plain.iter().for_each(|one| plain(&mut text, one));
    variables.secret.iter().for_each(|one| secret(&mut text, one));
    if variables.secret.is_empty() {
        return text;
    }
    text.push_str("    secrets:\n");
    for one in &variables.secret {
        text.push_str(&format!("      {}- {}\n", mark(one), one.file()));
    }
    text.push_str("secrets:\n");
    for one in &variables.secret {
        let (mark, file) = (mark(one), one.file());
        text.push_str(&format!("  {mark}{file}:\n  {mark}  file: ./secrets/{file}\n"));
    }
    text
}

fn plain(text: &mut String, one: &Variable<'_>) {
    let Some(name) = one.name else { return };
    text.push_str(&format!("      # {}\n", one.about()));
    text.push_str(&match &one.state {
        // compose stops with these words if nothing gives it.
        State::Required => format!("      {name}: ${{{name}:?is required}}\n"),
        State::Optional(None) => format!("      # {name}:\n"),
        State::Optional(Some(example)) => format!("      # {name}: {}\n", value(example)),
        State::Default(default) => format!("      #{name}: {}\n", value(default)),
    });
}

fn secret(text: &mut String, one: &Variable<'_>) {
    text.push_str(&format!("      # Secret: {}\n", one.about()));
    match &one.setting.file_variable {
        Some(name) => text.push_str(&format!("      {}{name}: /run/secrets/{}\n", mark(one), one.file())),
        None => text.push_str(&format!("      # It is read from /run/secrets/{}.\n", one.file())),
    }
}

fn mark(one: &Variable<'_>) -> &'static str {
    if matches!(one.state, State::Required) { "" } else { "# " }
}

/// A value, in which `$` begins a variable of compose's own.
fn value(text: &str) -> String {
    quoted(&text.replace('$', "$$"))
}
