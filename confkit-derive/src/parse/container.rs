//! Structs with named fields, and the keys of types.

use darling::FromMeta;
use darling::ast::NestedMeta;
use proc_macro2::Span;
use syn::{DeriveInput, FieldsNamed, Path, Type, WherePredicate};

use super::forms::{Bound, Crate, Facts, Function, Pattern, Policy, Spelling, Texts};
use super::rules::{CheckForm, CheckWithForm, FieldsForm, SchemaForm};
use super::serde_attrs::{self, OnType};
use super::value::{Text, Word, Written, take, take_all};
use super::version::Version;
use super::{config_items, default_krate, doc, field, newtype, refuse_validate, validator, written};
use crate::diag::Diag;
use crate::keys::Place;
use crate::model::{
    At, Body, Check, CheckKind, Content, DeclaredFile, Default, Group, Input, Loading, Section, Unknown,
    Versions,
};
use crate::names::RenameAll;

/// The keys of types, as darling sorts them.
#[derive(Debug, FromMeta)]
pub(super) struct TypeKeys {
    env_prefix: Option<Written<Text>>,
    #[darling(multiple)]
    file: Vec<Written<Pattern>>,
    #[darling(multiple)]
    optional_file: Vec<Written<Pattern>>,
    #[darling(multiple)]
    dir: Vec<Written<Pattern>>,
    #[darling(multiple)]
    optional_dir: Vec<Written<Pattern>>,
    #[darling(multiple)]
    secrets_dir: Vec<Written<Pattern>>,
    #[darling(multiple)]
    dotenv: Vec<Written<Pattern>>,
    profile_env: Option<Written<Text>>,
    profiles: Option<Written<Texts>>,
    args: Option<Written<Word>>,
    version: Option<Written<Version>>,
    version_key: Option<Written<Text>>,
    migrations: Option<Written<Function>>,
    rename_all: Option<Written<Spelling>>,
    pub(super) context: Option<Written<Facts>>,
    pub(super) unknown_keys: Option<Written<Policy>>,
    pub(super) relaxed_keys: Option<Written<Word>>,
    #[darling(multiple)]
    check: Vec<Written<CheckForm>>,
    #[darling(multiple)]
    check_with: Vec<Written<CheckWithForm>>,
    #[darling(multiple)]
    json_schema: Vec<Written<SchemaForm>>,
    #[darling(multiple)]
    exactly_one_of: Vec<Written<FieldsForm>>,
    #[darling(multiple)]
    at_least_one_of: Vec<Written<FieldsForm>>,
    #[darling(multiple)]
    at_most_one_of: Vec<Written<FieldsForm>>,
    #[darling(rename = "crate")]
    krate: Option<Written<Crate>>,
    bound: Option<Written<Bound>>,
}

/// The keys of a type with what all kinds of type share already taken.
pub(super) struct OfType {
    pub(super) keys: Option<TypeKeys>,
    pub(super) serde: OnType,
    pub(super) krate: Path,
    pub(super) bound: Option<Vec<WherePredicate>>,
    pub(super) items: Vec<NestedMeta>,
}

/// Reads the attributes of a type.
pub(super) fn of_type(input: &DeriveInput, serde: OnType, place: Place, diag: &Diag) -> OfType {
    let mut items = config_items(&input.attrs, place, diag);
    if place == Place::Struct {
        items.extend(validator::items(&input.attrs, diag));
    } else {
        refuse_validate(&input.attrs, place, diag);
    }
    let mut keys = diag.take(TypeKeys::from_list(&items).map_err(syn::Error::from));
    let krate = take(keys.as_mut().and_then(|keys| keys.krate.take()), diag);
    let bound = take(keys.as_mut().and_then(|keys| keys.bound.take()), diag);
    OfType {
        keys,
        serde,
        krate: krate.map_or_else(default_krate, |krate| krate.value.0),
        bound: bound.map(|bound| bound.value.0),
        items,
    }
}

impl OfType {
    /// Returns the spelling of names; ours wins, but two different ones are refused.
    pub(super) fn rename_all(&mut self, diag: &Diag) -> Option<RenameAll> {
        let ours = take(self.keys.as_mut().and_then(|keys| keys.rename_all.take()), diag)
            .map(|ours| At::new(ours.span, ours.value.0));
        if let (Some(ours), Some(theirs)) = (&ours, &self.serde.rename_all)
            && ours.value != theirs.value
        {
            diag.error(
                ours.span,
                "`rename_all` differs from `#[serde(rename_all = …)]`; keep one, or make them equal",
            );
        }
        ours.or(self.serde.rename_all.take()).map(|spelling| spelling.value)
    }

