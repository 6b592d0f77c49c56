//! Fields of structs.

use darling::FromMeta;
use darling::ast::NestedMeta;
use syn::Ident;
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;

use super::arg::ArgForm;
use super::forms::{
    DefaultForm, Delimiter, DeprecatedForm, EnvForm, Function, Literal, NestedForm, RequiredForm, SecretForm,
};
use super::merge::MergeForm;
use super::rules::{ConditionForm, FieldsForm, RefineForm, Rules};
use super::serde_attrs::{self, OnField};
use super::value::{Text, Word, Written, bare, literal, take, take_all};
use super::{config_items, doc, written};
use crate::diag::Diag;
use crate::keys::Place;
use crate::model::{Arg, At, Content, Default, Env, Field, Reader, Rule, RuleKind, Secret, Terms};
use crate::names::{self, RenameAll};
use crate::types;

/// The keys of fields, as darling sorts them.
#[derive(Debug, FromMeta)]
struct FieldKeys {
    default: Option<Written<DefaultForm>>,
    default_fn: Option<Written<Function>>,
    nested: Option<Written<NestedForm>>,
    flatten: Option<Written<Word>>,
    skip: Option<Written<Word>>,
    rename: Option<Written<Text>>,
    #[darling(multiple)]
    alias: Vec<Written<Text>>,
    #[darling(multiple)]
    renamed_from: Vec<Written<Text>>,
    deprecated: Option<Written<DeprecatedForm>>,
    env: Option<Written<EnvForm>>,
    #[darling(multiple)]
    env_alias: Vec<Written<Text>>,
    env_delimiter: Option<Written<Delimiter>>,
    arg: Option<Written<ArgForm>>,
    secret: Option<Written<SecretForm>>,
    with: Option<Written<Function>>,
    parse: Option<Written<Function>>,
    #[darling(multiple)]
    validate: Vec<Written<Rules>>,
    #[darling(multiple)]
    required_if: Vec<Written<ConditionForm>>,
    #[darling(multiple)]
    required_unless: Vec<Written<ConditionForm>>,
    #[darling(multiple)]
    required_with: Vec<Written<FieldsForm>>,
    #[darling(multiple)]
    requires: Vec<Written<FieldsForm>>,
    #[darling(multiple)]
    conflicts_with: Vec<Written<FieldsForm>>,
    #[darling(multiple)]
    refine: Vec<Written<RefineForm>>,
    #[darling(multiple)]
    required: Vec<Written<RequiredForm>>,
    merge: Option<Written<MergeForm>>,
    example: Option<Written<Literal>>,
    unit: Option<Written<Text>>,
    hidden: Option<Written<Word>>,
}

/// Reads one named field.
pub(super) fn field(field: &syn::Field, ident: &Ident, spelling: Option<RenameAll>, diag: &Diag) -> Field {
    let mut items = config_items(&field.attrs, Place::Field, diag);
    let mut judges_itself = None;
    for attr in field.attrs.iter().filter(|attr| attr.path().is_ident("validate")) {
        let (rules, nested) = super::validator::without_nested(&attr.meta);
        items.extend(rules.map(NestedMeta::Meta));
        judges_itself = judges_itself.or(nested);
    }
    let serde = serde_attrs::on_field(&field.attrs, diag);
    let written = written(&items, Place::Field);
    let mut model = plain(field, ident, spelling, &serde, diag);
    model.written = written;
    if let Some(keys) = diag.take(FieldKeys::from_list(&items).map_err(syn::Error::from)) {
        apply(keys, &mut model, &serde, diag);
    }
    // The rules of a section are judged anyway.
    if let (Some(span), Content::Leaf(_)) = (judges_itself, &model.content) {
        model.rules.push(Rule { span, kind: RuleKind::Validator, terms: Terms::default() });
    }
    if !model.has_key() {
        model.key.value.clear();
        model.env_segment.clear();
    }
    model
}

