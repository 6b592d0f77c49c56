//! Enums without data: read by serde as one of their names.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt as _;

use super::{bounds, newtype, number};
use crate::model::{Choice, Input, Variant};

/// Expands an enum.
pub(super) fn expand(input: &Input, choice: &Choice) -> TokenStream {
    let body = match &choice.conversion {
        Some(conversion) => newtype::convert(conversion),
        None => by_name(input, choice),
    };
    newtype::deserialize(&input.ident, &bounds::given(input), &body)
}

fn by_name(input: &Input, choice: &Choice) -> TokenStream {
    let name = input.ident.unraw().to_string();
    let read: Vec<&Variant> = choice.variants.iter().filter(|variant| !variant.skipped).collect();
    let shown = read.iter().filter(|variant| !variant.other).map(|variant| &variant.name.value);
    let docs = docs_of_names(&read);
    let names = read.iter().enumerate().filter(|(_, variant)| !variant.other).flat_map(|(index, variant)| {
        let names = std::iter::once(&variant.name).chain(&variant.aliases);
        names.map(move |name| (&name.value, number(index))).map(|(name, index)| quote!((#name, #index)))
    });
    let last = read.len().saturating_sub(1);
    let arms = read.iter().enumerate().map(|(index, variant)| {
        let (ident, position) = (&variant.ident, number(index));
        if index == last { quote!(_ => Self::#ident) } else { quote!(#position => Self::#ident) }
    });
    let other = read.iter().position(|variant| variant.other).map(number);
    let other = if let Some(index) = other {
        quote!(::core::option::Option::Some(#index))
    } else {
        quote!(::core::option::Option::None)
    };
    quote! {
        __confkit::unit_enum(
            __confkit_d,
            #name,
            &[#(#shown),*],
            &[#(#docs),*],
            &[#(#names),*],
            |__confkit_index| match __confkit_index { #(#arms),* },
            #other,
        )
    }
}

/// What the documentation comments say of the names of variants; nothing if they say nothing.
pub(super) fn docs_of_names<'v>(read: &[&'v Variant]) -> Vec<&'v str> {
    let named = read.iter().filter(|variant| !variant.other);
    let docs: Vec<&str> = named.map(|variant| variant.docs.as_str()).collect();
    if docs.iter().all(|docs| docs.is_empty()) { Vec::new() } else { docs }
}
