//! systemd: a drop-in for a service.

use super::variables::{State, Variable, Variables};

pub(super) fn drop_in(name: &str, variables: &Variables<'_>) -> String {
    let mut text = format!("# /etc/systemd/system/{name}.service.d/settings.conf\n[Service]\n");
    variables.plain.iter().for_each(|one| plain(&mut text, one));
    variables.secret.iter().for_each(|one| secret(&mut text, name, one));
    text
}

fn plain(text: &mut String, one: &Variable<'_>) {
    let Some(name) = one.name else { return };
    text.push_str(&format!("\n# {}\n", one.about()));
    text.push_str(&match &one.state {
        State::Required => format!("# REQUIRED\n# Environment=\"{name}=\"\n"),
        State::Optional(example) => format!("# {}\n", environment(name, example.unwrap_or_default())),
        State::Default(default) => format!("#{}\n", environment(name, default)),
    });
}

/// A credential is a file that the service alone may read; `%d` is the directory of such files.
fn secret(text: &mut String, service: &str, one: &Variable<'_>) {
    let file = one.file();
    let credential = format!("LoadCredential={file}:/etc/{service}/credentials/{file}");
    let variable = one.setting.file_variable.as_ref().map(|name| format!("Environment=\"{name}=%d/{file}\""));
    text.push_str(&format!("\n# Secret: {}\n", one.about()));
    let mark = if matches!(one.state, State::Required) { "" } else { "# " };
    for line in std::iter::once(credential).chain(variable) {
        text.push_str(&format!("{mark}{line}\n"));
    }
}

/// An assignment, in which `%` begins a specifier and quotation marks need a backslash.
fn environment(name: &str, value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '%' => text.push_str("%%"),
            '"' | '\\' => text.extend(['\\', c]),
            '\n' => text.push_str("\\n"),
            '\t' => text.push_str("\\t"),
            '\r' => text.push_str("\\r"),
            c => text.push(c),
        }
    }
    format!("Environment=\"{name}={text}\"")
}
