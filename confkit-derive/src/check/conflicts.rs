//! Keys that contradict each other, and keys without effect.

use proc_macro2::Span;
use syn::Expr;

use crate::diag::Diag;
use crate::model::{Content, Default, Field, Reader, Section};
use crate::parse::bare;
use crate::types;

/// Keys of which one field takes only one, with the reason.
const PAIRS: [(&str, &str, &str); 12] = [
    ("default", "default_fn", "keep the one that gives the value"),
    ("with", "parse", "`with` reads any value, `parse` reads text"),
    ("nested", "with", "a section is read by its own type"),
    ("nested", "parse", "a section is read by its own type"),
    ("flatten", "with", "a flattened type reads itself"),
    ("flatten", "parse", "a flattened type reads itself"),
    ("default", "required_if", "with a default the value is never absent"),
    ("default_fn", "required_if", "with a default the value is never absent"),
    ("default", "required_unless", "with a default the value is never absent"),
    ("default_fn", "required_unless", "with a default the value is never absent"),
    ("default", "required_with", "with a default the value is never absent"),
    ("default_fn", "required_with", "with a default the value is never absent"),
];

/// Keys that do nothing on a section, with the reason.
const ON_NESTED: [(&str, &str); 5] = [
    ("env_alias", "its variables are named after its own fields"),
    ("env_delimiter", "its variables are read by its own fields"),
    ("example", "its examples stand on its own fields"),
    ("unit", "its units stand on its own fields"),
    ("secret", "its type makes it secret, as in `Secret<…>`"),
];

/// Keys that do nothing on a flattened field, with the reason.
const ON_FLATTENED: [(&str, &str); 19] = [
    ("rename", "it has no key"),
    ("alias", "it has no key"),
    ("renamed_from", "it has no key"),
    ("deprecated", "put it on the flattened settings"),
    ("env", "it has no variable"),
    ("env_alias", "it has no variable"),
    ("env_delimiter", "it has no variable"),
    ("arg", "it has no argument"),
    ("default", "each flattened setting has its own"),
    ("default_fn", "each flattened setting has its own"),
    ("example", "each flattened setting has its own"),
    ("unit", "each flattened setting has its own"),
    ("required", "put it on the flattened settings"),
    ("required_if", "put it on the flattened settings"),
    ("required_unless", "put it on the flattened settings"),
    ("required_with", "put it on the flattened settings"),
    ("requires", "put it on the flattened settings"),
    ("conflicts_with", "put it on the flattened settings"),
    ("merge", "put it on the flattened settings"),
];

/// Without a key of its own, nothing tells whether it is there.
const FLATTENED_OPTION: &str = "flattened settings are always there: drop `Option` and make the settings inside optional, or write `nested`";

/// Runs every rule of this file.
pub(super) fn run(section: &Section, diag: &Diag) {
    for field in &section.fields {
        pairs(field, diag);
        match field.content {
            Content::Skipped => skipped(field, diag),
            Content::Nested => nested(field, diag),
            Content::Flattened | Content::Rest { .. } => flattened(field, diag),
            Content::Leaf(ref reader) => leaf(field, reader, diag),
        }
        optional(field, diag);
        required(field, diag);
        refined(field, diag);
    }
}

/// Two keys that cannot both decide.
fn pairs(field: &Field, diag: &Diag) {
    for (one, other, reason) in PAIRS {
        if let (Some(_), Some(span)) = (field.wrote(one), field.wrote(other)) {
            diag.error(span, format!("`{one}` and `{other}` exclude each other: {reason}"));
        }
    }
    if field.env.value == crate::model::Env::Skipped {
        for key in ["env_alias", "env_delimiter"] {
            if let Some(span) = field.wrote(key) {
                diag.error(
                    span,
                    format!("`env(skip)` and `{key}` exclude each other: the field has no variable"),
                );
            }
        }
    }
}

fn useless(key: &str, span: Span, on: &str, reason: &str, diag: &Diag) {
    diag.error(span, format!("`{key}` does nothing on {on}: {reason}"));
}

/// A skipped field is never read: only its default counts.
fn skipped(field: &Field, diag: &Diag) {
    for key in &field.written {
        if !matches!(key.value, "skip" | "default" | "default_fn") {
            useless(key.value, key.span, "a skipped field", "it is never read", diag);
        }
    }
}

