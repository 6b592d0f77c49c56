//! Stubs for declarations with mistakes, so that nothing but the mistakes is reported.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Data, DeriveInput, Fields, Meta};

use super::{context, implement, newtype, with_predicates, wrap};
use crate::parse;

/// Writes implementations that read nothing.
pub(crate) fn stub(input: &DeriveInput) -> TokenStream {
    let generics = with_predicates(&input.generics, None);
    let body = match &input.data {
        Data::Enum(data) if data.variants.iter().all(|variant| matches!(variant.fields, Fields::Unit)) => {
            leaf(input, None)
        }
        Data::Struct(data) => match &data.fields {
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                let field = fields.unnamed.first().filter(|field| !is_nested(&field.attrs));
                field.map_or_else(|| section(input, &generics), |field| leaf(input, Some(field)))
            }
            _ => section(input, &generics),
        },
        _ => section(input, &generics),
    };
    wrap(&parse::krate(&input.attrs), &body)
}

fn is_nested(attrs: &[Attribute]) -> bool {
    attrs.iter().any(|attr| match &attr.meta {
        Meta::List(list) => attr.path().is_ident("config") && list.tokens.to_string().contains("nested"),
        _ => false,
    })
}

fn section(input: &DeriveInput, generics: &syn::Generics) -> TokenStream {
    let members = quote! {
        const METADATA: &'static __confkit::Metadata = &__confkit::Metadata::EMPTY;
        fn shape() -> __confkit::Shape {
            __confkit::Shape::Section(Self::METADATA)
        }
        fn resolve(_: &mut __confkit::Cx<'_>, _: __confkit::At) -> ::core::option::Option<Self> {
            ::core::option::Option::None
        }
    };
    let context = context(parse::context(&input.attrs).as_ref());
    implement(&input.ident, generics, &context, &members)
}

fn leaf(input: &DeriveInput, field: Option<&syn::Field>) -> TokenStream {
    let body = quote! {
        let _ = __confkit_d;
        ::core::result::Result::Err(__confkit::serde::de::Error::custom(""))
    };
    let deserialize = newtype::deserialize(&input.ident, &input.generics, &body);
    let ident = &input.ident;
    let (head, arguments, clause) = input.generics.split_for_impl();
    let field = field.filter(|field| parse::is_open(&input.vis, field));
    let inner = field.map(|field| {
        let ty = &field.ty;
        quote! {
            #[automatically_derived]
            impl #head __confkit::Newtype for #ident #arguments #clause {
                type Inner = #ty;
                fn inner(&self) -> &#ty {
                    &self.0
                }
            }
        }
    });
    quote!(#deserialize #inner)
}
