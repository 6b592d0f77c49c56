//! Rules about what is given: only an `Option` can be absent.

use proc_macro2::Ident;
use syn::ext::IdentExt as _;

use crate::diag::Diag;
use crate::model::{Check, CheckKind, Content, Field, Group, RuleKind, Section};

/// Runs every rule of this file.
pub(super) fn run(section: &Section, diag: &Diag) {
    for field in &section.fields {
        own(field, diag);
        others(section, field, diag);
        contradictions(field, diag);
    }
    section.checks.iter().for_each(|check| group(section, check, diag));
}

/// What is always there cannot be required under a condition, nor ask for others.
fn own(field: &Field, diag: &Diag) {
    for rule in field.rules.iter().filter(|rule| rule.kind.is_about_presence()) {
        if field.optional().is_some() || !(field.has_key() || matches!(rule.kind, RuleKind::Required)) {
            continue;
        }
        let name = rule.kind.name();
        let message = match rule.kind {
            RuleKind::Requires(_) => {
                format!(
                    "`requires` needs an `Option`: `{}` is never absent, so that what it requires is always required",
                    field.name
                )
            }
            RuleKind::Required if field.default.is_none() => {
                format!("`{}` is required already; drop `required`", field.name)
            }
            _ => format!("`{name}` needs an `Option`: `{}` is never absent", field.name),
        };
        diag.error(rule.span, message);
    }
}

/// What is always there makes a rule about its presence pointless.
fn others(section: &Section, field: &Field, diag: &Diag) {
    for rule in &field.rules {
        let (RuleKind::RequiredWith(others) | RuleKind::Requires(others) | RuleKind::ConflictsWith(others)) =
            &rule.kind
        else {
            continue;
        };
        for other in others {
            may_be_absent(section, other, rule.kind.name(), diag);
        }
        twice(others, diag);
    }
}

fn may_be_absent(section: &Section, name: &Ident, rule: &str, diag: &Diag) {
    let Some(field) = section.fields.iter().find(|field| *name.unraw().to_string() == field.name) else {
        return;
    };
    let is_setting = matches!(field.content, Content::Leaf(_) | Content::Nested);
    if !is_setting || field.optional().is_none() || field.default.is_some() {
        diag.error(
            name.span(),
            format!(
                "`{}` is never absent, which `{rule}` asks about; make it an `Option` without default",
                field.name
            ),
        );
    }
}

fn twice(fields: &[Ident], diag: &Diag) {
    for (index, field) in fields.iter().enumerate() {
        if fields[..index].contains(field) {
            diag.error(field.span(), format!("`{field}` is named twice; name it once"));
        }
    }
}

fn contradictions(field: &Field, diag: &Diag) {
    let required = field.rules.iter().filter_map(|rule| match &rule.kind {
        RuleKind::Requires(others) => Some(others),
        _ => None,
    });
    let required: Vec<&Ident> = required.flatten().collect();
    for rule in &field.rules {
        if let RuleKind::ConflictsWith(others) = &rule.kind {
            for other in others.iter().filter(|other| required.contains(other)) {
                diag.error(
                    other.span(),
                    format!("`{}` cannot both require and exclude `{other}`; keep one", field.name),
                );
            }
        }
    }
}

/// The fields of a group can be absent, and there are several.
fn group(section: &Section, check: &Check, diag: &Diag) {
    let CheckKind::Group { which, fields } = &check.kind else { return };
    fields.iter().for_each(|field| may_be_absent(section, field, which.key(), diag));
    twice(fields, diag);
    if fields.len() < 2 {
        let message = format!("`{}` chooses between fields; name at least two", which.key());
        diag.error(check.span, message);
    }
    for field in section.fields.iter().filter(|field| fields.iter().any(|name| name.unraw() == field.name)) {
        let required = field.rules.iter().find(|rule| {
            matches!(rule.kind, RuleKind::Required)
                && rule.terms.when.is_none()
                && rule.terms.profiles.is_empty()
        });
        if let (Some(rule), true) = (required, *which != Group::AtLeast) {
            let message = format!(
                "`{}` is always required, so that no other field of `{}` may ever be given; drop one of the two",
                field.name,
                which.key()
            );
            diag.error(rule.span, message);
        }
        let asked = field.rules.iter().find_map(|rule| match &rule.kind {
            RuleKind::Requires(others) => {
                others.iter().find(|other| fields.contains(other)).map(|other| (other, rule.span))
            }
            _ => None,
        });
        if let (Some((other, _)), true) = (asked, *which != Group::AtLeast) {
            let message = format!(
                "`{}` requires `{other}`, and `{}` allows only one of them; drop one of the two",
                field.name,
                which.key()
            );
            diag.error(other.span(), message);
        }
    }
}