fn nested(field: &Field, diag: &Diag) {
    for (key, reason) in ON_NESTED {
        if let Some(span) = field.wrote(key)
            && !(key == "secret" && types::is_secret(&field.ty))
        {
            useless(key, span, "a nested section", reason, diag);
        }
    }
    if let (Some(span), true) = (field.wrote("env"), field.env.value != crate::model::Env::Skipped) {
        let reason = "its variables are named after its own fields; `nested(env_prefix = \"…\")` changes their beginning";
        useless("env", span, "a nested section", reason, diag);
    }
    if let (Some(span), None) = (field.wrote("arg"), field.arg.skip) {
        let reason = "its arguments are named after its own fields; `arg(skip)` takes them all away";
        useless("arg", span, "a nested section", reason, diag);
    }
    if let Some(Default::Text(_) | Default::List(_)) = field.default.as_ref().map(|default| &default.value) {
        let span = field.default.as_ref().map_or_else(|| field.ident.span(), |default| default.span);
        diag.error(
            span,
            "a section cannot be read from a literal; write `default`, or an expression of its type",
        );
    }
}

fn flattened(field: &Field, diag: &Diag) {
    for (key, reason) in ON_FLATTENED {
        if let Some(span) = field.wrote(key) {
            useless(key, span, "a flattened field", reason, diag);
        }
    }
    let leaf_map = matches!(field.content, Content::Rest { nested: false });
    if let (Some(span), false) = (field.wrote("secret"), leaf_map) {
        useless("secret", span, "a flattened field", "each flattened setting says so itself", diag);
    }
    if let (Some(span), true) = (field.wrote("nested"), matches!(field.content, Content::Flattened)) {
        useless("nested", span, "a flattened field", "what is flattened is nested already", diag);
    }
    if types::element(&field.ty).is_some() {
        diag.error(field.ident.span(), "a list cannot be flattened; flatten a section or a map");
    }
    if types::option(&field.ty).is_some() {
        diag.over(&field.ty, FLATTENED_OPTION);
    }
}

fn leaf(field: &Field, reader: &Reader, diag: &Diag) {
    if let (Reader::Parse(_), Some(span)) = (reader, field.wrote("env_delimiter")) {
        diag.error(span, "`parse` and `env_delimiter` exclude each other: the function gets the whole text");
    }
    let Some(default) = &field.default else {
        return;
    };
    if let (Reader::Parse(_), Default::List(_)) = (reader, &default.value) {
        diag.error(
            default.span,
            "`parse` reads text, so its default is text or an expression of the field's type",
        );
    }
    if let (true, Default::Text(_) | Default::List(_)) = (field.is_secret(), &default.value) {
        diag.error(default.span, "a secret with a literal default is in the program for everyone to read; drop the default, or use `default_fn`");
    }
}

/// Defaults of an `Option` stand for what is inside.
fn optional(field: &Field, diag: &Diag) {
    if field.optional().is_none() || matches!(field.content, Content::Skipped) {
        return;
    }
    match field.default.as_ref().map(|default| (&default.value, default.span)) {
        Some((Default::Bare, span)) => {
            diag.error(span, "an absent `Option` is `None` already; drop `default`");
        }
        Some((Default::Expression(expr), _)) => match constructor(expr).as_deref() {
            Some("None") => {
                diag.over(expr, "an absent `Option` is `None` already; drop `default`");
            }
            Some("Some") => {
                diag.over(expr, "the default of an `Option` is written without `Some`");
            }
            _ => {}
        },
        _ => {}
    }
}

/// Returns `None` or `Some` if the expression is that constructor.
fn constructor(expr: &Expr) -> Option<String> {
    let path = match bare(expr) {
        Expr::Path(path) => path,
        Expr::Call(call) => match bare(&call.func) {
            Expr::Path(path) => path,
            _ => return None,
        },
        _ => return None,
    };
    path.path.segments.last().map(|segment| segment.ident.to_string())
}

/// Rules can be added to the fields of one section, not to those of many.
fn refined(field: &Field, diag: &Diag) {
    let Some(span) = field.wrote("refine") else { return };
    let one = types::element(&field.ty).is_none() && !types::is_map(&field.ty);
    match field.content {
        Content::Nested | Content::Flattened if one => {}
        Content::Nested | Content::Flattened | Content::Rest { .. } => {
            let message = "`refine` adds rules to one section; judge those of a list or map with `each`";
            diag.error(span, message);
        }
        Content::Leaf(_) => {
            let message =
                "`refine` adds rules to the fields of a section; put the rule on the field with `validate`";
            diag.error(span, message);
        }
        // Told as a key on a skipped field.
        Content::Skipped => {}
    }
}

/// What is always there cannot be required under a condition.
fn required(field: &Field, diag: &Diag) {
    let optional = field.optional().is_some();
    if let (Some(span), true) =
        (field.wrote("required"), field.has_key() && !field.required_profiles.is_empty())
    {
        let section = matches!(field.content, Content::Nested);
        if section && !optional {
            diag.error(
                span,
                "`required` on a section needs an `Option`; otherwise put it on the fields of the section",
            );
        } else if !optional && field.default.is_none() {
            diag.error(
                span,
                format!(
                    "`{}` is always required already; make it an `Option` or give it a default",
                    field.name
                ),
            );
        }
    }
}