/// Reads a field as far as serde describes it.
fn plain(
    field: &syn::Field,
    ident: &Ident,
    spelling: Option<RenameAll>,
    serde: &OnField,
    diag: &Diag,
) -> Field {
    let name = ident.unraw().to_string();
    let key = match &serde.rename {
        Some(rename) => rename.clone(),
        None => {
            At::new(ident.span(), spelling.map_or_else(|| name.clone(), |spelling| spelling.field(&name)))
        }
    };
    if let (Some(span), Some(_)) = (serde.flatten, &serde.with) {
        diag.error(span, "`flatten` and `with` exclude each other; keep one");
    }
    let content = match &serde.with {
        _ if serde.skip.is_some() => Content::Skipped,
        _ if serde.flatten.is_some() => flattened(&field.ty, false),
        Some(with) => Content::Leaf(Reader::With(with.value.clone())),
        None => Content::Leaf(Reader::Deserialize),
    };
    let default = serde.default.as_ref().and_then(|default| match &default.value {
        Some(path) => Some(At::new(default.span, Default::Function(path.clone()))),
        // An absent `Option` is `None` anyway.
        None if types::option(&field.ty).is_some() => None,
        None => Some(At::new(default.span, Default::Bare)),
    });
    Field {
        name,
        ty: field.ty.clone(),
        docs: doc::docs(&field.attrs),
        env_segment: names::env_segment(&key.value),
        env: At::new(ident.span(), Env::Derived),
        ident: ident.clone(),
        key,
        aliases: serde.aliases.clone(),
        renamed_from: Vec::new(),
        deprecated: None,
        content,
        default,
        env_aliases: Vec::new(),
        env_segment_written: false,
        env_delimiter: None,
        arg: Arg::default(),
        secret: None,
        required_profiles: Vec::new(),
        merge: None,
        rules: Vec::new(),
        refinements: Vec::new(),
        example: None,
        unit: None,
        hidden: false,
        written: Vec::new(),
    }
}

/// Applies our own keys, which win over serde's.
fn apply(keys: FieldKeys, field: &mut Field, serde: &OnField, diag: &Diag) {
    renames(&mut *field, keys.rename, keys.alias, serde, diag);
    field.renamed_from =
        take_all(keys.renamed_from, diag).into_iter().map(|old| At::new(old.span, old.value.0)).collect();
    field.deprecated = take(keys.deprecated, diag).map(|deprecated| deprecated.value.0);
    let prefix = content(&mut *field, keys.nested, [keys.flatten, keys.skip], [keys.with, keys.parse], diag);
    if let Some(prefix) = prefix {
        prefix.value.trim_end_matches('_').clone_into(&mut field.env_segment);
        field.env_segment_written = true;
    }
    defaults(&mut *field, keys.default, keys.default_fn, diag);
    if let Some(env) = take(keys.env, diag) {
        let value = match env.value {
            EnvForm::Marked => Env::Marked,
            EnvForm::Named(name) => Env::Named(name),
            EnvForm::Skip => Env::Skipped,
        };
        field.env = At::new(env.span, value);
    }
    field.env_aliases =
        take_all(keys.env_alias, diag).into_iter().map(|alias| At::new(alias.span, alias.value.0)).collect();
    field.env_delimiter = take(keys.env_delimiter, diag).map(|delimiter| delimiter.value.0);
    field.arg = take(keys.arg, diag).and_then(|arg| arg.value.of(&field.key.value, diag)).unwrap_or_default();
    field.secret =
        take(keys.secret, diag).map(|secret| Secret { span: secret.span, plain: secret.value.plain });
    field.rules = take_all(keys.validate, diag).into_iter().flat_map(|rules| rules.value.0).collect();
    for (written, kind) in [(keys.required_if, condition(false)), (keys.required_unless, condition(true))] {
        field.rules.extend(take_all(written, diag).into_iter().map(|rule| {
            let ConditionForm { field, value, terms } = rule.value;
            Rule { span: rule.span, kind: kind(field, value), terms }
        }));
    }
    let others: [(_, fn(Vec<Ident>) -> RuleKind); 3] = [
        (keys.required_with, RuleKind::RequiredWith),
        (keys.requires, RuleKind::Requires),
        (keys.conflicts_with, RuleKind::ConflictsWith),
    ];
    for (written, kind) in others {
        field.rules.extend(take_all(written, diag).into_iter().map(|rule| Rule {
            span: rule.span,
            kind: kind(rule.value.fields),
            terms: rule.value.terms,
        }));
    }
    field.refinements = take_all(keys.refine, diag).into_iter().map(|refine| refine.value.0).collect();
    field.required_profiles =
        take_all(keys.required, diag).into_iter().flat_map(|required| required.value.0).collect();
    field.merge = take(keys.merge, diag).map(|merge| At::new(merge.span, merge.value.0));
    field.example = take(keys.example, diag).map(|example| example.value.0);
    field.unit = take(keys.unit, diag).map(|unit| unit.value.0);
    field.hidden = take(keys.hidden, diag).is_some();
}