    /// Returns where it is written that other spellings of keys are accepted.
    pub(super) fn relaxed_keys(&mut self, diag: &Diag) -> Option<Span> {
        take(self.keys.as_mut().and_then(|keys| keys.relaxed_keys.take()), diag).map(|word| word.span)
    }

    /// Returns the type of the context.
    pub(super) fn context(&mut self, diag: &Diag) -> Option<At<Type>> {
        let context = take(self.keys.as_mut().and_then(|keys| keys.context.take()), diag);
        context.map(|context| At::new(context.span, context.value.0))
    }

    /// Assembles the whole input.
    pub(super) fn input(self, input: &DeriveInput, body: Body) -> Input {
        Input {
            ident: input.ident.clone(),
            generics: input.generics.clone(),
            krate: self.krate,
            docs: doc::docs(&input.attrs),
            bound: self.bound,
            body,
        }
    }
}

/// Reads a struct with named fields.
pub(super) fn section(input: &DeriveInput, fields: &FieldsNamed, diag: &Diag) -> Input {
    let serde = serde_attrs::on_type(&input.attrs, diag);
    if let Some(span) = serde.transparent {
        if let (1, Some(field)) = (fields.named.len(), fields.named.first()) {
            return newtype::transparent(input, field, serde, diag);
        }
        diag.error(span, "`#[serde(transparent)]` needs exactly one field");
    }
    refuse_tagging(&serde, diag);
    let mut of = of_type(input, serde, Place::Struct, diag);
    let spelling = of.rename_all(diag);
    if let Some(conversion) = of.serde.conversion.take() {
        refuse_inside(&of, fields, diag);
        return of.input(input, Body::Converted(conversion.value));
    }
    let base = of.serde.base.take().map(|base| base.value);
    let fields = fields.named.iter().filter_map(|field| {
        let mut field = field::field(field, field.ident.as_ref()?, spelling, diag);
        if base.is_some()
            && field.default.is_none()
            && !matches!(field.content, Content::Flattened | Content::Rest { .. })
        {
            field.default = Some(At::new(field.ident.span(), Default::Base));
        }
        Some(field)
    });
    let fields = fields.collect();
    let context = of.context(diag).map(|context| context.value);
    let relaxed_keys = of.relaxed_keys(diag);
    let denied = of.serde.deny_unknown_fields.then_some(Unknown::Deny);
    let items = std::mem::take(&mut of.items);
    let section = match of.keys.take() {
        Some(mut keys) => Section {
            context,
            unknown_keys: take(keys.unknown_keys.take(), diag).map(|policy| policy.value.0).or(denied),
            relaxed_keys,
            base,
            checks: checks(&mut keys, diag),
            loading: loading(keys, &items, diag),
            fields,
        },
        None => Section {
            context,
            loading: <Loading as std::default::Default>::default(),
            unknown_keys: denied,
            relaxed_keys,
            base,
            checks: Vec::new(),
            fields,
        },
    };
    of.input(input, Body::Section(section))
}

/// Refuses what names variants: a struct has none.
pub(super) fn refuse_tagging(serde: &OnType, diag: &Diag) {
    let spans = [
        ("tag", serde.tag.as_ref().map(|tag| tag.span)),
        ("content", serde.content.as_ref().map(|content| content.span)),
        ("untagged", serde.untagged),
        ("rename_all_fields", serde.rename_all_fields.as_ref().map(|spelling| spelling.span)),
    ];
    for (name, span) in spans.into_iter().filter_map(|(name, span)| Some((name, span?))) {
        diag.error(span, format!("`#[serde({name})]` belongs on an enum, not on a struct; remove it"));
    }
}

