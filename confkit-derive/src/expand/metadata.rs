//! The constants that describe a type. Only what differs from nothing is written.

use proc_macro2::TokenStream;
use quote::quote;

use super::{checks, resolve, rules};
use crate::model::{At, Content, Default, Env, Field, Input, Loading, Reader, Section, Unknown};

/// Describes a section.
pub(super) fn section(input: &Input, section: &Section) -> TokenStream {
    let name = syn::ext::IdentExt::unraw(&input.ident).to_string();
    let fields = section.fields.iter().map(|field| self::field(section, field));
    let docs = text("docs", &input.docs);
    let unknown = section.unknown_keys.map(|policy| {
        let policy = match policy {
            Unknown::Deny => quote!(Deny),
            Unknown::Warn => quote!(Warn),
            Unknown::Allow => quote!(Allow),
        };
        quote!(unknown_keys: ::core::option::Option::Some(__confkit::Unknown::#policy),)
    });
    let checks = (!section.checks.is_empty()).then(|| {
        let checks = section.checks.iter().map(|check| {
            let (source, message) = (crate::text::of(check.expr.clone()), &check.message);
            let fields = checks::positions(section, check).into_iter().map(super::number);
            quote!(__confkit::Check { source: #source, message: #message, fields: &[#(#fields),*] })
        });
        quote!(checks: &[#(#checks),*],)
    });
    let loading = loading(&section.loading);
    quote! {
        __confkit::Metadata {
            name: #name,
            #docs
            fields: &[#(#fields),*],
            #checks
            #unknown
            #loading
            ..__confkit::Metadata::EMPTY
        }
    }
}

/// Writes a member of text, unless the text is empty.
fn text(member: &str, value: &str) -> Option<TokenStream> {
    let member = proc_macro2::Ident::new(member, proc_macro2::Span::call_site());
    (!value.is_empty()).then(|| quote!(#member: #value,))
}

/// Writes a member that lists texts, unless there are none.
fn texts(member: &str, values: &[At<String>]) -> Option<TokenStream> {
    let member = proc_macro2::Ident::new(member, proc_macro2::Span::call_site());
    let values = values.iter().map(|value| &value.value);
    (values.len() > 0).then(|| quote!(#member: &[#(#values),*],))
}

fn loading(loading: &Loading) -> Option<TokenStream> {
    let prefix = loading.env_prefix.as_ref().map(|prefix| {
        let prefix = &prefix.value;
        quote!(env_prefix: ::core::option::Option::Some(#prefix),)
    });
    let profile = loading.profile_env.as_ref().map(|name| {
        let name = &name.value;
        quote!(profile_env: ::core::option::Option::Some(#name),)
    });
    let files = (!loading.files.is_empty()).then(|| {
        let files = loading.files.iter().map(|file| {
            let (path, required) = (&file.path.value, file.required);
            quote!(__confkit::DeclaredFile { path: #path, required: #required })
        });
        quote!(files: &[#(#files),*],)
    });
    let profiles = texts("profiles", &loading.profiles);
    if prefix.is_none() && profile.is_none() && files.is_none() && profiles.is_none() {
        return None;
    }
    Some(
        quote!(loading: &__confkit::Loading { #prefix #files #profile #profiles ..__confkit::Loading::NONE },),
    )
}

fn field(section: &Section, field: &Field) -> TokenStream {
    let name = &field.name;
    let (docs, key) = (text("docs", &field.docs), text("key", &field.key.value));
    let aliases = texts("aliases", &field.aliases);
    let content = content(field);
    let optional = field.optional().map(|_| quote!(optional: true,));
    let default = default(section, field);
    let env = match &field.env.value {
        Env::Derived => None,
        Env::Marked => Some(quote!(env: __confkit::EnvName::Marked,)),
        Env::Named(name) => Some(quote!(env: __confkit::EnvName::Named(#name),)),
        Env::Skipped => Some(quote!(env: __confkit::EnvName::Skipped,)),
    };
    let segment = text("env_segment", &field.env_segment);
    let env_aliases = texts("env_aliases", &field.env_aliases);
    let delimiter = field.env_delimiter.map(|delimiter| quote!(env_delimiter: #delimiter,));
    let secret = field.is_secret().then(|| quote!(secret: true,));
    let profiles = texts("required_profiles", &field.required_profiles);
    let rules = rules::metadata(field);
    let example =
        field.example.as_ref().map(|example| quote!(example: ::core::option::Option::Some(#example),));
    let hidden = field.hidden.then(|| quote!(hidden: true,));
    quote! {
        __confkit::Field {
            name: #name, #key #aliases #docs #content #optional #default #env #segment #env_aliases
            #delimiter #secret #profiles #rules #example #hidden ..__confkit::Field::EMPTY
        }
    }
}

fn content(field: &Field) -> Option<TokenStream> {
    let ty = &field.ty;
    let kind = match &field.content {
        Content::Leaf(Reader::Deserialize) => quote!(Value(__confkit::kind_of::<#ty>)),
        // The type need not know serde; what it accepts is known to the function alone.
        Content::Leaf(Reader::Parse(_)) => quote!(Value(__confkit::kind_of_parsed)),
        Content::Leaf(Reader::With(_)) => quote!(Value(__confkit::kind_of_read)),
        Content::Nested => quote!(Nested(<#ty as __confkit::Resolve>::shape)),
        Content::Flattened | Content::Rest { nested: true } => {
            quote!(Flattened(<#ty as __confkit::Resolve>::shape))
        }
        Content::Rest { nested: false } => quote!(Rest(__confkit::kind_of::<#ty>)),
        Content::Skipped => return None,
    };
    Some(quote!(content: __confkit::Content::#kind,))
}

fn default(section: &Section, field: &Field) -> Option<TokenStream> {
    if !field.has_key() {
        return None;
    }
    match field.default.as_ref().map(|default| &default.value) {
        Some(Default::Text(text)) => {
            return Some(quote!(default: __confkit::FieldDefault::Text(#text),));
        }
        Some(Default::List(list)) => {
            return Some(quote!(default: __confkit::FieldDefault::List(&[#(#list),*]),));
        }
        _ => {}
    }
    let (value, source) = resolve::default(section, field)?;
    let (ty, secret) = (&field.ty, field.is_secret());
    let (source, shown) = if secret {
        (String::new(), quote!(|| ::core::option::Option::None))
    } else {
        (source, shown(ty, &value))
    };
    Some(quote!(default: __confkit::FieldDefault::Expression { source: #source, shown: #shown },))
}

/// Writes a function that shows a value as its type serialises it, where it does.
fn shown(ty: &syn::Type, value: &TokenStream) -> TokenStream {
    quote! {
        || {
            #[allow(unused_imports)]
            use __confkit::{ShownByNothing as _, ShownBySerialize as _};
            let __confkit_value: #ty = #value;
            (&__confkit::Shown(&__confkit_value)).shown()
        }
    }
}
