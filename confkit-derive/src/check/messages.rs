//! Declared messages: placeholders that exist, and nothing secret.

use crate::diag::{Diag, did_you_mean};
use crate::expand::self_uses;
use crate::model::{At, CheckKind, Rule, RuleKind, Section, Terms};

/// Checks the messages of all rules.
pub(super) fn run(section: &Section, diag: &Diag) {
    for field in &section.fields {
        field.rules.iter().for_each(|rule| of_rule(rule, field.is_secret(), diag));
        // Of a field inside the declaration does not know whether it is secret; the runtime does.
        let refined = field.refinements.iter().flat_map(|refinement| &refinement.rules);
        refined.for_each(|rule| of_rule(rule, false, diag));
    }
    for check in &section.checks {
        let fields: Vec<String> = match &check.kind {
            CheckKind::Expression(expr) => self_uses(expr).fields.iter().map(dotted).collect(),
            CheckKind::Function { fields, .. } => fields.iter().map(dotted).collect(),
            CheckKind::Group { .. } | CheckKind::Schema(_) => vec!["path".to_owned()],
        };
        let Some(message) = &check.terms.message else { continue };
        let known: Vec<&str> = fields.iter().map(String::as_str).collect();
        for name in placeholders(message) {
            known_or_near(message, &name, &known, diag);
            if section.fields.iter().any(|field| field.name == name && field.is_secret()) {
                shows_secret(message, &name, diag);
            }
        }
    }
}

fn dotted(names: &crate::model::Names) -> String {
    use syn::ext::IdentExt as _;
    names.iter().map(|name| name.unraw().to_string()).collect::<Vec<_>>().join(".")
}

fn of_rule(rule: &Rule, secret: bool, diag: &Diag) {
    if let Terms { message: Some(message), .. } = &rule.terms {
        let mut known = vec!["path", "field"];
        if !rule.kind.is_about_presence() {
            known.push("value");
        }
        known.extend(params(&rule.kind));
        for name in placeholders(message) {
            known_or_near(message, &name, &known, diag);
            if name == "value" && secret {
                shows_secret(message, &name, diag);
            }
        }
    }
    rule.kind.inner().iter().for_each(|rule| of_rule(rule, secret, diag));
}

/// What a rule says besides the value.
fn params(kind: &RuleKind) -> Vec<&'static str> {
    let given = |name, there: bool| there.then_some(name);
    match kind {
        RuleKind::Range { min, max } => {
            [given("min", min.is_some()), given("max", max.is_some())].into_iter().flatten().collect()
        }
        RuleKind::Length { min, max, equal } => {
            let names = [("min", min), ("max", max), ("equal", equal)];
            names.into_iter().filter_map(|(name, limit)| given(name, limit.is_some())).collect()
        }
        RuleKind::OneOf(_) => vec!["allowed"],
        RuleKind::Regex(_) | RuleKind::Contains(_) | RuleKind::DoesNotContain(_) => vec!["pattern"],
        RuleKind::MustMatch(_) => vec!["other"],
        _ => Vec::new(),
    }
}

fn known_or_near(message: &At<String>, name: &str, known: &[&str], diag: &Diag) {
    if known.contains(&name) {
        return;
    }
    let end = did_you_mean(name, "placeholders", known);
    diag.error(message.span, format!("there is no placeholder `{{{name}}}` here{end}"));
}

fn shows_secret(message: &At<String>, name: &str, diag: &Diag) {
    diag.error(
        message.span,
        format!("`{{{name}}}` would show a secret; say what is wrong without its value"),
    );
}

/// Returns the names in braces. Doubled braces stand for themselves, and what has blanks inside is text.
fn placeholders(message: &At<String>) -> Vec<String> {
    let text = message.value.replace("{{", "").replace("}}", "");
    let parts = text.split('{').skip(1).filter_map(|part| part.split_once('}'));
    let is_name = |name: &str| {
        !name.is_empty() && name.chars().all(|letter| letter.is_alphanumeric() || "_.".contains(letter))
    };
    parts.map(|(name, _)| name.to_owned()).filter(|name| is_name(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::placeholders;
    use crate::model::At;

    #[test]
    fn names_in_braces_are_found() {
        let of = |text: &str| placeholders(&At::new(proc_macro2::Span::call_site(), text.to_owned()));
        assert_eq!(of("{min} to {max}, {{not}} { this }"), ["min", "max"]);
        assert_eq!(of("{pool.min}"), ["pool.min"]);
    }
}
