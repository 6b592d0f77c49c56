//! Types around one value: read as that value.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Generics, parse_quote};

use super::{bounds, forward, implement, needs, redacted};
use crate::model::{Conversion, Input, Newtype};

/// Expands a newtype: a section if its value is one, a leaf otherwise.
pub(super) fn expand(input: &Input, newtype: &Newtype) -> TokenStream {
    if newtype.nested { section(input, newtype) } else { leaf(input, newtype) }
}

/// Returns a closure that wraps a value.
fn wrapping(newtype: &Newtype) -> TokenStream {
    if let Some(field) = &newtype.field {
        quote!(|__confkit_value| Self { #field: __confkit_value })
    } else {
        quote!(Self)
    }
}

fn section(input: &Input, newtype: &Newtype) -> TokenStream {
    let (ty, wrap) = (&newtype.ty, wrapping(newtype));
    let assert = redacted(newtype.secret, ty);
    let members = forward(
        ty,
        &quote! {
            #assert
            <#ty as __confkit::Resolve>::resolve(__confkit_cx, __confkit_at).map(#wrap)
        },
    );
    let members = quote! {
        #members
        fn absent(__confkit_cx: &mut __confkit::Cx<'_>) -> ::core::option::Option<Self> {
            <#ty as __confkit::Resolve>::absent(__confkit_cx).map(#wrap)
        }
    };
    let bounds = bounds::newtype(input, ty, &quote!(__confkit::Config));
    implement(&input.ident, &bounds, &needs(ty), &members)
}

fn leaf(input: &Input, newtype: &Newtype) -> TokenStream {
    let (ident, ty) = (&input.ident, &newtype.ty);
    let generics = bounds::given(input);
    let (head, arguments, clause) = generics.split_for_impl();
    let assert = redacted(newtype.secret, ty);
    let deserialize = if let Some(conversion) = &newtype.conversion {
        convert(conversion)
    } else {
        let wrap = wrapping(newtype);
        quote!(::core::result::Result::map(<#ty as __confkit::serde::Deserialize>::deserialize(__confkit_d), #wrap))
    };
    let read = match &newtype.conversion {
        Some(_) => bounds::given(input),
        None => bounds::newtype(input, ty, &quote!(__confkit::serde::Deserialize<'__confkit_de>)),
    };
    let deserialize = self::deserialize(ident, &read, &quote!(#assert #deserialize));
    // An associated type must not be less visible than the type it belongs to; without it the rules
    // of fields do not see inside.
    let member = newtype.field.as_ref().map_or_else(|| quote!(0), |field| quote!(#field));
    let redacted = newtype.secret.map(|_| {
        quote! {
            #[automatically_derived]
            impl #head __confkit::Redacted for #ident #arguments #clause {}
        }
    });
    let inner = newtype.open.then(|| {
        quote! {
            #[automatically_derived]
            impl #head __confkit::Newtype for #ident #arguments #clause {
                type Inner = #ty;
                fn inner(&self) -> &#ty {
                    &self.#member
                }
            }
        }
    });
    quote!(#deserialize #inner #redacted)
}

/// Reads another type and converts it.
pub(super) fn convert(conversion: &Conversion) -> TokenStream {
    let raw = &conversion.raw;
    let read = quote!(<#raw as __confkit::serde::Deserialize>::deserialize(__confkit_d)?);
    if conversion.fallible {
        quote!(::core::result::Result::map_err(
            <Self as ::core::convert::TryFrom<#raw>>::try_from(#read),
            __confkit::serde::de::Error::custom,
        ))
    } else {
        quote!(::core::result::Result::Ok(<Self as ::core::convert::From<#raw>>::from(#read)))
    }
}

/// Implements serde's `Deserialize` with this body, in which `__confkit_d` is the deserializer.
pub(super) fn deserialize(ident: &syn::Ident, generics: &Generics, body: &TokenStream) -> TokenStream {
    let mut with_lifetime = generics.clone();
    with_lifetime.params.insert(0, parse_quote!('__confkit_de));
    let (head, _, clause) = with_lifetime.split_for_impl();
    let (_, arguments, _) = generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #head __confkit::serde::Deserialize<'__confkit_de> for #ident #arguments #clause {
            fn deserialize<__ConfkitD: __confkit::serde::Deserializer<'__confkit_de>>(
                __confkit_d: __ConfkitD,
            ) -> ::core::result::Result<Self, __ConfkitD::Error> {
                #body
            }
        }
    }
}
