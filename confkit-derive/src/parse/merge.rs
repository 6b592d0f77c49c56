//! How layers come together.

use syn::punctuated::Punctuated;
use syn::spanned::Spanned as _;
use syn::{Meta, Token};

use super::forms::Function;
use super::value::{Form, Text, string, wrong};
use crate::diag::did_you_mean;
use crate::model::Merge;

/// `merge`.
#[derive(Debug)]
pub(super) struct MergeForm(pub(super) Merge);

impl Form for MergeForm {
    fn read(item: &Meta) -> syn::Result<Self> {
        match item {
            Meta::NameValue(pair) => {
                let word = string(&pair.value).ok_or_else(|| wrong(item))?;
                let text = word.value();
                Merge::find(&text).map(Self).ok_or_else(|| {
                    let near = did_you_mean(&text, "ways to merge", &Merge::WORDS);
                    syn::Error::new(word.span(), format!("there is no way to merge called \"{text}\"{near}"))
                })
            }
            Meta::List(list) => {
                let parts = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
                let parts: Vec<Meta> = parts.map_err(|_| wrong(item))?.into_iter().collect();
                match &parts[..] {
                    [part] if part.path().is_ident("key") => {
                        Text::read(part).map(|key| Self(Merge::Key(key.0))).map_err(|_| wrong(item))
                    }
                    [part] if part.path().is_ident("with") => {
                        Function::read(part).map(|function| Self(Merge::Function(function.0)))
                    }
                    [_, second, ..] => Err(syn::Error::new(
                        second.span(),
                        "`merge` takes one of `key` and `with`: a function combines elements as it likes",
                    )),
                    _ => Err(wrong(item)),
                }
            }
            Meta::Path(_) => Err(wrong(item)),
        }
    }
}
