//! Names of arguments.

use proc_macro2::Span;

use crate::diag::Diag;
use crate::model::{Content, Field, Section};
use crate::{names, types};

/// Checks every argument that a section declares, as far as one type shows it.
pub(super) fn run(section: &Section, diag: &Diag) {
    for field in &section.fields {
        skipped(field, diag);
    }
    let mut seen: Vec<(String, &Field)> = Vec::new();
    for field in section.fields.iter().filter(|field| has_argument(field)) {
        for (name, span) in own_names(field, section.loading.args) {
            if matches!(name.as_str(), "--help" | "-h") {
                let message = format!(
                    "`{name}` prints the options; give `{}` another name with `arg(long = \"…\")`, or none with `arg(skip)`",
                    field.name
                );
                diag.error(span, message);
                continue;
            }
            match seen.iter().find(|(other, _)| *other == name) {
                Some((_, other)) if other.name == field.name || other.key.value == field.key.value => {
                    // It is the field's own, or the same key was refused already.
                }
                Some((_, other)) => {
                    let message = format!(
                        "two settings have the argument `{name}`: `{}` and `{}`",
                        other.name, field.name
                    );
                    diag.error(span, message);
                }
                None => seen.push((name, field)),
            }
        }
    }
}

/// What has no argument cannot have a name for it.
fn skipped(field: &Field, diag: &Diag) {
    let arg = &field.arg;
    let Some(span) = arg.skip else { return };
    let others = [
        ("long", arg.long.is_some()),
        ("short", arg.short.is_some()),
        ("secret_on_command_line", arg.secret),
    ];
    for (other, _) in others.into_iter().filter(|(_, written)| *written) {
        diag.error(span, format!("`skip` and `{other}` exclude each other: the field has no argument"));
    }
}

fn has_argument(field: &Field) -> bool {
    let is_open = !field.is_secret() || field.arg.secret;
    matches!(field.content, Content::Leaf(_)) && field.arg.skip.is_none() && is_open
}

/// The names of a field's argument that are the same wherever the type stands: all of them if it is
/// loaded itself, those that are written otherwise.
fn own_names(field: &Field, is_root: bool) -> Vec<(String, Span)> {
    let mut all = Vec::new();
    let mut longs = match &field.arg.long {
        Some(long) => vec![(long.value.clone(), long.span)],
        None if is_root => vec![(names::argument(&field.key.value), field.key.span)],
        None => Vec::new(),
    };
    let key = &field.key;
    // The path stands for a setting too; that of `--help` is read by nobody.
    if is_root && key.value != "help" && longs.iter().all(|(long, _)| *long != key.value) {
        longs.push((key.value.clone(), key.span));
    }
    let is_switch = types::name(types::value(&field.ty)).as_deref() == Some("bool");
    for (long, span) in longs {
        if is_switch {
            all.push((format!("--no-{long}"), span));
        }
        all.push((format!("--{long}"), span));
    }
    all.extend(field.arg.short.as_ref().map(|short| (format!("-{}", short.value), short.span)));
    all
}
