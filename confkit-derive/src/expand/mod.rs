//! Writes the implementations. Everything is named through one alias of `confkit::__private`, with
//! absolute paths and local names that start with `__confkit_`.

mod bounds;
mod checks;
mod choice;
mod fallback;
mod metadata;
mod newtype;
mod resolve;
mod rule_data;
mod rules;
mod tagged;
#[cfg(test)]
mod tests;

use proc_macro2::{Literal, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Expr, Generics, Ident, Type, WherePredicate};

pub(crate) use checks::self_uses;
pub(crate) use fallback::stub;
pub(crate) use rules::uses_context;

use crate::model::{Body, CheckKind, Conversion, Input, Secret, Section};

/// Expands a declaration without mistakes.
pub(crate) fn run(input: &Input) -> TokenStream {
    let body = match &input.body {
        Body::Section(section) => self::section(input, section),
        Body::Converted(conversion) => converted(input, conversion),
        Body::Newtype(newtype) => newtype::expand(input, newtype),
        Body::Choice(choice) => choice::expand(input, choice),
        Body::Tagged(tagged) => tagged::expand(input, tagged),
    };
    wrap(&input.krate, &body)
}

/// Puts implementations into a scope of their own, in which `__confkit` is the runtime.
fn wrap(krate: &syn::Path, body: &TokenStream) -> TokenStream {
    quote! {
        #[allow(deprecated)]
        const _: () = {
            use #krate::__private as __confkit;
            #body
        };
    }
}

/// A struct with named fields.
fn section(input: &Input, section: &Section) -> TokenStream {
    let metadata = metadata::section(input, section);
    let resolve = resolve::section(section);
    let features = features([section]);
    let implementation = implement(
        &input.ident,
        &bounds::sections(input, [section]),
        &context(section.context.as_ref()),
        &quote! {
            const METADATA: &'static __confkit::Metadata = &#metadata;
            fn shape() -> __confkit::Shape {
                __confkit::Shape::Section(Self::METADATA)
            }
            #resolve
        },
    );
    quote!(#features #implementation)
}

/// Fails where something is declared and the feature that it needs is not there.
fn features<'s>(sections: impl IntoIterator<Item = &'s Section> + Clone) -> TokenStream {
    let any = |found: fn(&Section) -> bool| sections.clone().into_iter().any(found);
    let arguments =
        any(|section| section.loading.args || section.fields.iter().any(|field| field.arg.is_written()));
    let validator = any(|section| rules::any(section, rules::needs_validator));
    let waiting = any(|section| rules::any(section, rules::needs_async));
    let schema = any(|section| {
        section.checks.iter().any(|check| matches!(check.kind, CheckKind::Schema(_)))
            || rules::any(section, rules::needs_json_schema)
    });
    let versions = any(|section| section.loading.versions.version.is_some());
    let needs = [
        ("args", arguments),
        ("validator", validator),
        ("async", waiting),
        ("json_schema", schema),
        ("migrate", versions),
    ];
    let needs = needs.into_iter().filter(|(_, needed)| *needed).map(|(feature, _)| {
        let demand = quote::format_ident!("needs_{feature}");
        quote!(const _: () = __confkit::#demand();)
    });
    needs.collect()
}

/// A struct that is read as another type.
fn converted(input: &Input, conversion: &Conversion) -> TokenStream {
    let raw = &conversion.raw;
    let convert = if conversion.fallible {
        quote!(__confkit_cx.converted(
            __confkit_at,
            <Self as ::core::convert::TryFrom<#raw>>::try_from(__confkit_raw),
        ))
    } else {
        quote!(::core::option::Option::Some(<Self as ::core::convert::From<#raw>>::from(__confkit_raw)))
    };
    let members = forward(
        raw,
        &quote! {
            let __confkit_raw = <#raw as __confkit::Resolve>::resolve(__confkit_cx, __confkit_at)?;
            #convert
        },
    );
    implement(&input.ident, &bounds::given(input), &needs(raw), &members)
}

/// Members of `Resolve` that take everything from another type.
fn forward(inner: &Type, resolve: &TokenStream) -> TokenStream {
    quote! {
        const METADATA: &'static __confkit::Metadata = <#inner as __confkit::Resolve>::METADATA;
        fn shape() -> __confkit::Shape {
            <#inner as __confkit::Resolve>::shape()
        }
        fn resolve(
            __confkit_cx: &mut __confkit::Cx<'_>,
            __confkit_at: __confkit::At,
        ) -> ::core::option::Option<Self> {
            #resolve
        }
    }
}

/// Writes the context that a type declares.
fn context(declared: Option<&Type>) -> TokenStream {
    declared.map_or_else(|| quote!(()), ToTokens::to_token_stream)
}

/// Writes the context of a type that is read as another one.
fn needs(inner: &Type) -> TokenStream {
    quote!(<#inner as __confkit::Resolve>::Needs)
}

/// Implements `Resolve` with these members, and `Config` with this context.
fn implement(
    ident: &Ident,
    generics: &Generics,
    context: &TokenStream,
    members: &TokenStream,
) -> TokenStream {
    let (head, arguments, clause) = generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #head __confkit::Resolve for #ident #arguments #clause {
            type Needs = <Self as __confkit::Config>::Context;
            #members
        }
        #[automatically_derived]
        impl #head __confkit::Config for #ident #arguments #clause {
            type Context = #context;
        }
    }
}

/// Demands that the type of a secret hides it, where `secret` is written.
fn redacted(secret: Option<Secret>, ty: &Type) -> Option<TokenStream> {
    let secret = secret.filter(|secret| !secret.plain)?;
    let span = expanded(secret.span);
    let assert = quote_spanned!(span=> __confkit::assert_redacted::<#ty>);
    Some(quote!(let _: fn() = #assert;))
}

/// Returns a name that the user's tokens cannot see.
fn local(name: &str, index: usize) -> Ident {
    Ident::new(&format!("__confkit_{name}{index}"), Span::mixed_site())
}

/// Returns a place in the user's code that lints take for generated code, as they should.
fn expanded(span: Span) -> Span {
    Span::call_site().located_at(span)
}

/// Writes a position without a suffix.
fn number(index: usize) -> Literal {
    Literal::usize_unsuffixed(index)
}

/// Returns the text of an expression.
fn source(expr: &Expr) -> String {
    crate::text::of(quote!(#expr))
}

/// Adds predicates to a copy of the generics, whose defaults are not allowed in implementations.
fn with_predicates(generics: &Generics, predicates: impl IntoIterator<Item = WherePredicate>) -> Generics {
    let mut generics = generics.clone();
    let mut predicates = predicates.into_iter().peekable();
    if predicates.peek().is_some() {
        generics.make_where_clause().predicates.extend(predicates);
    }
    generics
}
