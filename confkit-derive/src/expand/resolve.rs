//! The function that reads a section: one call for each field, then the rules, then the value.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;

use super::{checks, expanded, local, number, redacted, rules, source};
use crate::model::{At, Base, Content, Default, Field, Merge, Reader, Section};

/// Writes `resolve` of a section.
pub(super) fn section(section: &Section) -> TokenStream {
    let asserts = asserts(section);
    let names: Vec<_> = section.fields.iter().map(|field| &field.ident).collect();
    let body = body(
        section,
        &quote!(enter(__confkit_at, Self::METADATA)),
        &|values| quote!(Self { #(#names: #values),* }),
    );
    quote! {
        fn resolve(
            __confkit_cx: &mut __confkit::Cx<'_>,
            __confkit_at: __confkit::At,
        ) -> ::core::option::Option<Self> {
            #(#asserts)*
            #body
        }
    }
}

/// Demands that the types of secrets hide them.
pub(super) fn asserts(section: &Section) -> impl Iterator<Item = TokenStream> {
    section.fields.iter().filter_map(|field| redacted(field.secret, &field.ty))
}

/// Opens a section, reads its fields, judges its rules and makes its value of them.
pub(super) fn body(
    section: &Section,
    open: &TokenStream,
    make: &dyn Fn(&[TokenStream]) -> TokenStream,
) -> TokenStream {
    let reads = section.fields.iter().enumerate().map(|(index, field)| read(section, index, field));
    let rules = section.fields.iter().enumerate().map(|(index, field)| rules::calls(section, index, field));
    let checks =
        section.checks.iter().enumerate().filter_map(|(index, check)| checks::early(section, index, check));
    let end = end(section, make);
    quote! {
        let __confkit_s = __confkit_cx.#open;
        #(#reads)*
        #(#rules)*
        #(#checks)*
        #end
    }
}

/// Leaves the section with the value, which is built before if a check needs the whole of it.
fn end(section: &Section, make: &dyn Fn(&[TokenStream]) -> TokenStream) -> TokenStream {
    let locals: Vec<_> = (0..section.fields.len()).map(|index| local("f", index)).collect();
    if !checks::any_whole(section) {
        let value = make(&locals.iter().map(|local| quote!(#local?)).collect::<Vec<_>>());
        return quote! {
            __confkit_cx.leave(__confkit_s);
            ::core::option::Option::Some(#value)
        };
    }
    let value = make(&locals.iter().map(|local| quote!(#local)).collect::<Vec<_>>());
    let checks =
        section.checks.iter().enumerate().filter_map(|(index, check)| checks::late(section, index, check));
    quote! {
        let __confkit_whole = match (#(#locals,)*) {
            (#(::core::option::Option::Some(#locals),)*) => ::core::option::Option::Some(#value),
            _ => ::core::option::Option::None,
        };
        #(#checks)*
        __confkit_cx.leave(__confkit_s);
        __confkit_whole
    }
}

/// Reads one field into its local.
fn read(section: &Section, index: usize, field: &Field) -> TokenStream {
    let (this, ty) = (local("f", index), &field.ty);
    let index = number(index);
    let place = quote!(&__confkit_s, #index);
    let supply = supply(section, field);
    // Errors about the type's traits belong on the type.
    let span = expanded(field.ty.span());
    let call = match (&field.content, supply) {
        (Content::Leaf(Reader::Deserialize), None) => quote_spanned!(span=> leaf::<#ty>(#place)),
        (Content::Leaf(Reader::Deserialize), Some(supply)) => {
            quote_spanned!(span=> leaf_or::<#ty>(#place, #supply))
        }
        (Content::Nested, None) => quote_spanned!(span=> nested::<#ty>(#place)),
        (Content::Nested, Some(supply)) => quote_spanned!(span=> nested_or::<#ty>(#place, #supply)),
        (Content::Flattened, _) => quote_spanned!(span=> flatten::<#ty>(#place)),
        (Content::Rest { nested: true }, _) => quote_spanned!(span=> rest_nested::<#ty>(#place)),
        (Content::Rest { nested: false }, _) => quote_spanned!(span=> rest::<#ty>(#place)),
        (Content::Leaf(Reader::With(path)), supply) => {
            let default = fallback(field, supply);
            let call = quote!(leaf_with(#place, |__confkit_d| #path(__confkit_d), #default));
            let call = folded(field, &place, call);
            return quote!(let #this: ::core::option::Option<#ty> = __confkit_cx.#call;);
        }
        (Content::Leaf(Reader::Parse(path)), supply) => {
            let default = fallback(field, supply);
            let parse = if field.optional().is_some() {
                quote!(::core::result::Result::map(#path(__confkit_t), ::core::option::Option::Some))
            } else {
                quote!(#path(__confkit_t))
            };
            let call = quote!(leaf_parse(#place, |__confkit_t| #parse, #default));
            let call = folded(field, &place, call);
            return quote!(let #this: ::core::option::Option<#ty> = __confkit_cx.#call;);
        }
        (Content::Skipped, _) => {
            let value = default(section, field).map(|(value, _)| value);
            let value = value.unwrap_or_else(|| quote!(::core::default::Default::default()));
            return quote!(let #this: ::core::option::Option<#ty> = ::core::option::Option::Some(#value););
        }
    };
    let (give, call) = (give(section, field), folded(field, &place, call));
    quote!(let #this = __confkit_cx.#give #call;)
}

/// Has a function make one value of what layers give, where the field names one.
fn folded(field: &Field, place: &TokenStream, call: TokenStream) -> TokenStream {
    match &field.merge {
        Some(At { value: Merge::Function(path), .. }) => {
            let ty = &field.ty;
            let merge = quote_spanned!(expanded(path.span())=> #path as fn(#ty, #ty) -> #ty);
            quote!(folded(#place, #merge, |__confkit_cx| __confkit_cx.#call))
        }
        _ => call,
    }
}

/// Gives a settings type its part of the context, where there is one.
fn give(section: &Section, field: &Field) -> Option<TokenStream> {
    let given = section.context.is_some() && field.is_section();
    // That a context has no such part belongs on the type that needs it.
    let (ty, span) = (&field.ty, expanded(field.ty.span()));
    given.then(|| quote_spanned!(span=> give(__confkit::part::<Self, #ty>().of()).))
}

/// Returns a function that gives the default of a field, if that is an expression.
fn supply(section: &Section, field: &Field) -> Option<TokenStream> {
    match field.default.as_ref().map(|default| &default.value) {
        Some(Default::Function(path)) => Some(quote!(#path)),
        Some(Default::Bare) => Some(quote!(::core::default::Default::default)),
        _ => default(section, field).map(|(value, _)| quote!(|| #value)),
    }
}

/// Writes the default of a field that is read by a function.
fn fallback(field: &Field, supply: Option<TokenStream>) -> TokenStream {
    match supply {
        Some(supply) => quote!(::core::option::Option::Some(#supply)),
        None if field.optional().is_some() => {
            quote!(::core::option::Option::Some(::core::default::Default::default))
        }
        None => quote!(::core::option::Option::None),
    }
}

/// Returns the default that is an expression of the field's type, with its source text.
pub(super) fn default(section: &Section, field: &Field) -> Option<(TokenStream, String)> {
    match field.default.as_ref().map(|default| &default.value) {
        Some(Default::Bare) => {
            Some((quote!(::core::default::Default::default()), "Default::default()".to_owned()))
        }
        Some(Default::Function(path)) => Some((quote!(#path()), crate::text::of(quote!(#path())))),
        Some(Default::Expression(expr)) => {
            let optional = field.optional().is_some();
            let value = if optional { quote!(::core::option::Option::Some(#expr)) } else { quote!(#expr) };
            Some((value, source(expr)))
        }
        Some(Default::Base) => base(section, field),
        Some(Default::Text(_) | Default::List(_)) | None => None,
    }
}

/// Takes the field from the section's base.
fn base(section: &Section, field: &Field) -> Option<(TokenStream, String)> {
    let ident = &field.ident;
    Some(match section.base.as_ref()? {
        Base::Default => {
            (quote!(<Self as ::core::default::Default>::default().#ident), format!("Self::default().{ident}"))
        }
        Base::Function(path) => (quote!(#path().#ident), crate::text::of(quote!(#path().#ident))),
    })
}
