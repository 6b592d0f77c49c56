//! The constants that describe a type. Only what differs from nothing is written.

use proc_macro2::TokenStream;
use quote::quote;

use syn::ext::IdentExt as _;

use super::choice::docs_of_names;
use super::{checks, resolve, rule_data};
use crate::model::{
    Arg, At, Content, Default, Env, Field, Holds, Input, Loading, Merge, Reader, Section, Tagged, Tagging,
    Unknown, Variant,
};

/// Describes a section.
pub(super) fn section(input: &Input, section: &Section) -> TokenStream {
    of(&input.ident, &input.docs, section)
}

/// Describes an enum with data: all that may stand in a document, and what belongs to which variant.
pub(super) fn tagged(input: &Input, tagged: &Tagged) -> TokenStream {
    let name = input.ident.unraw().to_string();
    let (docs, unknown) = (text("docs", &input.docs), tagged.unknown_keys.map(unknown));
    let relaxed = tagged.relaxed_keys.map(|_| quote!(relaxed_keys: true,));
    let read: Vec<&Variant> = tagged.variants.iter().filter(|variant| !variant.skipped).collect();
    let names: Vec<_> =
        read.iter().filter(|variant| !variant.other).map(|variant| &variant.name.value).collect();
    let docs_of_names = docs_of_names(&read);
    let tag = match &tagged.tagging {
        Tagging::Internal { tag } | Tagging::Adjacent { tag, .. } => {
            let (key, segment) = (&tag.value, crate::names::env_segment(&tag.value));
            Some(quote! {
                __confkit::Field {
                    name: #key,
                    key: #key,
                    content: __confkit::Content::Value(|| __confkit::kind_of_names(&[#(#names),*], &[#(#docs_of_names),*])),
                    env_segment: #segment,
                    ..__confkit::Field::EMPTY
                },
            })
        }
        _ => None,
    };
    let fields = read.iter().enumerate().filter_map(|(index, variant)| reached(tagged, index, variant));
    let whole = whole(input, tagged, &read, &names);
    let tagging = tagging(&tagged.tagging);
    let variants = read.iter().map(|variant| self::variant(variant));
    quote! {
        __confkit::Metadata {
            name: #name,
            #docs
            fields: &[#tag #(#fields),*],
            #unknown
            #relaxed
            variants: ::core::option::Option::Some(&__confkit::Variants {
                tagging: __confkit::Tagging::#tagging,
                list: &[#(#variants),*],
            }),
            #whole
            ..__confkit::Metadata::EMPTY
        }
    }
}

fn tagging(tagging: &Tagging) -> TokenStream {
    match tagging {
        Tagging::External => quote!(External),
        Tagging::Untagged => quote!(Untagged),
        Tagging::Internal { tag } => {
            let tag = &tag.value;
            quote!(Internal { tag: #tag })
        }
        Tagging::Adjacent { tag, content } => {
            let (tag, content) = (&tag.value, &content.value);
            quote!(Adjacent { tag: #tag, content: #content })
        }
    }
}

/// The field through which a variant's settings are reached from its enum.
fn reached(tagged: &Tagged, index: usize, variant: &Variant) -> Option<TokenStream> {
    let position = super::number(index);
    let (inside, value) = match &variant.holds {
        Holds::Nothing => return None,
        Holds::Fields(_) => (quote!(|| __confkit::Shape::Section(Self::METADATA.variant(#position))), None),
        Holds::Value(section) => {
            let value = section.fields.first()?;
            let ty = &value.ty;
            (quote!(<#ty as __confkit::Resolve>::shape), Some(value))
        }
    };
    let (key, aliases) = match &tagged.tagging {
        Tagging::External => (&variant.name.value, texts("aliases", &variant.aliases)),
        Tagging::Adjacent { content, .. } => (&content.value, None),
        Tagging::Internal { .. } | Tagging::Untagged => {
            let is_section = value.is_none_or(|value| matches!(value.content, Content::Nested));
            let flattened = quote! {
                __confkit::Field { content: __confkit::Content::Flattened(#inside), ..__confkit::Field::EMPTY }
            };
            return is_section.then_some(flattened);
        }
    };
    let content = match value {
        Some(value) if !matches!(value.content, Content::Nested) => content(value),
        _ => Some(quote!(content: __confkit::Content::Nested(#inside),)),
    };
    let segment = value.and_then(|value| variant.given_segment(value)).map(str::to_owned);
    let segment = segment.unwrap_or_else(|| crate::names::env_segment(key));
    let name = variant.ident.unraw().to_string();
    let docs = text("docs", &variant.docs);
    let delimiter = value.and_then(|value| value.env_delimiter).map(|one| quote!(env_delimiter: #one,));
    let secret = value.is_some_and(Field::is_secret).then(|| quote!(secret: true,));
    Some(quote! {
        __confkit::Field {
            name: #name,
            key: #key,
            #aliases #docs #content
            env_segment: #segment,
            #delimiter #secret
            ..__confkit::Field::EMPTY
        }
    })
}

/// What may stand in place of the table.
fn whole(input: &Input, tagged: &Tagged, read: &[&Variant], names: &[&String]) -> Option<TokenStream> {
    let kinds = match &tagged.tagging {
        Tagging::External => {
            let docs = docs_of_names(read);
            quote!(__confkit::kind_of_names(&[#(#names),*], &[#(#docs),*]))
        }
        Tagging::Untagged => {
            let values = read.iter().filter_map(|variant| match &variant.holds {
                Holds::Value(section) => section.fields.first().and_then(kind),
                _ => None,
            });
            let values: Vec<_> = values.collect();
            if values.is_empty() {
                return None;
            }
            quote!(__confkit::kind_of_either(&[#(#values),*]))
        }
        Tagging::Internal { .. } | Tagging::Adjacent { .. } => return None,
    };
    let docs = text("docs", &input.docs);
    Some(quote! {
        whole: ::core::option::Option::Some(&__confkit::Field {
            #docs
            content: __confkit::Content::Value(|| #kinds),
            ..__confkit::Field::EMPTY
        }),
    })
}

fn variant(variant: &Variant) -> TokenStream {
    let (key, aliases) = (&variant.name.value, texts("aliases", &variant.aliases));
    let other = variant.other.then(|| quote!(other: true,));
    let nothing = Section::default();
    let (holds, section) = match &variant.holds {
        Holds::Nothing => (None, &nothing),
        Holds::Fields(section) => (Some(quote!(Fields)), section),
        Holds::Value(section) => {
            let nested = section.fields.iter().any(|field| matches!(field.content, Content::Nested));
            (Some(if nested { quote!(Section) } else { quote!(Value) }), section)
        }
    };
    let holds = holds.map(|holds| quote!(holds: __confkit::Holds::#holds,));
    let metadata = of(&variant.ident, &variant.docs, section);
    quote! {
        __confkit::Variant {
            key: #key,
            #aliases #other #holds
            metadata: &#metadata,
            ..__confkit::Variant::EMPTY
        }
    }
}

fn unknown(policy: Unknown) -> TokenStream {
    let policy = match policy {
        Unknown::Deny => quote!(Deny),
        Unknown::Warn => quote!(Warn),
        Unknown::Allow => quote!(Allow),
    };
    quote!(unknown_keys: ::core::option::Option::Some(__confkit::Unknown::#policy),)
}

/// Describes fields under a name.
fn of(ident: &syn::Ident, docs: &str, section: &Section) -> TokenStream {
    let name = ident.unraw().to_string();
    let fields = section.fields.iter().map(|field| self::field(section, field));
    let docs = text("docs", docs);
    let unknown = section.unknown_keys.map(unknown);
    let relaxed = section.relaxed_keys.map(|_| quote!(relaxed_keys: true,));
    let is_outdated = |field: &Field| !field.renamed_from.is_empty() || field.deprecated.is_some();
    let outdated = section.fields.iter().any(is_outdated).then(|| quote!(outdated: true,));
    let checks = (!section.checks.is_empty()).then(|| {
        let checks = section.checks.iter().map(|check| checks::metadata(section, check));
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
            #relaxed
            #outdated
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
            let (path, required, directory) = (&file.path.value, file.required, file.directory);
            quote!(__confkit::DeclaredFile { path: #path, required: #required, directory: #directory })
        });
        quote!(files: &[#(#files),*],)
    });
    let profiles = texts("profiles", &loading.profiles);
    let secrets = texts("secrets_dirs", &loading.secrets_dirs);
    let dotenv = texts("dotenv", &loading.dotenv);
    let args = loading.args.then(|| quote!(args: true,));
    let versioned = versioned(loading);
    let members = [&prefix, &profile, &files, &secrets, &dotenv, &profiles, &args, &versioned];
    if members.iter().all(|member| member.is_none()) {
        return None;
    }
    Some(quote! {
        loading: &__confkit::Loading { #prefix #files #secrets #dotenv #profile #profiles #args #versioned ..__confkit::Loading::NONE },
    })
}

fn versioned(loading: &Loading) -> Option<TokenStream> {
    let versions = &*loading.versions;
    let (version, key) = (versions.version?, versions.key());
    let migrations = versions.migrations.as_ref().map(|path| {
        let path = &path.value;
        quote!(::core::option::Option::Some(|| __confkit::migrations(#path)))
    });
    let migrations = migrations.unwrap_or_else(|| quote!(::core::option::Option::None));
    Some(quote! {
        versioned: ::core::option::Option::Some(__confkit::Versioned {
            version: #version,
            key: #key,
            migrations: #migrations,
        }),
    })
}

fn field(section: &Section, field: &Field) -> TokenStream {
    let name = &field.name;
    let (docs, key) = (text("docs", &field.docs), text("key", &field.key.value));
    let aliases = texts("aliases", &field.aliases);
    let renamed_from = texts("renamed_from", &field.renamed_from);
    let env_formers = texts("env_formers", &field.env_formers());
    let deprecated =
        field.deprecated.as_ref().map(|note| quote!(deprecated: ::core::option::Option::Some(#note),));
    let relaxed = (section.relaxed_keys.is_some() && field.has_key()).then(|| quote!(relaxed: true,));
    let content = content(field);
    let (schema, length) = (schema(field), length(field));
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
    let arg = argument(&field.arg);
    let secret = field.is_secret().then(|| quote!(secret: true,));
    let profiles = texts("required_profiles", &field.required_profiles);
    let merge = merge(field);
    let rules = rule_data::metadata(section, field);
    let example =
        field.example.as_ref().map(|example| quote!(example: ::core::option::Option::Some(#example),));
    let unit = field.unit.as_ref().map(|unit| quote!(unit: ::core::option::Option::Some(#unit),));
    let hidden = field.hidden.then(|| quote!(hidden: true,));
    quote! {
        __confkit::Field {
            name: #name, #key #aliases #renamed_from #deprecated #relaxed #docs #content #schema #length #optional #default #env #segment
            #env_aliases #env_formers
            #delimiter #arg #secret #profiles #merge #rules #example #unit #hidden ..__confkit::Field::EMPTY
        }
    }
}

/// Asks a type for its JSON Schema, if what it looks like cannot be told otherwise.
fn schema(field: &Field) -> Option<TokenStream> {
    let reads = matches!(field.content, Content::Leaf(Reader::Deserialize) | Content::Rest { nested: false });
    let ty = field.optional().unwrap_or(&field.ty);
    (reads && !crate::types::is_plain(ty)).then(|| quote!(schema: __confkit::schema_of!(#ty),))
}

/// Says how many sections an array holds.
fn length(field: &Field) -> Option<TokenStream> {
    let syn::Type::Array(array) = crate::types::value(&field.ty) else { return None };
    let length = &array.len;
    matches!(field.content, Content::Nested).then(|| quote!(length: ::core::option::Option::Some(#length),))
}

/// Says how the field's layers come together.
fn merge(field: &Field) -> Option<TokenStream> {
    let merge = match &field.merge.as_ref()?.value {
        Merge::Replace => quote!(Replace),
        Merge::Append => quote!(Append),
        Merge::Prepend => quote!(Prepend),
        Merge::Unique => quote!(Unique),
        Merge::Deep => quote!(Deep),
        Merge::Key(name) => quote!(Key(#name)),
        Merge::Function(_) => quote!(Function),
    };
    Some(quote!(merge: ::core::option::Option::Some(__confkit::Merge::#merge),))
}

/// Names a function that tells what a value is.
fn kind(field: &Field) -> Option<TokenStream> {
    let ty = &field.ty;
    let Content::Leaf(reader) = &field.content else { return None };
    Some(match reader {
        Reader::Deserialize => quote!(__confkit::kind_of::<#ty>),
        // The type need not know serde; what it accepts is known to the function alone.
        Reader::Parse(_) => quote!(__confkit::kind_of_parsed),
        Reader::With(_) => quote!(__confkit::kind_of_read),
    })
}

fn argument(arg: &Arg) -> Option<TokenStream> {
    let long = arg.long.as_ref().map(|long| {
        let long = &long.value;
        quote!(long: ::core::option::Option::Some(#long),)
    });
    let short = arg.short.as_ref().map(|short| {
        let short = short.value;
        quote!(short: ::core::option::Option::Some(#short),)
    });
    let skipped = arg.skip.map(|_| quote!(skipped: true,));
    let secret = arg.secret.then(|| quote!(secret: true,));
    arg.is_written().then(
        || quote!(arg: __confkit::ArgName { #long #short #skipped #secret ..__confkit::ArgName::DERIVED },),
    )
}

fn content(field: &Field) -> Option<TokenStream> {
    let ty = &field.ty;
    let kind = match &field.content {
        Content::Leaf(_) => {
            let kind = kind(field)?;
            quote!(Value(#kind))
        }
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
    let shown = shown(ty, &value);
    let (source, shown) =
        if secret { (String::new(), quote!(|| __confkit::in_clear(#shown))) } else { (source, shown) };
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