/// Makes a rule that depends on the value of another field.
fn condition(unless: bool) -> impl Fn(Ident, syn::Expr) -> RuleKind {
    move |field, value| {
        let value = Box::new(value);
        if unless { RuleKind::RequiredUnless { field, value } } else { RuleKind::RequiredIf { field, value } }
    }
}

fn renames(
    field: &mut Field,
    rename: Option<Written<Text>>,
    alias: Vec<Written<Text>>,
    serde: &OnField,
    diag: &Diag,
) {
    if let Some(rename) = take(rename, diag) {
        if let Some(theirs) = serde.rename.as_ref().filter(|theirs| theirs.value != rename.value.0) {
            let message = format!(
                "`rename` differs from `#[serde(rename = \"{}\")]`; keep one, or make them equal",
                theirs.value
            );
            diag.error(rename.span, message);
        }
        field.env_segment = names::env_segment(&rename.value.0);
        field.key = At::new(rename.span, rename.value.0);
    }
    for alias in take_all(alias, diag) {
        if !field.aliases.iter().any(|other| other.value == alias.value.0) {
            field.aliases.push(At::new(alias.span, alias.value.0));
        }
    }
}

/// Decides what the field holds; returns the prefix of a nested section.
fn content(
    field: &mut Field,
    nested: Option<Written<NestedForm>>,
    [flatten, skip]: [Option<Written<Word>>; 2],
    [with, parse]: [Option<Written<Function>>; 2],
    diag: &Diag,
) -> Option<At<String>> {
    let (nested, flatten, skip) = (take(nested, diag), take(flatten, diag), take(skip, diag));
    let (with, parse) = (take(with, diag), take(parse, diag));
    let flatten = flatten.is_some() || matches!(field.content, Content::Flattened | Content::Rest { .. });
    let read_by_serde = matches!(field.content, Content::Leaf(Reader::With(_)));
    if skip.is_some() || matches!(field.content, Content::Skipped) {
        field.content = Content::Skipped;
    } else if flatten {
        field.content = flattened(&field.ty, nested.is_some());
    } else if let Some(nested) = &nested {
        if read_by_serde {
            diag.error(nested.span, "`nested` and `#[serde(with)]` exclude each other; keep one");
        }
        field.content = Content::Nested;
    } else if let Some(with) = with {
        field.content = Content::Leaf(Reader::With(with.value.0));
    } else if let Some(parse) = parse {
        field.content = Content::Leaf(Reader::Parse(parse.value.0));
    }
    nested.and_then(|nested| nested.value.env_prefix)
}

fn flattened(ty: &syn::Type, nested: bool) -> Content {
    if types::is_map(ty) { Content::Rest { nested } } else { Content::Flattened }
}

fn defaults(
    field: &mut Field,
    default: Option<Written<DefaultForm>>,
    function: Option<Written<Function>>,
    diag: &Diag,
) {
    if let Some(function) = take(function, diag) {
        field.default = Some(At::new(function.span, Default::Function(function.value.0)));
    }
    let Some(default) = take(default, diag) else {
        return;
    };
    let value = match default.value {
        DefaultForm::Bare => At::new(default.span, Default::Bare),
        // A skipped field reads no text, so that its default is always an expression.
        DefaultForm::Value(expr) if matches!(field.content, Content::Skipped) => {
            At::new(expr.span(), Default::Expression(expr))
        }
        DefaultForm::Value(expr) => At::new(expr.span(), value(*expr)),
    };
    field.default = Some(value);
}

/// Sorts a default into text, a list of texts and anything else.
fn value(expr: syn::Expr) -> Default {
    if let Some(text) = literal(&expr) {
        return Default::Text(text);
    }
    if let syn::Expr::Array(array) = bare(&expr)
        && let Some(list) = array.elems.iter().map(literal).collect()
    {
        return Default::List(list);
    }
    Default::Expression(Box::new(expr))
}
