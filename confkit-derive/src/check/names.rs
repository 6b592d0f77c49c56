//! Keys, variables and profiles.

use proc_macro2::Span;

use crate::diag::Diag;
use crate::model::{At, Content, Env, Field, Section};
use crate::names;

/// Checks every name that a section declares.
pub(super) fn run(section: &Section, diag: &Diag) {
    keys(section, diag);
    old_keys(section, diag);
    relaxed_keys(section, diag);
    rest(section, diag);
    variables(section, diag);
    variable_names(section, diag);
    dotenv(section, diag);
    profiles(section, diag);
}

/// Refuses two fields that answer to one key.
fn keys(section: &Section, diag: &Diag) {
    let mut seen: Vec<(&At<String>, &Field)> = Vec::new();
    for field in section.fields.iter().filter(|field| field.has_key()) {
        for key in field.keys() {
            match seen.iter().find(|(other, _)| other.value == key.value) {
                Some((_, other)) if other.name == field.name => {
                    let is_alias = field.aliases.iter().any(|alias| std::ptr::eq(alias, key));
                    let message = if is_alias {
                        format!("`{}` is the key of this field already; drop the alias", key.value)
                    } else {
                        format!("`{}` is a key of this field already; drop this `renamed_from`", key.value)
                    };
                    diag.error(key.span, message);
                }
                Some((_, other)) => {
                    diag.error(
                        key.span,
                        format!(
                            "two settings have the key `{}`: `{}` and `{}`",
                            key.value, other.name, field.name
                        ),
                    );
                }
                None => seen.push((key, field)),
            }
        }
    }
}

/// Refuses paths where a key is meant.
fn old_keys(section: &Section, diag: &Diag) {
    for old in section.fields.iter().flat_map(|field| &field.renamed_from) {
        if old.value.contains(['.', '[']) {
            let message = format!(
                "`renamed_from` takes an old key of the same section, and `{}` is a path; keep the old field with `deprecated`, as an `Option`",
                old.value
            );
            diag.error(old.span, message);
        }
    }
}

/// Refuses two fields whose keys are alike where other spellings are accepted.
fn relaxed_keys(section: &Section, diag: &Diag) {
    if section.relaxed_keys.is_none() {
        return;
    }
    let mut seen: Vec<(&At<String>, &Field)> = Vec::new();
    for field in section.fields.iter().filter(|field| field.has_key()) {
        for key in field.keys() {
            let alike = |(other, of): &&(&At<String>, &Field)| {
                of.name != field.name && other.value != key.value && names::alike(&other.value, &key.value)
            };
            if let Some((other, of)) = seen.iter().find(alike) {
                let message = format!(
                    "`relaxed_keys` cannot tell `{}` of `{}` from `{}` of `{}`; rename one of them",
                    key.value, field.name, other.value, of.name
                );
                diag.error(key.span, message);
            }
            seen.push((key, field));
        }
    }
}

/// Refuses `relaxed_keys` where no key could be written in another spelling.
pub(super) fn relaxes_something<'s>(
    written: Option<Span>,
    sections: impl IntoIterator<Item = &'s Section>,
    diag: &Diag,
) {
    let mut fields = sections.into_iter().flat_map(|section| &section.fields);
    if let (Some(span), false) = (written, fields.any(Field::has_key)) {
        diag.error(span, "`relaxed_keys` does nothing here: no field has a key of its own");
    }
}

/// Refuses a second map that would take all other keys.
fn rest(section: &Section, diag: &Diag) {
    let mut maps = section.fields.iter().filter(|field| matches!(field.content, Content::Rest { .. }));
    if let (Some(first), Some(second)) = (maps.next(), maps.next()) {
        let message =
            format!("only one flattened map can take the other keys; `{}` does already", first.name);
        diag.error(second.ident.span(), message);
    }
}

/// Refuses two fields that are set by one variable, as far as one type shows it.
fn variables(section: &Section, diag: &Diag) {
    let prefix = section.loading.env_prefix.as_ref().map(|prefix| prefix.value.as_str());
    let mut seen: Vec<(String, &Field)> = Vec::new();
    for field in section.fields.iter().filter(|field| field.has_key() && field.env.value != Env::Skipped) {
        for name in own_variables(field, prefix) {
            let Some((_, other)) = seen.iter().find(|(seen, _)| *seen == name.value) else {
                seen.push((name.value, field));
                continue;
            };
            let alike = section.relaxed_keys.is_some() && names::alike(&other.key.value, &field.key.value);
            if other.name != field.name && (alike || other.key.value == field.key.value) {
                // The keys were refused already.
                continue;
            }
            let shown = name.value.trim_start_matches('…');
            if other.name == field.name {
                diag.error(name.span, format!("`{shown}` is the variable of this field already; drop it"));
            } else {
                let message = format!(
                    "two settings are set by the variable `{shown}`: `{}` and `{}`",
                    other.name, field.name
                );
                diag.error(name.span, message);
            }
        }
    }
}

