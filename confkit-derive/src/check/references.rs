//! Rules that name other fields.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use syn::ext::IdentExt as _;

use crate::diag::{Diag, did_you_mean};
use crate::expand::self_uses;
use crate::model::{At, CheckKind, Rule, Section};

/// Checks that every field named by a rule exists.
pub(super) fn run(section: &Section, diag: &Diag) {
    for field in &section.fields {
        let refined = field.refinements.iter().flat_map(|refinement| &refinement.rules);
        for rule in field.rules.iter().chain(refined) {
            of_rule(section, &field.name, rule, diag);
        }
    }
    for check in &section.checks {
        condition(section, check.terms.when.as_ref(), diag);
        match &check.kind {
            CheckKind::Expression(expr) => expression(section, check.span, expr, diag),
            CheckKind::Function { fields, .. } => {
                fields
                    .iter()
                    .filter_map(|names| names.first())
                    .for_each(|field| exists(section, field, diag));
            }
            CheckKind::Schema(_) => {}
            CheckKind::Group { fields, .. } => fields.iter().for_each(|field| exists(section, field, diag)),
        }
    }
}

fn of_rule(section: &Section, name: &str, rule: &Rule, diag: &Diag) {
    for other in rule.kind.others() {
        if other.unraw() == name {
            diag.error(other.span(), format!("`{name}` cannot depend on itself; name another field"));
        } else {
            exists(section, other, diag);
        }
    }
    condition(section, rule.terms.when.as_ref(), diag);
    rule.kind.inner().iter().for_each(|rule| of_rule(section, name, rule, diag));
}

/// A condition is judged before the whole value is there.
fn condition(section: &Section, when: Option<&At<TokenStream>>, diag: &Diag) {
    let Some(when) = when else { return };
    let uses = self_uses(&when.value);
    if uses.whole {
        diag.error(when.span, "`when` can use fields only, as in `when = self.tls.enabled`");
    }
    uses.fields.iter().filter_map(|names| names.first()).for_each(|field| exists(section, field, diag));
    if uses.fields.is_empty() && !uses.whole {
        let hint = hint(section, &when.value);
        let message =
            format!("this condition says nothing about the settings, because it does not use `self`{hint}");
        diag.error(when.span, message);
    }
}

fn expression(section: &Section, span: Span, expr: &TokenStream, diag: &Diag) {
    let uses = self_uses(expr);
    uses.fields.iter().filter_map(|names| names.first()).for_each(|field| exists(section, field, diag));
    if uses.fields.is_empty() && !uses.whole {
        let hint = hint(section, expr);
        diag.error(
            span,
            format!("this check says nothing about the settings, because it does not use `self`{hint}"),
        );
    }
}

fn hint(section: &Section, expr: &TokenStream) -> String {
    lone_field(section, expr).map(|field| format!("; did you mean `self.{field}`?")).unwrap_or_default()
}

fn exists(section: &Section, field: &Ident, diag: &Diag) {
    let name = field.unraw().to_string();
    if section.fields.iter().any(|field| field.name == name) {
        return;
    }
    let fields: Vec<&str> = section.fields.iter().map(|field| field.name.as_str()).collect();
    diag.error(field.span(), format!("there is no field `{name}`{}", did_you_mean(&name, "fields", &fields)));
}

/// Finds a field that is named without `self.`.
fn lone_field(section: &Section, tokens: &TokenStream) -> Option<Ident> {
    tokens.clone().into_iter().find_map(|token| match token {
        TokenTree::Ident(word) => section.fields.iter().any(|field| word == field.name).then_some(word),
        TokenTree::Group(group) => lone_field(section, &group.stream()),
        _ => None,
    })
}
