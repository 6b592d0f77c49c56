//! Rules that name other fields.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use syn::ext::IdentExt as _;

use crate::diag::{Diag, did_you_mean};
use crate::expand::self_uses;
use crate::model::{RuleKind, Section};

/// Checks that every field named by a rule exists.
pub(super) fn run(section: &Section, diag: &Diag) {
    for field in &section.fields {
        for rule in &field.rules {
            let RuleKind::RequiredIf { field: other, .. } = &rule.kind else {
                continue;
            };
            let name = other.unraw().to_string();
            if name == field.name {
                diag.error(other.span(), format!("`{name}` cannot depend on itself; name another field"));
            } else {
                exists(section, &name, other.span(), diag);
            }
        }
    }
    for check in &section.checks {
        let uses = self_uses(&check.expr);
        for field in &uses.fields {
            exists(section, &field.unraw().to_string(), field.span(), diag);
        }
        if uses.fields.is_empty() && !uses.whole {
            let hint = lone_field(section, &check.expr)
                .map(|field| format!("; did you mean `self.{field}`?"))
                .unwrap_or_default();
            diag.error(
                check.span,
                format!("this check says nothing about the settings, because it does not use `self`{hint}"),
            );
        }
    }
}

fn exists(section: &Section, name: &str, span: Span, diag: &Diag) {
    if section.fields.iter().any(|field| field.name == name) {
        return;
    }
    let fields: Vec<&str> = section.fields.iter().map(|field| field.name.as_str()).collect();
    diag.error(span, format!("there is no field `{name}`{}", did_you_mean(name, "fields", &fields)));
}

/// Finds a field that is named without `self.`.
fn lone_field(section: &Section, tokens: &TokenStream) -> Option<Ident> {
    tokens.clone().into_iter().find_map(|token| match token {
        TokenTree::Ident(word) => section.fields.iter().any(|field| word == field.name).then_some(word),
        TokenTree::Group(group) => lone_field(section, &group.stream()),
        _ => None,
    })
}