/// Returns the field's variables. Without a known prefix a derived name starts with `…`, so that it
/// equals no absolute one.
fn own_variables(field: &Field, prefix: Option<&str>) -> Vec<At<String>> {
    let start = prefix.map_or_else(|| "…".to_owned(), |prefix| format!("{prefix}_"));
    let derived = At::new(field.key.span, format!("{start}{}", field.env_segment));
    let mut names = if let Env::Named(name) = &field.env.value {
        vec![At::new(field.env.span, name.clone())]
    } else {
        let formers = field.env_formers().into_iter().filter(|former| !former.value.is_empty());
        let formers = formers.map(|former| At::new(former.span, format!("{start}{}", former.value)));
        std::iter::once(derived).chain(formers).collect()
    };
    names.extend(field.env_aliases.iter().cloned());
    if field.is_secret() && matches!(field.content, Content::Leaf(_)) {
        // A secret may also be read from the file that `NAME_FILE` names. Where the prefix is not
        // known, perhaps nothing is read from variables at all.
        let absolute = names.iter().filter(|name| !name.value.starts_with('…'));
        let files = absolute.map(|name| At::new(name.span, format!("{}_FILE", name.value)));
        names.extend(files.collect::<Vec<_>>());
    }
    names
}

/// Refuses names that no variable can have.
fn variable_names(section: &Section, diag: &Diag) {
    let mut names: Vec<(&At<String>, &str)> = Vec::new();
    names.extend(section.loading.env_prefix.as_ref().map(|name| (name, "`env_prefix`")));
    names.extend(section.loading.profile_env.as_ref().map(|name| (name, "`profile_env`")));
    for field in &section.fields {
        names.extend(field.env_aliases.iter().map(|name| (name, "`env_alias`")));
        if let Env::Named(name) = &field.env.value {
            bad_variable(name, "`env`", field.env.span, diag);
        }
        if matches!(field.content, Content::Nested) {
            let span = field.wrote("nested").unwrap_or_else(|| field.ident.span());
            bad_variable(&field.env_segment, "the variable segment", span, diag);
        }
    }
    for (name, key) in names {
        bad_variable(&name.value, key, name.span, diag);
    }
}

fn bad_variable(name: &str, what: &str, span: Span, diag: &Diag) {
    if name.is_empty() {
        diag.error(span, format!("{what} cannot be empty"));
    } else if name.contains(['=', '\0']) {
        diag.error(span, format!("{what} cannot contain `=` or a zero byte, because no variable can"));
    }
}

/// Refuses a file of variables for a type that has none.
fn dotenv(section: &Section, diag: &Diag) {
    let may_have = |field: &Field| {
        let is_inside = matches!(field.content, Content::Nested | Content::Flattened);
        is_inside || matches!(field.env.value, Env::Named(_) | Env::Marked) || !field.env_aliases.is_empty()
    };
    if section.loading.env_prefix.is_some() || section.fields.iter().any(may_have) {
        return;
    }
    for path in &section.loading.dotenv {
        let message = "`dotenv` gives nothing, since no setting has a variable; add `env_prefix = \"…\"`, or `env` to fields";
        diag.error(path.span, message);
    }
}

/// Refuses names that no profile can have.
fn profiles(section: &Section, diag: &Diag) {
    let fields = section.fields.iter().flat_map(|field| &field.required_profiles);
    for profile in section.loading.profiles.iter().chain(fields) {
        let known = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-');
        if profile.value.is_empty() || !profile.value.chars().all(known) {
            let message =
                format!("\"{}\" cannot be a profile; write letters, digits, `_` and `-`", profile.value);
            diag.error(profile.span, message);
        }
    }
    let mut seen: Vec<&str> = Vec::new();
    for profile in &section.loading.profiles {
        if seen.contains(&profile.value.as_str()) {
            diag.error(profile.span, format!("duplicate profile \"{}\"; write it once", profile.value));
        }
        seen.push(&profile.value);
    }
}
