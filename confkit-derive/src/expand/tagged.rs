//! Enums with data: one way to read for each variant.

use proc_macro2::TokenStream;
use quote::quote;

use super::{bounds, context, features, implement, metadata, number, resolve};
use crate::model::{Holds, Input, Section, Tagged, Variant};

/// Expands an enum with data.
pub(super) fn expand(input: &Input, tagged: &Tagged) -> TokenStream {
    let read: Vec<&Variant> = tagged.variants.iter().filter(|variant| !variant.skipped).collect();
    let metadata = metadata::tagged(input, tagged);
    let asserts = read.iter().filter_map(|variant| section(variant)).flat_map(resolve::asserts);
    let last = read.len().saturating_sub(1);
    let arms = read.iter().enumerate().map(|(index, variant)| {
        let (pattern, body) = (number(index), arm(index, variant));
        if index == last { quote!(_ => { #body }) } else { quote!(#pattern => { #body }) }
    });
    let members = quote! {
        const METADATA: &'static __confkit::Metadata = &#metadata;
        fn shape() -> __confkit::Shape {
            __confkit::Shape::Section(Self::METADATA)
        }
        fn resolve(
            __confkit_cx: &mut __confkit::Cx<'_>,
            __confkit_at: __confkit::At,
        ) -> ::core::option::Option<Self> {
            #(#asserts)*
            __confkit_cx.variant(__confkit_at, Self::METADATA, |__confkit_cx, __confkit_at, __confkit_v| {
                match __confkit_v { #(#arms)* }
            })
        }
    };
    let sections = tagged.variants.iter().filter(|variant| !variant.skipped).filter_map(section);
    let features = features(sections.clone());
    let context = context(tagged.context.as_ref());
    let implementation = implement(&input.ident, &bounds::sections(input, sections), &context, &members);
    quote!(#features #implementation)
}

fn section(variant: &Variant) -> Option<&Section> {
    match &variant.holds {
        Holds::Nothing => None,
        Holds::Fields(section) | Holds::Value(section) => Some(section),
    }
}

/// Reads one variant.
fn arm(index: usize, variant: &Variant) -> TokenStream {
    let (ident, index) = (&variant.ident, number(index));
    let metadata = quote!(__confkit_at, Self::METADATA.variant(#index));
    match &variant.holds {
        Holds::Nothing => quote!(__confkit_cx.unit(__confkit_at).map(|()| Self::#ident)),
        Holds::Fields(section) => {
            let names: Vec<_> = section.fields.iter().map(|field| &field.ident).collect();
            resolve::body(
                section,
                &quote!(enter(#metadata)),
                &|values| quote!(Self::#ident { #(#names: #values),* }),
            )
        }
        Holds::Value(section) => {
            resolve::body(section, &quote!(alone(#metadata)), &|values| quote!(Self::#ident(#(#values),*)))
        }
    }
}