/// Takes the rules over several fields.
fn checks(keys: &mut TypeKeys, diag: &Diag) -> Vec<Check> {
    let check = take_all(std::mem::take(&mut keys.check), diag).into_iter().map(|check| Check {
        span: check.span,
        kind: CheckKind::Expression(check.value.expr),
        terms: check.value.terms,
    });
    let mut checks: Vec<Check> = check.collect();
    checks.extend(take_all(std::mem::take(&mut keys.check_with), diag).into_iter().map(|check| {
        let CheckWithForm { path, fields, context, terms } = check.value;
        Check { span: check.span, kind: CheckKind::Function { path, fields, context }, terms }
    }));
    checks.extend(take_all(std::mem::take(&mut keys.json_schema), diag).into_iter().map(|check| Check {
        span: check.span,
        kind: CheckKind::Schema(check.value.schema),
        terms: check.value.terms,
    }));
    let groups = [
        (&mut keys.exactly_one_of, Group::Exactly),
        (&mut keys.at_least_one_of, Group::AtLeast),
        (&mut keys.at_most_one_of, Group::AtMost),
    ];
    for (written, which) in groups {
        checks.extend(take_all(std::mem::take(written), diag).into_iter().map(|group| Check {
            span: group.span,
            kind: CheckKind::Group { which, fields: group.value.fields },
            terms: group.value.terms,
        }));
    }
    checks
}

fn loading(keys: TypeKeys, items: &[NestedMeta], diag: &Diag) -> Loading {
    let text =
        |written: Option<Written<Text>>| take(written, diag).map(|text| At::new(text.span, text.value.0));
    let of_files = Files {
        file: keys.file,
        optional_file: keys.optional_file,
        dir: keys.dir,
        optional_dir: keys.optional_dir,
    };
    Loading {
        env_prefix: text(keys.env_prefix)
            .map(|prefix| At::new(prefix.span, prefix.value.trim_end_matches('_').to_owned())),
        files: files(of_files, items, diag),
        secrets_dirs: patterns(keys.secrets_dir, diag),
        dotenv: patterns(keys.dotenv, diag),
        profile_env: text(keys.profile_env),
        profiles: take(keys.profiles, diag).map(|profiles| profiles.value.0).unwrap_or_default(),
        args: take(keys.args, diag).is_some(),
        versions: Box::new(Versions {
            version: take(keys.version, diag).map(|version| version.value.0),
            key: text(keys.version_key),
            migrations: take(keys.migrations, diag).map(|path| At::new(path.span, path.value.0)),
        }),
    }
}

fn patterns(written: Vec<Written<Pattern>>, diag: &Diag) -> Vec<At<String>> {
    take_all(written, diag).into_iter().map(|text| At::new(text.span, text.value.0)).collect()
}

/// Puts files and directories back into the order in which they were written together.
fn files(keys: Files, items: &[NestedMeta], diag: &Diag) -> Vec<DeclaredFile> {
    let mut named = [
        ("file", keys.file.into_iter()),
        ("optional_file", keys.optional_file.into_iter()),
        ("dir", keys.dir.into_iter()),
        ("optional_dir", keys.optional_dir.into_iter()),
    ];
    let mut files = Vec::new();
    for key in written(items, Place::Struct) {
        let next = named.iter_mut().find(|(name, _)| *name == key.value).map(|(_, texts)| texts.next());
        let Some(path) = next.and_then(|next| take(next, diag)) else { continue };
        files.push(DeclaredFile {
            path: At::new(path.span, path.value.0),
            required: !key.value.starts_with("optional"),
            directory: key.value.ends_with("dir"),
        });
    }
    files
}

/// What is written of files and directories.
struct Files {
    file: Vec<Written<Pattern>>,
    optional_file: Vec<Written<Pattern>>,
    dir: Vec<Written<Pattern>>,
    optional_dir: Vec<Written<Pattern>>,
}

/// Refuses keys that would do nothing because the type is read as another one.
fn refuse_inside(of: &OfType, fields: &FieldsNamed, diag: &Diag) {
    let mut useless = written(&of.items, Place::Struct);
    for field in &fields.named {
        useless.extend(written(&config_items(&field.attrs, Place::Field, diag), Place::Field));
    }
    refuse_converted(useless, diag);
}

/// Refuses all keys but those that are about the implementation itself.
pub(super) fn refuse_converted(mut useless: Vec<At<&'static str>>, diag: &Diag) {
    useless.retain(|key| !matches!(key.value, "crate" | "bound"));
    for key in useless {
        let message = format!(
            "`{}` does nothing on a type that is converted from another one; put it on that type",
            key.value
        );
        diag.error(key.span, message);
    }
}
