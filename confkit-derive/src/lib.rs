//! The derive macro of `confkit`. It is documented where it is re-exported: in the `confkit` crate.

mod check;
mod diag;
mod expand;
mod groups;
mod keys;
mod model;
mod names;
mod parse;
mod text;
mod types;

use proc_macro::TokenStream;
use syn::DeriveInput;

/// Derives `confkit::Config`; see the documentation of the re-export.
#[proc_macro_derive(Config, attributes(config, serde, validate))]
pub fn derive_config(input: TokenStream) -> TokenStream {
    let input: TokenStream = groups::shown(input.into()).into();
    let input = syn::parse_macro_input!(input as DeriveInput);
    config(&input).into()
}

/// Runs the passes: parse, model, check, expand. After a mistake a stub stands in for the expansion,
/// so that the compiler reports nothing but the mistakes.
fn config(input: &DeriveInput) -> proc_macro2::TokenStream {
    let diag = diag::Diag::new();
    let model = parse::input(input, &diag);
    if let Some(model) = &model {
        check::run(model, &diag);
    }
    let output = match (diag.finish(), &model) {
        (None, Some(model)) => return expand::run(model),
        (errors, _) => errors.unwrap_or_default(),
    };
    let stub = expand::stub(input);
    quote::quote!(#output #stub)
}
